"""Subnets of a network stack, handed to an application stack as outputs: judged as if both were one template."""

from __future__ import annotations

import pytest

from tests.helpers.nested_stacks import StackProject, stack_resource

SUBNET = (
    "{{Type: AWS::EC2::Subnet, Properties: {{VpcId: vpc-0a1b2c3d, CidrBlock: 10.0.{0}.0/24, AvailabilityZone: {1}}}}}"
)
OUTPUTS = "  A: {Value: !Ref SubnetA}\n  B: {Value: !GetAtt SubnetB.SubnetId}\n"
OUTPUTS += "  Both: {Value: !Join [',', [!Ref SubnetA, !Ref SubnetB]]}\n"
FUNCTION = (
    "Role: arn:aws:iam::123456789012:role/w, Handler: i.h, Runtime: python3.13, Code: {ZipFile: ''}, "
    "VpcConfig: {SecurityGroupIds: [sg-0a1b2c3d], SubnetIds: SUBNETS}"
)
FIRST, SECOND = "!Select [0, !GetAZs '']", "!Select [1, !GetAZs '']"
PAIR = "{A: !GetAtt Network.Outputs.A, B: !GetAtt Network.Outputs.B}"
LIST = "{All: !GetAtt Network.Outputs.Both}"
ZONES = (
    "Parameters: {Zone: {Type: AWS::EC2::AvailabilityZone::Name}, Other: {Type: AWS::EC2::AvailabilityZone::Name}}\n"
)


def write_stacks(stacks: StackProject, zones: tuple[str, str], parameters: str, declared: str, subnets: str) -> None:
    """Write a root with a network stack and an application stack, which has a function in its subnets."""
    network = "".join(f"  Subnet{name}: {SUBNET.format(n, zones[n])}\n" for n, name in enumerate("AB"))
    stacks.configure("select: [LAM-701, TOPO-702]\n")
    stacks.write("network.yaml", f"{ZONES}Resources:\n{network}Outputs:\n{OUTPUTS}")
    function = FUNCTION.replace("SUBNETS", subnets)
    resources = f"Resources:\n  Worker: {{Type: AWS::Lambda::Function, Properties: {{{function}}}}}\n"
    stacks.write("app.yaml", f"Parameters: {declared}\n{resources}")
    root = stack_resource("Network", "network.yaml") + stack_resource("App", "app.yaml", parameters)
    stacks.write("root.yaml", f"Resources:\n{root}")


@pytest.mark.parametrize(
    ("parameters", "declared", "subnets"),
    [
        pytest.param(PAIR, "{A: {Type: String}, B: {Type: String}}", "[!Ref A, !Ref B]", id="one by one"),
        pytest.param(LIST, "{All: {Type: List<AWS::EC2::Subnet::Id>}}", "!Ref All", id="as a list"),
        pytest.param(LIST, "{All: {Type: String}}", "!Split [',', !Ref All]", id="as a text that is split"),
    ],
)
@pytest.mark.parametrize(
    ("zones", "expected"),
    [
        pytest.param((FIRST, SECOND), [], id="two zones"),
        pytest.param((FIRST, FIRST), ["fail"], id="one zone twice"),
        pytest.param(("!Ref Zone", "!Ref Zone"), ["fail"], id="one parameter of the network twice"),
        pytest.param(("!Ref Zone", "!Ref Other"), ["open"], id="two parameters, which may be the same zone"),
    ],
)
def test_zones_of_subnets_are_those_of_the_network_stack(
    stacks: StackProject, zones: tuple[str, str], expected: list[str], parameters: str, declared: str, subnets: str
) -> None:
    write_stacks(stacks, zones, parameters, declared, subnets)
    assert [(file, verdict) for file, verdict, _ in stacks.findings("root.yaml")] == [
        ("app.yaml", verdict) for verdict in expected
    ]


def test_parameters_of_two_stacks_with_one_name_are_different_zones(stacks: StackProject) -> None:
    write_stacks(stacks, ("!Ref Zone", "!Ref Zone"), PAIR, "{A: {Type: String}, B: {Type: String}}", "[!Ref A, !Ref B]")
    root = stack_resource("Network", "network.yaml") + stack_resource("Second", "network.yaml", "{Zone: eu-west-1b}")
    app = stack_resource("App", "app.yaml", "{A: !GetAtt Network.Outputs.A, B: !GetAtt Second.Outputs.B}")
    stacks.write("root.yaml", f"Resources:\n{root}{app}")
    assert [verdict for _, verdict, _ in stacks.findings("root.yaml")] == ["open"]


@pytest.mark.parametrize(
    ("zones", "verdicts"), [((FIRST, SECOND), []), ((FIRST, FIRST), ["fail"]), (("!Ref Zone", "!Ref Other"), ["open"])]
)
def test_subnets_of_the_parent_itself_keep_their_zones(
    stacks: StackProject, zones: tuple[str, str], verdicts: list[str]
) -> None:
    write_stacks(stacks, zones, PAIR, "{A: {Type: String}, B: {Type: String}}", "[!Ref A, !Ref B]")
    network = stacks.read("network.yaml").partition("Outputs:")[0]
    app = stack_resource("App", "app.yaml", "{A: !Ref SubnetA, B: !Ref SubnetB}")
    stacks.write("root.yaml", network + app)
    assert [(file, verdict) for file, verdict, _ in stacks.findings("root.yaml") if file == "app.yaml"] == [
        ("app.yaml", verdict) for verdict in verdicts
    ]
