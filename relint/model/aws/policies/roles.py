"""Roles of the template: what they may do, and who may assume them."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.model.aws.policies.conditions import Context
from relint.model.aws.policies.evaluation import Decision, Request, evaluate
from relint.model.aws.policies.patterns import Text
from relint.model.aws.policies.statements import ROLES_OF_POLICIES, Statement, statements_in, statements_of
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, literal_text, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_AWS_MANAGED = {
    "AWSLambdaRole": ("lambda:InvokeFunction",),
    "AWSLambda_FullAccess": ("lambda:*", "states:DescribeStateMachine", "states:ListStateMachines"),
    "AWSStepFunctionsFullAccess": ("states:*",),
    "AdministratorAccess": ("*",),
    "AmazonEC2ContainerServiceEventsRole": ("ecs:RunTask", "ecs:TagResource"),
    "AmazonEventBridgeFullAccess": ("events:*", "schemas:*", "scheduler:*", "pipes:*"),
    "AmazonKinesisFirehoseFullAccess": ("firehose:*",),
    "AmazonKinesisFullAccess": ("kinesis:*",),
    "AmazonSNSFullAccess": ("sns:*",),
    "AmazonSQSFullAccess": ("sqs:*",),
}
"""The actions of some AWS managed policies, on all resources; what others contain is not known here.

https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html (looked up 2026-11-28)
"""


def may_be_assumed(view: View, role: Resource, service: str, context: Context) -> Decision:
    """Return whether the trust policy of a role lets a service assume it."""
    document = view.get(role, "Properties", "AssumeRolePolicyDocument")
    request = Request(principal=service, action="sts:AssumeRole", resource=None, context=context)
    return evaluate(view, statements_in(view, document), request)


def may_do(view: View, role: Resource, action: str, resource: Text | None) -> Decision:
    """Return whether the policies of a role allow an action; permissions boundaries are left out."""
    request = Request(principal=None, action=action, resource=resource, context={})
    return evaluate(view, statements_of_role(view, role), request)


def statements_of_role(view: View, role: Resource) -> Iterator[Statement]:
    """Yield the statements of the inline, attached and managed policies of a role."""
    yield from statements_of(view, role)
    for policy_type, property_name in ROLES_OF_POLICIES.items():
        for policy in view.resources(policy_type):
            roles = view.scenario.items(view.get(policy, "Properties", property_name))
            if any(_names_role(view, item, role) for item in roles):
                yield from statements_of(view, policy)
    for managed in view.scenario.items(view.get(role, "Properties", "ManagedPolicyArns")):
        own = view.target(managed, "AWS::IAM::ManagedPolicy")
        if own is not None:
            yield from statements_of(view, own)
        else:
            yield _managed_statement(managed)


def _names_role(view: View, item: Located, role: Resource) -> bool:
    if isinstance(item.value, Unknown):
        return role.logical_id in references(item.value.expression)
    name = view.get(role, "Properties", "RoleName").value
    return name is not ABSENT and expression_of(name) == expression_of(item.value)


def _managed_statement(managed: Located) -> Statement:
    text = literal_text(expression_of(managed.value))
    actions = _AWS_MANAGED.get(text.rpartition("/")[2]) if ":aws:policy/" in text else None
    if actions is None:
        reason = f'what the managed policy "{text.rpartition("/")[2]}" allows is not known here'
        if isinstance(managed.value, Unknown):
            reason = managed.value.reason
        return Statement(Located(Unknown(expression_of(managed.value), reason), managed.path), allows=True)
    body: dict[str, Any] = {"Action": list(actions), "Resource": "*"}
    return Statement(Located(body, managed.path), allows=True)
