"""Update and creation policies that the type of a resource does not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def check(
    resource: Resource,
    view: View,
    update: Mapping[str, list[str]],
    creation: Mapping[str, list[str]],
) -> Iterator[Problem]:
    """Yield a problem at each key of a policy that the resource type ignores.

    The policies are UpdatePolicy and CreationPolicy. `update` and `creation` list the keys that each type reads.
    Message value: `key`. Warnings without values: message `rolling` at a rolling update that WillReplace makes a
    replacement, message `both` at an instance refresh beside a rolling update.
    """
    if not resource.type.startswith("AWS::"):  # the keys that a third-party type reads are unknown
        return
    for attribute, keys_by_type in (("UpdatePolicy", update), ("CreationPolicy", creation)):
        policy = view.get(resource, attribute)
        accepted_keys = keys_by_type.get(resource.type, [])
        if not isinstance(policy.value, dict):
            continue
        for key in policy.value:
            if key not in accepted_keys and not str(key).startswith("Fn::"):
                yield Problem((*policy.path, key), values={"key": f"{attribute}.{key}"})
    replacing = view.get(resource, "UpdatePolicy", "AutoScalingReplacingUpdate", "WillReplace")
    rolling = view.get(resource, "UpdatePolicy", "AutoScalingRollingUpdate")
    if rolling.value is not ABSENT and apply_test("equals", replacing.value, operand=True) is True:
        related = ((replacing.path, "It makes the update a replacement."),)
        yield Problem(rolling.path, related=related, message="rolling", level="warning")
    refresh = view.get(resource, "UpdatePolicy", "AutoScalingInstanceRefresh")
    if isinstance(rolling.value, dict) and isinstance(refresh.value, dict):
        related = ((rolling.path, "It is a rolling update."),)
        yield Problem(refresh.path, related=related, message="both", level="warning")
