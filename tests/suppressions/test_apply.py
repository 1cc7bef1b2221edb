"""Suppressions that match no finding."""

from __future__ import annotations

from tests.helpers.suppressions import SuppressionProject, database, relint_metadata


def test_unused_suppressions_in_a_template_are_reported_on_request(project: SuppressionProject) -> None:
    template = database(metadata=relint_metadata("{RDS-602: not needed, RDS-701: needed}"))
    assert project.justifications(template) == [("RDS-701", "needed")]
    assert project.justifications(template, "report-unused: true\n") == [("CFN-000", None), ("RDS-701", "needed")]


def test_suppression_for_a_type_that_the_template_does_not_have_is_unused(project: SuppressionProject) -> None:
    template = database(metadata=relint_metadata("{S3-601: the bucket is gone, RDS-701: needed}"))
    assert project.justifications(template, "report-unused: true\n") == [("CFN-000", None), ("RDS-701", "needed")]


def test_unused_suppressions_in_the_configuration_are_reported_on_request(project: SuppressionProject) -> None:
    configuration = "report-unused: true\nsuppressions: [{rule: RDS-604, reason: x}]\n"
    assert project.justifications(database(), configuration) == [("CFN-000", None), ("RDS-701", None)]


def test_suppression_of_a_rule_that_does_not_run_is_not_unused(project: SuppressionProject) -> None:
    template = database(metadata=relint_metadata("{RDS-602: x}"))
    configuration = "report-unused: true\nselect: [RDS-701, CFN-000]\n"
    assert project.justifications(template, configuration) == [("RDS-701", None)]


def test_equal_comments_in_two_templates_are_used_independently(project: SuppressionProject) -> None:
    comment = "relint: ignore[RDS-701] moved soon"
    project.configure("report-unused: true\n")
    project.write("a.yaml", database(comment=comment))
    project.write("b.yaml", database(comment=comment, properties="MultiAZ: true, "))
    findings = project.check("a.yaml", "b.yaml").findings
    assert [(finding.file, finding.suppression is not None) for finding in findings] == [
        ("a.yaml", True),
        ("b.yaml", False),
    ]
