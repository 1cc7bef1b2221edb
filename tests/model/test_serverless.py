"""The resources that SAM generates, and the locations of their findings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import relint
from relint.catalog.rule import Rule
from relint.evaluate.finding_builder import as_written
from relint.model.template import Template
from relint.source.read import read_document
from tests.helpers.check_rule import check_one
from tests.helpers.rules import load_rule

FUNCTION = """
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
"""


def resource_types(text: str) -> dict[str, str]:
    template = Template(read_document(text.encode(), "t.yaml"))
    return {logical_id: resource.type for logical_id, resource in template.resources.items()}


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        pytest.param("", {}, id="a function alone is a function"),
        pytest.param(
            "Events: {Orders: {Type: SQS, Properties: {Queue: !GetAtt Queue.Arn}}}",
            {"WorkerOrders": "AWS::Lambda::EventSourceMapping"},
            id="a queue is polled by a mapping",
        ),
        pytest.param(
            "Events: {Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}",
            {"WorkerNightly": "AWS::Events::Rule", "WorkerNightlyPermission": "AWS::Lambda::Permission"},
            id="a schedule is a rule that may invoke",
        ),
        pytest.param(
            "Events: {Nightly: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}}",
            {"WorkerNightly": "AWS::Scheduler::Schedule"},
            id="the newer schedule is one of EventBridge Scheduler",
        ),
        pytest.param(
            "Events: {Get: {Type: HttpApi}}",
            {
                "WorkerGetPermission": "AWS::Lambda::Permission",
                "ServerlessHttpApi": "AWS::ApiGatewayV2::Api",
                "ServerlessHttpApiApiGatewayDefaultStage": "AWS::ApiGatewayV2::Stage",
            },
            id="an event without an API uses the implicit one",
        ),
        pytest.param(
            "Events: {News: {Type: SNS, Properties: {Topic: !Ref Topic, SqsSubscription: true}}}",
            {
                "WorkerNewsEventSourceMapping": "AWS::Lambda::EventSourceMapping",
                "WorkerNews": "AWS::SNS::Subscription",
            },
            id="a topic may be read through a queue",
        ),
        pytest.param(
            "AutoPublishAlias: live\n      DeploymentPreference: {Type: Canary10Percent5Minutes}",
            {
                "WorkerVersion": "AWS::Lambda::Version",
                "WorkerAliaslive": "AWS::Lambda::Alias",
                "ServerlessDeploymentApplication": "AWS::CodeDeploy::Application",
                "WorkerDeploymentGroup": "AWS::CodeDeploy::DeploymentGroup",
            },
            id="a published alias is moved by CodeDeploy",
        ),
        pytest.param(
            "EventInvokeConfig: {MaximumRetryAttempts: 0}",
            {"WorkerEventInvokeConfig": "AWS::Lambda::EventInvokeConfig"},
            id="asynchronous invocation has a resource of its own",
        ),
        pytest.param(
            "FunctionUrlConfig: {AuthType: AWS_IAM}",
            {"WorkerUrl": "AWS::Lambda::Url"},
            id="a function URL",
        ),
        pytest.param("Events: {What: {Type: Unheard}}", {}, id="an unknown event is ignored"),
        pytest.param("Events: !Ref Nothing", {}, id="events that are not a mapping are ignored"),
        pytest.param("Events: {Odd: 7}", {}, id="an event that is not a mapping is ignored"),
    ],
)
def test_sam_function_expands_to(properties: str, expected: dict[str, str]) -> None:
    assert resource_types(f"{FUNCTION}      {properties}\n") == {"Worker": "AWS::Lambda::Function", **expected}


def test_other_sam_types_expand_to() -> None:
    text = """
Resources:
  Orders: {Type: AWS::Serverless::SimpleTable}
  Flow: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Succeed}}}}}
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: prod}}
  Chat: {Type: AWS::Serverless::WebSocketApi, Properties: {}}
  Shared: {Type: AWS::Serverless::LayerVersion}
"""
    assert resource_types(text) == {
        "Orders": "AWS::DynamoDB::Table",
        "Flow": "AWS::StepFunctions::StateMachine",
        "Shop": "AWS::ApiGateway::RestApi",
        "ShopprodStage": "AWS::ApiGateway::Stage",
        "Chat": "AWS::ApiGatewayV2::Api",
        "ChatDefaultStage": "AWS::ApiGatewayV2::Stage",
        "Shared": "AWS::Serverless::LayerVersion",
    }


def test_sam_events_invoke_the_published_alias() -> None:
    text = FUNCTION + (
        "      AutoPublishAlias: live\n"
        "      Events:\n"
        "        Get: {Type: HttpApi}\n"
        "        Nightly: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}\n"
    )
    resources = Template(read_document(text.encode(), "t.yaml")).resources
    assert resources["WorkerGetPermission"].body["Properties"]["FunctionName"] == {"Ref": "WorkerAliaslive"}
    assert resources["WorkerNightly"].body["Properties"]["Target"]["Arn"] == {"Ref": "WorkerAliaslive"}


def rule_for(folder: Path, resource_type: str, path: str) -> Rule:
    """A rule that demands the value `right` of a property."""
    return load_rule(
        folder,
        f'assert: [{{path: "{path}", equals: right}}]\n',
        resources=[resource_type],
        message="'{resource}' has a wrong '{property}'.",
    )


@pytest.mark.parametrize(
    ("resource_type", "path", "properties", "line", "message"),
    [
        pytest.param(
            "AWS::Lambda::Function",
            "$.Properties.MemorySize",
            ["MemorySize: 128"],
            7,
            "'Worker' has a wrong 'MemorySize'.",
            id="a property with the same name",
        ),
        pytest.param(
            "AWS::Lambda::Function",
            "$.Properties.DeadLetterConfig.TargetArn",
            ["DeadLetterQueue:", "  Type: SQS", "  TargetArn: wrong"],
            9,
            "'Worker' has a wrong 'DeadLetterQueue.TargetArn'.",
            id="a property with another name in SAM",
        ),
        pytest.param(
            "AWS::Lambda::EventSourceMapping",
            "$.Properties.BatchSize",
            ["Events:", "  Orders:", "    Type: SQS", "    Properties:", "      BatchSize: 1"],
            11,
            "'Worker.Events.Orders' has a wrong 'BatchSize'.",
            id="a property of an event",
        ),
        pytest.param(
            "AWS::Lambda::EventSourceMapping",
            "$.Properties.Enabled",
            ["Events:", "  Orders:", "    Type: SQS"],
            8,
            "'Worker.Events.Orders' has a wrong 'Enabled'.",
            id="a property missing in an event",
        ),
        pytest.param(
            "AWS::Events::Rule",
            "$.Properties.Targets[0].RetryPolicy.MaximumRetryAttempts",
            [
                "Events:",
                "  Orders:",
                "    Type: Schedule",
                "    Properties:",
                "      RetryPolicy:",
                "        MaximumRetryAttempts: 0",
            ],
            12,
            "'Worker.Events.Orders' has a wrong 'RetryPolicy.MaximumRetryAttempts'.",
            id="what SAM writes into the target of a rule",
        ),
        pytest.param(
            "AWS::CodeDeploy::DeploymentGroup",
            "$.Properties.DeploymentConfigName",
            ["AutoPublishAlias: live", "DeploymentPreference:", "  Type: AllAtOnce"],
            9,
            "'Worker.DeploymentPreference' has a wrong 'Type'.",
            id="how versions are deployed",
        ),
    ],
)
def test_finding_of_a_generated_resource_points_to_the_sam_source(
    tmp_path: Path, resource_type: str, path: str, properties: list[str], line: int, message: str
) -> None:
    text = FUNCTION + "".join(f"      {one}\n" for one in properties)
    (finding,) = check_one(text, rule_for(tmp_path, resource_type, path), {}).findings
    assert (finding.span.start.line, finding.message) == (line, message)


def test_metadata_of_a_sam_resource_suppresses_findings_of_generated_resources(tmp_path: Path) -> None:
    text = FUNCTION + "      Events: {Orders: {Type: SQS}}\n    Metadata: {relint: {ignore: {TST-701: one by one}}}\n"
    (finding,) = check_one(
        text, rule_for(tmp_path, "AWS::Lambda::EventSourceMapping", "$.Properties.BatchSize"), {}
    ).findings
    assert finding.suppression is not None


@pytest.mark.parametrize(
    ("ignored", "memory", "runtime"),
    [
        ("Memory", 512, "python3.13"),
        ("'*'", None, None),
        ("[MemorySize]", None, "python3.13"),
        ("{Ref: X}", 512, "python3.13"),
    ],
    ids=["another text takes all", "an asterisk takes nothing", "a list leaves properties out", "a mapping takes all"],
)
def test_ignore_globals(ignored: str, memory: int | None, runtime: str | None) -> None:
    text = f"""
Globals: {{Function: {{MemorySize: 512, Runtime: python3.13}}}}
Resources:
  Worker: {{Type: AWS::Serverless::Function, IgnoreGlobals: {ignored}, Properties: {{Handler: a.b}}}}
"""
    properties = Template(read_document(text.encode(), "t.yaml")).resources["Worker"].body["Properties"]
    assert (properties.get("MemorySize"), properties.get("Runtime")) == (memory, runtime)


EVENTS = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  First:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: a/
      Handler: a.h
      Runtime: python3.13
      Events:
        Tick: {Type: Schedule, Properties: {Schedule: rate(1 hour), Enabled: false}}
        Rule: {Type: EventBridgeRule, Properties: {Pattern: {source: [aws.ec2]}}}
        Path: {Type: Api, Properties: {Path: /a, Method: get}}
  Shop: {Type: AWS::Serverless::HttpApi}
"""


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        ("EVT-401", ["'First.Events.Tick'"]),
        ("EVT-701", ["'First.Events.Rule'"]),
        ("API-301", ["'First.Events.Path'", "'Shop'"]),
    ],
)
def test_message_names_the_event_of_sam(rule: str, names: list[str]) -> None:
    report = relint.check_text(EVENTS, select=[rule], ruleset="all")
    assert [re.findall("'.+?'", finding.message)[0] for finding in report.findings] == names
    assert all(f"'{finding.logical_id}'" not in finding.message for finding in report.findings)


def test_generated_name_in_a_reason_is_that_of_the_author() -> None:
    template = Template(read_document(EVENTS, "t.yaml"))
    assert as_written(template, 'nobody knows "FirstTick" or "First"') == 'nobody knows "First.Events.Tick" or "First"'
    assert as_written(template, ["FirstRule", 1]) == ["First.Events.Rule", 1]
