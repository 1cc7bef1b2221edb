"""Suppressions that are valid up to a date, and those that are invalid."""

from __future__ import annotations

import pytest

from tests.helpers.suppressions import SuppressionProject, database, relint_metadata

INVALID = [("CFN-000", None), ("RDS-701", None)]


@pytest.mark.parametrize("day", ["2027-01-01", "2027-03-01"])
def test_suppression_applies_up_to_its_last_day(project: SuppressionProject, day: str) -> None:
    suppressed = [("RDS-701", "moved soon")]
    metadata = relint_metadata(f"{{RDS-701: {{reason: moved soon, until: {day}}}}}")
    comment = f"relint: ignore[RDS-701] until: {day} moved soon"
    entry = f"suppressions: [{{rule: RDS-701, reason: moved soon, until: {day}}}]\n"
    assert project.justifications(database(metadata=metadata)) == suppressed
    assert project.justifications(database(comment=comment)) == suppressed
    assert project.justifications(database(), entry) == suppressed


def test_expired_suppression_is_reported_and_suppresses_nothing(project: SuppressionProject) -> None:
    metadata = relint_metadata("{RDS-701: {reason: moved soon, until: 2026-12-31}}")
    comment = "relint: ignore[RDS-701] moved soon (until: 2026-12-31)"
    entry = "suppressions: [{rule: RDS-701, reason: x, until: 2026-12-31}]\n"
    assert project.justifications(database(metadata=metadata)) == INVALID
    assert project.justifications(database(comment=comment)) == INVALID
    assert project.justifications(database(), entry) == INVALID


def test_invalid_expiry_date_is_reported(project: SuppressionProject) -> None:
    comment = "relint: ignore[RDS-701] until: summer, moved soon"
    assert project.justifications(database(comment=comment)) == INVALID


def test_mandatory_rule_cannot_be_suppressed(project: SuppressionProject) -> None:
    template = database(comment="relint: ignore[RDS-701] moved soon")
    assert project.justifications(template, "mandatory: [RDS-701]\n") == INVALID
    honored = "honor: [checkov]\n"
    template = database(metadata="{checkov: {skip: [{id: CKV_AWS_157, comment: one zone will do}]}}")
    assert project.justifications(template, honored) == [("RDS-701", "one zone will do")]
    assert project.justifications(template, honored + "mandatory: [RDS-701]\n") == [("RDS-701", None)]
