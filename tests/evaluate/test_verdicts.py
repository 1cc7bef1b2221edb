"""The verdict of a rule follows from the deployments in which it fails."""

from __future__ import annotations

import time

import pytest

from relint.catalog.rule import Rule
from relint.finding import Finding
from tests.helpers.check_rule import check_one, judge
from tests.helpers.rules import load_rule

ASSERTION = "assert: [{path: $.Properties.MultiAZ, default: false, equals: true}]\n"


@pytest.fixture(scope="module")
def rule(tmp_path_factory: pytest.TempPathFactory) -> Rule:
    return load_rule(tmp_path_factory.mktemp("rules"), ASSERTION)


ENVIRONMENT = """
Parameters:
  Environment: {Type: String, Default: %s, AllowedValues: [dev, prod]}
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
"""
FREE_ENVIRONMENT = """
Parameters:
  Environment: {Type: String, Default: %s}
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
"""


def verdict(finding: Finding | None) -> tuple[str, str | None]:
    assert finding is not None
    return finding.verdict, finding.scenario


STAGES = """
Parameters:
  Stage: {Type: String, Default: %s, AllowedValues: [%s]}
Conditions:
  IsLive: !Equals [!Ref Stage, %s]
"""


@pytest.mark.parametrize("head", [ENVIRONMENT, FREE_ENVIRONMENT], ids=["with AllowedValues", "compared in a condition"])
def test_failure_in_the_default_deployment_is_fail_and_named(rule: Rule, head: str) -> None:
    head = head.replace("dev, prod", "blue, prod")
    outcome, scenario = verdict(judge(rule, head % "blue", "!If [IsProd, true, false]"))
    assert (outcome, scenario) == ("fail", 'IsProd is false (Environment is "blue")')


@pytest.mark.parametrize("head", [ENVIRONMENT, FREE_ENVIRONMENT], ids=["with AllowedValues", "compared in a condition"])
def test_failure_in_a_test_stage_that_is_the_default_is_review(rule: Rule, head: str) -> None:
    outcome, scenario = verdict(judge(rule, head % "dev", "!If [IsProd, true, false]"))
    assert (outcome, scenario) == ("review", 'IsProd is false (Environment is "dev")')


@pytest.mark.parametrize(
    ("default", "allowed", "live", "value", "expected"),
    [
        pytest.param("CODE", "CODE, PROD", "PROD", "!If [IsLive, true, false]", "review", id="right in production"),
        pytest.param(
            "my-dev2", "my-dev2, eu", "eu", "!If [IsLive, true, false]", "review", id="right where no test is"
        ),
        pytest.param("dev", "dev, test, prod", "prod", "!If [IsLive, true, false]", "review", id="wrong in all tests"),
        pytest.param("dev", "dev, test, prod", "test", "!If [IsLive, true, false]", "fail", id="wrong in production"),
        pytest.param("dev", "dev, test", "test", "!If [IsLive, true, false]", "fail", id="tests only"),
        pytest.param("dev", "dev, eu, us", "eu", "!If [IsLive, true, false]", "fail", id="wrong in one of two"),
        pytest.param("dev", "dev, prod", "prod", "false", "fail", id="wrong everywhere"),
        pytest.param("devices", "devices, prod", "prod", "!If [IsLive, true, false]", "fail", id="another word"),
    ],
)
def test_failure_in_a_test_stage_counts_if_production_fails_too(
    rule: Rule, default: str, allowed: str, live: str, value: str, expected: str
) -> None:
    outcome, _ = verdict(judge(rule, STAGES % (default, allowed, live), value))
    assert outcome == expected


def test_failure_in_another_allowed_value_is_review(rule: Rule) -> None:
    outcome, scenario = verdict(judge(rule, ENVIRONMENT % "prod", "!If [IsProd, true, false]"))
    assert (outcome, scenario) == ("review", 'IsProd is false (Environment is "dev")')


def test_failure_in_another_branch_is_review_even_without_allowed_values(rule: Rule) -> None:
    outcome, scenario = verdict(judge(rule, FREE_ENVIRONMENT % "prod", "!If [IsProd, true, false]"))
    assert (outcome, scenario) == ("review", 'IsProd is false (Environment is not "prod")')


def test_failure_in_both_branches_depends_on_nothing(rule: Rule) -> None:
    assert verdict(judge(rule, ENVIRONMENT % "prod", "!If [IsProd, false, !Ref AWS::NoValue]")) == ("fail", None)


def test_given_parameter_value_decides_the_deployment(rule: Rule) -> None:
    assert judge(rule, ENVIRONMENT % "dev", "!If [IsProd, true, false]", Environment="prod") is None
    outcome, _ = verdict(judge(rule, ENVIRONMENT % "prod", "!If [IsProd, true, false]", Environment="dev"))
    assert outcome == "fail"


def test_parameter_without_default_is_open(rule: Rule) -> None:
    finding = judge(rule, "Parameters: {Standby: {Type: String}}", "!Ref Standby")
    assert finding is not None
    assert (finding.verdict, finding.reason) == ("open", 'parameter "Standby" has no default')


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [("[true, false]", "review"), ("[false]", "fail"), ("[true]", None)],
    ids=["some of the allowed values fail", "all of them fail", "none of them fails"],
)
def test_allowed_values_without_default(rule: Rule, allowed: str, expected: str | None) -> None:
    finding = judge(rule, f"Parameters: {{Standby: {{Type: String, AllowedValues: {allowed}}}}}", "!Ref Standby")
    assert (finding.verdict if finding else None) == expected


def test_boolean_parameter_that_passes_by_default_is_review(rule: Rule) -> None:
    outcome, scenario = verdict(judge(rule, 'Parameters: {Standby: {Type: String, Default: "true"}}', "!Ref Standby"))
    assert (outcome, scenario) == ("review", 'Standby is "false"')


def test_resource_that_only_another_deployment_creates_is_review(rule: Rule) -> None:
    outcome, _ = verdict(judge(rule, FREE_ENVIRONMENT % "dev", "false", "    Condition: IsProd\n"))
    assert outcome == "review"


def test_rules_section_excludes_a_deployment(rule: Rule) -> None:
    head = (ENVIRONMENT % "prod") + "Rules: {OnlyProd: {Assertions: [{Assert: !Contains [[prod], !Ref Environment]}]}}"
    assert judge(rule, head, "!If [IsProd, true, false]") is None


def test_import_and_dynamic_reference_are_open(rule: Rule) -> None:
    for value in ("!ImportValue standby", "'{{resolve:ssm:/standby}}'"):
        finding = judge(rule, "", value)
        assert finding is not None
        assert finding.verdict == "open"


def test_missing_value_is_open_because_a_macro_may_add_it(rule: Rule) -> None:
    text = "Transform: MyMacro\nResources: {Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}}"
    report = check_one(text, rule, {})
    assert [(finding.verdict, finding.reason) for finding in report.results] == [
        ("open", 'macro "MyMacro" may add "MultiAZ"')
    ]


def test_string_true_is_the_boolean_true(rule: Rule) -> None:
    assert judge(rule, "", '"true"') is None


def test_forty_independent_conditions_take_milliseconds(rule: Rule) -> None:
    names = [f"P{index}" for index in range(40)]
    parameters = "".join(f"  {name}: {{Type: String, Default: 'no'}}\n" for name in names)
    conditions = "".join(f"  C{name}: !Equals [!Ref {name}, 'yes']\n" for name in names)
    resources = "".join(
        f"  D{name}: {{Type: AWS::RDS::DBInstance, Properties: {{MultiAZ: !If [C{name}, false, true]}}}}\n"
        for name in names
    )
    text = f"Parameters:\n{parameters}Conditions:\n{conditions}Resources:\n{resources}"
    started = time.process_time()
    report = check_one(text, rule, {})
    assert time.process_time() - started < 1
    assert [finding.verdict for finding in report.results] == ["review"] * 40


def test_more_combinations_than_the_limit_are_open(rule: Rule) -> None:
    names = [f"P{index}" for index in range(8)]
    parameters = "".join(f"  {name}: {{Type: String, Default: 'no'}}\n" for name in names)
    conditions = "".join(f"  C{name}: !Equals [!Ref {name}, 'yes']\n" for name in names)
    nested = "true"
    for name in names:
        nested = f"!If [C{name}, {nested}, {nested}]"
    finding = judge(rule, f"Parameters:\n{parameters}Conditions:\n{conditions}", nested)
    assert finding is not None
    assert finding.verdict == "open"
    assert "combinations" in (finding.reason or "")


def test_loop_is_unrolled_and_points_to_its_body(rule: Rule) -> None:
    text = """
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Databases:
    - Name
    - [Orders, Users]
    - Db${Name}:
        Type: AWS::RDS::DBInstance
        Properties:
          DBName: !Ref Name
          MultiAZ: false
"""
    report = check_one(text, rule, {})
    assert [(finding.logical_id, finding.span.start.line) for finding in report.results] == [
        ("DbOrders", 11),
        ("DbUsers", 11),
    ]


SIZES = """
Parameters:
  First: {Type: String, Default: a, AllowedValues: [a, b, c, d, e, f, g, h, i]}
  Second: {Type: String, Default: a, AllowedValues: [a, b, c, d, e, f, g, h, i]}
  Third: {Type: String, Default: a, AllowedValues: [a, b, c, d, e]}
Mappings:
  Standby:
    a: {Is: true}
    b: {Is: true}
    c: {Is: true}
    d: {Is: false}
    e: {Is: false}
Conditions:
  FirstIsLate: !Or [!Equals [!Ref First, g], !Equals [!Ref First, h], !Equals [!Ref First, i]]
  SecondIsLate: !Not [!Equals [!Ref Second, a]]
  Both: !And [!Condition FirstIsLate, !Condition SecondIsLate]
"""


def test_values_with_equal_conditions_are_one_choice(rule: Rule) -> None:
    assert judge(rule, SIZES, "!If [FirstIsLate, true, !If [SecondIsLate, true, true]]") is None


def test_scenario_names_the_values_of_its_class(rule: Rule) -> None:
    assert verdict(judge(rule, SIZES, "!If [FirstIsLate, false, true]")) == (
        "review",
        'FirstIsLate is true (First is "g" or "h" or "i")',
    )
    assert verdict(judge(rule, SIZES, "!If [SecondIsLate, false, true]")) == (
        "review",
        'SecondIsLate is true (Second is not "a")',
    )


def test_combination_of_classes_is_still_found(rule: Rule) -> None:
    outcome, scenario = verdict(judge(rule, SIZES, "!If [Both, false, true]"))
    assert outcome == "review"
    assert "FirstIsLate is true" in (scenario or "")


def test_keys_with_equal_entries_of_a_mapping_are_one_choice(rule: Rule) -> None:
    assert verdict(judge(rule, SIZES, "!FindInMap [Standby, !Ref Third, Is]")) == ("review", 'Third is "d" or "e"')


def test_rules_section_divides_a_class_of_values(rule: Rule) -> None:
    head = SIZES + "Rules: {Early: {Assertions: [{Assert: !Contains [[c, d], !Ref Third]}]}}"
    outcome, scenario = verdict(judge(rule, head, "!FindInMap [Standby, !Ref Third, Is]"))
    assert (outcome, scenario) == ("review", 'Third is "d"')


def test_literal_needs_no_choice_for_the_existence_of_its_resource(rule: Rule) -> None:
    names = [f"P{index}" for index in range(8)]
    parameters = "".join(f"  {name}: {{Type: String, Default: 'no'}}\n" for name in names)
    conditions = ", ".join(f"!Equals [!Ref {name}, !Ref Other]" for name in names)
    head = f"Parameters:\n  Other: {{Type: String}}\n{parameters}Conditions:\n  Any: !Or [{conditions}]"
    assert judge(rule, head, "true", "    Condition: Any\n") is None
