"""Hints of security groups and permissions: who may connect to a store, and who may use it."""

from __future__ import annotations

import pytest

from relint.model.system.hints import hints_of
from relint.model.view import View
from relint.resolve.scenario import Scenario
from tests.helpers.views import template_of

FUNCTION = """\
Resources:
  Client:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      VpcConfig: {SecurityGroupIds: [!GetAtt ClientGroup.GroupId], SubnetIds: [subnet-1]}
  Role: {Type: AWS::IAM::Role}
  ClientGroup: {Type: AWS::EC2::SecurityGroup}
  StoreGroup: {Type: AWS::EC2::SecurityGroup}
  Store:
    Type: AWS::RDS::DBInstance
    Properties: {VPCSecurityGroups: [!GetAtt StoreGroup.GroupId]}
"""
INLINE = (
    "SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref ClientGroup}]"
)
GROUP = "  StoreGroup: {Type: AWS::EC2::SecurityGroup}\n"
INGRESS = """\
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !Ref StoreGroup, SourceSecurityGroupId: !GetAtt ClientGroup.GroupId, IpProtocol: tcp}
"""
EGRESS = """\
  Rule:
    Type: AWS::EC2::SecurityGroupEgress
    Properties: {GroupId: !Ref ClientGroup, DestinationSecurityGroupId: !Ref StoreGroup, IpProtocol: tcp}
"""
POLICY = """\
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      Roles: [!Ref Role]
      PolicyDocument: {Statement: [{Effect: Allow, Action: "rds-db:connect", Resource: !GetAtt Store.DBInstanceArn}]}
"""


def hints(template: str) -> list[tuple[str, str, str, str]]:
    by_source = hints_of(template_of(template))
    return [
        (hint.source, hint.relation.verb, hint.target, hint.relation.strength)
        for source in by_source.values()
        for hint in source
    ]


CONNECTS = [("Client", "may connect to", "Store", "UNKNOWN")]
INLINE_TEMPLATE = FUNCTION.replace(
    GROUP, f"  StoreGroup: {{Type: AWS::EC2::SecurityGroup, Properties: {{{INLINE}}}}}\n"
)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param(FUNCTION, [], id="no rule"),
        pytest.param(INLINE_TEMPLATE, CONNECTS, id="a rule in the group"),
        pytest.param(FUNCTION + INGRESS, CONNECTS, id="a rule of its own"),
        pytest.param(FUNCTION + EGRESS, CONNECTS, id="an egress rule of the client"),
        pytest.param(INLINE_TEMPLATE.replace("5432", "22"), [], id="SSH"),
        pytest.param(FUNCTION + POLICY, [("Client", "may use", "Store", "UNKNOWN")], id="a permission"),
        pytest.param(FUNCTION + POLICY.replace("Allow", "Deny"), [], id="a denial"),
        pytest.param(FUNCTION + POLICY.replace("Resource:", "NotResource:"), [], id="all but the store"),
        pytest.param(
            FUNCTION + INGRESS + POLICY, [("Client", "may connect to and use", "Store", "HARD")], id="both agree"
        ),
        pytest.param(
            (FUNCTION + INGRESS).replace("VpcConfig:", "Environment: {Variables: {DB: !Ref Store}}\n      VpcConfig:"),
            [],
            id="an edge already",
        ),
    ],
)
def test_hints_on_a_database(template: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert hints(template) == expected


def test_service_and_its_task_definition_are_one_client() -> None:
    service = """\
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
      NetworkConfiguration: {AwsvpcConfiguration: {SecurityGroups: [!Ref ClientGroup], Subnets: [subnet-1]}}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Role.Arn}}
  Role: {Type: AWS::IAM::Role}
"""
    template = service + "".join(FUNCTION.partition("  ClientGroup")[1:]) + INGRESS + POLICY
    assert hints(template) == [("Service", "may connect to and use", "Store", "HARD")]


def test_instances_of_a_launch_template_mount_a_file_system() -> None:
    template = """\
Resources:
  Launch:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {NetworkInterfaces: [{Groups: [!Ref ClientGroup]}]}}
  ClientGroup: {Type: AWS::EC2::SecurityGroup}
  StoreGroup: {Type: AWS::EC2::SecurityGroup}
  Target:
    Type: AWS::EFS::MountTarget
    Properties: {FileSystemId: !Ref Files, SecurityGroups: [!Ref StoreGroup], SubnetId: subnet-1}
  Files: {Type: AWS::EFS::FileSystem}
"""
    assert hints(template + INGRESS) == [("Launch", "may connect to", "Files", "UNKNOWN")]


def test_reader_of_a_queue_needs_permission_without_being_a_client() -> None:
    template = """\
Resources:
  Client: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{PolicyDocument: {Statement: {Effect: Allow, Resource: [!GetAtt In.Arn, !GetAtt Out.Arn]}}}]
  In: {Type: AWS::SQS::Queue}
  Out: {Type: AWS::SQS::Queue}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Client, EventSourceArn: !GetAtt In.Arn}
"""
    assert hints(template) == [("Client", "may use", "Out", "UNKNOWN")]


def test_policies_of_sam_are_permissions() -> None:
    template = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Client:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - DynamoDBCrudPolicy: {TableName: !Ref Table}
        - Statement: {Effect: Allow, Action: "s3:GetObject", Resource: !Sub "${Bucket.Arn}/*"}
        - Statement: [{Effect: Deny, Action: "sqs:SendMessage", Resource: !GetAtt Queue.Arn}]
  Table: {Type: AWS::Serverless::SimpleTable}
  Bucket: {Type: AWS::S3::Bucket}
  Queue: {Type: AWS::SQS::Queue}
"""
    assert hints(template) == [
        ("Client", "may use", "Table", "UNKNOWN"),
        ("Client", "may use", "Bucket", "UNKNOWN"),
    ]


def test_hint_holds_in_scenarios_with_all_of_its_places() -> None:
    conditional = "Conditions: {Never: !Equals [a, b]}\n" + FUNCTION + INGRESS
    for text, count in ((conditional, 1), (conditional.replace("Ingress\n", "Ingress\n    Condition: Never\n"), 0)):
        template = template_of(text)
        view = View(template, Scenario(template.deployments))
        assert sum(hint.is_active(view) for hint in hints_of(template).get("Client", ())) == count
