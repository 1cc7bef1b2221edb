"""The records of a change set, as `aws cloudformation describe-change-set` returns it."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any, Literal, NamedTuple
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.source.document import Document
    from relint.source.location import Path

API_REFERENCE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference"

Side = Literal["Old", "New"]

_UNLISTED = {"Old": "the old value", "New": "another value"}


class PlannedValue(NamedTuple):
    """A value of a resource that CloudFormation changes, the `Target` of a detail.

    `path` leads from the body of the resource to the value. `before` and `after` are plain values, ABSENT, or an
    Unknown (`unlisted_value`, `later_value`). `recreation` is RequiresRecreation: Never, Conditionally, Always, or "".
    A value that is not `is_certain` changes only if another resource does. `causes` are the logical ids to which it
    refers and because of which it changes. `place` is the path in the change set.
    """

    path: Path
    before: Any
    after: Any
    recreation: str
    is_certain: bool
    causes: tuple[str, ...]
    place: Path


class PlannedChange(NamedTuple):
    """A change of a resource that CloudFormation announces, a `ResourceChange`.

    `action` is Add, Modify, Remove, Import or Dynamic; `replacement` is True, False, Conditional, or "".
    `policy_action` is what becomes of the old resource: Delete, ReplaceAndRetain and so on, or "". `before` and
    `after` are the contexts, resource bodies with Properties and policies; None if the change set has none. `nested` is
    the ARN of the change set of a nested stack. `place` is the path in the change set.
    """

    logical_id: str
    type: str
    action: str
    replacement: str
    policy_action: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    values: tuple[PlannedValue, ...]
    nested: str
    is_of_module: bool
    place: Path

    def context(self, side: Side) -> dict[str, Any] | None:
        """Return the body of the resource before or after the update; None if the change set has none."""
        return self.before if side == "Old" else self.after

    def exists(self, side: Side) -> bool:
        """Whether the stack has the resource before or after the update."""
        return self.action not in (("Add", "Import") if side == "Old" else ("Remove",))


class ChangeSet(NamedTuple):
    """A change set: its changes by logical id, and the parameter values after the update.

    `created` is the day of its creation, in ISO 8601, or "". `is_complete` is false for a page of a longer list.
    `remarks` are sentences about its state.
    """

    document: Document
    changes: Mapping[str, PlannedChange]
    parameters: Mapping[str, str]
    created: str
    is_complete: bool
    remarks: tuple[str, ...]


def unlisted_value(side: Side, *place: str | int) -> Unknown:
    """Return a value that the change set does not have; no other value has its `place`."""
    reason = "the change set has no values of properties, describe it with --include-property-values"
    return Unknown(("Planned", _UNLISTED[side], *place), reason, optional=True)


def later_value(*place: str | int) -> Unknown:
    """Return a value that CloudFormation knows only after the update; no other value has its `place`."""
    return Unknown(("Planned", "a value known later", *place), "CloudFormation knows the value only after the update")


def is_open_value(value: Any) -> bool:
    """Whether a value is one that the change set lacks."""
    return isinstance(value, Unknown) and value.expression[:1] == ("Planned",)
