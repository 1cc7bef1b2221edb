"""Whether the update and creation policies of a resource are read by anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(
    resource: Resource,
    view: View,
    update: Mapping[str, list[str] | None],
    creation: Mapping[str, list[str] | None],
) -> Iterator[Problem]:
    """A problem for each key of UpdatePolicy and CreationPolicy that the type of the resource does not read.

    `update` and `creation` list the keys that each type reads; null stands for any.
    """
    for attribute, readers in (("UpdatePolicy", update), ("CreationPolicy", creation)):
        policy = view.get(resource, attribute)
        known = readers.get(resource.type, [])
        if not resource.type.startswith("AWS::"):  # nobody knows what a type of somebody else reads
            return
        if not isinstance(policy.value, dict) or known is None:
            continue
        for key in policy.value:
            if key not in known and not str(key).startswith("Fn::"):
                yield Problem((*policy.path, key), {"key": f"{attribute}.{key}"}, ())
    replacing = view.get(resource, "UpdatePolicy", "AutoScalingReplacingUpdate", "WillReplace")
    rolling = view.get(resource, "UpdatePolicy", "AutoScalingRollingUpdate")
    if rolling.value is not ABSENT and apply_test("equals", replacing.value, True) is True:
        yield Problem(rolling.path, {}, ((replacing.path, "It makes the update a replacement."),), "rolling", "warning")
