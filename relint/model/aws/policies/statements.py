"""Statements of IAM policies: whether they allow or deny, which actions, to whom, and on what.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.logic.truth import Truth, any_of, negate
from relint.model.aws.region import is_same_as_stack
from relint.model.text.wildcards import matches_wildcards
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, parts_of, split_parts

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_DOCUMENT_PATHS: dict[str, tuple[tuple[str, ...], ...]] = {
    "AWS::IAM::Group": (("Properties", "Policies", "*", "PolicyDocument"),),
    "AWS::IAM::GroupPolicy": (("Properties", "PolicyDocument"),),
    "AWS::IAM::ManagedPolicy": (("Properties", "PolicyDocument"),),
    "AWS::IAM::Policy": (("Properties", "PolicyDocument"),),
    "AWS::IAM::Role": (("Properties", "Policies", "*", "PolicyDocument"),),
    "AWS::IAM::RolePolicy": (("Properties", "PolicyDocument"),),
    "AWS::IAM::User": (("Properties", "Policies", "*", "PolicyDocument"),),
    "AWS::IAM::UserPolicy": (("Properties", "PolicyDocument"),),
    "AWS::S3::BucketPolicy": (("Properties", "PolicyDocument"),),
}
"""The paths of policies that permit actions; AssumeRolePolicyDocument, which permits to assume a role, is left out."""


ROLES_OF_POLICIES = {
    "AWS::IAM::Policy": "Roles",
    "AWS::IAM::ManagedPolicy": "Roles",
    "AWS::IAM::RolePolicy": "RoleName",
}
"""The properties by which policies name their roles."""


class Statement(NamedTuple):
    """A statement of a policy, and whether it allows (True) or denies (False)."""

    body: Located
    allows: Truth


def statements_of(view: View, resource: Resource) -> Iterator[Statement]:
    """Yield the statements of all policies of a resource; an unknown policy counts as one unknown statement."""
    for path in _DOCUMENT_PATHS.get(resource.type, ()):
        for document in view.select(resource, path):
            yield from statements_in(view, document)


def statements_in(view: View, document: Located) -> Iterator[Statement]:
    """Yield the statements of a policy document, which may be JSON text; an unknown one is one unknown statement."""
    if isinstance(document.value, str):
        from relint.model.text.json_text import parse_json  # few templates write policies as text

        document = Located(parse_json(document.value), document.path)
    for body in listed(view, view.get(document, "Statement")):
        yield Statement(body, _allows(view, body))


def grants_action(view: View, statement: Statement, action: str) -> tuple[Truth, Located]:
    """Return whether the actions of a statement contain an action ("s3:DeleteObject"), and where.

    A statement with NotAction contains every action that matches none of the patterns there.
    """
    actions = view.get(statement.body, "Action")
    if actions.value is not ABSENT:
        return _first_match(view, actions, action)
    excluded = view.get(statement.body, "NotAction")
    truth, _ = _first_match(view, excluded, action)
    return (truth if excluded.value is ABSENT else negate(truth)), excluded


def lists_action_with_prefix(view: View, statement: Statement, prefix: str) -> bool:
    """Whether a statement lists an action with a (lower-case) prefix, and not only a wider wildcard."""
    actions = listed(view, view.get(statement.body, "Action"))
    return any(isinstance(action.value, str) and action.value.lower().startswith(prefix) for action in actions)


def is_conditional(view: View, statement: Statement) -> bool:
    """Whether a statement has conditions."""
    return view.get(statement.body, "Condition").value is not ABSENT


def is_for_everyone(view: View, statement: Statement) -> bool:
    """Whether a statement applies to every principal."""
    principal = view.get(statement.body, "Principal")
    principals = [principal, *listed(view, view.get(principal, "AWS"))]
    return any(principal.value == "*" for principal in principals)


def is_for_other_account(view: View, statement: Statement) -> Truth:
    """Return whether a principal of a statement is, or belongs to, another account; services belong to none."""
    principals = listed(view, view.get(statement.body, "Principal", "AWS"))
    return any_of(_is_in_other_account(view, principal) for principal in principals)


def statement_resources(view: View, statement: Statement) -> list[Located]:
    """Return the values of Resource, with their wildcards; none for a statement with NotResource."""
    return listed(view, view.get(statement.body, "Resource"))


def action_matches(pattern: str, action: str) -> bool:
    """Whether an action matches a pattern with the wildcards * and ?, in upper or lower case."""
    return matches_wildcards(action.lower(), pattern.lower(), question_mark=True)


def listed(view: View, value: Located) -> list[Located]:
    """Return the items of a list, or a single value as a list; an Unknown counts as a single value."""
    return [value] if isinstance(value.value, Unknown) else view.scenario.items(value)


def _allows(view: View, body: Located) -> Truth:
    effect = body if isinstance(body.value, Unknown) else view.get(body, "Effect")
    return effect.value if isinstance(effect.value, Unknown) else effect.value is not ABSENT and effect.value == "Allow"


def _first_match(view: View, patterns: Located, action: str) -> tuple[Truth, Located]:
    """Return True and the first pattern that contains the action, else the first Unknown, else False."""
    first_unknown: Located | None = None
    for pattern in listed(view, patterns):
        if isinstance(pattern.value, Unknown):
            first_unknown = first_unknown or pattern
        elif isinstance(pattern.value, str) and action_matches(pattern.value, action):
            return True, pattern
    return (False, patterns) if first_unknown is None else (first_unknown.value, first_unknown)


def _is_in_other_account(view: View, principal: Located) -> Truth:
    """Return whether an account id, or the ARN of an account, user or role, is of another account."""
    value = principal.value
    if isinstance(value, dict | list) or value == "*" or view.target(principal) is not None:
        return False
    reason = value.reason if isinstance(value, Unknown) else ""
    fields = split_parts(parts_of(expression_of(value)), ":", reason)
    account = fields[4] if len(fields) >= 6 else value
    if isinstance(account, str) and not account.isdigit():
        return False  # "cloudfront", or the unique id of a user
    return negate(is_same_as_stack(view, "AWS::AccountId", account))
