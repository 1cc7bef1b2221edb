"""Replacements that begin in another stack: one finding in the nested stack."""

from __future__ import annotations

from pathlib import Path

import relint

ROOT = """\
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  App: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: app.yaml, Parameters: {VpcId: !Ref Vpc}}}
"""
APP = """\
Parameters: {VpcId: {Type: String}}
Resources:
  Alb: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [!Ref One, !Ref Two]}}
  One: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref VpcId, GroupDescription: one}}
  Two: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref VpcId, GroupDescription: two}}
"""
SUBNETS = """\
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VpcId, CidrBlock: 10.0.0.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VpcId, CidrBlock: 10.0.1.0/24}}
"""


def messages(folder: Path, app: str) -> list[str]:
    """Return what relint says when the VPC of the parent stack gets another block."""
    for side, root in (("old", ROOT), ("new", ROOT.replace("10.0.0.0/16", "10.0.0.0/15"))):
        (folder / side).mkdir()
        (folder / side / "root.yaml").write_text(root, encoding="utf-8")
        (folder / side / "app.yaml").write_text(app, encoding="utf-8")
    report = relint.diff(folder / "old", folder / "new", select=["CHG-505", "CHG-506"], config=None).report
    return [f"{finding.rule.id} {finding.logical_id}: {finding.message}" for finding in report.findings]


def test_resources_with_one_outside_cause_have_one_finding(tmp_path: Path) -> None:
    (message,) = messages(tmp_path, APP)
    assert message.startswith("CHG-505 One: The replacement of 'Vpc of ")
    assert " replaces 'One', too, so all its members change to the new one" in message


def test_group_with_an_outside_cause_has_the_only_finding(tmp_path: Path) -> None:
    (message,) = messages(
        tmp_path, APP.replace("{SecurityGroups:", "{Subnets: [!Ref A, !Ref B], SecurityGroups:") + SUBNETS
    )
    assert message.startswith("CHG-506 A: The update replaces the subnets of a tier of 'Vpc of ")
    assert "root.yaml' of another stack is replaced)" in message
