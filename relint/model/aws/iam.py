"""Statements of IAM policies: what they allow, to whom, on what. For checks; it is none itself.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from relint._named_tuple import NamedTuple
from relint.logic.truth import Truth, any_of
from relint.model.aws.region import is_same_as_stack
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, split_parts

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_DOCUMENTS: dict[str, tuple[tuple[str, ...], ...]] = {
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
"""Where the policies of a type stand that say what may be done; who may assume a role is not among them."""


class Statement(NamedTuple):
    """A statement of a policy: where it stands, and whether it allows (True) or denies (False)."""

    body: Located
    allows: Truth


def statements_of(view: View, resource: Resource) -> Iterator[Statement]:
    """The statements of all policies of a resource; where a whole policy is not known, one that may say anything."""
    for path in _DOCUMENTS.get(resource.type, ()):
        for document in view.select(resource, path):
            for place in _listed(view, view.get(document, "Statement")):
                yield Statement(place, _allows(view, place))


def grants_action(view: View, statement: Statement, action: str) -> tuple[Truth, Located]:
    """Whether the actions of a statement, wildcards included, contain one ("s3:DeleteObject"), and where.

    What NotAction leaves over is everything else: it contains the action unless one of its patterns does.
    """
    named = view.get(statement.body, "Action")
    if named.value is not ABSENT:
        return _first_match(view, named, action)
    excluded = view.get(statement.body, "NotAction")
    truth, _ = _first_match(view, excluded, action)
    return (not truth if isinstance(truth, bool) and excluded.value is not ABSENT else truth), excluded


def lists_action_with_prefix(view: View, statement: Statement, prefix: str) -> bool:
    """Whether a statement names an action that begins so, in small letters, rather than by a wider wildcard."""
    actions = _listed(view, view.get(statement.body, "Action"))
    return any(isinstance(action.value, str) and action.value.lower().startswith(prefix) for action in actions)


def is_conditional(view: View, statement: Statement) -> bool:
    """Whether a statement holds under conditions only."""
    return view.get(statement.body, "Condition").value is not ABSENT


def is_for_everyone(view: View, statement: Statement) -> bool:
    """Whether a statement is about every principal."""
    principal = view.get(statement.body, "Principal")
    named = [principal, *_listed(view, view.get(principal, "AWS"))]
    return any(one.value == "*" for one in named)


def is_for_other_account(view: View, statement: Statement) -> Truth:
    """Whether a principal of a statement is another account, or a user or role of one; services belong to none."""
    principals = _listed(view, view.get(statement.body, "Principal", "AWS"))
    return any_of(_is_foreign(view, principal) for principal in principals)


def statement_resources(view: View, statement: Statement) -> list[Located]:
    """What a statement is about: the values of Resource, with their wildcards; none if it says NotResource."""
    return _listed(view, view.get(statement.body, "Resource"))


def action_matches(pattern: str, action: str) -> bool:
    """Whether an action pattern, in which * and ? are wildcards and case does not count, contains an action."""
    return fnmatchcase(action.lower(), pattern.lower().replace("[", "[[]"))


def _listed(view: View, value: Located) -> list[Located]:
    """The items of what may be one value or a list of them; an unknown one counts as one value."""
    return [value] if isinstance(value.value, Unknown) else view.scenario.items(value)


def _allows(view: View, place: Located) -> Truth:
    effect = place if isinstance(place.value, Unknown) else view.get(place, "Effect")
    return effect.value if isinstance(effect.value, Unknown) else effect.value is not ABSENT and effect.value == "Allow"


def _first_match(view: View, patterns: Located, action: str) -> tuple[Truth, Located]:
    """The first pattern that contains the action, else the first that may."""
    doubt: tuple[Truth, Located] = (False, patterns)
    for pattern in _listed(view, patterns):
        if isinstance(pattern.value, Unknown):
            doubt = doubt if doubt[0] is not False else (pattern.value, pattern)
        elif isinstance(pattern.value, str) and action_matches(pattern.value, action):
            return True, pattern
    return doubt


def _is_foreign(view: View, principal: Located) -> Truth:
    """Whether an account id, or the ARN of an account, user or role, is of another account."""
    value = principal.value
    form = expression_of(value)
    if isinstance(value, dict | list) or value == "*" or view.target(principal) is not None:
        return False
    parts = form[1:] if isinstance(form, tuple) and form and form[0] == "Concat" else (form,)
    fields = split_parts(parts, ":", value.reason if isinstance(value, Unknown) else "")
    account = fields[4] if len(fields) >= 6 else value
    if isinstance(account, str) and not account.isdigit():
        return False  # "cloudfront", or the unique id of a user
    own = is_same_as_stack(view, "AWS::AccountId", account)
    return own if isinstance(own, Unknown) else not own
