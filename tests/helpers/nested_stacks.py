"""Projects of stacks that deploy `child.yaml`."""

from __future__ import annotations

from tests.helpers.project import Project

CHILD = """Parameters: {Standby: {Type: String, Default: 'true'}}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {Engine: mysql, BackupRetentionPeriod: 14, DeletionProtection: true, MultiAZ: !Ref Standby}
"""


class StackProject(Project):
    """A project with one rule, about the database of `child.yaml`."""

    def write_parent(
        self, url: str, parameters: str = "{Standby: 'false'}", head: str = "", name: str = "parent.yaml"
    ) -> None:
        """Write a template that deploys one nested stack."""
        self.write(name, f"{head}Resources:\n{stack_resource('Data', url, parameters)}")

    def findings(self, *paths: str) -> list[tuple[str, str, str | None]]:
        """Return file, verdict and scenario of each finding; AssertionError after a failure."""
        report = self.check(*paths)
        assert not report.failures
        return [(finding.file, finding.verdict, finding.scenario) for finding in report.results]


def stack_resource(logical_id: str, url: str, parameters: str = "{}", attributes: str = "") -> str:
    """Return a nested stack, as a line of the Resources section."""
    properties = f"{{TemplateURL: {url}, Parameters: {parameters}}}"
    return f"  {logical_id}: {{Type: AWS::CloudFormation::Stack, {attributes}Properties: {properties}}}\n"
