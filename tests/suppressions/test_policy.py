"""Suppressions with an end, unused ones, those of the configuration and those written for other tools."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import relint
from tests.helpers.command_line import run_relint
from tests.helpers.project import Project

HEAD = """Resources:
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
"""
BODY = "    Properties: {Engine: mysql, BackupRetentionPeriod: 14, DeletionProtection: true}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")  # 2027-01-01
    (tmp_path / "relint.yaml").write_text("root: true\n", encoding="utf-8")
    return tmp_path


def found(template: str, configuration: str = "") -> list[tuple[str, str | None]]:
    Path("a.yaml").write_text(template, encoding="utf-8")
    Path("relint.yaml").write_text("root: true\n" + configuration, encoding="utf-8")
    report = relint.check("a.yaml")
    assert not report.failures
    return [(one.rule.id, one.suppression.justification if one.suppression else None) for one in report.findings]


def metadata(ignore: str) -> str:
    return HEAD + f"    Metadata: {{relint: {{ignore: {ignore}}}}}\n" + BODY


@pytest.mark.parametrize("day", ["2027-01-01", "2027-03-01"])
def test_suppression_applies_up_to_its_last_day(folder: Path, day: str) -> None:
    assert found(metadata(f"{{RDS-701: {{reason: moved soon, until: {day}}}}}")) == [("RDS-701", "moved soon")]
    comment = HEAD.replace("Database:", f"Database: # relint: ignore[RDS-701] until: {day} moved soon")
    assert found(comment + BODY) == [("RDS-701", "moved soon")]
    entry = f"suppressions: [{{rule: RDS-701, reason: moved soon, until: {day}}}]\n"
    assert found(HEAD + BODY, entry) == [("RDS-701", "moved soon")]


def test_expired_suppression_is_reported_and_suppresses_nothing(folder: Path) -> None:
    both = [("CFN-000", None), ("RDS-701", None)]
    assert sorted(found(metadata("{RDS-701: {reason: moved soon, until: 2026-12-31}}"))) == both
    comment = HEAD.replace("Database:", "Database: # relint: ignore[RDS-701] moved soon (until: 2026-12-31)")
    assert sorted(found(comment + BODY)) == both
    assert sorted(found(HEAD + BODY, "suppressions: [{rule: RDS-701, reason: x, until: 2026-12-31}]\n")) == both


def test_invalid_expiry_date_is_reported(folder: Path) -> None:
    comment = HEAD.replace("Database:", "Database: # relint: ignore[RDS-701] until: summer, moved soon")
    assert sorted(found(comment + BODY)) == [("CFN-000", None), ("RDS-701", None)]


@pytest.mark.parametrize(
    ("entry", "accepted"),
    [
        ("{rule: rds-multi-az, reason: x}", True),
        ("{rule: RDS-701, resource: Data*, reason: x}", True),
        ("{rule: RDS-701, resource: Other, reason: x}", False),
        ("{rule: RDS-701, path: a.yaml, reason: x}", True),
        ("{rule: RDS-701, path: b.yaml, reason: x}", False),
        ("{rule: RDS-602, reason: x}", False),
    ],
)
def test_configured_suppression_selects_by_rule_resource_and_path(folder: Path, entry: str, accepted: bool) -> None:
    assert found(HEAD + BODY, f"suppressions: [{entry}]\n") == [("RDS-701", "x" if accepted else None)]


@pytest.mark.parametrize(("name", "accepted"), [("BackupRetentionPeriod", True), ("MultiAZ", False)])
def test_suppression_may_name_the_property(folder: Path, name: str, accepted: bool) -> None:
    body = BODY.replace("14,", "2, MultiAZ: true,")
    assert found(HEAD + body, f"suppressions: [{{rule: RDS-602, property: {name}, reason: x}}]\n") == [
        ("RDS-602", "x" if accepted else None)
    ]
    inside = metadata(f"{{RDS-602: {{reason: x, property: {name}}}}}").replace(BODY, body)
    assert found(inside) == [("RDS-602", "x" if accepted else None)]


def test_unused_suppressions_are_reported_on_request(folder: Path) -> None:
    template = metadata("{RDS-602: not needed, RDS-701: needed}")
    assert found(template) == [("RDS-701", "needed")]
    assert sorted(found(template, "report-unused: true\n")) == [("CFN-000", None), ("RDS-701", "needed")]
    unused = "report-unused: true\nsuppressions: [{rule: RDS-604, reason: x}]\n"
    assert sorted(found(HEAD + BODY, unused)) == [("CFN-000", None), ("RDS-701", None)]


def test_suppression_of_a_rule_that_does_not_run_is_not_unused(folder: Path) -> None:
    assert found(metadata("{RDS-602: x}"), "report-unused: true\nselect: [RDS-701, CFN-000]\n") == [("RDS-701", None)]


@pytest.mark.parametrize(
    ("tool", "written"),
    [
        ("checkov", "{checkov: {skip: [{id: CKV_AWS_157, comment: one zone will do}]}}"),
        ("cfn-guard", "{guard: {SuppressedRules: [RDS_MULTI_AZ_SUPPORT]}}"),
        ("cdk-nag", "{cdk_nag: {rules_to_suppress: [{id: AwsSolutions-RDS3, reason: one zone will do}]}}"),
    ],
)
def test_suppressions_of_other_tools_apply_on_request(folder: Path, tool: str, written: str) -> None:
    template = HEAD + f"    Metadata: {written}\n" + BODY
    assert found(template) == [("RDS-701", None)]
    ((rule, reason),) = found(template, f"honor: [{tool}]\n")
    assert rule == "RDS-701"
    assert reason is not None
    assert found(template, "honor: [cfn-lint]\n") == [("RDS-701", None)]


def test_comment_of_checkov_applies_to_its_resource(folder: Path) -> None:
    template = HEAD + "    # checkov:skip=CKV_AWS_157: one zone will do\n" + BODY
    assert found(template, "honor: [checkov]\n") == [("RDS-701", "one zone will do")]


def test_all_suppressions_are_listed_with_reason_and_age(folder: Path) -> None:
    Path("a.yaml").write_text(metadata("{RDS-701: {reason: moved soon, until: 2026-12-31}}"), encoding="utf-8")
    entry = "suppressions: [{rule: RDS-602, resource: D*, reason: short is enough}]\n"
    Project(folder).configure(entry).commit()
    command = ["suppressions", ".", "--format", "json"]
    listed = json.loads(run_relint(*command).stdout)
    assert [(one["file"], one["line"], one["rule"], one["reason"], one["age"]) for one in listed] == [
        ("a.yaml", 6, "RDS-701", "moved soon", 0),
        ("relint.yaml", 2, "RDS-602", "short is enough", 0),
    ]
    assert [one["problem"] for one in listed] == ["it expired on 2026-12-31", None]
    (folder / "a.yaml").write_text("Resources: [", encoding="utf-8")
    assert run_relint(*command).exit_code == 2


def test_equal_comments_in_two_templates_are_used_independently(folder: Path) -> None:
    comment = HEAD.replace("Database:", "Database: # relint: ignore[RDS-701] moved soon")
    Path("relint.yaml").write_text("root: true\nreport-unused: true\n", encoding="utf-8")
    Path("a.yaml").write_text(comment + BODY, encoding="utf-8")
    Path("b.yaml").write_text(comment + BODY.replace("{", "{MultiAZ: true, "), encoding="utf-8")
    told = [(one.file, one.suppression is not None) for one in relint.check("a.yaml", "b.yaml").findings]
    assert told == [("a.yaml", True), ("b.yaml", False)]
