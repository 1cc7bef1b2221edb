"""Resources of one stack to which another refers: through outputs of a sibling, parameters of the parent, exports.

A rule sees them from both sides: the mapping sees the stream that it reads, and the queue the function that reads it.
"""

from __future__ import annotations

import json

import pytest

from tests.helpers.nested_stacks import StackProject, stack_resource

DATA = """Resources:
  Queue: {Type: AWS::SQS::Queue}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Cluster:
    Type: AWS::ECS::Cluster
    Properties: {DefaultCapacityProviderStrategy: [{CapacityProvider: FARGATE_SPOT, Weight: 1}]}
  SafeCluster:
    Type: AWS::ECS::Cluster
    Properties: {DefaultCapacityProviderStrategy: [{CapacityProvider: FARGATE, Weight: 1, Base: 1}]}
"""
MAPPING = "{Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: worker, EventSourceArn: VALUE}}"
SERVICE = (
    "{Type: AWS::ECS::Service, Properties: {DesiredCount: 2, TaskDefinition: web, Cluster: VALUE, "
    "LoadBalancers: [{ContainerName: web, ContainerPort: 80}]}}"
)
CASES = [
    pytest.param("KIN-401", "!GetAtt Queue.Arn", MAPPING, [], id="a queue is no stream"),
    pytest.param("KIN-401", "!GetAtt Table.StreamArn", MAPPING, ["fail"], id="a stream of a table"),
    pytest.param("ECS-304", "!Ref Cluster", SERVICE, ["fail"], id="a cluster on Spot only"),
    pytest.param("ECS-304", "!Ref SafeCluster", SERVICE, [], id="a cluster with a base on demand"),
]


@pytest.mark.parametrize(("rule", "output", "resource", "verdicts"), CASES)
@pytest.mark.parametrize("way", ["output of a sibling", "parameter", "export", "imported parameter", "two levels"])
def test_resource_of_another_stack_is_known(
    stacks: StackProject, rule: str, output: str, resource: str, verdicts: list[str], way: str
) -> None:
    stacks.configure(f"select: [{rule}]\n")
    exported = f"Outputs:\n  Value: {{Value: {output}, Export: {{Name: data-value}}}}\n"
    value = "!ImportValue data-value" if way == "export" else "!Ref Value"
    declared = "" if way == "export" else "Parameters: {Value: {Type: String}}\n"
    app = f"{declared}Resources:\n  Reader: {resource.replace('VALUE', value)}\n"
    stacks.write("data.yaml", DATA + exported).write("app.yaml", app)
    passed = {
        "output of a sibling": "!GetAtt Data.Outputs.Value",
        "parameter": output,
        "imported parameter": "!ImportValue data-value",
        "two levels": "!GetAtt Data.Outputs.Value",
    }
    if way == "parameter":
        stacks.write("root.yaml", DATA + stack_resource("App", "app.yaml", f"{{Value: {output}}}"))
    elif way != "export":
        child = "middle.yaml" if way == "two levels" else "app.yaml"
        if way == "two levels":
            middle = stack_resource("App", "app.yaml", "{Value: !Ref Value}")
            stacks.write("middle.yaml", f"Parameters: {{Value: {{Type: String}}}}\nResources:\n{middle}")
        data = "" if way == "imported parameter" else stack_resource("Data", "data.yaml")
        stacks.write("root.yaml", f"Resources:\n{data}" + stack_resource("App", child, f"{{Value: {passed[way]}}}"))
    assert [verdict for file, verdict, _ in stacks.findings() if file == "app.yaml"] == verdicts


def test_value_that_differs_between_deployments_of_the_other_stack_is_open(stacks: StackProject) -> None:
    provider = "!If [IsSafe, FARGATE, FARGATE_SPOT]"
    condition = (
        "Parameters: {Safe: {Type: String, Default: 'true'}}\nConditions: {IsSafe: !Equals [!Ref Safe, 'true']}\n"
    )
    data = condition + DATA.replace("FARGATE_SPOT", provider) + "Outputs: {Value: {Value: !Ref Cluster}}\n"
    stacks.configure("select: [ECS-304]\n").write("data.yaml", data)
    app = f"Parameters: {{Value: {{Type: String}}}}\nResources:\n  Web: {SERVICE.replace('VALUE', '!Ref Value')}\n"
    root = stack_resource("Data", "data.yaml") + stack_resource(
        "App", "app.yaml", "{Value: !GetAtt Data.Outputs.Value}"
    )
    stacks.write("app.yaml", app).write("root.yaml", f"Resources:\n{root}")
    assert [(file, verdict) for file, verdict, _ in stacks.findings("root.yaml")] == [("app.yaml", "open")]


def test_message_names_the_resource_with_its_stack(stacks: StackProject) -> None:
    subnets = {
        name: {
            "Type": "AWS::EC2::Subnet",
            "Properties": {"VpcId": "vpc-1", "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}},
        }
        for name in ("SubnetA", "SubnetB")
    }
    outputs = {name: {"Value": {"Ref": name}} for name in subnets}
    stacks.write("network.yaml", json.dumps({"Resources": subnets, "Outputs": outputs}))
    stacks.configure("select: [TOPO-702]\n")
    function = (
        "Type: AWS::Lambda::Function, Properties: {VpcConfig: {SecurityGroupIds: [sg-1], SubnetIds: [!Ref A, !Ref B]}}"
    )
    stacks.write(
        "app.yaml", f"Parameters: {{A: {{Type: String}}, B: {{Type: String}}}}\nResources:\n  Fn: {{{function}}}\n"
    )
    passed = "{A: !GetAtt Network.Outputs.SubnetA, B: !GetAtt Network.Outputs.SubnetB}"
    root = stack_resource("Network", "network.yaml") + stack_resource("App", "app.yaml", passed)
    (finding,) = stacks.write("root.yaml", f"Resources:\n{root}").check("root.yaml").findings
    assert finding.path == ("Resources", "Fn", "Properties", "VpcConfig", "SubnetIds")
    assert finding.related == ()


QUEUE = """Resources:
  Queue: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 30}}
Outputs:
  Arn: {Value: !GetAtt Queue.Arn, Export: {Name: queue-arn}}
"""
CONSUMER = """Parameters: {Arn: {Type: String}}
Resources:
  Worker: {Type: AWS::Lambda::Function, Properties: {Timeout: SECONDS, Code: {ZipFile: ''}}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Worker, EventSourceArn: !Ref Arn}}
"""


@pytest.mark.parametrize(("seconds", "verdicts"), [("60", ["fail"]), ("5", [])])
@pytest.mark.parametrize("way", ["sibling", "parent of the consumer", "importer", "consumer below a sibling"])
def test_consumer_in_another_stack_counts_for_a_queue(
    stacks: StackProject, way: str, seconds: str, verdicts: list[str]
) -> None:
    """A function that may run for longer than messages stay hidden cannot be connected to the queue."""
    stacks.configure("select: [LAM-705]\n").write("queue.yaml", QUEUE)
    consumer = CONSUMER.replace("SECONDS", seconds)
    stacks.write("consumer.yaml", consumer)
    data = stack_resource("Data", "queue.yaml")
    app = stack_resource("App", "consumer.yaml", "{Arn: !GetAtt Data.Outputs.Arn}")
    judged = "queue.yaml"
    if way == "sibling":
        stacks.write("root.yaml", f"Resources:\n{data}{app}")
    elif way == "parent of the consumer":
        judged = "root.yaml"
        own_queue = QUEUE.partition("Outputs:")[0]
        stacks.write("root.yaml", own_queue + stack_resource("App", "consumer.yaml", "{Arn: !GetAtt Queue.Arn}"))
    elif way == "importer":
        imported = consumer.replace("!Ref Arn", "!ImportValue queue-arn")
        stacks.write("consumer.yaml", imported.partition("\n")[2])
    else:
        below = stack_resource("Inner", "consumer.yaml", "{Arn: !Ref Arn}")
        stacks.write("middle.yaml", f"Parameters: {{Arn: {{Type: String}}}}\nResources:\n{below}")
        stacks.write("root.yaml", f"Resources:\n{data}" + app.replace("consumer.yaml", "middle.yaml"))
    assert [(file, verdict) for file, verdict, _ in stacks.findings()] == [(judged, verdict) for verdict in verdicts]


GATEWAY = """Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
Outputs:
  Gateway: {Value: !Ref Gateway, Export: {Name: gateway}}
  Vpc: {Value: !Ref Vpc}
"""
ROUTE = """Parameters: {Gateway: {Type: String}, Vpc: {Type: String, Default: vpc-0a1b2c3d}}
Resources:
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Route:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
"""


@pytest.mark.parametrize(
    ("way", "verdicts"),
    [
        pytest.param("sibling", [], id="a nested stack whose output is taken is complete"),
        pytest.param("import", [], id="a stack whose export is imported is complete"),
        pytest.param("parent", ["fail"], id="the parent passes the gateway, perhaps before it is attached"),
        pytest.param("waiting parent", [], id="the parent passes a gateway that waits for its attachment"),
    ],
)
def test_stacks_that_are_complete_before_need_no_dependency(
    stacks: StackProject, way: str, verdicts: list[str]
) -> None:
    stacks.configure("select: [NET-220]\n").write("network.yaml", GATEWAY)
    gateway, vpc = {
        "sibling": ("!GetAtt Network.Outputs.Gateway", "!GetAtt Network.Outputs.Vpc"),
        "import": ("!ImportValue gateway", "vpc-0a1b2c3d"),
        "parent": ("!Ref Gateway", "!Ref Vpc"),
        "waiting parent": ("!Ref Waiting", "!Ref Vpc"),
    }[way]
    routes = stack_resource("Routes", "routes.yaml", f"{{Gateway: {gateway}, Vpc: {vpc}}}")
    own = GATEWAY.partition("Outputs:")[0] if "parent" in way else "Resources:\n"
    own += "  Waiting: {Type: AWS::EC2::InternetGateway, DependsOn: Attachment}\n" if way == "waiting parent" else ""
    network = stack_resource("Network", "network.yaml") if way == "sibling" else ""
    stacks.write("routes.yaml", ROUTE).write("root.yaml", f"{own}{network}{routes}")
    assert [verdict for _, verdict, _ in stacks.findings()] == verdicts
