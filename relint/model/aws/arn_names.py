"""Resources to which an ARN refers by their name.

An ARN that is put together, such as `!Sub arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders`, contains no reference
to the queue of the template that bears this name.
"""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.value import ABSENT, Expression, expression_of, text_with_markers

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View

_LAST_FIELD = re.compile(r":([^:\0]*(?:\0[^\0]*\0[^:\0]*)*)\Z")
"""What follows the last colon of an ARN; the unknown parts between NULs may contain colons."""


def text_of_name(value: Any) -> str | None:
    """Return a name as text, with its unknown parts between NULs; None if it is absent or no text."""
    if value is ABSENT or isinstance(value, dict | list):
        return None
    expression: Expression = expression_of(value)
    return text_with_markers(expression) if isinstance(expression, str | tuple) else str(expression)


def is_named_by(arn: Any, name: Any) -> bool:
    """Whether the last field of an ARN is the name; unknown parts are equal if their expressions are equal."""
    return name is not ABSENT and _name_in(arn) is not None and _name_in(arn) == text_of_name(name)


def referents_by_arn(view: View, resource: Resource, path: Steps, target_type: str, name: str) -> list[Resource]:
    """Return the resources of `target_type` to which the ARN at `path` refers, by reference or by their `name`."""
    referents = view.referents(resource, (target_type,), [str(step) for step in path])
    if referents:
        return referents
    index = view.cached(f"{target_type} by {name}", lambda view: _index(view, target_type, ("Properties", name)))
    names = [_name_in(arn.value) for arn in view.select(resource, path)]
    return [target for text in names if text is not None for target in index.get(text, ())]


def referrers_by_arn(view: View, target: Resource, referrer_type: str, path: Steps, name: str) -> list[Resource]:
    """Return the resources of `referrer_type` whose ARN at `path` refers to the target, by reference or by `name`."""
    referrers = view.referrers(target, (referrer_type,), [str(step) for step in path])
    text = text_of_name(view.get(target, "Properties", name).value)
    if text is None:
        return referrers
    index = view.cached(f"{referrer_type} by ARN at {path}", lambda view: _index(view, referrer_type, path, arn=True))
    return referrers + [resource for resource in index.get(text, ()) if resource not in referrers]


def _index(view: View, resource_type: str, path: Steps, *, arn: bool = False) -> dict[str, list[Resource]]:
    """Return the resources of a type by the names at a path, or by the names in the ARNs there."""
    index: dict[str, list[Resource]] = {}
    for resource in view.resources(resource_type):
        for located in view.select(resource, path):
            text = _name_in(located.value) if arn else text_of_name(located.value)
            if text is not None:
                index.setdefault(text, []).append(resource)
    return index


def _name_in(arn: Any) -> str | None:
    """Return the last field of an ARN as text, or None."""
    text = text_of_name(arn)
    match = _LAST_FIELD.search(text) if text is not None else None
    return match[1] if match else None
