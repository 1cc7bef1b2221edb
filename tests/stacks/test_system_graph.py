"""The system of several stacks: nested ones as they are deployed, and those that share exports and outputs."""

from __future__ import annotations

import pytest

import relint
from tests.helpers.command_line import working_directory
from tests.helpers.project import Project

QUEUE = """\
Resources:
  Queue: {Type: AWS::SQS::Queue}
Outputs:
  Arn:
    Value: !GetAtt Queue.Arn
    Export: {Name: !Sub "${AWS::StackName}-queue"}
"""
WORKER = """\
Parameters:
  Source: {Type: String}
Resources:
  Worker: {Type: AWS::Lambda::Function}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Worker, EventSourceArn: !Ref Source}
"""
PARENT = """\
Resources:
  First:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: queue.yaml}
  Second:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: queue.yaml}
  Work:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: worker.yaml, Parameters: {Source: !GetAtt Second.Outputs.Arn}}
"""


def edges(project: Project, *paths: str, **stacks: str) -> list[tuple[str, str, str]]:
    with working_directory(project.folder):
        graph = relint.graph(*paths, stacks=stacks)
    assert graph.failures == ()
    return sorted((edge.source, edge.relation.verb, edge.target) for edge in graph.edges)


def test_nested_stacks_are_joined_by_values_that_their_parent_passes(project: Project) -> None:
    project.write("queue.yaml", QUEUE).write("worker.yaml", WORKER).write("parent.yaml", PARENT)
    assert edges(project, "parent.yaml") == [
        ("parent.yaml:Second.Queue", "is read by", "parent.yaml:Work.Mapping"),
        ("parent.yaml:Work.Mapping", "invokes", "parent.yaml:Work.Worker"),
    ]


def test_two_nested_stacks_with_equal_values_are_two_stacks(project: Project) -> None:
    project.write("queue.yaml", QUEUE).write("worker.yaml", WORKER).write("parent.yaml", PARENT)
    with working_directory(project.folder):
        graph = relint.graph("parent.yaml")
    assert [node.id for node in graph.nodes if node.type == "AWS::SQS::Queue"] == [
        "parent.yaml:First.Queue",
        "parent.yaml:Second.Queue",
    ]
    assert [node.id for node in graph.nodes if node.entry] == ["parent.yaml:Second.Queue"]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("!ImportValue live-queue", id="an export"),
        pytest.param('{"Fn::ImportValue": !Sub "${Name}-queue"}', id="an export with the name in a parameter"),
        pytest.param('{"Fn::GetStackOutput": {StackName: live, OutputName: Arn}}', id="an output"),
    ],
)
def test_named_stack_is_joined_to_those_that_import_from_it(source: str, project: Project) -> None:
    worker = WORKER.replace("Source: {Type: String}", "Name: {Type: String, Default: live}")
    project.write("queue.yaml", QUEUE).write("worker.yaml", worker.replace("!Ref Source", source))
    joined = ("queue.yaml:Queue", "is read by", "worker.yaml:Mapping")
    assert joined in edges(project, "worker.yaml", live="queue.yaml")
    assert joined not in edges(project, "worker.yaml", other="queue.yaml")
    assert joined not in edges(project, "worker.yaml", "queue.yaml")


def test_output_in_another_region_or_account_is_not_that_of_the_stack(project: Project) -> None:
    project.write("queue.yaml", QUEUE)
    for more in ("Region: eu-west-9", "RoleArn: arn:aws:iam::1:role/r"):
        function = f"{{'Fn::GetStackOutput': {{StackName: live, OutputName: Arn, {more}}}}}"
        project.write("worker.yaml", WORKER.replace("!Ref Source", function))
        assert len(edges(project, "worker.yaml", live="queue.yaml")) == 1


def test_condition_of_a_nested_stack_is_that_of_its_resources(project: Project) -> None:
    parent = """\
Parameters: {Stage: {Type: String, Default: dev}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  Extra:
    Type: AWS::CloudFormation::Stack
    Condition: IsProd
    Properties: {TemplateURL: worker.yaml, Parameters: {Source: "arn:aws:sqs:eu-west-1:123456789012:q"}}
"""
    project.write("worker.yaml", WORKER).write("parent.yaml", parent)
    with working_directory(project.folder):
        graph = relint.graph("parent.yaml")
    words = 'IsProd is true (Stage is "prod") in "parent.yaml"'
    assert {node.condition for node in graph.nodes} == {words}
    assert {edge.condition for edge in graph.edges} == {words}


def test_resource_that_no_deployment_has_is_left_out(project: Project) -> None:
    never = "Conditions: {Never: !Equals [a, b]}\nResources: {Old: {Type: AWS::SQS::Queue, Condition: Never}}\n"
    project.write("a.yaml", never)
    with working_directory(project.folder):
        assert relint.graph("a.yaml").nodes == ()
