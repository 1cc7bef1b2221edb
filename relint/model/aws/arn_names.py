"""Resources to which an ARN refers by their name.

An ARN that is put together, such as `!Sub arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders`, contains no reference
to the queue of the template that bears this name.
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.value import ABSENT, Expression, expression_of, text_with_markers

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View


def text_of_name(value: Any) -> str | None:
    """Return a name as text, with its unknown parts between NULs; None if it is absent or no text."""
    if value is ABSENT or isinstance(value, dict | list):
        return None
    expression: Expression = expression_of(value)
    return text_with_markers(expression) if isinstance(expression, str | tuple) else str(expression)


def is_named_by(arn: Any, name: Any) -> bool:
    """Whether the last field of an ARN is the name; unknown parts are equal if their expressions are equal."""
    arn_text, name_text = text_of_name(arn), text_of_name(name)
    return arn_text is not None and name_text is not None and arn_text.endswith(f":{name_text}")


def referents_by_arn(view: View, resource: Resource, path: Steps, target_type: str, name: str) -> list[Resource]:
    """Return the resources of `target_type` to which the ARN at `path` refers, by reference or by their `name`."""
    referents = view.referents(resource, (target_type,), [str(step) for step in path])
    arns = [value.value for value in view.select(resource, path)] if not referents else []
    if not any(arn is not ABSENT for arn in arns):
        return referents
    names = [(target, view.get(target, "Properties", name).value) for target in view.resources(target_type)]
    return [target for target, value in names if any(is_named_by(arn, value) for arn in arns)]


def referrers_by_arn(view: View, target: Resource, referrer_type: str, path: Steps, name: str) -> list[Resource]:
    """Return the resources of `referrer_type` whose ARN at `path` refers to the target, by reference or by `name`."""
    referrers = view.referrers(target, (referrer_type,), [str(step) for step in path])
    value = view.get(target, "Properties", name).value
    if text_of_name(value) is None:
        return referrers
    return referrers + [
        resource
        for resource in view.resources(referrer_type)
        if resource not in referrers and any(is_named_by(arn.value, value) for arn in view.select(resource, path))
    ]
