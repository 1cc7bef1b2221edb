"""Selectors of several rules, owners, and placeholders in suppressions, in all three places."""

from __future__ import annotations

import json

import pytest

from relint.finding import Suppression
from tests.helpers.suppressions import SuppressionProject, database, relint_metadata


def accepted_as(project: SuppressionProject, template: str, configuration: str = "") -> Suppression | None:
    """Return the suppression of the database without a standby (RDS-701)."""
    report = project.configure(configuration).write("a.yaml", template).check("a.yaml")
    assert not report.failures
    (finding,) = (finding for finding in report.findings if finding.rule.id == "RDS-701")
    return finding.suppression


@pytest.mark.parametrize(
    "selector", ["RDS", "rds-7", "RDS-701", "RDS_MULTI_AZ_SUPPORT", "rds-multi-az-support", "CKV_AWS_157"]
)
@pytest.mark.parametrize("place", ["comment", "metadata", "configuration"])
def test_suppression_takes_whatever_selects_rules(project: SuppressionProject, place: str, selector: str) -> None:
    comment = f"relint: ignore[{selector}] Rebuilt within minutes." if place == "comment" else ""
    metadata = relint_metadata(f"{{{selector}: Rebuilt within minutes.}}") if place == "metadata" else ""
    entry = f"suppressions: [{{rule: {selector}, reason: Rebuilt within minutes.}}]\n"
    template = database(comment=comment, metadata=metadata)
    suppression = accepted_as(project, template, entry if place == "configuration" else "")
    assert suppression and suppression.justification == "Rebuilt within minutes."


def test_prefix_that_accepts_one_finding_is_in_use(project: SuppressionProject) -> None:
    template = database(comment="relint: ignore[RDS] Rebuilt within minutes.")
    rules = [rule for rule, _ in project.justifications(template, "report-unused: true\n")]
    assert rules == ["RDS-701"]


def test_prefix_that_accepts_nothing_is_reported_once(project: SuppressionProject) -> None:
    template = database(comment="relint: ignore[RDS-6] Rebuilt within minutes.")
    rules = [rule for rule, _ in project.justifications(template, "report-unused: true\n")]
    assert rules == ["CFN-000", "RDS-701"]


def test_prefix_leaves_out_mandatory_rules(project: SuppressionProject) -> None:
    template = database(comment="relint: ignore[RDS] All of it.").replace("Period: 14", "Period: 0")
    justifications = project.justifications(template, "mandatory: [RDS-701]\n")
    assert justifications == [("RDS-601", "All of it."), ("RDS-701", None)]


@pytest.mark.parametrize(
    ("comment", "owner", "reason"),
    [
        pytest.param("Rebuilt. owner: data-team", "data-team", "Rebuilt.", id="at the end"),
        pytest.param("owner: @shop/data. Rebuilt.", "@shop/data", "Rebuilt.", id="first, with a full stop"),
        pytest.param(
            "Rebuilt (owner: a@shop.example, until: 2027-03-01)",
            "a@shop.example",
            "Rebuilt",
            id="in brackets",
        ),
        pytest.param('Rebuilt. owner: "Data Team" until: 2027-03-01', "Data Team", "Rebuilt.", id="quoted"),
    ],
)
def test_owner_in_a_comment(project: SuppressionProject, comment: str, owner: str, reason: str) -> None:
    suppression = accepted_as(project, database(comment=f"relint: ignore[RDS-701] {comment}"))
    assert suppression
    assert (suppression.owner, suppression.justification) == (owner, reason)


def test_owner_in_metadata(project: SuppressionProject) -> None:
    metadata = relint_metadata("{RDS-701: {reason: Rebuilt., owner: data-team, until: 2027-03-01}}")
    suppression = accepted_as(project, database(metadata=metadata))
    assert suppression == Suppression("Rebuilt.", "inSource", "data-team", "2027-03-01")


def test_owner_in_the_configuration(project: SuppressionProject) -> None:
    configuration = "suppressions: [{rule: RDS-701, reason: Rebuilt., owner: data-team}]\n"
    assert accepted_as(project, database(), configuration) == Suppression("Rebuilt.", "external", "data-team")


def test_owner_is_listed(project: SuppressionProject) -> None:
    project.configure("suppressions: [{rule: RDS-701, reason: Rebuilt., owner: data-team}]\n")
    project.write("a.yaml", database()).commit()
    (row,) = json.loads(project.run("suppressions", ".", "--format", "json").stdout)
    assert (row["owner"], row["author"]) == ("data-team", "relint")
    assert "owner data-team" in project.run("suppressions", ".").stdout


def test_list_of_mappings_in_json_has_reasons(project: SuppressionProject) -> None:
    ignore = [{"rule": "RDS-701, RDS-604", "reason": "Rebuilt.", "owner": "data-team"}]
    suppression = accepted_as(project, database(metadata=relint_metadata(json.dumps(ignore))))
    assert suppression == Suppression("Rebuilt.", "inSource", "data-team")


@pytest.mark.parametrize("reason", ["TODO: say why", "todo: x", "Tbd.", "FIXME", "<reason>", "...", "?", "say why"])
def test_placeholder_does_not_count_as_a_reason(project: SuppressionProject, reason: str) -> None:
    template = database(comment=f"relint: ignore[RDS-701] {reason}", properties="")
    report = project.configure("").write("a.yaml", template).check("a.yaml")
    messages = {finding.rule.id: finding.message for finding in report.findings if not finding.suppression}
    assert set(messages) == {"CFN-000", "RDS-701"}


def test_placeholder_in_the_configuration_is_an_error(project: SuppressionProject) -> None:
    project.configure("suppressions: [{rule: RDS-701, reason: 'TODO: say why'}]\n").write("a.yaml", database())
    run = project.run("check", "a.yaml")
    assert run.exit_code == 2
    assert "relint.yaml:2:32: error: 'TODO: say why' is no reason; write why the finding is accepted" in run.stderr


@pytest.mark.parametrize("reason", ["Todo list of one user.", "Nonessential.", "Because it is rebuilt.", "<1 user."])
def test_reason_that_begins_like_a_placeholder_counts(project: SuppressionProject, reason: str) -> None:
    assert accepted_as(project, database(comment=f"relint: ignore[RDS-701] {reason}"))
