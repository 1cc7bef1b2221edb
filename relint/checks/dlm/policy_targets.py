"""What a Data Lifecycle Manager policy finds in its template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.model.aws.backup import targets, unseen_tag
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

_TYPES = {"VOLUME": "AWS::EC2::Volume", "INSTANCE": "AWS::EC2::Instance"}
_DETAILS = ("Properties", "PolicyDetails")
_SPECIFICATIONS = ("Properties", "LaunchTemplateData", "TagSpecifications", "*", "Tags", "*")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem at TargetTags if the template has volumes or instances for the policy, but none that it selects.

    Its `resources` names the ones that are passed by, `tags` the tags looked for. Tags of launch templates count.
    """
    tags = view.select(resource, (*_DETAILS, "TargetTags", "*"))
    found = [(one, targets(view, resource, one)) for one in _candidates(view, resource)]
    doubt = next((kind for kind in _kinds(view, resource) if isinstance(kind, Unknown)), None)
    others = doubt is not None and next(view.resources(*_TYPES.values()), None) is not None
    if not (found or others) or any(answer is True for _, answer in found) or _in_launch_template(view, tags):
        return
    unknown = doubt or next((answer for _, answer in found if isinstance(answer, Unknown)), None)
    for one, _ in found:
        unknown = unknown or unseen_tag(view, one, [resource])
    if unknown is not None:
        yield unknown
        return
    names = ", ".join(one.logical_id for one, _ in found)
    wanted = ", ".join(_shown(view, tag) for tag in tags)
    yield Problem(view.get(resource, *_DETAILS, "TargetTags").path, {"resources": names, "tags": wanted})


def _candidates(view: View, policy: Resource) -> Iterator[Resource]:
    """The resources of the types that the policy is for."""
    kinds = _kinds(view, policy)
    for kind, resource_type in _TYPES.items():
        if apply_test("contains", kinds, kind) is True:
            yield from view.resources(resource_type)


def _kinds(view: View, policy: Resource) -> list[Any]:
    return [item.value for item in view.select(policy, (*_DETAILS, "ResourceTypes", "*"))]


def _in_launch_template(view: View, tags: list[Located]) -> bool:
    for template in view.resources("AWS::EC2::LaunchTemplate"):
        for own in view.select(template, _SPECIFICATIONS):
            if any(_same(view, own, tag) is not False for tag in tags):
                return True
    return False


def _same(view: View, one: Located, other: Located) -> Truth:
    for name in ("Key", "Value"):
        answer = apply_test("equals", view.get(one, name).value, view.get(other, name).value)
        if answer is not True:
            return answer
    return True


def _shown(view: View, tag: Located) -> str:
    parts = (view.get(tag, name).value for name in ("Key", "Value"))
    return "=".join("?" if isinstance(part, Unknown) or part is ABSENT else scalar_text(part) for part in parts)
