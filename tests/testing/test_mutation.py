"""The changes of a rule file that mutation tests make, and what they say about examples."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from relint.cli import main
from relint.errors import RuleError
from relint.testing import find_mutations
from relint.testing.pattern_changes import loosen
from relint.testing.rule_changes import list_changes
from tests.testing.rule_text import rule_text

RULE = rule_text(
    """\
resources: [AWS::RDS::DBInstance, AWS::RDS::DBCluster]
when: [{path: $.Properties.Engine, not_matches: ^aurora}]
assert: [{path: $.Properties.BackupRetentionPeriod, default: 1, min: 7}]""",
    """\
    - name: one day
      template: |
        Resources:
          Data:                          # <- here
            Type: AWS::RDS::DBInstance""",
)


def unnoticed(folder: Path, text: str) -> set[str]:
    """The changes that no example of a rule file notices and that the file does not explain."""
    file = folder / "rds-kept.yaml"
    file.write_text(text)
    return {
        mutation.change
        for mutation in find_mutations(str(file), ())
        if not mutation.is_noticed and mutation.equivalent is None
    }


def test_examples_notice_some_changes_and_not_others(tmp_path: Path) -> None:
    assert unnoticed(tmp_path, RULE) == {
        "severity: note instead of warning",
        "resources[1]: dropped AWS::RDS::DBCluster",
        "when[0]: dropped",
        "when[0].not_matches: aurora instead of ^aurora",
        "assert[0].min: 6 instead of 7",
    }


def test_example_that_asks_for_more_notices_more(tmp_path: Path) -> None:
    stricter = RULE.replace("- name: one day", "- name: one day\n      level: warning")

    assert "severity: note instead of warning" not in unnoticed(tmp_path, stricter)


def test_explained_change_is_not_asked_for(tmp_path: Path) -> None:
    explained = f"""{RULE}equivalent: [{{change: "assert[0].min: 6 instead of 7", because: "a team said so"}}]\n"""

    assert "assert[0].min: 6 instead of 7" not in unnoticed(tmp_path, explained)


@pytest.mark.parametrize(
    ("entry", "error"),
    [
        ("{change: 'assert[0]: dropped', because: it is}", "25:3: an example notices this change, or the file has no"),
        ("{change: 'assert[7]: dropped', because: it is}", "25:3: an example notices this change, or the file has no"),
        ("{change: 'assert[7]: dropped'}", "25:3: an equivalent change has 'change' and 'because'"),
    ],
)
def test_explanation_that_is_not_needed_is_rejected(tmp_path: Path, entry: str, error: str) -> None:
    with pytest.raises(RuleError) as caught:
        unnoticed(tmp_path, f"{RULE}equivalent:\n- {entry}\n")

    span = caught.value.span
    assert span is not None
    assert f"{span.start.line}:{span.start.column}: {caught.value}".startswith(error)


def changes(text: str) -> set[str]:
    """The changes of a part of a rule."""
    content: dict[str, Any] = {"severity": "error", "resources": "T", **yaml.safe_load(text)}
    return {change.text for change in list_changes(content)} - {"severity: warning instead of error"}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (
            "assert: {path: p, min: 2}",
            {": dropped", ": not_min instead of min", ".min: 1 instead of 2", ".min: 3 instead of 2"},
        ),
        (
            "assert: {path: p, min: {threshold: min_azs}}",
            {": dropped", ": not_min instead of min", ".min: 2 instead of the threshold min_azs"},
        ),
        (
            "assert: {path: p, default: false, not_equals: true, level: note, message: other, at: q}",
            {
                *(": dropped", ": equals instead of not_equals", ".default: True instead of False"),
                *(".level: warning instead of note", ".at: dropped"),
                ".message: the message of the rule instead of its own",
            },
        ),
        (
            "assert: {path: p, default: {unknown: why}, in: [a, b]}",
            {": dropped", ": not_in instead of in", ".default: dropped", ".in[0]: dropped a", ".in[1]: dropped b"},
        ),
        ("assert: {path: p, exists: true}", {": dropped", ": not_exists instead of exists"}),
        (
            "assert: {any: [{path: p, exists: true}]}",
            {": dropped", ": all instead of any", ".any[0]: dropped", ".any[0]: not_exists instead of exists"},
        ),
        (
            "assert: {not: [{related: {type: T}}]}",
            {": dropped", ": all instead of not", ".not[0]: dropped", ".not[0]: negated"},
        ),
        (
            "assert: {none: p, where: {path: q, known: true}, satisfy: []}",
            {": dropped", ": some instead of none", ".where: dropped", ".where: not_known instead of known"},
        ),
        (
            "assert: {if: [], then: {path: q, known: true}, else: []}",
            {": dropped", ".then: dropped", ".then: not_known instead of known"},
        ),
        (
            "assert: {fact: f, with: {wide: true}, max: 5, default: 9}",
            {
                *(": dropped", ": not_max instead of max", ".max: 4 instead of 5", ".max: 6 instead of 5"),
                *(".default: 5 instead of 9", ".with.wide: False instead of True"),
            },
        ),
    ],
)
def test_changes_of_a_clause(part: str, expected: set[str]) -> None:
    assert changes(part) == {f"assert{change}" for change in expected}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("resources: [A, B]", {"resources[0]: dropped A", "resources[1]: dropped B"}),
        ("deployments: assumed", {"deployments: dropped"}),
        ("messages: {default: a, few: b}", {"messages: default and few swapped"}),
        (
            "params: {days: 7, of: [a, b]}",
            {
                "params.days: 6 instead of 7",
                "params.days: 8 instead of 7",
                "params.of[0]: dropped a",
                "params.of[1]: dropped b",
            },
        ),
        (
            "table: [{resources: A, days: 7}, {resources: [B, C]}]",
            {
                *("table[0]: dropped", "table[1]: dropped", "table[0].days: 6 instead of 7"),
                *(
                    "table[0].days: 8 instead of 7",
                    "table[1].resources[0]: dropped B",
                    "table[1].resources[1]: dropped C",
                ),
            },
        ),
        (
            "cases: [{level: note, message: A sentence., assert: []}]",
            {"cases[0].level: warning instead of note", "cases[0].message: the message of the rule instead of its own"},
        ),
    ],
)
def test_changes_of_a_rule(part: str, expected: set[str]) -> None:
    assert changes(part) == expected


@pytest.mark.parametrize(
    ("pattern", "looser"),
    [
        ("^a$", {"a$", "^a"}),
        ("a|b|c", {"b|c", "a|c", "a|b"}),
        ("(?i)(x|yz)-", {"(x|yz)-", "(?i)(yz)-", "(?i)(x)-"}),
        (r"a(?:b|[|]|\|)", {r"a(?:[|]|\|)", r"a(?:b|\|)", "a(?:b|[|])"}),
    ],
)
def test_looser_patterns(pattern: str, looser: set[str]) -> None:
    assert set(loosen(pattern)) == looser


def test_command_lists_unnoticed_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rds-kept.yaml"
    file.write_text(f"""{RULE}equivalent: [{{change: "assert[0].min: 6 instead of 7", because: "a team said so"}}]\n""")

    with pytest.raises(SystemExit) as ended:
        main(["test", str(file), "--mutate"])

    assert ended.value.code == 1
    lines = capsys.readouterr().out.splitlines()
    assert f"{file}:7:8: warning: RDS-799 no example notices 'when[0]: dropped'" in lines
    assert lines[-1] == "11 changes of 1 rule files: 6 noticed, 1 explained, 4 left"
