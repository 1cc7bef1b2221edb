"""Suppressions in comments and in Metadata."""

from __future__ import annotations

import pytest

import relint
from relint.finding import Finding
from tests.helpers.suppressions import SuppressionProject, database, relint_metadata

DATABASE = "  Database:%s\n    Type: AWS::RDS::DBInstance\n    Properties: {Engine: mysql}\n"


def findings_by_rule(resource: str, *, head: str = "") -> dict[str, Finding]:
    report = relint.check_text(f"{head}Resources:\n{resource}", select=["RDS-701", "CFN-000"])
    assert not report.failures
    return {finding.rule.id: finding for finding in report.findings}


def test_comment_on_the_line_suppresses_with_its_reason() -> None:
    findings = findings_by_rule(DATABASE % "  # relint: ignore[RDS-701] Rebuilt within minutes.")
    assert findings["RDS-701"].suppression is not None
    assert findings["RDS-701"].suppression.justification == "Rebuilt within minutes."
    assert not findings["RDS-701"].affects_exit_code


def test_comment_on_the_line_above_suppresses() -> None:
    findings = findings_by_rule("  # relint: ignore[rds-multi-az] Rebuilt within minutes.\n" + DATABASE % "")
    assert findings["RDS-701"].suppression is not None


def test_comment_elsewhere_does_not_suppress() -> None:
    findings = findings_by_rule(DATABASE % "" + "    # relint: ignore[RDS-701] Rebuilt within minutes.\n")
    assert findings["RDS-701"].suppression is None


def test_metadata_of_the_resource_suppresses() -> None:
    metadata = "    Metadata: {relint: {ignore: {RDS-701: Rebuilt within minutes.}}}\n"
    assert findings_by_rule(DATABASE % "" + metadata)["RDS-701"].suppression is not None


def test_metadata_of_the_template_suppresses() -> None:
    head = "Metadata: {relint: {ignore: {rds-multi-az: A test stack.}}}\n"
    assert findings_by_rule(DATABASE % "", head=head)["RDS-701"].suppression is not None


def test_missing_reason_is_reported_and_suppresses_nothing() -> None:
    findings = findings_by_rule(DATABASE % "  # relint: ignore[RDS-701]")
    assert findings["RDS-701"].suppression is None
    assert findings["CFN-000"].span.start.line == 2


def test_unknown_rule_is_reported_with_a_suggestion() -> None:
    findings = findings_by_rule(DATABASE % "  # relint: ignore[rds-multi-as] Rebuilt within minutes.")
    assert "rds-multi-az" in findings["CFN-000"].message


def test_malformed_comment_is_reported() -> None:
    assert "CFN-000" in findings_by_rule(DATABASE % "  # relint: ignore RDS-701 because")


def test_comment_in_prose_is_quoted_in_the_finding() -> None:
    finding = findings_by_rule(DATABASE % "  # relint: see the wiki")["CFN-000"]
    assert finding.message.startswith("'# relint: see the wiki' begins like an ignore but is none")


@pytest.mark.parametrize(
    "ignore",
    [
        pytest.param("[RDS-701]", id="a list, which has no reasons"),
        pytest.param("RDS-701", id="a single rule"),
        pytest.param("{RDS-701: [because]}", id="a list of reasons"),
        pytest.param("{RDS-701: {reason: because, ticket: 17}}", id="a field that there is not"),
        pytest.param("{RDS-701: {reason: {de: weil}}}", id="a reason that is not a text"),
    ],
)
def test_metadata_without_a_readable_reason_suppresses_nothing(project: SuppressionProject, ignore: str) -> None:
    template = database(metadata=relint_metadata(ignore))
    assert project.justifications(template) == [("CFN-000", None), ("RDS-701", None)]


def test_metadata_can_name_a_property_that_is_absent_and_would_satisfy_the_rule() -> None:
    ignore = "{RDS-602: {reason: x, property: %s}, RDS-701: {reason: y, property: %s}}"
    for properties, expected in [
        (("BackupRetentionPeriod", "Properties.MultiAZ"), [("RDS-602", "x"), ("RDS-701", "y")]),
        (("MultiAZ", "BackupRetentionPeriod"), [("RDS-602", None), ("RDS-701", None)]),
    ]:
        metadata = "    Metadata: {relint: {ignore: %s}}\n" % (ignore % properties)
        text = "Resources:\n" + DATABASE % "" + metadata
        report = relint.check_text(text, select=["RDS-602", "RDS-701"])
        found = [(f.rule.id, f.suppression and f.suppression.justification) for f in report.results]
        assert sorted(found) == expected


@pytest.mark.parametrize(
    ("property_path", "reason"),
    [
        pytest.param("BackupRetentionPeriod", "x", id="the property of the finding"),
        pytest.param("Properties.BackupRetentionPeriod", "x", id="with the section"),
        pytest.param("MultiAZ", None, id="another property"),
    ],
)
def test_metadata_can_name_a_property(project: SuppressionProject, property_path: str, reason: str | None) -> None:
    metadata = relint_metadata(f"{{RDS-602: {{reason: x, property: {property_path}}}}}")
    template = database(metadata=metadata, properties="MultiAZ: true, ").replace("Period: 14", "Period: 2")
    assert project.justifications(template) == [("RDS-602", reason)]
