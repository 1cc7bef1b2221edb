"""Whole messages about suppressions that suppress nothing, and their places."""

from __future__ import annotations

import pytest

from tests.helpers.suppressions import SuppressionProject, database, relint_metadata


def reported(project: SuppressionProject, template: str, configuration: str = "") -> list[tuple[str, int, str]]:
    """Return file, line and message of each finding about a suppression."""
    report = project.configure(configuration).write("a.yaml", template).check("a.yaml")
    assert not report.failures
    return [(one.file, one.span.start.line, one.message) for one in report.findings if one.rule.id == "CFN-000"]


DEFAULT = "suppressed for checkov as CKV_AWS_157"


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("relint: ignore[RDS-701]", "it has no reason"),
        ("relint: ignore[RDS-701] until: 2027-03-01", "it has no reason"),
        ("relint: ignore[RDS-701] x (until: 2026-12-31)", "it expired on 2026-12-31"),
        ("relint: ignore[RDS-701] until: summer, x", '"until:" wants a day such as 2027-03-01, not "summer"'),
        ("relint: ignore[RDS-701] until: 2027-3-1 x", '"until:" wants a day such as 2027-03-01, not "2027-3-1"'),
    ],
)
def test_problem_of_a_comment_is_in_the_message(project: SuppressionProject, comment: str, problem: str) -> None:
    ((file, line, message),) = reported(project, database(comment=comment))
    assert (file, line) == ("a.yaml", 2)
    assert "'RDS-701'" in message
    assert problem in message


@pytest.mark.parametrize(
    ("ignore", "problem"),
    [
        ("[RDS-701]", "it has no reason"),
        ("{RDS-701: {reason: x, ticket: 17}}", 'it takes reason, until, owner, property, each a text, not "ticket"'),
        ("{RDS-701: {reason: {de: weil}}}", 'it takes reason, until, owner, property, each a text, not "reason"'),
        ("{RDS-701: {reason: x, until: 2026-12-31}}", "it expired on 2026-12-31"),
        ("{RDS-701: 'x, until: 2026-12-31'}", "it expired on 2026-12-31"),
        ("{RDS-701: ' '}", "it has no reason"),
        ("{RDS-701: {reason: ' ', until: 2027-03-01}}", "it has no reason"),
    ],
)
def test_problem_of_metadata_is_in_the_message(project: SuppressionProject, ignore: str, problem: str) -> None:
    ((file, line, message),) = reported(project, database(metadata=relint_metadata(ignore)))
    assert (file, line) == ("a.yaml", 6)
    assert "'RDS-701'" in message
    assert problem in message


def test_mandatory_rule_is_named_in_the_message(project: SuppressionProject) -> None:
    template = database(comment="relint: ignore[RDS-701] x")
    ((_, _, message),) = reported(project, template, "mandatory: [RDS-701]\n")
    assert "the configuration makes this rule mandatory" in message


def test_unknown_rule_is_named_with_a_suggestion(project: SuppressionProject) -> None:
    ((_, line, message),) = reported(project, database(metadata=relint_metadata("{rds-multi-as: x}")))
    assert line == 6
    assert "'rds-multi-as'" in message
    assert '(did you mean "rds-multi-az"?), so' in message


def test_configured_suppression_is_reported_once_at_its_place(project: SuppressionProject) -> None:
    entry = "suppressions:\n  - {rule: RDS-701, reason: x}\n  - {rule: RDS-701, reason: x, until: 2026-12-31}\n"
    project.write("b.yaml", database())
    project.configure(entry).write("a.yaml", database())
    findings = [one for one in project.check("a.yaml", "b.yaml").findings if one.rule.id == "CFN-000"]
    assert [(one.file, one.span.start.line) for one in findings] == [("relint.yaml", 4)]
    assert "it expired on 2026-12-31" in findings[0].message
    assert project.check("a.yaml", "b.yaml").sources["relint.yaml"] == project.read("relint.yaml")


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("x until: 2027-03-01", "x"),
        ("x (until: 2027-03-01)", "x"),
        ("until: 2027-03-01, x", "x"),
        ("until: 2027-03-01: x - y", "x - y"),
        ("x; until: 2027-03-01", "x"),
        ("x until: 2027-03-01, y", "x y"),
        ("x, and the runtil: stays", "x, and the runtil: stays"),
    ],
)
def test_day_is_taken_out_of_the_reason(project: SuppressionProject, reason: str, expected: str) -> None:
    template = database(comment=f"relint: ignore[RDS-701] {reason}")
    assert project.justifications(template) == [("RDS-701", expected)]
    template = database(metadata=relint_metadata(f'{{RDS-701: "{reason}"}}'))
    assert project.justifications(template) == [("RDS-701", expected)]


@pytest.mark.parametrize(
    ("template", "line"),
    [
        (database(comment="relint: ignore[RDS-602] x"), 2),
        (database(metadata=relint_metadata("{RDS-602: x}")), 6),
        (database(comment="relint: ignore[RDS-602, RDS-701] x"), 2),
    ],
    ids=["comment", "metadata", "one of two"],
)
def test_unused_suppression_is_reported_at_its_place(project: SuppressionProject, template: str, line: int) -> None:
    assert reported(project, template) == []
    ((file, found_line, message),) = reported(project, template, "report-unused: true\n")
    assert (file, found_line) == ("a.yaml", line)
    assert message == (
        "The ignore of 'RDS-602' accepts nothing that is found, so it would hide the next finding without a decision."
    )


@pytest.mark.parametrize(
    ("property_path", "is_suppressed"),
    [
        ("MultiAZ", False),
        ("BackupRetentionPeriod", True),
        ("Properties.BackupRetentionPeriod", True),
        ("Properties", True),
    ],
)
@pytest.mark.parametrize("resource", ["Data*", "*base", "Other"])
def test_property_and_resource_of_a_configured_suppression_must_match(
    project: SuppressionProject, property_path: str, is_suppressed: bool, resource: str
) -> None:
    template = database(properties="MultiAZ: true, ").replace("Period: 14", "Period: 2")
    entry = f"{{rule: RDS-602, reason: ' x ', property: {property_path}, resource: '{resource}'}}"
    reason = "x" if is_suppressed and resource != "Other" else None
    assert project.justifications(template, f"suppressions: [{entry}]\n") == [("RDS-602", reason)]


@pytest.mark.parametrize(
    ("tool", "metadata", "rule", "reason"),
    [
        ("checkov", "{checkov: {skip: [{id: CKV_AWS_157}]}}", "RDS-701", DEFAULT),
        (
            "checkov",
            "{checkov: {skip: [{id: CKV_AWS_157, comment: [x]}]}}",
            "RDS-701",
            DEFAULT,
        ),
        ("checkov", "{checkov: {skip: [{ID: CKV_AWS_157}]}}", "RDS-701", None),
        ("checkov", "{checkov: [CKV_AWS_157]}", "RDS-701", None),
        ("checkov", "{checkov: {skip: CKV_AWS_157}}", "RDS-701", None),
        ("cdk-nag", "{cdk_nag: {rules_to_suppress: [{id: AwsSolutions-RDS3, reason: x}]}}", "RDS-701", "x"),
    ],
)
def test_suppression_of_another_tool_has_a_reason_or_a_default(
    project: SuppressionProject, tool: str, metadata: str, rule: str, reason: str | None
) -> None:
    assert project.justifications(database(metadata=metadata), f"honor: [{tool}]\n") == [(rule, reason)]


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("# checkov:skip=CKV_AWS_157: one zone will do", "one zone will do"),
        ("#checkov:skip=CKV_AWS_157:one zone will do", "one zone will do"),
        ("# checkov:skip=CKV_AWS_157", DEFAULT),
        ("# checkov:skip=CKV_AWS_158: x", None),
    ],
)
def test_comment_of_checkov_has_a_reason_or_a_default(
    project: SuppressionProject, comment: str, reason: str | None
) -> None:
    template = database(body=f"    {comment}\n")
    assert project.justifications(template, "honor: [checkov]\n") == [("RDS-701", reason)]


def test_comment_of_checkov_applies_to_no_other_resource(project: SuppressionProject) -> None:
    other = "  Other:\n    Type: AWS::SNS::Topic\n    # checkov:skip=CKV_AWS_157: x\n"
    first = database().replace("Resources:\n", f"# checkov:skip=CKV_AWS_157: above\nResources:\n{other}")
    assert project.justifications(first, "honor: [checkov]\nignore: [CFN-603]\n")[-1] == ("RDS-701", None)
    assert project.justifications(database() + other, "honor: [checkov]\n")[-1] == ("RDS-701", None)
