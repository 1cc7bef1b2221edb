"""Relations between assessments of templates that differ in one thing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import relint
from relint.assessment.facts import OUTCOMES
from relint.assessment.result import Assessment, EntryResult, Result
from relint.report.assessment import render_assessment
from tests.helpers.paths import ROOT

AVAILABLE = (ROOT / "fixtures" / "available-web" / "template.yaml").read_text(encoding="utf-8")
SERVICE = """\
Parameters:
  Subnet: {Type: AWS::EC2::Subnet::Id}
Resources:
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: {Subnets: [subnet-0a, subnet-0b]}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !Ref Balancer
      DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
  Service:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      DesiredCount: 2
      TaskDefinition: !Ref Task
      LoadBalancers: [{ContainerName: web, ContainerPort: 80, TargetGroupArn: !Ref Targets}]
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [subnet-0a, subnet-0b]}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Environment: [{Name: STORE, Value: !GetAtt Store.Endpoint.Address}]
  Store:
    Type: AWS::RDS::DBInstance
    Properties: {MultiAZ: true, Engine: postgres, BackupRetentionPeriod: 7}
"""


def assess_text(folder: Path, text: str) -> Assessment:
    file = folder / "template.yaml"
    file.write_text(text, encoding="utf-8")
    return relint.assess(file, config=None)


def result_of(assessment: Assessment, name: str, disruption: str) -> Result:
    entry = next(entry for entry in assessment.entries if entry.name == name)
    return next(result for result in entry.results if result.disruption == disruption)


def without_names(entry: EntryResult) -> object:
    return [(result.outcome, result.rto, result.rpo, result.confidence) for result in entry.results]


def test_service_and_its_database_fail_over_together(tmp_path: Path) -> None:
    # An ALB proves that its two subnets lie in two zones, so that each zone has a task. The database is known to the
    # tasks by its address only: a hint. It takes 60 to 120 seconds. The load balancer leaves a lost task out after two
    # checks, one each 30 seconds with a timeout of 5: 65 seconds at most, and 60 more until clients forget a lost zone.
    assessment = assess_text(tmp_path, SERVICE)

    for disruption, longest in (("Hardware", 120), ("AZ", 125)):
        result = result_of(assessment, "Balancer", disruption)
        assert (result.outcome, result.rto and result.rto.lo, result.rto and result.rto.hi) == (
            "interruption",
            60,
            longest,
        )
        assert {reason.fact for reason in result.reasons} >= {"rds-standby-failover"}
    assert assessment.entries[0].single_points.interrupting == ("Store",)


@pytest.mark.parametrize(
    ("written", "instead", "name", "disruption"),
    [
        ("MultiAZ: true, ", "", "Balancer", "AZ"),
        ("DesiredCount: 2", "DesiredCount: 1", "Balancer", "AZ"),
        ("DesiredCount: 2", "DesiredCount: 1", "Balancer", "Hardware"),
        (", BackupRetentionPeriod: 7", ", BackupRetentionPeriod: 0", "Balancer", "Software"),
        (
            "AwsvpcConfiguration: {Subnets: [subnet-0a, subnet-0b]}",
            "AwsvpcConfiguration: {Subnets: [subnet-0a]}",
            "Balancer",
            "AZ",
        ),
    ],
    ids=["no standby", "one task, zone", "one task, host", "no backups", "one zone"],
)
def test_less_redundancy_is_worse(tmp_path: Path, written: str, instead: str, name: str, disruption: str) -> None:
    assert written in SERVICE
    before = result_of(assess_text(tmp_path, SERVICE), name, disruption)
    after = result_of(assess_text(tmp_path, SERVICE.replace(written, instead)), name, disruption)

    assert OUTCOMES.index(after.worst_known) > OUTCOMES.index(before.worst_known)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        (
            "AwsvpcConfiguration: {Subnets: [subnet-0a, subnet-0b]}",
            "AwsvpcConfiguration: {Subnets: [subnet-0a, !Ref Subnet]}",
        ),
        ("MultiAZ: true", "MultiAZ: !Ref Subnet"),
        ("DesiredCount: 2", "DesiredCount: !Ref Subnet"),
        ("BackupRetentionPeriod: 7", "BackupRetentionPeriod: !Ref Subnet"),
    ],
    ids=["subnet", "standby", "tasks", "backups"],
)
def test_parameter_without_value_can_only_make_unknown(tmp_path: Path, written: str, instead: str) -> None:
    assert written in SERVICE
    before = assess_text(tmp_path, SERVICE)
    after = assess_text(tmp_path, SERVICE.replace(written, instead))
    changed = False
    for old, new in zip(before.entries[0].results, after.entries[0].results, strict=True):
        assert new.outcome in (old.outcome, "unknown")
        changed = changed or new.outcome != old.outcome
    assert changed
    assert any(unknown.code != "boot-time" for result in after.entries[0].results for unknown in result.unknowns)


def test_choice_without_a_default_makes_the_outcome_unknown(tmp_path: Path) -> None:
    text = SERVICE.replace(
        "Parameters:\n", 'Parameters:\n  Standby: {Type: String, AllowedValues: ["true", "false"]}\n'
    )
    result = result_of(assess_text(tmp_path, text.replace("MultiAZ: true", "MultiAZ: !Ref Standby")), "Balancer", "AZ")

    assert result.outcome == "unknown"
    assert ("param-value", "Store") in {(unknown.code, unknown.resource) for unknown in result.unknowns}


def test_dependency_that_a_choice_without_default_decides_makes_unknown(tmp_path: Path) -> None:
    text = SERVICE.replace(
        "Parameters:\n", "Conditions:\n  WithStore: !Equals [!Ref Stage, prod]\nParameters:\n  Stage: {Type: String}\n"
    ).replace("  Store:\n", "  Store:\n    Condition: WithStore\n")
    result = result_of(assess_text(tmp_path, text), "Balancer", "AZ")

    assert result.outcome == "unknown"


def test_names_change_nothing(tmp_path: Path) -> None:
    before = assess_text(tmp_path, AVAILABLE)
    renamed = AVAILABLE
    for name in ("WebServers", "LoadBalancer", "ShopDatabase", "AppSubnetA", "PublicSubnetB"):
        assert f"  {name}:\n" in renamed
        renamed = renamed.replace(f"  {name}:\n", f"  Z{name[::-1]}:\n").replace(f"!Ref {name}", f"!Ref Z{name[::-1]}")
    after = assess_text(tmp_path, renamed)

    assert sorted(map(str, map(without_names, before.entries))) == sorted(map(str, map(without_names, after.entries)))


def test_type_without_facts_is_unknown_and_not_ignored(tmp_path: Path) -> None:
    text = SERVICE.replace("!GetAtt Store.Endpoint.Address", "!GetAtt Search.Endpoint")
    text += "  Search: {Type: AWS::Timestream::InfluxDBInstance}\n"
    for disruption in ("Hardware", "AZ"):
        result = result_of(assess_text(tmp_path, text), "Balancer", disruption)
        assert result.outcome == "unknown"
        assert ("unsupported-type", "Search") in {(unknown.code, unknown.resource) for unknown in result.unknowns}


def test_load_balancer_without_targets_is_not_assessed(tmp_path: Path) -> None:
    text = SERVICE.replace("ContainerPort: 80, TargetGroupArn: !Ref Targets", "ContainerPort: 80, TargetGroupArn: arn")
    assessment = assess_text(tmp_path, text)

    assert assessment.without_backend == ("Balancer",)
    assert [entry.name for entry in assessment.entries] == ["Store"]


def test_report_is_narrow_and_equal_each_time(tmp_path: Path) -> None:
    for folder in sorted((ROOT / "fixtures").iterdir()):
        first, second = (relint.assess(folder, config=None) for _ in range(2))
        assert render_assessment(first, "json") == render_assessment(second, "json")
        assert all(len(line) <= 100 for line in render_assessment(first).splitlines())


def test_numbers_have_their_facts() -> None:
    document = json.loads(render_assessment(relint.assess(ROOT / "fixtures", config=None), "json"))

    assert document["schema"] == "relint-assess/1"
    for entry in document["entries"]:
        for result in entry["results"]:
            for reason in result["reasons"]:
                if reason["rto"] and (reason["rto"]["lo_s"] or reason["rto"]["hi_s"]):
                    assert document["facts"][reason["fact"]]["source"].startswith("https://")


CLUSTER = """\
Resources:
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Cluster}}
  Reader: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Cluster}}
"""


@pytest.mark.parametrize(
    ("zones", "outcome", "worst_known"),
    [
        # AWS chooses the zones, and does not promise different ones: a reader takes over, or somebody makes one.
        (None, "unknown", "interruption"),
        (("us-east-1a", "us-east-1b"), "interruption", "interruption"),
        (("us-east-1a", "us-east-1a"), "outage_manual", "outage_manual"),
    ],
    ids=["zones of AWS", "two zones", "one zone"],
)
def test_reader_in_another_zone_takes_over(
    tmp_path: Path, zones: tuple[str, str] | None, outcome: str, worst_known: str
) -> None:
    text = CLUSTER
    for name, zone in zip(("Writer", "Reader"), zones or (), strict=False):
        text = text.replace(
            f"{name}: {{Type: AWS::RDS::DBInstance, Properties: {{",
            f"{name}: {{Type: AWS::RDS::DBInstance, Properties: {{AvailabilityZone: {zone}, ",
        )
    result = result_of(assess_text(tmp_path, text), "Cluster", "AZ")

    assert (result.outcome, result.worst_known) == (outcome, worst_known)


@pytest.mark.parametrize(
    ("properties", "software", "zone"),
    [
        ("BackupRetentionPeriod: 1", "outage_manual", "outage_manual"),
        ("BackupRetentionPeriod: 0", "data_loss_unrecoverable", "data_loss_unrecoverable"),
        ("MultiAZ: true, BackupRetentionPeriod: 0", "data_loss_unrecoverable", "interruption"),
    ],
    ids=["backups", "no backups", "standby without backups"],
)
def test_database_without_backups_is_lost_with_its_zone(
    tmp_path: Path, properties: str, software: str, zone: str
) -> None:
    text = f"Resources: {{Store: {{Type: AWS::RDS::DBInstance, Properties: {{Engine: mysql, {properties}}}}}}}"
    assessment = assess_text(tmp_path, text)

    assert result_of(assessment, "Store", "Software").outcome == software
    assert result_of(assessment, "Store", "AZ").outcome == zone


@pytest.mark.parametrize(
    ("properties", "software", "zone"),
    [
        # AWS makes daily backups of One Zone file systems unless it is told not to; of others if it is told so.
        ("AvailabilityZoneName: us-east-1a", "outage_manual", "outage_manual"),
        (
            "AvailabilityZoneName: us-east-1a, BackupPolicy: {Status: DISABLED}",
            "data_loss_unrecoverable",
            "data_loss_unrecoverable",
        ),
        ("Encrypted: true", "data_loss_unrecoverable", "no_outage"),
    ],
    ids=["one zone", "one zone without backups", "several zones"],
)
def test_file_system_of_one_zone_is_restored_from_its_backup(
    tmp_path: Path, properties: str, software: str, zone: str
) -> None:
    assessment = assess_text(
        tmp_path, f"Resources: {{Files: {{Type: AWS::EFS::FileSystem, Properties: {{{properties}}}}}}}"
    )

    assert result_of(assessment, "Files", "Software").outcome == software
    assert result_of(assessment, "Files", "AZ").outcome == zone


def test_id_has_its_file_only_where_two_resources_share_their_logical_id(tmp_path: Path) -> None:
    for name, other in (("one", "First"), ("two", "Second")):
        body = f"Resources:\n  Table: {{Type: AWS::DynamoDB::Table}}\n  {other}: {{Type: AWS::DynamoDB::Table}}\n"
        (tmp_path / f"{name}.yaml").write_text(body)

    assessment = relint.assess(tmp_path, config=None)

    assert [entry.id for entry in assessment.entries] == ["First", "Second", "one.yaml:Table", "two.yaml:Table"]
    assert {entry.name for entry in assessment.entries} == {"First", "Second", "Table"}


def test_events_that_stop_an_entry_are_named_by_unit_and_zone() -> None:
    (entry, *_) = relint.assess(ROOT / "fixtures" / "available-web", config=None).entries
    cut_sets = {result.disruption: result.cut_sets for result in entry.results}

    assert cut_sets["Software"] == ()
    assert cut_sets["Region"] == (("the Region",),)
    assert ("unit 1 of WebServers", "unit 2 of WebServers") in cut_sets["Hardware"]
    assert all(len(events) == 2 for events in (*cut_sets["Hardware"], *cut_sets["AZ"]))
    assert [result.statically_stable for result in entry.results] == ["unknown", "yes", "yes", "no"]
