"""Data Lifecycle Manager policies that select no resource of their template."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.model.aws.backup import unassigned_tag
from relint.model.aws.data_lifecycle_manager import is_targeted
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

_TYPES = {"VOLUME": "AWS::EC2::Volume", "INSTANCE": "AWS::EC2::Instance"}
_DETAILS = ("Properties", "PolicyDetails")
_LAUNCH_TEMPLATE_TAGS = ("Properties", "LaunchTemplateData", "TagSpecifications", "*", "Tags", "*")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at TargetTags if the policy selects no resource of the template.

    Tags of launch templates count. Message values: `resources` (the ones left out), `tags` (the target tags).
    Unknown if the resource types of the policy or a tag decide and are unknown.
    """
    tags = view.select(resource, (*_DETAILS, "TargetTags", "*"))
    candidates = [(candidate, is_targeted(view, resource, candidate)) for candidate in _candidates(view, resource)]
    unknown: Unknown | None = next((name for name in _type_names(view, resource) if isinstance(name, Unknown)), None)
    may_have_candidates = unknown is not None and next(view.resources(*_TYPES.values()), None) is not None
    if not (candidates or may_have_candidates) or any(is_selected is True for _, is_selected in candidates):
        return
    if _is_tag_of_launch_template(view, tags):
        return
    unknown = unknown or next((selected for _, selected in candidates if isinstance(selected, Unknown)), None)
    for candidate, _ in candidates:
        unknown = unknown or unassigned_tag(view, candidate, [resource])
    if unknown is not None:
        yield unknown
        return
    names = ", ".join(candidate.logical_id for candidate, _ in candidates)
    tag_texts = ", ".join(_tag_text(view, tag) for tag in tags)
    yield Problem(view.get(resource, *_DETAILS, "TargetTags").path, values={"resources": names, "tags": tag_texts})


def _candidates(view: View, policy: Resource) -> Iterator[Resource]:
    """Yield the resources of the types that the policy is for."""
    names = _type_names(view, policy)
    for name, resource_type in _TYPES.items():
        if apply_test("contains", names, name) is True:
            yield from view.resources(resource_type)


def _type_names(view: View, policy: Resource) -> list[Any]:
    return [item.value for item in view.select(policy, (*_DETAILS, "ResourceTypes", "*"))]


def _is_tag_of_launch_template(view: View, tags: list[Located]) -> bool:
    for launch_template in view.resources("AWS::EC2::LaunchTemplate"):
        for launch_tag in view.select(launch_template, _LAUNCH_TEMPLATE_TAGS):
            if any(_is_equal(view, launch_tag, tag) is not False for tag in tags):
                return True
    return False


def _is_equal(view: View, left: Located, right: Located) -> Truth:
    for name in ("Key", "Value"):
        truth = apply_test("equals", view.get(left, name).value, view.get(right, name).value)
        if truth is not True:
            return truth
    return True


def _tag_text(view: View, tag: Located) -> str:
    parts = (view.get(tag, name).value for name in ("Key", "Value"))
    return "=".join("?" if isinstance(part, Unknown) or part is ABSENT else scalar_text(part) for part in parts)
