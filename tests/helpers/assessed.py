"""Small templates with one resource "Data", and what an assessment says of it."""

from __future__ import annotations

from pathlib import Path

import relint
from relint.assessment.result import Result

Bounds = tuple[int, int | None] | str | None
"""Seconds with an upper end of None for no bound; "all" data, None for not applicable."""

DAY, HOUR = 86_400, 3600


def result_of(folder: Path, resources: str, name: str, disruption: str) -> Result:
    file = folder / "template.yaml"
    file.write_text("Resources:\n" + resources, encoding="utf-8")
    assessment = relint.assess(file, config=None)
    entry = next(entry for entry in assessment.entries if entry.name == name)
    return next(result for result in entry.results if result.disruption == disruption)


def rto_of(result: Result) -> Bounds:
    return None if result.rto is None else (result.rto.lo, result.rto.hi)


def rpo_of(result: Result) -> Bounds:
    if result.rpo is None:
        return None
    if result.rpo.is_total:
        return "all"
    return (result.rpo.interval.lo, result.rpo.interval.hi) if result.rpo.interval else "unknown"


BACKUP = """\
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties: {BackupPlan: {BackupPlanName: p, BackupPlanRule: [%s]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Plan
      BackupSelection: {SelectionName: s, IamRoleArn: role, Resources: [!GetAtt Data.Arn]}
"""
TABLE = "  Data: {Type: AWS::DynamoDB::Table}\n"
FILES = "  Data: {Type: AWS::EFS::FileSystem, Properties: {%s}}\n"
BUCKET = "  Data: {Type: AWS::S3::Bucket, Properties: {%s}}\n"
RDS = "  Data: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, %s}}\n"
VOLUME = (
    "  Data: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: eu-west-1a, Tags: [{Key: keep, Value: '1'}]}}\n"
)
POLICY = """\
  Policy:
    Type: AWS::DLM::LifecyclePolicy
    Properties:
      State: ENABLED
      PolicyDetails:
        ResourceTypes: [VOLUME]
        TargetTags: [{Key: keep, Value: '1'}]
        Schedules: [{CreateRule: {Interval: 12, IntervalUnit: HOURS}, RetainRule: {Count: 3}}]
"""
