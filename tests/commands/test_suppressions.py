"""The command `relint suppressions`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers.suppressions import TODAY, SuppressionProject, database, relint_metadata


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SuppressionProject:
    """A project on 2027-01-01."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    return SuppressionProject(tmp_path)


def test_all_suppressions_are_listed_with_reason_and_age(project: SuppressionProject) -> None:
    metadata = relint_metadata("{RDS-701: {reason: moved soon, until: 2026-12-31}}")
    project.configure("suppressions: [{rule: RDS-602, resource: D*, reason: short is enough}]\n")
    project.write("a.yaml", database(metadata=metadata)).commit()
    rows = json.loads(project.run("suppressions", ".", "--format", "json").stdout)
    assert [(row["file"], row["line"], row["rule"], row["reason"], row["age"]) for row in rows] == [
        ("a.yaml", 6, "RDS-701", "moved soon", 0),
        ("relint.yaml", 2, "RDS-602", "short is enough", 0),
    ]
    assert [row["problem"] for row in rows] == ["it expired on 2026-12-31", None]


def test_listing_suppressions_fails_for_an_unreadable_template(project: SuppressionProject) -> None:
    project.write("a.yaml", "Resources: [")
    assert project.run("suppressions", ".").exit_code == 2
