"""Properties that contain the name of a function, or an ARN with it, instead of a reference to the function.

https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
"""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.aws.arn_names import text_of_name

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

UNQUALIFIED = "$LATEST"
"""The qualifier of the function itself, without an alias or a version."""

_ALARM_ACTIONS = (("AlarmActions.*", "event"), ("OKActions.*", "event"), ("InsufficientDataActions.*", "event"))

_SERVICE_TOKEN = (("ServiceToken", "stack"),)

_NAMING_PROPERTIES: dict[str, tuple[tuple[str, str], ...]] = {
    "AWS::ApiGateway::Method": (("Integration.Uri", "request"),),
    "AWS::ApiGatewayV2::Integration": (("IntegrationUri", "request"),),
    "AWS::CloudFormation::CustomResource": _SERVICE_TOKEN,
    "AWS::CloudFormation::Macro": (("FunctionName", "stack"),),
    "AWS::CloudWatch::Alarm": _ALARM_ACTIONS,
    "AWS::CloudWatch::CompositeAlarm": _ALARM_ACTIONS,
    "AWS::CodeCommit::Repository": (("Triggers.*.DestinationArn", "event"),),
    "AWS::ElasticLoadBalancingV2::TargetGroup": (("Targets.*.Id", "request"),),
    "AWS::Events::Rule": (("Targets.*.Arn", "event"),),
    "AWS::Lambda::EventSourceMapping": (("FunctionName", "poll"),),
    "AWS::Lambda::Permission": (("FunctionName", "permission"),),
    "AWS::Lambda::Url": (("TargetFunctionArn", "request"),),
    "AWS::Logs::SubscriptionFilter": (("DestinationArn", "event"),),
    "AWS::Pipes::Pipe": (("Target", "other"), ("Enrichment", "other")),
    "AWS::S3::Bucket": (("NotificationConfiguration.LambdaConfigurations.*.Function", "event"),),
    "AWS::SNS::Subscription": (("Endpoint", "event"),),
    "AWS::SNS::Topic": (("Subscription.*.Endpoint", "event"),),
    "AWS::Scheduler::Schedule": (("Target.Arn", "event"),),
    "AWS::VpcLattice::TargetGroup": (("Targets.*.Id", "request"),),
}
"""The properties that contain the name or the ARN of the function that is invoked, and the invocation type."""

_NAME_AND_QUALIFIER = re.compile(r"(?P<name>.+):(?P<qualifier>[^:\0]+)", re.DOTALL)


class NameReference(NamedTuple):
    """A property at `path` of `source` that names a function, and the alias or version that it means."""

    source: Resource
    path: Path
    invocation_type: str
    qualifier: str


def references_by_name(view: View) -> dict[str, list[NameReference]]:
    """Return the properties of the template that name functions, by the text of the name."""
    references: dict[str, list[NameReference]] = {}
    custom_types = [name for name in view.template.types if name.startswith("Custom::")]
    properties_by_type = {**_NAMING_PROPERTIES, **dict.fromkeys(custom_types, _SERVICE_TOKEN)}
    for resource_type, properties in properties_by_type.items():
        for source in view.resources(resource_type):
            for property_name, invocation_type in properties:
                for located in view.select(source, ("Properties", *property_name.split("."))):
                    text = text_of_name(located.value)
                    if text is None or not (":function:" in text or property_name == "FunctionName"):
                        continue
                    name, qualifier = _split(text)
                    reference = NameReference(
                        source=source, path=located.path, invocation_type=invocation_type, qualifier=qualifier
                    )
                    references.setdefault(name, []).append(reference)
    return references


def _split(text: str) -> tuple[str, str]:
    """Return the name of a function, and its qualifier, from a name or an ARN or the URI of an integration."""
    ending = text.rpartition(":function:")[2].removesuffix("/invocations")
    match = _NAME_AND_QUALIFIER.fullmatch(ending)
    return (match["name"], match["qualifier"]) if match else (ending, UNQUALIFIED)
