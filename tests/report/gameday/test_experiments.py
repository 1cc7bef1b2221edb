"""Templates of experiments: valid, careful about permissions, and never without something that stops them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import relint
from relint.assessment.gameday.plan import plan_game_day
from relint.report.gameday.files import render_game_day
from tests.assessment.gameday.test_plan import ALARMED
from tests.helpers.paths import ROOT
from tests.helpers.valid_templates import schema_errors

FIXTURES = ("available-web", "data-platform", "exported-data", "fragile-web", "nested-shop", "serverless-orders")
SNIPPETS = {
    "containers": """\
  Cluster: {Type: AWS::ECS::Cluster}
  Shop:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      LaunchType: FARGATE
      DesiredCount: 2
      LoadBalancers: [{TargetGroupArn: !Ref Targets, ContainerName: shop, ContainerPort: 80}]
      NetworkConfiguration: {AwsvpcConfiguration: {Subnets: [subnet-a, subnet-b]}}
  Web: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [subnet-a, subnet-b]}}
  Front:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties: {LoadBalancerArn: !Ref Web, DefaultActions: [{Type: forward, TargetGroupArn: !Ref Targets}]}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup}
  Shift:
    Type: AWS::ARCZonalShift::ZonalAutoshiftConfiguration
    Properties: {ResourceIdentifier: !Ref Web, ZonalAutoshiftStatus: ENABLED}
""",
    "data": """\
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, Engine: aurora-mysql}}
  Reader: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, Engine: aurora-mysql}}
  Items:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Uploads:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {Status: Enabled}
      ReplicationConfiguration: {Role: role, Rules: [{Status: Enabled, Destination: {Bucket: other}}]}
  Disk: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: !Select [0, !GetAZs ""]}}
""",
    "stream": """\
  Clicks: {Type: AWS::Kinesis::Stream}
  Count: {Type: AWS::Lambda::Function}
  Feed:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: !Ref Count}
""",
}


class Tagged(yaml.SafeLoader):
    """A loader that reads functions of CloudFormation as pairs of name and value."""


def tagged_value(loader: Tagged, suffix: str, node: yaml.Node) -> tuple[str, Any]:
    if isinstance(node, yaml.SequenceNode):
        return suffix, loader.construct_sequence(node, deep=True)
    return suffix, loader.construct_scalar(node)  # type: ignore[arg-type]


Tagged.add_multi_constructor("!", tagged_value)


def files_of(path: Path) -> dict[str, str]:
    return render_game_day(plan_game_day(relint.assess(path, config=None)))


def written(folder: Path, body: str) -> Path:
    path = folder / "template.yaml"
    path.write_text(body, encoding="utf-8")
    return path


def experiments_of(path: Path) -> dict[str, Any]:
    return dict(yaml.load(files_of(path)["experiments.yaml"], Loader=Tagged))  # a safe loader


def resources_of(template: dict[str, Any], resource_type: str) -> dict[str, Any]:
    resources = template["Resources"].items()
    return {name: body["Properties"] for name, body in resources if body["Type"] == resource_type}


@pytest.mark.slow
@pytest.mark.parametrize("name", FIXTURES)
def test_experiments_of_fixtures_have_no_error_of_cfn_lint(name: str) -> None:
    texts = files_of(ROOT / "fixtures" / name)
    assert [error for file, text in texts.items() if file.endswith(".yaml") for error in schema_errors(text)] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SNIPPETS)
def test_experiments_of_other_types_have_no_error_of_cfn_lint(name: str, tmp_path: Path) -> None:
    texts = files_of(written(tmp_path, "Resources:\n" + SNIPPETS[name]))
    assert schema_errors(texts["experiments.yaml"]) == []


@pytest.mark.parametrize("name", FIXTURES)
def test_experiments_keep_the_recommended_rules(name: str) -> None:
    text = files_of(ROOT / "fixtures" / name).get("experiments.yaml", "Resources: {}")
    report = relint.check_text(text, allow_empty=True)
    assert [(finding.rule.id, finding.message) for finding in report.findings] == []


@pytest.mark.parametrize(
    ("name", "actions"),
    [
        ("containers", {"aws:ecs:stop-task", "aws:network:disrupt-connectivity", "aws:arc:start-zonal-autoshift"}),
        (
            "data",
            {
                "aws:rds:failover-db-cluster",
                "aws:network:disrupt-connectivity",
                "aws:dynamodb:global-table-pause-replication",
                "aws:s3:bucket-pause-replication",
                "aws:ebs:pause-volume-io",
            },
        ),
        ("stream", {"aws:kinesis:stream-provisioned-throughput-exception", "aws:lambda:invocation-error"}),
    ],
)
def test_experiments_use_the_actions_for_their_types(name: str, actions: set[str], tmp_path: Path) -> None:
    template = experiments_of(written(tmp_path, "Resources:\n" + SNIPPETS[name]))
    found = resources_of(template, "AWS::FIS::ExperimentTemplate").values()

    assert {action["ActionId"] for body in found for action in body["Actions"].values()} == actions


def test_actions_name_targets_of_their_experiment() -> None:
    for body in resources_of(experiments_of(ROOT / "fixtures/available-web"), "AWS::FIS::ExperimentTemplate").values():
        used = {target for action in body["Actions"].values() for target in action["Targets"].values()}
        assert used == set(body["Targets"])


def test_role_is_for_experiments_of_the_account_and_has_no_wildcard_action() -> None:
    for role in resources_of(experiments_of(ROOT / "fixtures/available-web"), "AWS::IAM::Role").values():
        (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
        assert trust["Principal"] == {"Service": "fis.amazonaws.com"}
        assert trust["Condition"]["StringEquals"] == {"aws:SourceAccount": ("Ref", "AWS::AccountId")}
        assert trust["Condition"]["ArnLike"]["aws:SourceArn"][1].endswith(":experiment/*")
        statements = role["Policies"][0]["PolicyDocument"]["Statement"]
        assert not [action for statement in statements for action in statement["Action"] if "*" in action]


# A reboot is all that the experiment of the database does.
def test_role_has_only_the_permissions_of_its_experiment() -> None:
    role = resources_of(experiments_of(ROOT / "fixtures/available-web"), "AWS::IAM::Role")["HardwareShopDatabaseRole"]
    statements = role["Policies"][0]["PolicyDocument"]["Statement"]
    changing = {action for statement in statements for action in statement["Action"] if "Describe" not in action}

    assert changing == {"rds:RebootDBInstance", "tag:GetResources", "logs:CreateLogDelivery", "logs:PutResourcePolicy"}


def test_alarms_of_the_system_stop_the_experiments(tmp_path: Path) -> None:
    template = experiments_of(written(tmp_path, ALARMED))
    arn = "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:${AlarmClientErrorsId}"

    for body in resources_of(template, "AWS::FIS::ExperimentTemplate").values():
        assert body["StopConditions"] == [{"Source": "aws:cloudwatch:alarm", "Value": ("Sub", arn)}]
    assert "RunWithoutStopAlarm" not in template["Parameters"]


def test_deployment_without_an_alarm_needs_a_consent() -> None:
    template = experiments_of(ROOT / "fixtures/available-web")

    assert template["Parameters"]["RunWithoutStopAlarm"]["Default"] == "no"
    assert template["Parameters"]["StopAlarmArn"]["Default"] == ""
    (assertion,) = template["Rules"]["SomethingStopsTheExperiments"]["Assertions"]
    assert assertion["Assert"] == {
        "Fn::Or": [
            {"Fn::Not": [{"Fn::Equals": [("Ref", "StopAlarmArn"), ""]}]},
            {"Fn::Equals": [("Ref", "RunWithoutStopAlarm"), "yes"]},
        ]
    }


def test_log_group_keeps_its_logs_for_a_limited_time() -> None:
    template = experiments_of(ROOT / "fixtures/available-web")

    assert resources_of(template, "AWS::Logs::LogGroup") == {"ExperimentLog": {"RetentionInDays": 365}}
    for body in resources_of(template, "AWS::FIS::ExperimentTemplate").values():
        assert body["LogConfiguration"]["CloudWatchLogsConfiguration"] == {
            "LogGroupArn": ("GetAtt", "ExperimentLog.Arn")
        }


def test_many_experiments_are_templates_that_can_be_deployed_without_a_bucket(tmp_path: Path) -> None:
    databases = "".join(
        f"  Db{number}: {{Type: AWS::RDS::DBInstance, Properties: {{MultiAZ: true, Engine: mysql}}}}\n"
        for number in range(50)
    )
    files = files_of(written(tmp_path, "Resources:\n" + databases))

    texts = {name: text for name, text in files.items() if name.endswith(".yaml")}
    outputs = [output for text in texts.values() for output in yaml.load(text, Loader=Tagged)["Outputs"]]
    assert max(len(text.encode()) for text in texts.values()) <= 51_200
    assert sorted(outputs) == sorted(f"{kind}Db{number}" for kind in ("Hardware", "Zone") for number in range(50))
    assert "`experiments-2.yaml`" in files["README.md"]
