"""Conditions of the table of effects, which say when a row applies to a change."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.resolve.value import ABSENT, scalar_text

if TYPE_CHECKING:
    from relint.change.records import ValueChange
    from relint.model.resource import Resource
    from relint.model.view import View

_FROM_OR_TO = re.compile(r"from or to (\S+)")
_FROM_TO = re.compile(r"from (\S+) to (\S+)")
_WITH = re.compile(r" ?with ([\w.]+)$")
_PRESENCE = {
    "added": {(True, False)},
    "removed": {(False, True)},
    "added or removed": {(True, False), (False, True)},
    "empty on both sides": {(True, True)},
}
"""Whether the value is empty before and after the change, by the form that holds then."""


class UpdateCondition(NamedTuple):
    """The change of a value, and the resource after the change."""

    change: ValueChange
    resource: Resource
    view: View


def is_condition(when: str, property_path: str, condition: UpdateCondition) -> bool:
    """Whether the condition of a row about a property holds; raises ValueError for an unknown form.

    The forms are "" (always), added, removed, "added or removed", "empty on both sides", "from A to B", "from or to A",
    and "with X", a property or an option of the UpdatePolicy (a dotted path) that is true after the change, which may
    also stand behind another form. An empty text counts as absent. Those about the value do not hold if the property
    is on both sides and a member of it differs.
    """
    change = condition.change
    if not when:
        return True
    if match := _WITH.search(when):
        return _is_true(condition, match[1]) and is_condition(when[: match.start()], property_path, condition)
    is_whole = change.path == ("Properties", *property_path.split("."))
    if when in _PRESENCE:
        return is_whole and (_is_empty(change.old), _is_empty(change.new)) in _PRESENCE[when]
    old, new = scalar_text(change.old), scalar_text(change.new)
    if match := _FROM_OR_TO.fullmatch(when):
        return is_whole and match[1] in (old, new)
    if match := _FROM_TO.fullmatch(when):
        return is_whole and (old, new) == (match[1], match[2])
    raise ValueError(f"'{when}' is no condition of an effect")


def _is_true(condition: UpdateCondition, option: str) -> bool:
    sections = ("UpdatePolicy", "Properties")
    places = (condition.view.get(condition.resource, section, *option.split(".")) for section in sections)
    return any(scalar_text(place.value).lower() == "true" for place in places)


def _is_empty(value: Any) -> bool:
    return value is ABSENT or value == ""
