"""The plan of a game day, worked out by hand from the templates in fixtures/."""

from __future__ import annotations

from pathlib import Path

import pytest

import relint
from relint.assessment.gameday.plan import plan_game_day
from relint.assessment.gameday.records import GameDay, GameDayEvent
from tests.helpers.paths import ROOT

ALARMED = """\
Resources:
  Web:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Subnets: [subnet-a, subnet-b]}
  Front:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Web
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties: {HealthCheckPath: /alive, HealthCheckIntervalSeconds: 5, Targets: [{Id: !Ref Server}]}
  Server:
    Type: AWS::EC2::Instance
    Properties: {SubnetId: subnet-a}
  ClientErrors:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApplicationELB
      MetricName: HTTPCode_ELB_5XX_Count
      Dimensions: [{Name: LoadBalancer, Value: !GetAtt Web.LoadBalancerFullName}]
      ComparisonOperator: GreaterThanThreshold
      Threshold: 5
      EvaluationPeriods: 3
      Period: 60
      TreatMissingData: notBreaching
"""


def plan_of(path: Path) -> GameDay:
    return plan_game_day(relint.assess(path, config=None))


def fixture(name: str) -> GameDay:
    return plan_of(ROOT / "fixtures" / name)


def actions_of(event: GameDayEvent) -> list[tuple[str, str]]:
    return [(found.action.id, found.part.name if found.part else "") for found in event.injections]


# One instance of two, then the standby, takes over; a zone takes both; backups need people; the Region has no copy.
def test_events_go_from_the_mildest_to_the_worst() -> None:
    game_day = fixture("available-web")

    assert [(event.kind, event.name) for event in game_day.events] == [
        ("hardware", "WebServers"),
        ("hardware", "ShopDatabase"),
        ("zone", "PublicSubnetA"),
        ("zone", "PublicSubnetB"),
        ("data", "ShopDatabase"),
        ("data", "Uploads"),
        ("region", "the Region"),
    ]
    assert [event.number for event in game_day.events] == [1, 2, 3, 4, 5, 6, 7]


def test_event_that_reaches_several_entries_is_one_page_with_a_prediction_of_each() -> None:
    zone = fixture("available-web").events[2]

    assert [(found.entry.id, found.event and found.event.result.outcome) for found in zone.predictions] == [
        ("LoadBalancer", "degraded"),
        ("ShopDatabase", "interruption"),
    ]


def test_zone_takes_instances_capacity_standby_and_network_away() -> None:
    assert actions_of(fixture("available-web").events[2]) == [
        ("aws:network:disrupt-connectivity", ""),
        ("aws:ec2:stop-instances", "WebServers"),
        ("aws:ec2:asg-insufficient-instance-capacity-error", "WebServers"),
        ("aws:rds:reboot-db-instances", "ShopDatabase"),
    ]


# FIS runs 10 actions of an experiment at once: that on the network and 9 of the 12 on volumes.
def test_actions_beyond_those_that_fis_runs_at_once_are_left_out(tmp_path: Path) -> None:
    volume = "  V{:02}: {{Type: AWS::EC2::Volume, Properties: {{AvailabilityZone: us-east-1a}}}}\n"
    template = tmp_path / "volumes.yaml"
    template.write_text("Resources:\n" + "".join(map(volume.format, range(12))), encoding="utf-8")

    event = next(one for one in plan_of(template).events if one.kind == "zone")

    assert [name for _, name in actions_of(event)] == ["", *(f"V{number:02}" for number in range(9))]
    assert [found.part and found.part.name for found in event.left_out] == ["V09", "V10", "V11"]


def test_database_without_standby_is_rebooted_and_one_with_a_standby_fails_over() -> None:
    for name, failover in (("fragile-web", "false"), ("available-web", "true")):
        event = next(one for one in fixture(name).events if (one.kind, one.name) == ("hardware", "ShopDatabase"))
        assert event.injections[0].action.parameters == (("forceFailover", failover),)


def test_damaged_data_are_restored_by_people() -> None:
    event = next(one for one in fixture("available-web").events if one.kind == "data")

    assert event.injections == ()
    assert [(part and part.name, way.kind) for part, way in event.manual] == [("ShopDatabase", "data")]


def test_service_on_a_path_is_an_event_that_the_assessment_does_not_judge() -> None:
    event = next(one for one in fixture("serverless-orders").events if one.kind == "service")

    assert (event.name, actions_of(event)) == ("Process", [("aws:lambda:invocation-error", "Process")])
    assert event.predictions[0].event is None


# Search lies outside of the VPC, in zones that AWS chooses.
def test_zone_of_a_part_outside_of_the_vpc_is_left_to_people() -> None:
    event = next(one for one in fixture("data-platform").events if (one.kind, one.name) == ("zone", "Search"))

    assert (actions_of(event), [way.kind for _, way in event.manual]) == ([], ["zone"])


def test_alarm_on_an_entry_stops_the_experiments_that_reach_it(tmp_path: Path) -> None:
    template = tmp_path / "web.yaml"
    template.write_text(ALARMED, encoding="utf-8")

    event = next(one for one in plan_of(template).events if one.kind == "hardware")

    assert event.stop_alarms == ("ClientErrors",)
    assert {(signal.name, signal.watches, signal.says) for signal in event.signals} == {
        (
            "ClientErrors",
            "Web",
            "alarm on AWS/ApplicationELB HTTPCode_ELB_5XX_Count > 5, 3 x 60 s, missing data count as notBreaching",
        ),
        ("Targets", "Targets", "health check: HealthCheckPath /alive, HealthCheckIntervalSeconds 5"),
    }


# An alarm that only scales fires in ordinary work: it would stop an experiment before it begins.
def test_alarm_that_only_scales_does_not_stop_experiments(tmp_path: Path) -> None:
    template = tmp_path / "web.yaml"
    action = "      AlarmActions: [!Ref More]\n  More: {Type: AWS::AutoScaling::ScalingPolicy}\n"
    template.write_text(ALARMED + action, encoding="utf-8")

    event = next(one for one in plan_of(template).events if one.kind == "hardware")

    assert event.stop_alarms == ()
    assert "scaling by AWS/ApplicationELB HTTPCode_ELB_5XX_Count > 5" in event.signals[0].says


@pytest.mark.parametrize(("members", "operation"), [(1, "RebootDBInstance"), (2, "FailoverDBCluster")])
def test_cluster_with_a_reader_fails_over_and_one_without_is_rebooted(
    members: int, operation: str, tmp_path: Path
) -> None:
    template = tmp_path / "graph.yaml"
    instance = "  I{}: {{Type: AWS::Neptune::DBInstance, Properties: {{DBClusterIdentifier: !Ref Graph}}}}\n"
    instances = "".join(instance.format(number) for number in range(members))
    template.write_text("Resources:\n  Graph: {Type: AWS::Neptune::DBCluster}\n" + instances, encoding="utf-8")

    event = next(one for one in plan_of(template).events if one.kind == "hardware")

    assert operation in event.manual[0][1].do


def test_template_without_entries_has_no_game_day(tmp_path: Path) -> None:
    template = tmp_path / "topic.yaml"
    template.write_text("Resources: {Topic: {Type: AWS::SNS::Topic}}", encoding="utf-8")

    assert plan_of(template) == GameDay((), {}, ())
