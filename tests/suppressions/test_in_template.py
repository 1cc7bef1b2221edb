"""Accepting a finding, with a reason."""

from __future__ import annotations

import relint
from relint.finding import Finding


def findings(resource: str, head: str = "") -> dict[str, Finding]:
    text = f"{head}Resources:\n{resource}"
    report = relint.check_text(text, select=["RDS-701", "CFN-000"])
    assert not report.failures
    return {finding.rule.id: finding for finding in report.findings}


PLAIN = "  Database:%s\n    Type: AWS::RDS::DBInstance\n    Properties: {Engine: mysql}\n"


def test_comment_on_the_line_suppresses_with_its_reason() -> None:
    found = findings(PLAIN % "  # relint: ignore[RDS-701] Rebuilt within minutes.")
    assert found["RDS-701"].suppression is not None
    assert found["RDS-701"].suppression.justification == "Rebuilt within minutes."
    assert not found["RDS-701"].affects_exit_code


def test_comment_on_the_line_above_suppresses() -> None:
    found = findings("  # relint: ignore[rds-multi-az] Rebuilt within minutes.\n" + PLAIN % "")
    assert found["RDS-701"].suppression is not None


def test_comment_elsewhere_does_not_suppress() -> None:
    found = findings(PLAIN % "" + "    # relint: ignore[RDS-701] Rebuilt within minutes.\n")
    assert found["RDS-701"].suppression is None


def test_metadata_of_the_resource_suppresses() -> None:
    found = findings(PLAIN % "" + "    Metadata: {relint: {ignore: {RDS-701: Rebuilt within minutes.}}}\n")
    assert found["RDS-701"].suppression is not None


def test_metadata_of_the_template_suppresses() -> None:
    found = findings(PLAIN % "", "Metadata: {relint: {ignore: {rds-multi-az: A test stack.}}}\n")
    assert found["RDS-701"].suppression is not None


def test_missing_reason_is_reported_and_suppresses_nothing() -> None:
    found = findings(PLAIN % "  # relint: ignore[RDS-701]")
    assert found["RDS-701"].suppression is None
    assert found["CFN-000"].span.start.line == 2


def test_unknown_rule_is_reported_with_a_suggestion() -> None:
    found = findings(PLAIN % "  # relint: ignore[rds-multi-as] Rebuilt within minutes.")
    assert "rds-multi-az" in found["CFN-000"].message


def test_malformed_comment_is_reported() -> None:
    assert "CFN-000" in findings(PLAIN % "  # relint: ignore RDS-701 because")
