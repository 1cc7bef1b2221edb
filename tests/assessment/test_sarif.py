"""The SARIF log of an assessment: rules, kinds, levels, paths and validity."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import relint
from relint.assessment.records import Policy, Target, Verdict
from relint.assessment.result import Assessment
from relint.report.assessment.sarif.log import sarif_assessment
from relint.report.assessment.sarif.rules import RULES
from tests.helpers.paths import ROOT
from tests.report.test_validation import BUILD, needs_multitool, validator

FIXTURES = sorted(folder.name for folder in (ROOT / "fixtures").iterdir())


def assess(folder: str) -> Assessment:
    return relint.assess(ROOT / "fixtures" / folder, config=None)


def results_of(log: dict[str, Any], rule_id: str) -> list[dict[str, Any]]:
    return [result for result in log["runs"][0]["results"] if result["ruleId"] == rule_id]


def resources_of(log: dict[str, Any], rule_id: str) -> list[str]:
    return [result["locations"][0]["logicalLocations"][0]["name"] for result in results_of(log, rule_id)]


def judged(assessment: Assessment, *verdicts: Verdict) -> Assessment:
    """Return an assessment with a policy and its verdicts on the first entry."""
    targets = {"AZ": Target(60, 0), "Region": Target(3600, None)}
    policy = Policy("gold", "gold.yaml:1", targets, None, {}, "warn", ())  # type: ignore[arg-type]
    first, *others = assessment.entries
    return assessment._replace(entries=(first._replace(verdicts=verdicts), *others), policies=(policy,))


# fragile-web: one web server, in one zone; a database without standby; a bucket without versions. The load balancer has
# a zone in which no server runs.
def test_single_points_fail_at_the_resource_that_is_one() -> None:
    log = sarif_assessment(assess("fragile-web"))

    assert resources_of(log, "RLA001") == ["WebServers", "ShopDatabase"]
    assert resources_of(log, "RLA002") == ["WebServers", "ShopDatabase"]
    assert resources_of(log, "RLA004") == ["Uploads"]
    assert resources_of(log, "RLA008") == ["LoadBalancer"]
    assert {(result["kind"], result["level"]) for result in log["runs"][0]["results"]} == {("fail", "warning")}


def test_system_without_single_points_has_no_results() -> None:
    assert sarif_assessment(assess("available-web"))["runs"][0]["results"] == []


def test_code_flow_leads_from_the_entry_to_the_culprit() -> None:
    (servers, _) = results_of(sarif_assessment(assess("fragile-web")), "RLA001")
    (flow,) = servers["codeFlows"]
    messages = [step["location"]["message"]["text"] for step in flow["threadFlows"][0]["locations"]]

    assert messages[0] == "Requests enter at 'LoadBalancer'."
    assert messages[1] == "'LoadBalancer' listens with 'Listener'."
    assert (
        messages[-1] == "'WebServers' is a single point of failure of 'LoadBalancer': the failure of one host stops it."
    )
    assert servers["properties"]["failureCategory"] == "SINGLE_POINT_OF_FAILURE"
    assert servers["properties"]["disruption"] == "Hardware"


def test_zones_that_are_not_proven_different_are_open() -> None:
    (result,) = results_of(sarif_assessment(assess("serverless-orders")), "RLA003")

    assert (result["kind"], result["level"]) == ("open", "none")


NETWORK = """\
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  First: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [0, !GetAZs ""]}}
  Second: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [1, !GetAZs ""]}}
  Gateway: {Type: AWS::EC2::NatGateway, Properties: {SubnetId: !Ref First, ConnectivityType: private}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, NatGatewayId: !Ref Gateway}}
  Way: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {RouteTableId: !Ref Table, SubnetId: !Ref SUBNET}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [!Ref First, !Ref Second]}}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Balancer, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
  Servers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "4"
      TargetGroupARNs: [!Ref Targets]
      VPCZoneIdentifier: [!Ref First, !Ref Second]
"""


@pytest.mark.parametrize(("subnet", "shared"), [("Second", ["Gateway"]), ("First", [])])
def test_gateway_in_another_zone_is_shared(tmp_path: Path, subnet: str, shared: list[str]) -> None:
    (tmp_path / "network.yaml").write_text(NETWORK.replace("SUBNET", subnet))

    assert resources_of(sarif_assessment(relint.assess(tmp_path, config=None)), "RLA005") == shared


def test_verdicts_have_a_rule_for_each_disruption() -> None:
    verdicts = (
        Verdict("gold", "Software", "rto", "undetermined", 3600, ("data-size: the time that a restore takes",)),
        Verdict("gold", "Hardware", "rto", "met", 300),
        Verdict("gold", "AZ", "rto", "breached", 60),
        Verdict("gold", "AZ", "rpo", "met", 0),
        Verdict("gold", "availability", "availability", "breached", 99.99),
    )
    log = sarif_assessment(judged(assess("fragile-web"), *verdicts), with_passes=True)
    kinds = {rule_id: [(r["kind"], r["level"]) for r in results_of(log, rule_id)] for rule_id in sorted(RULES)[8:]}
    (breach,) = results_of(log, "RLA012")

    assert kinds == {
        "RLA010": [("open", "none")],
        "RLA011": [("pass", "none")],
        "RLA012": [("fail", "error")],
        "RLA013": [],
        "RLA014": [("fail", "error")],
    }
    assert "rto target of 60 s is breached" in breach["message"]["text"]


def test_targets_that_are_met_are_left_out_by_default() -> None:
    assessment = judged(assess("available-web"), Verdict("gold", "AZ", "rto", "met", 60))

    assert results_of(sarif_assessment(assessment), "RLA012") == []


def test_missing_copy_is_reported_only_with_a_target_for_the_region() -> None:
    assessment = assess("fragile-web")

    assert results_of(sarif_assessment(assessment), "RLA007") == []
    assert resources_of(sarif_assessment(judged(assessment)), "RLA007") == ["ShopDatabase", "Uploads"]


def test_graph_has_the_system_and_github_gets_none() -> None:
    assessment = assess("fragile-web")
    (graph,) = sarif_assessment(assessment)["runs"][0]["graphs"]
    ids = {node["id"] for node in graph["nodes"]}

    assert {"LoadBalancer", "WebServers", "ShopDatabase"} <= ids
    assert {edge[end] for edge in graph["edges"] for end in ("sourceNodeId", "targetNodeId")} <= ids
    assert "graphs" not in sarif_assessment(assessment, profile="github")["runs"][0]


@pytest.mark.parametrize("folder", FIXTURES)
def test_log_has_no_absolute_path_and_is_equal_each_time(folder: str) -> None:
    first, second = (json.dumps(sarif_assessment(assess(folder))) for _ in range(2))

    assert first == second
    assert str(ROOT) not in first


@pytest.mark.parametrize("folder", FIXTURES)
@pytest.mark.parametrize("profile", ["full", "github", "gitlab"])
def test_log_is_valid_by_the_json_schema(folder: str, profile: Any, tmp_path: Path) -> None:
    file = tmp_path / "log.sarif"
    file.write_text(json.dumps(sarif_assessment(assess(folder), profile=profile, with_passes=True)))

    assert list(validator.schema_problems(file)) == []


@needs_multitool
@pytest.mark.slow
@pytest.mark.parametrize("kind", validator.RULE_KINDS)
@pytest.mark.parametrize("folder", ["fragile-web", "serverless-orders"])
def test_log_is_valid_by_the_multitool(folder: str, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "log.sarif"
    profile: Any = "github" if kind == "Sarif;Ghas" else "full"
    file.write_text(json.dumps(sarif_assessment(assess(folder), profile=profile, build=BUILD, exit_code=0)))

    assert list(validator.multitool_problems(validator.multitool(), file, kind)) == []
