"""Whether the statements of policies permit a request, as far as a template can tell.

A request is permitted if a statement allows it and none denies it.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.truth import Truth, all_of, any_of, negate
from relint.model.aws.policies.arns import text_of
from relint.model.aws.policies.conditions import Context, conditions_hold
from relint.model.aws.policies.patterns import ACCOUNT, Text, matches
from relint.model.aws.policies.statements import Statement, grants_action, is_for_everyone, listed
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, literal_text, parts_of

if TYPE_CHECKING:
    from relint.model.view import View

_REGION_AND_DOMAIN = r"(\.[a-z]{2}(-[a-z]+)+-\d+)?\.(amazonaws\.com(\.cn)?|amazon\.com)"


class Request(NamedTuple):
    """A request for an action on a resource.

    `principal` is the first part of a service principal, such as "events" or "events.rds"; None for the role to which
    an identity policy belongs. `resource` is None if a statement may name anything.
    """

    principal: str | None
    action: str
    resource: Text | None
    context: Context


class Decision(NamedTuple):
    """Whether a request is permitted.

    `denial` is the statement that denies it. `nearest` is a statement that allows it for other resources or under
    conditions that the request does not meet, and `mismatch` names what differs: "Resource", or a condition key.
    """

    truth: Truth
    denial: Statement | None = None
    nearest: Statement | None = None
    mismatch: str = ""


class _Match(NamedTuple):
    """Whether a statement applies to a request; if not, what differs after the principal and the action matched."""

    truth: Truth
    mismatch: str = ""


def evaluate(view: View, statements: Iterable[Statement], request: Request) -> Decision:
    """Return whether statements permit a request."""
    allowed: list[Truth] = []
    denied: list[Truth] = []
    nearest: Decision | None = None
    for statement in statements:
        match = _applies(view, statement, request)
        if statement.allows is not False:
            allowed.append(all_of((statement.allows, match.truth)))
            if match.mismatch and nearest is None:
                nearest = Decision(truth=False, nearest=statement, mismatch=match.mismatch)
        if statement.allows is not True:
            truth = all_of((negate(statement.allows), match.truth))
            if truth is True:
                return Decision(truth=False, denial=statement)
            denied.append(truth)
    truth = all_of((any_of(allowed), negate(any_of(denied))))
    return nearest if truth is False and nearest is not None else Decision(truth)


def _applies(view: View, statement: Statement, request: Request) -> _Match:
    body = statement.body
    if isinstance(body.value, Unknown):
        return _Match(body.value)
    principal = True if request.principal is None else _is_for_service(view, body, request.principal)
    action, _ = grants_action(view, statement, request.action)
    if principal is False or action is False:
        return _Match(truth=False)
    resource = True if request.resource is None else _is_on_resource(view, body, request.resource)
    if resource is False:
        return _Match(truth=False, mismatch="Resource")
    conditions, key = conditions_hold(view, view.get(body, "Condition"), request.context)
    if conditions is False:
        # A statement for everybody that a key limits, such as the default one of topics, is not meant for the service.
        is_meant = key.lower() in ("aws:sourcearn", "aws:sourceaccount") or not is_for_everyone(view, statement)
        return _Match(truth=False, mismatch=key if is_meant else "")
    return _Match(all_of((principal, action, resource, conditions)))


def _is_for_service(view: View, body: Located, service: str) -> Truth:
    """Return whether a statement of a resource policy is for a service; "*" is for everyone, services included."""
    principal = view.get(body, "Principal")
    if principal.value is not ABSENT:
        return _includes_service(view, principal, service)
    excluded = view.get(body, "NotPrincipal")
    return False if excluded.value is ABSENT else negate(_includes_service(view, excluded, service))


def _includes_service(view: View, principal: Located, service: str) -> Truth:
    if isinstance(principal.value, Unknown):
        return principal.value
    if principal.value == "*":
        return True
    accounts = [_is_everyone(item.value) for item in listed(view, view.get(principal, "AWS"))]
    services = [_is_service(item.value, service) for item in listed(view, view.get(principal, "Service"))]
    return any_of([*accounts, *services])


def _is_everyone(account: Any) -> Truth:
    """Return whether a principal is "*"; a parameter may be, an assembled ARN or the name of a resource is not."""
    if not isinstance(account, Unknown):
        return bool(account == "*")
    may_be = not account.named_here and not literal_text(account.expression) and account.expression != ACCOUNT
    return account if may_be else False


def _is_service(value: Any, service: str) -> Truth:
    """Return whether a service principal means the service, also with a Region ("logs.eu-west-1.amazonaws.com")."""
    if not isinstance(value, Unknown):
        return value == "*" or re.fullmatch(re.escape(service) + _REGION_AND_DOMAIN, str(value)) is not None
    first = parts_of(expression_of(value))[0]
    if not isinstance(first, str):
        return value
    return first.startswith(f"{service}.") and literal_text(value.expression) in _LITERALS.format(service).split()


_LITERALS = "{0}. {0}..amazonaws.com {0}.amazonaws.com {0}..amazonaws.com.cn"
"""What is left of a service principal with ${{AWS::URLSuffix}}, with ${{AWS::Region}}, or with both."""


def _is_on_resource(view: View, body: Located, resource: Text) -> Truth:
    patterns = view.get(body, "Resource")
    if patterns.value is not ABSENT:
        return _matches_any(view, listed(view, patterns), resource)
    excluded = view.get(body, "NotResource")
    if excluded.value is ABSENT:
        return True  # as in a trust policy
    return negate(_matches_any(view, listed(view, excluded), resource))


def _matches_any(view: View, patterns: Sequence[Located], resource: Text) -> Truth:
    return any_of(_matches_resource(view, pattern, resource) for pattern in patterns)


def _matches_resource(view: View, pattern: Located, resource: Text) -> Truth:
    if isinstance(pattern.value, dict):
        return Unknown(("Resource", pattern.path), "its resource is not known")
    answer = matches(resource, text_of(view, pattern.value))
    if answer is not None:
        return answer
    reason = "its resource may be another one"
    return pattern.value if isinstance(pattern.value, Unknown) else Unknown(("Resource", pattern.path), reason)
