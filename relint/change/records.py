"""The records of a change: what differs between two templates, resource by resource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any, Literal, NamedTuple
from relint.change.effect import ChangeEffect, UpdateFact, gravest
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

ChangeKind = Literal["added", "removed", "renamed", "retyped", "modified"]
"""What happens to a resource.

added, removed: it exists on one side only, or its condition is false on the other. renamed: another logical id with the
same type and at least 80 % equal properties, or with the same physical name, which CloudFormation takes for another
resource. retyped: the same logical id with another type, which CloudFormation refuses. modified: properties or
attributes differ.
"""


class ValueChange(NamedTuple):
    """A value of a resource that differs.

    `path` leads from the body of the resource to the value, such as ("Properties", "Engine"). `old` and `new` are
    resolved values: scalars, dicts and lists without functions, ABSENT, or an Unknown. `old_path` and `new_path` are
    the places in the templates; a value that one side lacks has the place at which it would be written.
    `open_reason` says why the templates do not decide whether the values differ; it is empty if they surely do.
    `replaced` is the logical id of a replaced resource to which both values refer, so that only their meaning changes;
    `renewed` that of a launch template to whose latest version both refer, if the update makes another version.
    """

    path: Path
    old: Any
    new: Any
    old_path: Path
    new_path: Path
    fact: UpdateFact
    open_reason: str = ""
    replaced: str = ""
    renewed: str = ""

    @property
    def effect(self) -> ChangeEffect:
        """The effect of the change on the resource."""
        return self.fact.effect

    @property
    def property(self) -> str:
        """The dotted path of the property, without `Properties` and steps into lists: "Tags.Value".

        It is "Properties" if only a change set says that they change.
        """
        path = self.path[1:] if self.path[0] == "Properties" else self.path
        steps = [step for step in path if isinstance(step, str)]
        return ".".join(steps) or "Properties"

    def contains(self, steps: Sequence[str]) -> bool:
        """Whether the value before or after the change has a member at some steps, which pass through lists."""
        return _has_member(self.old, steps) or _has_member(self.new, steps)


class ResourceChange(NamedTuple):
    """A resource that differs.

    `old` is None for an added resource, `new` for a removed one; a resource whose condition is false on one side is on
    both. `properties` and `attributes` are the values that differ, of which the attributes change nothing that is
    deployed; both are empty for a resource that is added, removed or retyped. `kept_name` is the physical name that a
    resource keeps which is replaced, or perhaps replaced, so that CloudFormation cannot create the new one while the
    old one exists.
    """

    kind: ChangeKind
    old: Resource | None
    new: Resource | None
    properties: tuple[ValueChange, ...] = ()
    attributes: tuple[ValueChange, ...] = ()
    kept_name: str = ""

    @property
    def resource(self) -> Resource:
        """The resource after the change, or before it if it is removed."""
        resource = self.old if self.kind == "removed" or self.new is None else self.new
        assert resource is not None, "a change has at least one side"
        return resource

    @property
    def logical_id(self) -> str:
        """The logical id after the change, or before it if the resource is removed."""
        return self.resource.logical_id

    @property
    def type(self) -> str:
        """The resource type after the change, or before it if the resource is removed."""
        return self.resource.type

    @property
    def effect(self) -> ChangeEffect:
        """The gravest effect of the properties that surely differ."""
        return gravest(tuple(change.effect for change in self.properties if not change.open_reason))

    @property
    def possible_effect(self) -> ChangeEffect:
        """The gravest effect of the properties that differ or may differ."""
        return gravest(tuple(change.effect for change in self.properties))


class Comparison(NamedTuple):
    """Two templates under one assignment of parameter values, and what differs, in the order of logical ids.

    A comparison `is_partial` if a change set stands for a template: its side has only the resources that change.
    `remarks` are sentences about the change set, and about what it and the templates say differently.
    """

    old: View
    new: View
    changes: tuple[ResourceChange, ...]
    is_partial: bool = False
    remarks: tuple[str, ...] = ()

    def by_id(self) -> Mapping[str, ResourceChange]:
        """Return the changes by the logical id of the resource; renamed resources have both their ids."""
        ids = {change.old.logical_id: change for change in self.changes if change.old}
        return {**ids, **{change.new.logical_id: change for change in self.changes if change.new}}


class Regression(NamedTuple):
    """A rule that a resource fails in the new template, but not in the old one.

    `finding` is that of the rule in the new template; it is open if either template does not decide. `path` is the
    place of the value in the new template, or the one at which it would be written; `old` and `new` are the resource
    that contains the place. `fixed_by` are the properties that the fix of the rule writes, by resource
    type; "*" stands for the types of the rule.
    `has_passed` is false if the rule did not apply to the old template.
    """

    finding: Finding
    path: Path
    old: Resource
    new: Resource
    fixed_by: Mapping[str, Iterable[str]] = {}
    has_passed: bool = True


def _has_member(value: Any, steps: Sequence[str]) -> bool:
    if isinstance(value, list):
        return any(_has_member(item, steps) for item in value)
    if not steps:
        return value is not ABSENT
    if isinstance(value, Unknown):
        return True
    return isinstance(value, dict) and steps[0] in value and _has_member(value[steps[0]], steps[1:])
