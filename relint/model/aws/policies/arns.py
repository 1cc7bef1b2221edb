"""The ARNs of resources as texts with symbols, however a template writes them.

`!GetAtt Orders.Arn`, `!Sub arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Orders.QueueName}` and, if the template names
the queue, the ARN with this name are one text. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.predicates import apply_test
from relint.model.aws.policies.patterns import FREE, FREE_NAME, PARTITION, Text, generated, joined
from relint.resolve.value import (
    ABSENT,
    attribute_name,
    expression_of,
    is_call,
    names_resource,
    parts_of,
    referenced_id,
)

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_REF = ""
"""The "attribute" that stands for Ref."""


class ArnShape(NamedTuple):
    """The parts of the ARNs of a type, with what returns the ARN and what the name: attributes, or "" for Ref."""

    service: str
    name_property: str
    arns: tuple[str, ...]
    names: tuple[str, ...]
    before_name: str = ""
    after_name: str = ""
    is_global: bool = False


ARN_SHAPES: dict[str, ArnShape] = {
    "AWS::CloudWatch::Alarm": ArnShape("cloudwatch", "AlarmName", ("Arn",), (_REF,), "alarm:"),
    "AWS::CloudWatch::CompositeAlarm": ArnShape("cloudwatch", "AlarmName", ("Arn",), (_REF,), "alarm:"),
    "AWS::Cognito::UserPool": ArnShape("cognito-idp", "", ("Arn",), (_REF, "UserPoolId"), "userpool/"),
    "AWS::Events::EventBus": ArnShape("events", "Name", ("Arn",), (_REF, "Name"), "event-bus/"),
    "AWS::IoT::TopicRule": ArnShape("iot", "RuleName", ("Arn",), (_REF,), "rule/"),
    "AWS::KMS::Key": ArnShape("kms", "", ("Arn",), (_REF, "KeyId"), "key/"),
    "AWS::KMS::ReplicaKey": ArnShape("kms", "", ("Arn",), (_REF, "KeyId"), "key/"),
    "AWS::Kinesis::Stream": ArnShape("kinesis", "Name", ("Arn",), (_REF,), "stream/"),
    "AWS::KinesisFirehose::DeliveryStream": ArnShape(
        "firehose", "DeliveryStreamName", ("Arn",), (_REF,), "deliverystream/"
    ),
    "AWS::Lambda::Function": ArnShape("lambda", "FunctionName", ("Arn",), (_REF,), "function:"),
    "AWS::Logs::LogGroup": ArnShape("logs", "LogGroupName", ("Arn",), (_REF,), "log-group:", ":*"),
    "AWS::S3::Bucket": ArnShape("s3", "BucketName", ("Arn",), (_REF,), is_global=True),
    "AWS::SNS::Topic": ArnShape("sns", "TopicName", (_REF, "TopicArn"), ("TopicName",)),
    "AWS::SQS::Queue": ArnShape("sqs", "QueueName", ("Arn",), ("QueueName",)),
    "AWS::StepFunctions::StateMachine": ArnShape(
        "states", "StateMachineName", (_REF, "Arn"), ("Name",), "stateMachine:"
    ),
    "AWS::ElasticLoadBalancingV2::TargetGroup": ArnShape(
        "elasticloadbalancing", "Name", (_REF, "TargetGroupArn"), (), "targetgroup/", "/*"
    ),
    "AWS::Events::Rule": ArnShape("events", "Name", ("Arn",), (_REF,), "rule/"),
}
"""The ARNs of the types that send, receive, or permit, looked up 2026-11-28:

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

_QUALIFIED = {"AWS::Lambda::Alias": "Name", "AWS::Lambda::Version": ""}
"""Types whose Ref is the ARN of a function with a qualifier, and the property that contains the qualifier."""
_ID_ATTRIBUTES = (_REF, "ApiId", "RestApiId")
_MAX_DEPTH = 5


def text_of(view: View, value: Any, depth: int = 0) -> Text:
    """Return a value as text in which references to resources are replaced by their ARNs and names.

    The literal partition "aws" counts as that of the stack. A cycle of names ends after a few steps.
    """
    parts: list[Any] = []
    for part in parts_of(expression_of(value)):
        if not isinstance(part, str):
            parts += _referenced_text(view, part, depth)
        elif not parts and part.startswith("arn:aws:"):
            parts += ["arn:", PARTITION, part.removeprefix("arn:aws")]
        else:
            parts.append(part)
    return joined(tuple(parts))


def arn_of(view: View, resource: Resource, depth: int = 0) -> Text | None:
    """Return the ARN of a resource, or None for a type without a shape."""
    if resource.type in _QUALIFIED:
        return _qualified_arn(view, resource, depth)
    shape = ARN_SHAPES.get(resource.type)
    if shape is None:
        return None
    name: Text = (shape.before_name, *_name_of(view, resource, shape.name_property, depth), shape.after_name)
    if resource.type == "AWS::Events::Rule" and view.get(resource, "Properties", "EventBusName").value is not ABSENT:
        name = (shape.before_name, FREE, *name[1:])  # the name of the bus and a slash, except for the default bus
    if shape.is_global:
        return joined(("arn:", PARTITION, f":{shape.service}:::", *name))
    return arn_with(view, shape.service, name)


def arn_with(view: View, service: str, name: Text) -> Text:
    """Return an ARN of this Region and account."""
    region, account = (expression_of(view.scenario.parameter_value(f"AWS::{x}")) for x in ("Region", "AccountId"))
    return joined(("arn:", PARTITION, f":{service}:", region, ":", account, ":", *name))


def account_of(view: View) -> Text:
    """Return the account of the stack."""
    return (expression_of(view.scenario.parameter_value("AWS::AccountId")),)


def _referenced_text(view: View, part: Any, depth: int) -> Text:
    """Return what a reference returns: an ARN, a name, or the reference itself."""
    logical_id = referenced_id(part)
    resource = view.template.resources.get(logical_id) if logical_id is not None else None
    if resource is None or logical_id is None or depth > _MAX_DEPTH:
        return (part,)
    attribute = attribute_name(part) if is_call(part, "GetAtt") else _REF
    if resource.type in _QUALIFIED and attribute == _REF:
        return _qualified_arn(view, resource, depth + 1)
    shape = ARN_SHAPES.get(resource.type)
    if shape is not None and attribute in shape.arns:
        return arn_of(view, resource, depth + 1) or (part,)
    if shape is not None and attribute in shape.names:
        return _name_of(view, resource, shape.name_property, depth + 1)
    if shape is not None and attribute == "TargetGroupFullName":
        return joined((shape.before_name, *_name_of(view, resource, shape.name_property, depth + 1), shape.after_name))
    if shape is not None and attribute != _REF:
        return (part,)
    if logical_id in view.scenario.deployments.named_ids and (attribute == _REF or names_resource(attribute)):
        return (generated(logical_id if attribute in _ID_ATTRIBUTES else repr(part)),)
    return (part,)


def _qualified_arn(view: View, qualified: Resource, depth: int) -> Text:
    """Return the ARN of an alias or a version."""
    function = function_arn(view, view.get(qualified, "Properties", "FunctionName").value, depth + 1)
    name = _QUALIFIED[qualified.type]
    qualifier = text_of(view, view.get(qualified, "Properties", name).value) if name else None
    return joined((*function, ":", *(qualifier or (generated(qualified.logical_id),))))


def function_arn(view: View, value: Any, depth: int = 0) -> Text:
    """Return the ARN of a function that is named by its name, with or without a qualifier, or by its ARN."""
    text = text_of(view, value, depth)
    is_arn = text and isinstance(text[0], str) and text[0].startswith("arn:")
    return text if is_arn else arn_with(view, "lambda", ("function:", *text))


def _name_of(view: View, resource: Resource, name_property: str, depth: int) -> Text:
    """Return the name of a resource, or the form of the name that CloudFormation generates.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
    """
    made_up = generated(resource.logical_id)
    if not name_property:
        return (made_up,)
    name = view.get(resource, "Properties", name_property).value
    if name is not ABSENT:
        return text_of(view, name, depth + 1)
    is_fifo = any(
        apply_test("equals", view.get(resource, "Properties", flag).value, operand=True) is True
        for flag in ("FifoQueue", "FifoTopic")
    )
    logical_id = resource.logical_id.lower() if resource.type == "AWS::S3::Bucket" else resource.logical_id
    return joined(
        (FREE_NAME, logical_id, "-", made_up, ".fifo" if is_fifo else "")
    )  # the name of the stack comes first
