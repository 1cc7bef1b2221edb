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

NOT_LISTED = "not in the change set"
NOT_KNOWN = "known after the update"

_REASONS = {
    NOT_LISTED: "the change set has no values of properties, describe it with --include-property-values",
    NOT_KNOWN: "CloudFormation knows the value only after the update",
}


class PlannedValue(NamedTuple):
    """A value of a resource that CloudFormation changes, the `Target` of a detail.

    `path` leads from the body of the resource to the value. `before` and `after` are plain values, ABSENT, or an
    Unknown (`open_value`). `recreation` is RequiresRecreation: Never, Conditionally, Always, or "". A value that is
    not `is_certain` changes only if another resource does. `causes` are the logical ids to which it refers and because
    of which it changes; `is_direct` is true for an edit of the template. `place` is the path in the change set.
    """

    path: Path
    before: Any
    after: Any
    recreation: str
    is_certain: bool
    is_direct: bool
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


def open_value(what: str, *place: str | int) -> Unknown:
    """Return a value that the change set lacks: NOT_LISTED or NOT_KNOWN. No other value has its `place`."""
    return Unknown(("Planned", f"({what})", *place), _REASONS[what], optional=what == NOT_LISTED)


def is_open_value(value: Any) -> bool:
    """Whether a value is one that the change set lacks."""
    return isinstance(value, Unknown) and value.expression[:1] == ("Planned",)
