"""What invokes a function of a template, and in which invocation_type.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from relint._named_tuple import NamedTuple
from relint.model.aws.lambda_functions import ALIAS, FUNCTION, VERSION
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.graph import Edge
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

_PLACES: dict[str, tuple[tuple[str, str], ...]] = {
    "AWS::ApiGateway::Authorizer": (("AuthorizerUri", "request"),),
    "AWS::ApiGateway::Method": (("Integration.Uri", "request"),),
    "AWS::ApiGateway::RestApi": (("Body", "request"),),
    "AWS::ApiGatewayV2::Api": (("Target", "request"), ("Body", "request")),
    "AWS::ApiGatewayV2::Authorizer": (("AuthorizerUri", "request"),),
    "AWS::ApiGatewayV2::Integration": (("IntegrationUri", "request"),),
    "AWS::AppSync::DataSource": (("LambdaConfig", "request"),),
    "AWS::AppSync::GraphQLApi": (("LambdaAuthorizerConfig", "request"),),
    "AWS::Bedrock::Agent": (("ActionGroups", "request"),),
    "AWS::CloudFormation::CustomResource": (("ServiceToken", "stack"),),
    "AWS::CloudFormation::Macro": (("FunctionName", "stack"),),
    "AWS::CloudFront::Distribution": (("DistributionConfig", "edge"),),
    "AWS::CodeCommit::Repository": (("Triggers", "event"),),
    "AWS::CodePipeline::Pipeline": (("Stages", "pipeline"),),
    "AWS::Cognito::UserPool": (("LambdaConfig", "request"),),
    "AWS::Config::ConfigRule": (("Source", "audit"),),
    "AWS::ElasticLoadBalancingV2::TargetGroup": (("Targets", "request"),),
    "AWS::Events::Rule": (("Targets.*.Arn", "event"),),
    "AWS::IoT::TopicRule": (("TopicRulePayload", "event"),),
    "AWS::Lambda::EventInvokeConfig": (("DestinationConfig", "event"),),
    "AWS::Lambda::EventSourceMapping": (("FunctionName", "poll"),),
    "AWS::Lambda::Permission": (("FunctionName", "permission"),),
    "AWS::Lambda::Url": (("TargetFunctionArn", "request"),),
    "AWS::Logs::SubscriptionFilter": (("DestinationArn", "event"),),
    "AWS::Pipes::Pipe": (("Target", "other"), ("Enrichment", "other")),
    "AWS::S3::Bucket": (("NotificationConfiguration.LambdaConfigurations", "event"),),
    "AWS::SES::ReceiptRule": (("Rule.Actions", "event"),),
    "AWS::SNS::Subscription": (("Endpoint", "event"),),
    "AWS::SNS::Topic": (("Subscription", "event"),),
    "AWS::Scheduler::Schedule": (("Target.Arn", "event"),),
    "AWS::SecretsManager::RotationSchedule": (("RotationLambdaARN", "other"),),
    "AWS::StepFunctions::StateMachine": (
        ("Definition", "workflow"),
        ("DefinitionString", "workflow"),
        ("DefinitionSubstitutions", "workflow"),
    ),
}
"""The properties with which a type refers to the function that it invokes, and the invocation type."""

_PRINCIPALS = {
    "alexa-appkit": "request",
    "apigateway": "request",
    "bedrock": "request",
    "codecommit": "event",
    "cognito-idp": "request",
    "config": "audit",
    "elasticloadbalancing": "request",
    "events": "unspecified",
    "iot": "event",
    "lex": "request",
    "lexv2": "request",
    "logs": "event",
    "s3": "event",
    "sns": "event",
    "vpc-lattice": "request",
}
"""The invocation type of the services that a resource policy permits to invoke a function."""


class Invoker(NamedTuple):
    """A resource that refers to the function, at `path`.

    `invocation_type` is `request` (a caller waits for the answer), `event` (no caller waits), `schedule` (a recurring
    event), `audit` (AWS Config), `poll` (an event source mapping), `workflow`, `pipeline`, `stack` (CloudFormation),
    `edge`, `unspecified` (a permission of EventBridge, which invokes for events and schedules) or `other`. With
    `is_qualified` the resource refers to an alias or a version.
    """

    invocation_type: str
    source: Resource
    path: Path
    target: Resource
    is_qualified: bool


def invokers_of(view: View, function: Resource) -> list[Invoker]:
    """What invokes the function, its aliases and its versions, as far as the template says."""
    key = ("invokers_of", function.logical_id, "")
    if key not in view.cache:
        view.cache[key] = [
            invoker
            for target in (function, *aliases_and_versions(view, function))
            for edge in view.template.graph.incoming.get(target.logical_id, ())
            if (invoker := _invoker(view, edge, target)) is not None
        ]
    found: list[Invoker] = view.cache[key]
    return found


def aliases_and_versions(view: View, function: Resource) -> list[Resource]:
    """The aliases and versions of the function."""
    return view.referrers(function, (ALIAS, VERSION), ("Properties", "FunctionName"))


def _invoker(view: View, edge: Edge, target: Resource) -> Invoker | None:
    source = view.template.resources[edge.source]
    invocation_type = _invocation_type(source.type, edge)
    if invocation_type is None or not view.exists(source) or not view.is_active(edge):
        return None
    if invocation_type == "permission":
        invocation_type = _permitted(view, source)
    elif invocation_type == "event":
        invocation_type = _kind_of_event(view, source)
    if invocation_type is None:
        return None
    return Invoker(
        invocation_type, source, edge.path, target, target.type != FUNCTION or _qualifies(view, edge, source)
    )


def _invocation_type(kind: str, edge: Edge) -> str | None:
    if kind.startswith("Custom::"):
        kind = "AWS::CloudFormation::CustomResource"
    for place, invocation_type in _PLACES.get(kind, ()):
        steps = ("Properties", *place.split("."))
        if edge.property[: len(steps)] == steps:
            return invocation_type
    return None


def _kind_of_event(view: View, source: Resource) -> str | None:
    """`schedule` for what comes again, None for what is switched off, `request` for what waits."""
    if view.get(source, "Properties", "State").value == "DISABLED":
        return None
    if source.type == "AWS::Events::Rule":
        return "event" if view.get(source, "Properties", "EventPattern").value is not ABSENT else "schedule"
    if source.type == "AWS::Scheduler::Schedule":
        expression = view.get(source, "Properties", "ScheduleExpression").value
        return "event" if isinstance(expression, str) and expression.startswith("at(") else "schedule"
    if source.type == "AWS::SES::ReceiptRule":
        kinds = view.select(source, ("Properties", "Rule", "Actions", "*", "LambdaAction", "InvocationType"))
        return "request" if any(kind.value == "RequestResponse" for kind in kinds) else "event"
    return "event"


def _permitted(view: View, permission: Resource) -> str | None:
    """The invocation_type of the service that a permission is for; None where that resource speaks for itself."""
    service = _first_text(expression_of(view.get(permission, "Properties", "Principal").value)).split(".")[0]
    invocation_type = _PRINCIPALS.get(service)
    if invocation_type == "unspecified" and view.referents(
        permission, ("AWS::Events::Rule",), ("Properties", "SourceArn")
    ):
        return None
    return invocation_type


def _first_text(form: Expression) -> str:
    first = form[1] if isinstance(form, tuple) and form and form[0] == "Concat" else form
    return first if isinstance(first, str) else ""


def _qualifies(view: View, edge: Edge, source: Resource) -> bool:
    """Whether an alias or version follows the name or ARN of the function: in the text, or in a Qualifier."""
    if view.get(source, "Properties", "Qualifier").value is not ABSENT and len(edge.property) == 2:
        return True
    own = {("Ref", edge.target), ("GetAtt", edge.target, "Arn")}
    for located in view.select(source, edge.property):
        form = expression_of(located.value) if isinstance(located.value, Unknown) else ""
        if isinstance(form, tuple) and form[0] == "Concat":
            for piece, after in pairwise(form[1:]):
                if piece in own and isinstance(after, str) and after.startswith(":"):
                    return True
    return False
