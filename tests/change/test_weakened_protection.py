"""Rules that a resource passed before a change and fails after it, with all rules and settings that matter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import relint
from relint.discover.candidate import Candidate
from relint.finding import Finding
from tests.helpers.project import Project

STANDBY = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      MultiAZ: true
      BackupRetentionPeriod: 14
      DeletionProtection: true
"""
WITHOUT_STANDBY = STANDBY.replace("MultiAZ: true", "MultiAZ: false")


def weakened(old: str, new: str, **settings: Any) -> list[Finding]:
    """The findings of CHG-504 in the comparison of two templates."""
    pair = (Candidate(name, text, is_explicit=True) for name, text in (("old.yaml", old), ("new.yaml", new)))
    report = relint.diff(*pair, config=None, **settings).report
    assert report.failures == ()
    return [finding for finding in report.results if finding.rule.id == "CHG-504"]


def test_finding_stands_in_the_new_template_and_is_related_to_the_old_one() -> None:
    (finding,) = weakened(STANDBY, WITHOUT_STANDBY)
    assert (finding.file, finding.span.start.line, finding.logical_id) == ("new.yaml", 6, "Orders")
    (place,) = finding.related
    assert (place.file, place.span.start.line, place.message) == ("old.yaml", 6, "It was 'true'.")


def test_values_of_parameters_count_on_both_sides() -> None:
    old = STANDBY.replace("MultiAZ: true", "MultiAZ: !Ref Standby")
    new = old.replace("BackupRetentionPeriod: 14", "BackupRetentionPeriod: 15")
    declaration = "Parameters: {Standby: {Type: String, Default: 'true'}}\n"
    assert weakened(declaration + old, declaration + new, parameters={"Standby": "false"}) == []


def test_note_of_another_rule_is_a_warning_because_the_old_value_was_a_decision() -> None:
    (finding,) = weakened(STANDBY, STANDBY.replace("      DeletionProtection: true\n", ""))
    assert "RDS-604" in finding.message
    assert finding.level == "warning"


def test_named_rule_set_limits_the_rules_that_judge() -> None:
    network = """\
  Network:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Type: network, LoadBalancerAttributes: [{Key: load_balancing.cross_zone.enabled, Value: 'true'}]}
"""
    old, new = STANDBY + network, WITHOUT_STANDBY + network.replace("'true'", "'false'")
    assert [len(weakened(old, new, ruleset=name)) for name in ("core", "all")] == [1, 2]


def test_ignored_rule_judges_neither_template() -> None:
    assert weakened(STANDBY, WITHOUT_STANDBY, ignore=["RDS-701"]) == []


def test_all_rules_judge_if_only_rules_about_changes_are_selected() -> None:
    assert len(weakened(STANDBY, WITHOUT_STANDBY, select=["CHG-504"])) == 1


def test_selected_rules_judge_alone() -> None:
    assert weakened(STANDBY, WITHOUT_STANDBY, select=["CHG-504", "RDS-601"]) == []
    assert len(weakened(STANDBY, WITHOUT_STANDBY, select=["CHG-504", "RDS-701"])) == 1


def test_profile_lowers_the_level() -> None:
    (finding,) = weakened(STANDBY, WITHOUT_STANDBY, settings={"profile": "dev"}, ruleset="all")
    assert finding.level == "note"


def test_thresholds_of_a_profile_count() -> None:
    shorter = STANDBY.replace("BackupRetentionPeriod: 14", "BackupRetentionPeriod: 8")
    assert weakened(STANDBY.replace("14", "35"), shorter) == []
    (finding,) = weakened(STANDBY.replace("14", "35"), shorter, settings={"profile": "critical"})
    assert finding.message.startswith("BackupRetentionPeriod was 35 and is 8, and 'Orders' fails RDS-")


def test_suppression_in_the_configuration_counts(tmp_path: Path) -> None:
    project = Project(tmp_path).write("old.yaml", STANDBY).write("new.yaml", WITHOUT_STANDBY)
    project.write("relint.yaml", "suppressions: [{rule: RDS-701, resource: Orders, reason: made again every night}]\n")
    done = project.run("diff", "old.yaml", "new.yaml")
    assert (done.exit_code, "CHG-504" in done.stdout) == (0, False)


def test_suppression_without_a_reason_suppresses_nothing() -> None:
    silent = WITHOUT_STANDBY.replace(
        "    Properties:", "    Metadata: {relint: {ignore: {RDS-701: ''}}}\n    Properties:"
    )
    assert len(weakened(STANDBY, silent)) == 1


def test_value_that_replaces_the_resource_is_reported_once() -> None:
    old = "Resources:\n  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}\n"
    new = old.replace("aurora-mysql", "aurora")
    assert weakened(old, new) == []


def test_failure_after_a_note_is_a_regression() -> None:
    aware = "{InstanceCount: 4, ZoneAwarenessEnabled: true, ZoneAwarenessConfig: {AvailabilityZoneCount: 2}}"
    old = f"Resources:\n  Search: {{Type: AWS::OpenSearchService::Domain, Properties: {{ClusterConfig: {aware}}}}}\n"
    (finding,) = weakened(old, old.replace(aware, "{InstanceCount: 2}"))
    assert (finding.level, "fails OS-701 now" in finding.message) == ("warning", True)
    assert weakened(old, old.replace("InstanceCount: 4", "InstanceCount: 6")) == []


def test_rules_with_one_cause_at_one_place_are_one_finding() -> None:
    subnets = "".join(
        f"  {zone.upper()}: {{Type: AWS::EC2::Subnet, Properties: {{VpcId: v, AvailabilityZone: eu-west-1{zone}}}}}\n"
        for zone in "ab"
    )
    group = "  Group: {Type: AWS::RDS::DBSubnetGroup, Properties: {SubnetIds: [!Ref A, !Ref B]}}\n"
    findings = weakened(f"Resources:\n{subnets}{group}", f"Resources:\n{subnets}{group}".replace(", !Ref B", ""))
    assert len({(finding.path, finding.message) for finding in findings}) == len({f.path for f in findings}) == 1


def test_zone_of_a_subnet_is_the_cause_for_a_group_of_instances() -> None:
    old = """\
Resources:
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, AvailabilityZone: eu-west-1a}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, AvailabilityZone: eu-west-1b}}
  Workers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: '2', MaxSize: '8', VPCZoneIdentifier: [!Ref A, !Ref B]}
"""
    findings = weakened(old, old.replace("eu-west-1b", "eu-west-1a"))
    (message,) = {finding.message.partition(",")[0] for finding in findings}
    assert message == 'AvailabilityZone of "B" was eu-west-1b and is eu-west-1a'


def test_literal_instead_of_a_parameter_with_its_value_is_silent() -> None:
    old = """\
Parameters: {Source: {Type: String, Default: "arn:aws:s3:::orders-eu-west-1"}}
Resources:
  Copy: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {SOURCE: !Ref Source}}}}
"""
    assert weakened(old, old.replace("!Ref Source", '"arn:aws:s3:::orders-eu-west-1"')) == []


def test_cause_is_the_change_that_the_finding_names_though_another_one_is_nearer() -> None:
    old = """\
Resources:
  Jobs: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 200}}
  Work: {Type: AWS::Lambda::Function, Properties: {Timeout: 30}}
  Reading:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Jobs.Arn, FunctionName: !Ref Work, BatchSize: 10}
"""
    (finding,) = weakened(old, old.replace("Timeout: 30}", "Timeout: 60}").replace("BatchSize: 10", "BatchSize: 9"))
    assert finding.message.startswith("Timeout of \"Work\" was 30 and is 60, and 'Jobs' fails LAM-705 now")


def test_cause_is_the_own_value_of_a_resource_rather_than_one_of_a_neighbour() -> None:
    old = """\
Resources:
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-0123456789abcdef0, AvailabilityZone: eu-west-1a}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-0123456789abcdef0, AvailabilityZone: eu-west-1b}}
  C: {Type: AWS::EC2::Subnet, Properties: {VpcId: vpc-0123456789abcdef0, AvailabilityZone: eu-west-1c}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [!Ref A, !Ref B, !Ref C]}}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, DefaultActions: [{TargetGroupArn: !Ref Targets}]}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {VpcId: vpc-0123456789abcdef0, Port: 80}}
  Workers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '3'
      MaxSize: '9'
      VPCZoneIdentifier: [!Ref A, !Ref B, !Ref C]
      TargetGroupARNs: [!Ref Targets]
  Others:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: '8', MaxSize: '9', VPCZoneIdentifier: [!Ref A]}
"""
    new = old.replace("[!Ref A, !Ref B, !Ref C]\n", "[!Ref A, !Ref B]\n").replace("MinSize: '8'", "MinSize: '7'")
    (message,) = {finding.message for finding in weakened(old, new) if finding.logical_id == "Workers"}
    assert message.startswith("VPCZoneIdentifier no longer has ${C}, and 'Workers' fails SIM-701 now")


def test_names_of_generated_resources_are_those_that_the_author_writes() -> None:
    old = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Jobs:
          Type: SQS
          Properties:
            Queue: arn:aws:sqs:eu-west-1:111122223333:jobs
            FunctionResponseTypes: [ReportBatchItemFailures]
"""
    (finding,) = weakened(old, old.replace("            FunctionResponseTypes: [ReportBatchItemFailures]\n", ""))
    assert "'Work.Events.Jobs' fails LAM-704 now" in finding.message


def test_addition_that_needs_more_protection_is_a_note() -> None:
    old = """\
Resources:
  Jobs: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 200}}
  Work: {Type: AWS::Lambda::Function, Properties: {Timeout: 30}}
  Reading:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Jobs.Arn, FunctionName: !Ref Work}
"""
    new = old.replace("Timeout: 30}", "Timeout: 30, ReservedConcurrentExecutions: 50}")
    assert weakened(old, new) == []
    assert [finding.level for finding in weakened(old, new, ruleset="all")] == ["note"]


def test_value_that_the_rule_reports_is_more_than_an_addition() -> None:
    old = """\
Resources:
  Shape: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0}}}
  Server: {Type: AWS::EC2::Instance, Properties: {LaunchTemplate: {LaunchTemplateId: !Ref Shape, Version: '1'}}}
"""
    new = old.replace("abcdef0}", "abcdef0, MaintenanceOptions: {AutoRecovery: disabled}}")
    (finding,) = weakened(old, new)
    assert finding.level == "warning"


def test_rule_about_the_template_may_fail_on_another_resource() -> None:
    rest = (
        "  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}\n"
        "  Carts: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}\n"
    )
    old, new = STANDBY + rest, f"Resources:\n{rest}"
    failing = [relint.check_text(text, select=["DR-803"], config=None).findings[0].logical_id for text in (old, new)]
    assert failing == ["Orders", "Carts"]
    assert weakened(old, new, ruleset="all") == []


def test_removal_of_a_stated_role_is_silent() -> None:
    old = WITHOUT_STANDBY.replace("    Properties:", "    Metadata: {relint: singleton}\n    Properties:")
    assert weakened(old, WITHOUT_STANDBY) == []
