"""Projects with a database, whose findings depend on the configuration."""

from __future__ import annotations

from typing import Any

from tests.helpers.project import Project

DATABASE = """Parameters: {Env: {Type: String, Default: prod, AllowedValues: [dev, prod]}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      Engine: mysql
      BackupRetentionPeriod: 8
      DeletionProtection: true
      MultiAZ: !If [IsProd, true, false]
"""


class ConfiguredProject(Project):
    """A project whose findings are few."""

    def findings(self, *paths: str, **options: Any) -> list[tuple[str, str, str]]:
        """Return rule, verdict and level of each finding; AssertionError after a failure."""
        report = self.check(*paths, **options)
        assert not report.failures
        return [(finding.rule.id, finding.verdict, finding.level) for finding in report.results]
