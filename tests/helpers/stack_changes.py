"""A repository with a template and a nested stack, and what differs from its last commit."""

from __future__ import annotations

from pathlib import Path

import relint
from tests.helpers.command_line import working_directory
from tests.helpers.nested_stacks import stack_resource
from tests.helpers.project import Project

TABLE = "  Orders: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}\n"
CHILD = (
    "Parameters: {Engine: {Type: String, Default: mysql}}\nResources:\n"
    "  Database: {Type: AWS::RDS::DBInstance, DeletionPolicy: Delete, Properties: {Engine: !Ref Engine}}\n"
)


def parent(parameters: str = "{}", attributes: str = "", url: str = "child.yaml") -> str:
    """Return a template with a topic and the nested stack Data."""
    return f"Resources:\n  Topic: {{Type: AWS::SNS::Topic}}\n{stack_resource('Data', url, parameters, attributes)}"


NO_NESTED_STACK = "Resources:\n  Topic: {Type: AWS::SNS::Topic}\n"


def stack_repository(folder: Path) -> Project:
    """Return a repository with a template and a nested stack."""
    project = Project(folder).write("lone.yaml", f"Resources:\n{TABLE}")
    project.write("stacks/root.yaml", parent("{Engine: mysql}")).write("stacks/child.yaml", CHILD)
    project.commit()
    return project


def since_head(project: Project, *paths: str, **arguments: str) -> relint.Diff:
    """Return the differences from the last commit; AssertionError after a failure."""
    with working_directory(project.folder):
        diff = relint.diff(base="HEAD", paths=paths, **arguments)
    assert diff.report.failures == ()
    return diff


def found(diff: relint.Diff) -> list[tuple[str, str, str, str]]:
    """Return the rule, verdict, file with line, and resource of each finding, as text has them."""
    return [
        (finding.rule.id, finding.verdict, f"{finding.file}:{finding.span.start.line}", finding.logical_id or "")
        for finding in diff.report.findings
    ]
