"""What examples of rule files may state, and the sentences for examples that do not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from relint.errors import RuleError
from relint.testing import run_examples
from tests.testing.rule_text import rule_text

RULE = rule_text(
    """\
resources: [AWS::RDS::DBInstance]
assert: [{path: $.Properties.BackupRetentionPeriod, default: 1, min: {threshold: backup_min_days}}]""",
    """\
    - name: one day
      %s
      template: |
        Resources:
          Data:
            Type: AWS::RDS::DBInstance
            Properties:
              BackupRetentionPeriod: 1   # <- here""",
)


def errors_of(folder: Path, statement: str) -> list[str]:
    """The errors of the failing example with a further line."""
    file = folder / "rds-kept.yaml"
    file.write_text(RULE % statement)
    return [error for _, errors in run_examples([str(file)], ()) for error in errors]


@pytest.mark.parametrize(
    "statement",
    [
        "level: warning",
        "message: \"'Data' keeps backups for 1 days, so older states are lost.\"",
        "message: [\"'Data' keeps backups for 1 days, so older states are lost.\"]",
        "related: []",
        "thresholds: {backup_min_days: 2}",
    ],
)
def test_statement_that_holds(tmp_path: Path, statement: str) -> None:
    assert errors_of(tmp_path, statement) == []


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("level: note", "level note was expected, but line 5 has fail (warning)"),
        ("message: Another sentence.", "the message was expected to be: Another sentence. It is: 'Data' keeps"),
        ("related: {3: A sentence.}", "related places were expected on line 3, but found on no line"),
        ("related: [3]", "related places were expected on line 3, but found on no line"),
        ("thresholds: {backup_min_days: 1}", "fail was expected on line 5, but found on no line"),
        ("lines: [4]", "fail was expected on line 4, but found on line 5"),
    ],
)
def test_statement_that_does_not_hold(tmp_path: Path, statement: str, error: str) -> None:
    [found] = errors_of(tmp_path, statement)

    assert error in found


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("mesage: a", "15:7: 'mesage' is no part of an example; known are level, lines, message"),
        ("level: high", "15:7: 'level' is one of note, warning, error, not 'high'"),
        ("message: 3", "15:7: 'message' is a text or a list of texts"),
        ("related: 3", "15:7: 'related' is a list of lines of the template, such as [3, 7]"),
        ("lines: [true]", "15:7: 'lines' is a list of lines of the template, such as [3, 7]"),
        ("parameters: [a]", "15:7: 'parameters' is a mapping of names to values"),
        ("thresholds: {min: 3}", "15:20: there is no threshold 'min'; known are min_azs, backup_min_days"),
        ("thresholds: {min_azs: a}", "15:20: 'min_azs' is a whole number"),
    ],
)
def test_statement_with_a_mistake_is_rejected(tmp_path: Path, statement: str, error: str) -> None:
    with pytest.raises(RuleError) as caught:
        errors_of(tmp_path, statement)

    span = caught.value.span
    assert span is not None
    assert f"{span.start.line}:{span.start.column}: {caught.value}".startswith(error)


def test_open_example_that_finds_nothing_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "rds-kept.yaml"
    file.write_text((RULE % "level: warning").replace("  pass:\n", "  open:\n"))
    assert [error for _, errors in run_examples([str(file)], ()) for error in errors] == [
        "open was expected, but the rule found nothing"
    ]
