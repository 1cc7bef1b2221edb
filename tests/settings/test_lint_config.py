"""Thresholds, profiles and mandatory rules change what a run reports."""

from __future__ import annotations

from tests.helpers.settings import DATABASE, ConfiguredProject


def test_threshold_changes_the_required_value(project: ConfiguredProject) -> None:
    project.configure("thresholds: {backup_min_days: 30}\nparameters: {Env: prod}\n")
    assert project.findings() == [("RDS-602", "fail", "warning")]


def test_threshold_can_require_more_zones(project: ConfiguredProject) -> None:
    properties = "VpcId: !Ref Net, AvailabilityZone: eu-west-1%s, CidrBlock: 10.0.%s.0/24"
    subnet = f"{{Type: AWS::EC2::Subnet, Properties: {{{properties}}}}}"
    project.write(
        "stacks/a.yaml",
        "Resources:\n  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
        f"  A: {subnet % ('a', 1)}\n  B: {subnet % ('b', 2)}\n",
    )
    assert project.findings(select=["NET-205"]) == []
    project.configure("thresholds: {min_azs: 3}\n")
    assert project.findings(select=["NET-205"]) == [("NET-205", "fail", "warning")]


def test_profile_dev_lowers_availability_but_not_durability(project: ConfiguredProject) -> None:
    project.write("stacks/a.yaml", DATABASE.replace("Period: 8", "Period: 2"))
    project.configure("profile: dev\nparameters: {Env: dev}\n")
    assert project.findings() == [("RDS-602", "fail", "warning"), ("RDS-701", "fail", "note")]


def test_profile_critical_raises_thresholds(project: ConfiguredProject) -> None:
    project.configure("profile: critical\nparameters: {Env: prod}\n")
    assert ("RDS-602", "fail", "warning") in project.findings()


def test_mandatory_rules_run_and_cannot_be_suppressed(project: ConfiguredProject) -> None:
    project.configure("parameters: {Env: dev}\nmandatory: [RDS-701]\nignore: [RDS-701]\n")
    comment = "  Database: # relint: ignore[RDS-701] we accept it\n"
    project.write("stacks/a.yaml", DATABASE.replace("  Database:\n", comment))
    assert sorted(project.findings()) == [("CFN-000", "fail", "warning"), ("RDS-701", "fail", "warning")]
