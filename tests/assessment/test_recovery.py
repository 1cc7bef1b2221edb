"""What the loss of a host or a zone does in each configuration, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import relint
from tests.helpers.assessed import (
    BUCKET,
    DAY,
    FILES,
    HOUR,
    POLICY,
    RDS,
    TABLE,
    VOLUME,
    Bounds,
    result_of,
    rpo_of,
    rto_of,
)

SERVED = """\
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-0a, subnet-0b]}}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Balancer, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {%s}}
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    %s
    Properties:
      MinSize: %d
      MaxSize: 4
      %s
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      TargetGroupARNs: [!Ref Targets]
"""
SIGNAL = "CreationPolicy: {ResourceSignal: {Timeout: PT15M}}"
ELB = "HealthCheckType: ELB"


@pytest.mark.parametrize(
    ("targets", "policy", "size", "check", "outcome", "rto"),
    [
        # Two checks of 30 seconds: the first one fails at once or 30 seconds later, the last one after 5 more.
        pytest.param("Protocol: HTTP", "", 2, "", "degraded", (30, 65), id="defaults"),
        # 3 checks of 10 seconds with a timeout of 4.
        pytest.param(
            "UnhealthyThresholdCount: 3, HealthCheckIntervalSeconds: '10', HealthCheckTimeoutSeconds: 4",
            "",
            2,
            "",
            "degraded",
            (20, 34),
            id="faster",
        ),
        pytest.param("Protocol: TCP", "", 2, "", "degraded", (30, 70), id="network load balancer"),
        # One instance: status checks find it within 60 + 300 seconds, and its start has 15 minutes at most.
        pytest.param("Protocol: HTTP", SIGNAL, 1, "", "outage_self_heals", (120, 1260), id="one with a signal"),
        pytest.param("Protocol: HTTP", SIGNAL, 1, ELB, "outage_self_heals", (120, 960), id="one with ELB checks"),
        pytest.param("Protocol: HTTP", "", 1, ELB, "outage_self_heals", (120, None), id="one without a signal"),
    ],
)
def test_lost_instance_is_noticed_by_health_checks(
    tmp_path: Path, targets: str, policy: str, size: int, check: str, outcome: str, rto: Bounds
) -> None:
    result = result_of(tmp_path, SERVED % (targets, policy, size, check), "Balancer", "Hardware")

    assert (result.outcome, rto_of(result)) == (outcome, rto)


def test_lost_zone_takes_a_minute_more_until_its_addresses_are_forgotten(tmp_path: Path) -> None:
    result = result_of(tmp_path, SERVED % ("Protocol: HTTP", "", 2, ""), "Balancer", "AZ")

    assert (result.outcome, rto_of(result)) == ("degraded", (30, 125))


@pytest.mark.parametrize(
    ("resources", "disruption", "outcome", "rto", "rpo"),
    [
        pytest.param(TABLE, "AZ", "no_outage", (0, 60), (0, 0), id="dynamodb"),
        pytest.param(BUCKET % "", "Hardware", "no_outage", (0, 60), (0, 0), id="s3"),
        pytest.param(FILES % "", "AZ", "no_outage", (0, 60), (0, 0), id="efs"),
        pytest.param(
            FILES % "AvailabilityZoneName: eu-west-1a",
            "AZ",
            "outage_manual",
            (0, None),
            (DAY, DAY + 8 * HOUR),
            id="one zone",
        ),
        pytest.param(RDS % "MultiAZ: true", "AZ", "interruption", (60, 120), (0, 0), id="rds standby"),
        pytest.param(RDS % "MultiAZ: false", "Hardware", "outage_self_heals", (300, None), (0, 0), id="rds"),
        pytest.param(RDS % "MultiAZ: false", "AZ", "outage_manual", (1800, None), (300, 300), id="rds zone"),
        pytest.param(
            RDS % "BackupRetentionPeriod: 0",
            "AZ",
            "data_loss_unrecoverable",
            (1800, None),
            "all",
            id="rds without backups",
        ),
        pytest.param(VOLUME, "Hardware", "no_outage", (0, 60), (0, 0), id="volume"),
        pytest.param(VOLUME + POLICY, "AZ", "outage_manual", (0, None), (12 * HOUR, 13 * HOUR), id="volume zone"),
        pytest.param(VOLUME, "AZ", "data_loss_unrecoverable", (0, None), "all", id="volume without snapshots"),
        pytest.param(
            "  Data: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}\n"
            "  One: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Data}}\n"
            "  Two: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Data}}\n",
            "Hardware",
            "interruption",
            (0, 60),
            (0, 0),
            id="aurora with a reader",
        ),
        pytest.param(
            "  Data: {Type: AWS::Neptune::DBCluster}\n"
            "  One: {Type: AWS::Neptune::DBInstance, Properties: {DBClusterIdentifier: !Ref Data}}\n",
            "Hardware",
            "outage_self_heals",
            (0, 600),
            (0, 0),
            id="neptune without a reader",
        ),
        # Serverless v2 has instances; v1 has none, and AWS states no time in which it starts again.
        pytest.param(
            "  Data: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, "
            "ServerlessV2ScalingConfiguration: {MaxCapacity: 4}}}\n"
            "  One: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Data}}\n",
            "Hardware",
            "outage_self_heals",
            (0, 600),
            (0, 0),
            id="aurora serverless v2",
        ),
        pytest.param(
            "  Data: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EngineMode: serverless}}\n",
            "AZ",
            "outage_self_heals",
            (0, None),
            (0, 0),
            id="aurora serverless v1",
        ),
        # Two zones without dedicated masters: half of the nodes cannot elect a master.
        pytest.param(
            "  Data: {Type: AWS::OpenSearchService::Domain, Properties: {ClusterConfig: "
            "{InstanceCount: 2, ZoneAwarenessEnabled: true}}}\n",
            "AZ",
            "outage_self_heals",
            (0, None),
            (0, 0),
            id="opensearch in two zones",
        ),
        pytest.param(
            "  Data: {Type: AWS::OpenSearchService::Domain, Properties: {ClusterConfig: {InstanceCount: 3, "
            "ZoneAwarenessEnabled: true, MultiAZWithStandbyEnabled: true, ZoneAwarenessConfig: "
            "{AvailabilityZoneCount: 3}}}}\n",
            "AZ",
            "no_outage",
            (0, 60),
            (0, 0),
            id="opensearch with standby",
        ),
    ],
)
def test_lost_host_or_zone(
    tmp_path: Path, resources: str, disruption: str, outcome: str, rto: Bounds, rpo: Bounds
) -> None:
    result = result_of(tmp_path, resources, "Data", disruption)

    assert (result.outcome, rto_of(result), rpo_of(result)) == (outcome, rto, rpo)


RECORDS = """\
  Check:
    Type: AWS::Route53::HealthCheck
    Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: a.example.com, %s}}
  Data:
    Type: AWS::Route53::RecordSet
    Properties:
      {Name: www.example.com, Type: A, SetIdentifier: a, TTL: 60, %s, HealthCheckId: !Ref Check,
       ResourceRecords: [!GetAtt One.PublicIp]}
  Other:
    Type: AWS::Route53::RecordSet
    Properties:
      {Name: www.example.com, Type: A, SetIdentifier: b, TTL: 60, %s, HealthCheckId: !Ref Check,
       ResourceRecords: [!GetAtt Two.PublicIp]}
  One: {Type: AWS::EC2::Instance, Properties: {AvailabilityZone: eu-west-1a}}
  Two: {Type: AWS::EC2::Instance, Properties: {AvailabilityZone: eu-west-1b}}
"""
FAILOVER, WEIGHTED = ("Failover: PRIMARY", "Failover: SECONDARY"), ("Weight: 1", "Weight: 1")


@pytest.mark.parametrize(
    ("check", "policies", "outcome", "rto"),
    [
        # Two checks of 10 seconds, and 60 seconds for which clients keep the answer.
        pytest.param("RequestInterval: 10, FailureThreshold: 2", FAILOVER, "interruption", (10, 80), id="failover"),
        # By default three checks of 30 seconds.
        pytest.param("Port: 443", FAILOVER, "interruption", (60, 150), id="failover by default"),
        pytest.param("Port: 443", WEIGHTED, "degraded", (60, 150), id="weights"),
    ],
)
def test_records_lead_elsewhere_after_their_health_checks(
    tmp_path: Path, check: str, policies: tuple[str, str], outcome: str, rto: Bounds
) -> None:
    result = result_of(tmp_path, RECORDS % (check, *policies), "Data", "Hardware")

    assert (result.outcome, rto_of(result)) == (outcome, rto)


CLASSIC = """\
  Data:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties: {Subnets: [subnet-0a, subnet-0b], Listeners: [], Instances: [!Ref One, !Ref Two], %s}
  One: {Type: AWS::EC2::Instance, Properties: {AvailabilityZone: eu-west-1a}}
  Two: {Type: AWS::EC2::Instance, Properties: {AvailabilityZone: eu-west-1b}}
"""


@pytest.mark.parametrize(
    ("check", "rto"),
    [
        # Two checks of 6 seconds and a timeout of 5.
        pytest.param("HealthCheck: {Interval: '6', Timeout: '5', UnhealthyThreshold: '2'}", (6, 17), id="own"),
        pytest.param("CrossZone: true", (30, 65), id="defaults"),
        pytest.param(
            "HealthCheck: {Interval: !Ref 'AWS::StackName', Timeout: '5', UnhealthyThreshold: '2'}",
            (0, None),
            id="unknown",
        ),
    ],
)
def test_classic_load_balancer_leaves_a_lost_instance_out(tmp_path: Path, check: str, rto: Bounds) -> None:
    result = result_of(tmp_path, CLASSIC % check, "Data", "Hardware")

    assert (result.outcome, rto_of(result)) == ("degraded", rto)


def test_domain_that_cannot_elect_a_master_stops_with_a_zone(tmp_path: Path) -> None:
    domain = (
        "Resources:\n  Data: {Type: AWS::OpenSearchService::Domain, Properties: {ClusterConfig: "
        "{InstanceCount: 4, ZoneAwarenessEnabled: true}}}\n"
    )
    (tmp_path / "template.yaml").write_text(domain, encoding="utf-8")
    (entry,) = relint.assess(tmp_path / "template.yaml", config=None).entries

    assert (entry.single_points.instance, entry.single_points.zonal) == ((), ("Data",))


def test_domain_in_two_zones_with_masters_depends_on_the_zones_of_the_region(tmp_path: Path) -> None:
    domain = (
        "  Data: {Type: AWS::OpenSearchService::Domain, Properties: {ClusterConfig: {InstanceCount: 2, "
        "ZoneAwarenessEnabled: true, DedicatedMasterEnabled: true, DedicatedMasterCount: 3}}}\n"
    )
    result = result_of(tmp_path, domain, "Data", "AZ")

    assert result.outcome == "unknown"
    assert ("placement", "whether the Region has three zones for its master nodes") in {
        (unknown.code, unknown.needs) for unknown in result.unknowns
    }


ORIGINS = """\
  One: {Type: AWS::EC2::Instance, Properties: {AvailabilityZone: us-east-1a}}
  Two: {Type: AWS::EC2::Instance, Properties: {AvailabilityZone: us-east-1b}}
  Data:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        DefaultCacheBehavior: {TargetOriginId: both, AllowedMethods: [%s]}
        Origins:
          - {Id: one, DomainName: !GetAtt One.PublicDnsName, ConnectionAttempts: 2, ConnectionTimeout: %s}
          - {Id: two, DomainName: !GetAtt Two.PublicDnsName, ConnectionAttempts: 1, ConnectionTimeout: 1}
        OriginGroups: {Items: [{Id: both, Members: {Items: [{OriginId: one}, {OriginId: two}]}}]}
"""


@pytest.mark.parametrize(
    ("methods", "timeout", "rto"),
    [
        pytest.param("GET, HEAD", "5", (0, 10), id="two attempts of 5 seconds"),
        pytest.param("GET, HEAD, OPTIONS, PUT, POST", "5", (0, None), id="a request to write is not repeated"),
        pytest.param("GET, HEAD", "!Ref AWS::StackName", (0, None), id="unknown time"),
    ],
)
def test_distribution_asks_the_other_origin(tmp_path: Path, methods: str, timeout: str, rto: Bounds) -> None:
    result = result_of(tmp_path, ORIGINS % (methods, timeout), "Data", "Hardware")

    assert (result.outcome, rto_of(result)) == ("degraded", rto)
