"""Suppressions in the configuration."""

from __future__ import annotations

import pytest

from tests.helpers.suppressions import SuppressionProject, database


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        pytest.param("{rule: rds-multi-az, reason: x}", "x", id="a rule by name"),
        pytest.param("{rule: RDS-701, resource: Data*, reason: x}", "x", id="a pattern of the logical ID"),
        pytest.param("{rule: RDS-701, resource: Other, reason: x}", None, id="another logical ID"),
        pytest.param("{rule: RDS-701, path: a.yaml, reason: x}", "x", id="the file"),
        pytest.param("{rule: RDS-701, path: b.yaml, reason: x}", None, id="another file"),
        pytest.param("{rule: RDS-602, reason: x}", None, id="another rule"),
    ],
)
def test_configured_suppression_selects_by_rule_resource_and_path(
    project: SuppressionProject, entry: str, reason: str | None
) -> None:
    assert project.justifications(database(), f"suppressions: [{entry}]\n") == [("RDS-701", reason)]


@pytest.mark.parametrize(
    ("property_path", "reason"),
    [
        pytest.param("BackupRetentionPeriod", "x", id="the property of the finding"),
        pytest.param("MultiAZ", None, id="another property"),
    ],
)
def test_configured_suppression_can_name_a_property(
    project: SuppressionProject, property_path: str, reason: str | None
) -> None:
    template = database(properties="MultiAZ: true, ").replace("Period: 14", "Period: 2")
    entry = f"suppressions: [{{rule: RDS-602, property: {property_path}, reason: x}}]\n"
    assert project.justifications(template, entry) == [("RDS-602", reason)]
