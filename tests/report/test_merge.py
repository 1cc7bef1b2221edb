"""Merged logs equal the log of one run with all their findings and failures."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from relint.errors import OptionError
from relint.finding import Failure, Report, Suppression, finding_sort_key
from relint.report.sarif.log import to_sarif
from relint.report.sarif.merge import merge_logs, read_log
from relint.source.location import Position, Span
from tests.helpers.report_builder import ORDERS, RDS, S3, SQS, find_span, make_finding, make_report


def span(line: int, column: int, end: int) -> Span:
    return Span(Position(line, column), Position(line, end))


FINDINGS = sorted(
    [
        make_finding(SQS, "a b.yaml", span(1, 2, 3), "A", "1", "B", "2"),
        make_finding(RDS, "a b.yaml", span(1, 2, 3), "A"),
        make_finding(RDS, "a b.yaml", span(1, 2, 4), "A"),
        make_finding(RDS, "a b.yaml", span(1, 2, 4), "B"),
        make_finding(RDS, "a b.yaml", span(1, 1, 9), "A"),
        make_finding(S3, "a-b.yaml", span(12, 2, 3), "A"),
        make_finding(S3, "a-b.yaml", span(2, 2, 3), "A", suppression=Suppression("accepted")),
        make_finding(RDS, "stacks/orders.yaml", find_span(ORDERS, "MultiAZ"), reason="a parameter decides"),
    ],
    key=finding_sort_key,
)
FAILURES = (
    Failure("a.yaml", "load", "Z comes last."),
    Failure("a.yaml", "load", "M is on line 2.", span(2, 9, 10)),
    Failure("a.yaml", "load", "L is beside it.", span(2, 11, 12)),
    Failure("a.yaml", "load", "A is on line 10.", span(10, 1, 2)),
    Failure("b.yaml", "check", "C crashed."),
    Failure("b.yaml", "options", "B is not used."),
    Failure("b.yaml", "options", "X is not used."),
)
LEVELS: Any = {"RDS-701": "note", "S3-601": "error"}
WHOLE = make_report(FINDINGS, FAILURES)._replace(level_overrides=LEVELS)


def part(number: int, count: int) -> Report:
    """Return the findings and failures of every count-th file, with the rules and levels that these need."""
    files = sorted({finding.file for finding in FINDINGS} | {failure.file for failure in FAILURES})[number::count]
    findings = tuple(finding for finding in FINDINGS if finding.file in files)
    ids = {finding.rule.id for finding in findings}
    return WHOLE._replace(
        results=findings,
        failures=tuple(failure for failure in FAILURES if failure.file in files),
        rules=tuple(rule for rule in WHOLE.rules if rule.id in ids),
        level_overrides={rule_id: level for rule_id, level in LEVELS.items() if rule_id in ids},
    )


@pytest.mark.parametrize("count", [1, 2, 3, 5])
@pytest.mark.parametrize("is_reversed", [False, True])
def test_merged_parts_equal_the_whole(count: int, is_reversed: bool) -> None:
    parts = [to_sarif(part(number, count)) for number in range(count)]
    logs = {str(number): log for number, log in enumerate(parts[::-1] if is_reversed else parts)}
    logs["again"] = copy.deepcopy(parts[0])
    assert merge_logs(logs) == to_sarif(WHOLE)


def test_log_without_rules_takes_the_best_practices_of_the_others() -> None:
    empty = to_sarif(make_report(rules=()))
    whole = to_sarif(WHOLE)
    assert "taxonomies" not in empty["runs"][0]
    assert merge_logs({"empty": copy.deepcopy(empty), "whole": copy.deepcopy(whole)}) == whole
    assert merge_logs({"empty": copy.deepcopy(empty)}) == empty


def test_message_strings_of_all_logs_are_kept() -> None:
    logs = {name: to_sarif(make_report([make_finding()])) for name in ("a", "b")}
    strings = {name: logs[name]["runs"][0]["tool"]["driver"]["rules"][0]["messageStrings"] for name in logs}
    strings["b"]["other"] = {"text": "only here"}
    (rule, *_) = merge_logs(logs)["runs"][0]["tool"]["driver"]["rules"]
    assert rule["messageStrings"].keys() == {*strings["a"], "other"}


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"{", "the file is no JSON: Expecting property name"), (b"\xff", "the file is no JSON: ")],
)
def test_file_without_json_is_rejected(tmp_path: Any, content: bytes, message: str) -> None:
    (tmp_path / "a.sarif").write_bytes(content)
    with pytest.raises(OptionError) as error:
        read_log(str(tmp_path / "a.sarif"))
    assert error.value.message.startswith(message)
    assert error.value.file == str(tmp_path / "a.sarif")
