"""The policies of queues, topics, functions and keys.

Each AWS::SQS::QueuePolicy sets the one policy that a queue has, so that two of them overwrite one another:
https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html (looked up 2026-11-28;
topics alike). Permissions of a function are statements of one policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.logic.truth import Truth, any_of
from relint.model.aws.policies.arns import function_arn, text_of
from relint.model.aws.policies.patterns import Text, matches
from relint.model.aws.policies.statements import Statement, statements_in
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, literal_text, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

PERMISSION = "AWS::Lambda::Permission"
KEYS = ("AWS::KMS::Key", "AWS::KMS::ReplicaKey")
_POLICIES = {
    "AWS::SQS::Queue": (("AWS::SQS::QueuePolicy", "Queues"), ("AWS::SQS::QueueInlinePolicy", "Queue")),
    "AWS::SNS::Topic": (("AWS::SNS::TopicPolicy", "Topics"), ("AWS::SNS::TopicInlinePolicy", "TopicArn")),
}
"""The types of policies of a queue or topic, and their property that names it."""


class Policy(NamedTuple):
    """A policy: the resource that contains it (None for the default of AWS), the document and its statements.

    `belongs` is Unknown if the policy may be that of another target.
    """

    resource: Resource | None
    document: Located
    statements: list[Statement]
    belongs: Truth = True


def policies_of(view: View, target: Resource, arn: Text) -> list[Policy]:
    """Return the policies of a queue, a topic, a function (at the ARN) or a key that are in the template."""
    if target.type in KEYS:
        document = view.get(target, "Properties", "KeyPolicy")
        return [] if document.value is ABSENT else [Policy(target, document, list(statements_in(view, document)))]
    if target.type not in _POLICIES:
        statements = list(_permissions(view, arn))
        return [Policy(None, Located(ABSENT, target.path), statements)] if statements else []
    policies = []
    for policy_type, target_property in _POLICIES[target.type]:
        for policy in view.resources(policy_type):
            listed = view.scenario.items(view.get(policy, "Properties", target_property))
            belongs = any_of(_is_target(view, item, target, arn) for item in listed)
            if belongs is not False:
                document = view.get(policy, "Properties", "PolicyDocument")
                policies.append(Policy(policy, document, list(statements_in(view, document)), belongs))
    return policies


def _is_target(view: View, item: Located, target: Resource, arn: Text) -> Truth:
    """Return whether a policy names a target: by reference, by ARN, or by the URL of a queue."""
    if view.target(item) is target:
        return True
    if isinstance(item.value, Unknown):
        named = references(item.value.expression) & view.template.resources.keys()
        if named:
            return target.logical_id in named
    text = text_of(view, item.value)
    if target.type == "AWS::SQS::Queue":
        name = "".join(part for part in arn[-1:] if isinstance(part, str)).rpartition(":")[2]
        written = literal_text(expression_of(item.value))
        if written:
            return bool(name) and written.rpartition("/")[2] == name
    answer = matches(arn, text, wildcards=False)
    return answer if answer is not None else Unknown(expression_of(item.value), "a policy may be that of another one")


def _permissions(view: View, arn: Text) -> Iterator[Statement]:
    """Yield the permissions of a function, alias or version as statements.

    A permission of the function is none of its aliases: https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
    """
    for permission, name, permitted in view.cached("functions of permissions", _functions_of_permissions):
        answer = matches(arn, permitted, wildcards=False)
        if answer is None:
            reason = (
                name.value.reason if isinstance(name.value, Unknown) else "a permission may be for another function"
            )
            yield Statement(Located(Unknown(expression_of(name.value), reason), name.path), allows=True)
        elif answer:
            yield Statement(_permission_statement(view, permission), allows=True)


def _functions_of_permissions(view: View) -> list[tuple[Resource, Located, Text]]:
    """Return the permissions with the property that names their function, and its ARN."""
    names = [
        (permission, view.get(permission, "Properties", "FunctionName")) for permission in view.resources(PERMISSION)
    ]
    return [
        (permission, name, function_arn(view, name.value)) for permission, name in names if name.value is not ABSENT
    ]


_PERMISSION_CONDITIONS = {
    "SourceArn": ("ArnLike", "aws:SourceArn"),
    "SourceAccount": ("StringEquals", "aws:SourceAccount"),
    "PrincipalOrgID": ("StringEquals", "aws:PrincipalOrgID"),
    "EventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
    "FunctionUrlAuthType": ("StringEquals", "lambda:FunctionUrlAuthType"),
    "InvokedViaFunctionUrl": ("Bool", "lambda:InvokedViaFunctionUrl"),
}


def _permission_statement(view: View, permission: Resource) -> Located:
    """Return the statement that Lambda writes for a permission."""
    properties = view.get(permission, "Properties")
    conditions: dict[str, dict[str, object]] = {}
    for name, (operator, key) in _PERMISSION_CONDITIONS.items():
        value = view.get(properties, name).value
        if value is not ABSENT and not (isinstance(value, Unknown) and value.optional):
            conditions.setdefault(operator, {})[key] = value
    principal = view.get(properties, "Principal").value
    body = {
        "Principal": principal if principal == "*" else {"Service": principal},
        "Action": view.get(properties, "Action").value,
        "Resource": "*",
        "Condition": conditions,
    }
    return Located(body, properties.path)
