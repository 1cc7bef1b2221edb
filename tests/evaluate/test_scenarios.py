"""Deployments that the Rules section allows, and scenarios in words."""

from __future__ import annotations

import pytest

from relint.catalog.rule import Rule
from relint.finding import Finding
from tests.helpers.check_rule import judge
from tests.helpers.rules import load_rule

ASSERTION = "assert: [{path: $.Properties.MultiAZ, default: false, equals: true}]\n"


@pytest.fixture(scope="module")
def rule(tmp_path_factory: pytest.TempPathFactory) -> Rule:
    return load_rule(tmp_path_factory.mktemp("rules"), ASSERTION)


def verdict(finding: Finding | None) -> tuple[str, str | None]:
    assert finding is not None
    return finding.verdict, finding.scenario


OF_RULES = """
Parameters:
  Environment: {Type: String, Default: %s, AllowedValues: [blue, green, prod]}
  Owner: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
Rules:
  First: {%s}
  Last: {%s}
"""
NOTHING = "Assertions: []"
PROD_ONLY = "Assertions: [{Assert: !Contains [[prod], !Ref Environment]}]"
NOT_GREEN = "Assertions: [{Assert: !Not [!Equals [!Ref Environment, green]]}]"
BLUE, GREEN = 'IsProd is false (Environment is "blue")', 'IsProd is false (Environment is "green")'
BLUE_OR_GREEN = 'IsProd is false (Environment is "blue" or "green")'


@pytest.mark.parametrize(
    ("default", "first", "last", "value", "expected"),
    [
        pytest.param("blue", NOTHING, NOTHING, "!If [IsProd, true, false]", ("fail", BLUE), id="a rule of nothing"),
        pytest.param(
            "prod", NOTHING, NOTHING, "!If [IsProd, true, false]", ("review", BLUE_OR_GREEN), id="nothing else"
        ),
        pytest.param("prod", PROD_ONLY, NOTHING, "!If [IsProd, true, false]", None, id="the first rule forbids it"),
        pytest.param("prod", NOTHING, PROD_ONLY, "!If [IsProd, true, false]", None, id="the last rule forbids it"),
        pytest.param(
            "prod", NOT_GREEN, NOTHING, "!If [IsProd, true, false]", ("review", BLUE), id="one of two is forbidden"
        ),
        pytest.param(
            "prod",
            "Assertions: [{Assert: !Equals [a, a]}, {Assert: !Contains [[prod, green], !Ref Environment]}]",
            NOTHING,
            "!If [IsProd, true, false]",
            ("review", GREEN),
            id="the second assertion forbids one",
        ),
        pytest.param("blue", PROD_ONLY, NOTHING, "!If [IsProd, true, false]", None, id="the default is forbidden"),
        pytest.param(
            "blue", PROD_ONLY, NOTHING, "!If [IsProd, false, true]", ("fail", None), id="the default alone would pass"
        ),
        pytest.param("blue", PROD_ONLY, NOTHING, "false", ("fail", None), id="it fails in what is allowed"),
        pytest.param(
            "prod",
            f"RuleCondition: !Equals [a, b], {PROD_ONLY}",
            NOTHING,
            "!If [IsProd, true, false]",
            ("review", BLUE_OR_GREEN),
            id="a rule whose condition is false",
        ),
        pytest.param(
            "prod",
            f"RuleCondition: !Not [!Equals [!Ref Environment, green]], {PROD_ONLY}",
            NOTHING,
            "!If [IsProd, true, false]",
            ("review", GREEN),
            id="a rule whose condition is false for one",
        ),
        pytest.param(
            "prod",
            "Assertions: [{Assert: !Equals [!Ref Owner, us]}]",
            PROD_ONLY,
            "!If [IsProd, true, false]",
            None,
            id="a rule on what is not known hides no other",
        ),
        pytest.param(
            "prod",
            "Assertions: [{Assert: !Equals [!Ref Owner, us]}]",
            NOTHING,
            "!If [IsProd, true, false]",
            ("review", BLUE_OR_GREEN),
            id="a rule on what is not known allows",
        ),
        pytest.param(
            "prod",
            "Assertions: [{Assert: !EachMemberIn [[!Ref Environment], [prod, green]]}]",
            NOTHING,
            "!If [IsProd, true, false]",
            ("review", GREEN),
            id="members of a list",
        ),
        pytest.param(
            "prod",
            "Assertions: [{Assert: !EachMemberEquals [[!Ref Environment, prod], prod]}]",
            NOTHING,
            "!If [IsProd, true, false]",
            None,
            id="members that are all equal",
        ),
    ],
)
def test_rules_section_decides_which_deployments_count(
    rule: Rule, default: str, first: str, last: str, value: str, expected: tuple[str, str | None] | None
) -> None:
    finding = judge(rule, OF_RULES % (default, first, last), value)
    assert (verdict(finding) if finding else None) == expected


OF_CONDITIONS = """
Parameters:
  Size: {Type: String, Default: a, AllowedValues: [a, b, c, d, e, f, g, h, i]}
  Color: {Type: String, Default: red}
  Mode: {Type: String, AllowedValues: [x, y]}
Conditions:
  Few: !Equals [!Ref Size, b]
  Many: !Or [!Equals [!Ref Size, b], !Equals [!Ref Size, c], !Equals [!Ref Size, d], !Equals [!Ref Size, e]]
  Most: !Not [!Or [!Equals [!Ref Size, a], !Equals [!Ref Size, b], !Equals [!Ref Size, c]]]
  Rest: !Not [!Or [!Condition Many, !Equals [!Ref Size, a]]]
  IsRed: !Equals [!Ref Color, red]
  IsBlue: !Equals [!Ref Color, blue]
  Imported: !Equals [!ImportValue color, red]
  IsX: !Equals [!Ref Mode, x]
"""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("!If [Few, false, true]", ("review", 'Few is true (Size is "b")')),
        ("!If [Many, false, true]", ("review", 'Many is true (Size is "b" or one of 3 other values)')),
        ("!If [Most, false, true]", ("review", 'Most is true (Size is not "a" or "b" or "c")')),
        ("!If [IsRed, !If [IsBlue, true, true], false]", ("review", 'IsRed is false (Color is not "red")')),
        ("!If [IsRed, true, !If [IsBlue, true, false]]", ("review", 'IsRed is false (Color is not "blue" or "red")')),
        ("!If [IsRed, true, !If [IsBlue, false, true]]", ("review", 'IsRed is false (Color is "blue")')),
        (
            "!If [Few, !If [IsRed, true, false], true]",
            ("review", 'Few is true (Size is "b") and IsRed is false (Color is not "red")'),
        ),
        ("!If [Few, false, !If [IsRed, false, true]]", ("fail", 'IsRed is true (Color is "red")')),
        ("!If [Imported, true, false]", ("review", "Imported is false")),
        ("!If [Imported, false, true]", ("review", "Imported is true")),
        ("!If [IsX, true, false]", ("review", 'IsX is false (Mode is "y")')),
        ("!If [Missing, false, true]", ("review", "Missing is true")),
        ("!If [Missing, true, false]", ("review", "Missing is false")),
        ("!Equals [!ImportValue color, red]", ("review", "a comparison is false")),
        ("!Not [!Equals [!ImportValue color, red]]", ("review", "a comparison is true")),
        ("!If [Few, !If [Imported, true, false], true]", ("review", 'Few is true (Size is "b") and Imported is false')),
    ],
)
def test_scenario_names_the_choices_that_decide(rule: Rule, value: str, expected: tuple[str, str]) -> None:
    assert verdict(judge(rule, OF_CONDITIONS, value)) == expected


def test_message_ends_with_the_scenario(rule: Rule) -> None:
    finding = judge(rule, OF_CONDITIONS, "!If [Few, false, true]")
    assert finding is not None
    assert finding.message == """'Db' is reported. This happens when Few is true (Size is "b")."""


def test_reason_is_that_of_the_deployment_that_cannot_be_known(rule: Rule) -> None:
    finding = judge(rule, OF_CONDITIONS, "!If [Few, true, !ImportValue standby]")
    assert finding is not None
    assert (finding.verdict, finding.reason) == ("open", 'another stack exports it as "standby"')
    reason = 'another stack exports it as "standby"'
    assert finding.message == f"Whether 'Db' meets this rule cannot be told from these files: {reason}."


def test_existence_of_a_resource_needs_no_choice_if_it_passes_wherever_it_exists(rule: Rule) -> None:
    names = [f"{letter}{index}" for index in range(8) for letter in "PQ"]
    parameters = "".join(f"  {name}: {{Type: String, Default: 'no'}}\n" for name in names)
    alternatives = ", ".join(
        f"!Or [!Equals [!Ref P{index}, !Ref Other], !Equals [!Ref Q{index}, !Ref Other]]" for index in range(8)
    )
    head = f"Parameters:\n  Other: {{Type: String}}\n{parameters}Conditions:\n  All: !And [{alternatives}]"
    assert judge(rule, head, "!Sub 'true'", "    Condition: All\n") is None
    finding = judge(rule, head, "!Sub 'false'", "    Condition: All\n")
    assert finding is not None
