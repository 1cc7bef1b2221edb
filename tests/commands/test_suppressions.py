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


EXPIRED = "accepts nothing: it expired on 2026-12-31"
UNKNOWN = 'accepts nothing: there is no rule "rds-multi-as"; did you mean "rds-multi-az"?'
TABLE = f"""a.yaml:1: CFN-603 (all of it): for tests [age unknown]
a.yaml:3: checkov CKV_AWS_157 (Database): suppressed for checkov as CKV_AWS_157 [1 day old, by relint]
a.yaml:7: RDS-701 (Database): moved soon [1 day old, by relint, until 2026-12-31, {EXPIRED}]
a.yaml:8: RDS-602 (line 9): small: short is enough [1 day old, by relint, until 2027-03-01]
a.yaml:8: rds-multi-as (line 9): small: short is enough [1 day old, by relint, until 2027-03-01, {UNKNOWN}]
relint.yaml:3: RDS-602 (D*): short is enough [2 days old, by relint]
relint.yaml:4: RDS-701 (all of it): x [2 days old, by relint]
7 suppressions
"""


def test_all_suppressions_are_listed_as_a_table(project: SuppressionProject, monkeypatch: pytest.MonkeyPatch) -> None:
    day = 24 * 60 * 60
    entries = "  - {rule: RDS-602, resource: D*, reason: short is enough}\n  - {rule: RDS-701, reason: x}\n"
    project.configure(f"suppressions:\n{entries}honor: [checkov]\n")
    monkeypatch.setenv("GIT_AUTHOR_DATE", f"@{int(TODAY) - 2 * day - 1} +0000")
    project.commit()
    metadata = relint_metadata("{RDS-701: {reason: moved soon, until: 2026-12-31}}")
    comment = "    # relint: ignore[RDS-602, rds-multi-as] small: short is enough (until: 2027-03-01)\n"
    checkov = "    # checkov:skip=CKV_AWS_157\n"
    template = database(metadata=metadata, body=comment + "    DependsOn: []\n" + checkov)
    project.write("a.yaml", template)
    monkeypatch.setenv("GIT_AUTHOR_DATE", f"@{int(TODAY) - 2 * day + 1} +0000")
    project.commit()
    project.write(
        "a.yaml", template.replace("Resources:", "Metadata: {relint: {ignore: {CFN-603: for tests}}}\nResources:")
    )
    monkeypatch.setattr("time.time", lambda: float(TODAY))
    done = project.run("suppressions", ".")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == TABLE


def test_single_suppression_is_counted(project: SuppressionProject) -> None:
    project.write("a.yaml", database(comment="relint: ignore[RDS-701]"))
    line = "a.yaml:2: RDS-701 (Database): no reason [age unknown, accepts nothing: it has no reason]"
    assert project.run("suppressions", "a.yaml").stdout == f"{line}\n1 suppression\n"


def test_template_without_suppressions_and_files_of_other_kinds_are_listed_as_none(project: SuppressionProject) -> None:
    project.write("a.yaml", database()).write("values.yaml", "a: 1\n")
    assert project.run("suppressions", ".").stdout == "0 suppressions\n"
    assert project.run("suppressions", ".", "--format", "json").stdout == "[]\n"


def test_failures_are_listed_after_the_suppressions(project: SuppressionProject) -> None:
    project.write("a.yaml", "Resources: [")
    done = project.run("suppressions", "a.yaml", "missing.yaml")
    lines = done.stdout.splitlines()
    assert done.exit_code == 2
    assert lines[0] == "0 suppressions"
    assert sorted(line.partition(" ")[0] for line in lines[1:]) == ["a.yaml:", "missing.yaml:"]
    assert "missing.yaml: error: 'missing.yaml' does not exist." in lines
