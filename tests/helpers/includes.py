"""A template whose database takes its properties from `part.yaml`."""

from __future__ import annotations

from relint.finding import Report

Place = tuple[str, int, str | None]

DATABASE = "Type: AWS::RDS::DBInstance, DeletionPolicy: Snapshot, UpdateReplacePolicy: Snapshot"
CALL = "{Name: AWS::Include, Parameters: {Location: part.yaml}}"
OTHER_CALL = CALL.replace("part", "other")
IN_PROPERTIES = f"""Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      Fn::Transform: {CALL}
"""
NO_STANDBY = "# the part\nMultiAZ: false\n"


def places(report: Report) -> list[Place]:
    """Return file, line and logical ID of each finding; AssertionError after a failure."""
    assert not report.failures
    return [(finding.file, finding.span.start.line, finding.logical_id) for finding in report.findings]
