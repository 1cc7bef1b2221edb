"""Conditions of the table of effects, which say when a row applies to a change."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.resolve.value import ABSENT, scalar_text

if TYPE_CHECKING:
    from relint.change.records import ValueChange
    from relint.model.resource import Resource
    from relint.model.view import View

_FROM_OR_TO = re.compile(r"from or to (\S+)")
_FROM_TO = re.compile(r"from (\S+) to (\S+)")
_WITH = re.compile(r"with (\w+)")


class UpdateCondition(NamedTuple):
    """The change of a value, and the resource after the change."""

    change: ValueChange
    resource: Resource
    view: View


def is_condition(when: str, property_path: str, condition: UpdateCondition) -> bool:
    """Whether the condition of a row about a property holds; raises ValueError for an unknown form.

    The forms are "" (always), added, removed, "added or removed", "from A to B", "from or to A", and "with X", an
    option of the UpdatePolicy that is true after the change. Those about the value do not hold if the property is on
    both sides and a member of it differs.
    """
    change = condition.change
    if not when:
        return True
    if match := _WITH.fullmatch(when):
        option = condition.view.get(condition.resource, "UpdatePolicy", match[1]).value
        return scalar_text(option).lower() == "true"
    is_whole = change.path == ("Properties", *property_path.split("."))
    if when in ("added", "removed", "added or removed"):
        is_added, is_removed = is_whole and change.old is ABSENT, is_whole and change.new is ABSENT
        return {"added": is_added, "removed": is_removed}.get(when, is_added or is_removed)
    old, new = scalar_text(change.old), scalar_text(change.new)
    if match := _FROM_OR_TO.fullmatch(when):
        return is_whole and match[1] in (old, new)
    if match := _FROM_TO.fullmatch(when):
        return is_whole and (old, new) == (match[1], match[2])
    raise ValueError(f"'{when}' is no condition of an effect")
