"""The permissions of Lambda functions to write to what may invoke them.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
(looked up 2026-11-28)
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.aws.policies.roles import statements_of_role
from relint.model.aws.policies.statements import Statement, action_matches, statement_resources
from relint.resolve.value import Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

WRITE_ACTIONS = {
    "AWS::S3::Bucket": ("s3:PutObject",),
    "AWS::SNS::Topic": ("sns:Publish",),
    "AWS::SQS::Queue": ("sqs:SendMessage",),
    "AWS::DynamoDB::Table": ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"),
    "AWS::DynamoDB::GlobalTable": ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"),
    "AWS::Events::EventBus": ("events:PutEvents",),
    "AWS::Kinesis::Stream": ("kinesis:PutRecord", "kinesis:PutRecords"),
}
"""The actions that write, by the type of what they write to."""

_SAM_TEMPLATES = {
    "DynamoDBCrudPolicy": ("dynamodb:PutItem", "TableName", False),
    "DynamoDBWritePolicy": ("dynamodb:PutItem", "TableName", True),
    "EventBridgePutEventsPolicy": ("events:PutEvents", "EventBusName", True),
    "KinesisCrudPolicy": ("kinesis:PutRecord", "StreamName", False),
    "S3CrudPolicy": ("s3:PutObject", "BucketName", False),
    "S3WritePolicy": ("s3:PutObject", "BucketName", True),
    "SNSCrudPolicy": ("sns:Publish", "TopicName", False),
    "SNSPublishMessagePolicy": ("sns:Publish", "TopicName", True),
    "SQSSendMessagePolicy": ("sqs:SendMessage", "QueueName", True),
}
"""Policy templates of SAM: a write action, the parameter with the name, and whether writing is their only purpose."""


class WritePermission(NamedTuple):
    """A permission to do `action` on what `resource` names.

    With `is_explicit` the policy names the action, else a wildcard or a policy for many purposes contains it. `unknown`
    is an action that the template does not decide.
    """

    action: str
    resource: Located
    is_explicit: bool
    unknown: Unknown | None = None


def write_permissions_of(view: View, function: Resource) -> list[WritePermission]:
    """Return the permissions to write that the template gives to a function by its role or by policies of SAM."""
    return view.remembered("write permissions", function, _read_permissions)


def _read_permissions(view: View, function: Resource) -> list[WritePermission]:
    by_role = [permission for statement in _statements(view, function) for permission in _writes(view, statement)]
    return [*by_role, *_sam_writes(view, function)]


def _statements(view: View, function: Resource) -> Iterator[Statement]:
    role = view.target(view.get(function, "Properties", "Role"), "AWS::IAM::Role")
    for statement in () if role is None else statements_of_role(view, role):
        if not isinstance(statement.body.value, Unknown):  # an AWS managed policy names no resource of the template
            yield statement


def _writes(view: View, statement: Statement) -> Iterator[WritePermission]:
    """Yield the permissions of a statement that allows; one with NotAction or NotResource names nothing."""
    if statement.allows is not True:
        return
    actions = view.get(statement.body, "Action")
    patterns = [item.value for item in view.scenario.items(actions)] or [actions.value]
    names = [pattern for pattern in patterns if isinstance(pattern, str)]
    unknown = next((pattern for pattern in patterns if isinstance(pattern, Unknown)), None)
    for action in sorted({action for actions in WRITE_ACTIONS.values() for action in actions}):
        if any(action_matches(name, action) for name in names):
            is_explicit = any(name.lower() == action.lower() for name in names)
            for resource in statement_resources(view, statement):
                yield WritePermission(action, resource, is_explicit)
        elif unknown is not None:
            for resource in statement_resources(view, statement):
                yield WritePermission(action, resource, is_explicit=False, unknown=unknown)


def _sam_writes(view: View, function: Resource) -> Iterator[WritePermission]:
    """Yield the permissions in Policies of an AWS::Serverless::Function."""
    written = view.written(function.path)
    if view.get(written, "Type").value != "AWS::Serverless::Function":
        return
    policies = view.get(written, "Properties", "Policies")
    for policy in view.scenario.items(policies) or [policies]:
        if not isinstance(policy.value, dict):
            continue
        for body in view.scenario.items(view.get(policy, "Statement")):
            yield from _writes(view, Statement(body, view.get(body, "Effect").value == "Allow"))
        for name, (action, parameter, is_explicit) in _SAM_TEMPLATES.items():
            if name in policy.value:
                yield WritePermission(action, view.get(policy, name, parameter), is_explicit)
