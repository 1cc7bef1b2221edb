"""The fixes of a finding: what its rule offers, as edits of the template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.fixes.author_place import place_of, resource_path
from relint.fixes.branches import edits_by_branch
from relint.fixes.data_paths import exists, value_at
from relint.fixes.edit import Edit, EditError
from relint.fixes.new_mappings import join_members
from relint.fixes.place import is_call
from relint.fixes.titles import title_of
from relint.fixes.values import Filling
from relint.resolve.value import scalar_text

if TYPE_CHECKING:
    from relint.catalog.rule_edits import Operation, Safety, Step
    from relint.finding import Finding
    from relint.source.document import Document
    from relint.source.location import Path


class Fix(NamedTuple):
    """Edits that make a finding go away, together; `because` says what an unsafe one costs, interrupts or changes."""

    title: str
    safety: Safety
    because: str
    edits: tuple[Edit, ...]

    @property
    def description(self) -> str:
        """The title and, of an unsafe fix, what it costs, interrupts or changes."""
        return f"{self.title} ({self.because})" if self.safety == "unsafe" and self.because else self.title


def fixes_of(document: Document, finding: Finding) -> list[Fix | EditError]:
    """Return the fixes that the rule of a finding offers for it, the default first.

    In the place of a fix that this template does not allow stands the reason.
    """
    data = document.data
    filling = Filling(data, finding, {"$": resource_path(data, finding), "@": finding.path, "#": ()})
    fixes: list[Fix | EditError] = []
    for offer in finding.rule.edits:
        if offer["resources"] and finding.resource_type not in offer["resources"]:
            continue
        if offer["messages"] and finding.message_id.removesuffix("-when") not in offer["messages"]:
            continue
        try:
            fixes += _fixes(filling, offer)
        except EditError as reason:
            fixes.append(reason)
    return fixes


def _fixes(filling: Filling, offer: Mapping[str, Any]) -> Iterator[Fix]:
    """Yield the fixes of an offer: one for each branch of the conditions that they lead through."""
    if not all(_is_there(filling, path) for path in offer["exists"]):
        return
    if any(_is_there(filling, path) for path in offer["absent"]):
        return
    edits = [edit for operation in offer["operations"] for edit in _edits(filling, operation)]
    if not edits and any(action == "remove" for action, *_ in offer["operations"]):
        raise EditError("there is nothing to remove")
    because = filling.text(offer["because"])
    for way in edits_by_branch(filling.data, filling.finding.path, edits):
        if way:
            title = filling.text(offer["title"]) or title_of(way, filling.bases["$"], filling.data)
            yield Fix(title, offer["safety"], because, join_members(filling.data, way))


def _edits(filling: Filling, operation: Operation) -> Iterator[Edit]:
    action, anchor, steps, value = operation
    data = filling.data
    for path, missing in _places(filling, anchor, steps):
        filled = filling.value(value)
        there = value_at(data, path)
        if missing is not None:
            item, rest = missing
            for step in reversed(rest):
                filled = {step: filled}
            yield Edit("add", path, {**item, **filled} if isinstance(filled, dict) else item)
        elif action == "remove" and not exists(data, path):
            continue
        elif len(path) == 2 and path[0] == "Resources":
            yield from _new_resource(filling, path, filled)
        elif isinstance(there, dict) and not is_call(there) and not isinstance(filled, dict) and action == "set":
            raise EditError(f"{path[-1]} is no single value")
        elif action == "add":
            yield from _additions(path, there, filled if isinstance(filled, list) else [filled])
        else:
            yield Edit(action, path, filled)  # type: ignore[arg-type]


def _additions(path: Path, there: Any, values: list[Any]) -> Iterator[Edit]:
    """Yield the edits that add to a list the values that it lacks."""
    if path[2:] == ("DependsOn",) and isinstance(there, str):  # one name or a list of names
        yield Edit("set", path, [there, *(value for value in values if value != there)])
    elif there is None:
        yield Edit("set", path, values)
    else:
        yield from (Edit("add", path, value) for value in values if not (isinstance(there, list) and value in there))


def _is_there(filling: Filling, path: tuple[str, tuple[Step, ...]]) -> bool:
    """Whether the template has a value at a path of an edit."""
    try:
        places = list(_places(filling, *path))
    except EditError:
        return False
    return any(missing is None and exists(filling.data, place) for place, missing in places)


def _new_resource(filling: Filling, path: Path, resource: dict[str, Any]) -> Iterator[Edit]:
    """Yield the edit that adds a resource, unless the template has it; under the condition of the one it is for."""
    if str(filling.bases["$"][1]).startswith("Fn::ForEach"):
        raise EditError("a loop makes the resource, and a new one would need a loop, too")
    if not str(path[1]).isalnum():
        raise EditError("SAM makes the resource, whose name is none for another one; add it by hand")
    condition = filling.condition()
    if condition is not None:
        resource = {"Type": resource["Type"], "Condition": condition, **resource}
    there = value_at(filling.data, path)
    if there is not None and there != resource:
        raise EditError(f"the template has another resource '{path[1]}'")
    if there is None:
        yield Edit("set", path, resource)


_Missing = tuple[Mapping[str, str], tuple[Any, ...]]
"""An item that a list lacks, and the steps below it."""


def _places(filling: Filling, anchor: str, steps: tuple[Step, ...]) -> Iterator[tuple[Path, _Missing | None]]:
    """Yield the paths that a path of an edit leads to; with a list and an item that it lacks, that item."""
    filled = tuple(filling.text(step) if isinstance(step, str) else step for step in steps)
    yield from _expand(filling.data, *place_of(filling.data, filling.finding, anchor, filled))


def _expand(data: Any, base: Path, steps: tuple[Step, ...]) -> Iterator[tuple[Path, _Missing | None]]:
    for number, step in enumerate(steps):
        value = value_at(data, base)
        if step == "*":
            items = value if isinstance(value, list) else []
            for index in range(len(items)):
                yield from _expand(data, (*base, index), steps[number + 1 :])
            return
        if isinstance(step, tuple):
            wanted = dict(step)
            if isinstance(value, dict):  # a condition on the mapping itself
                if not _has_all(value, wanted):
                    return
                continue
            items = value if isinstance(value, list) else []
            index = next((i for i, item in enumerate(items) if _has_all(item, wanted)), -1)
            if index < 0:
                if value is not None and not isinstance(value, list):
                    raise EditError(f"{base[-1]} is no list that the template writes")
                yield base, (wanted, steps[number + 1 :])
                return
            base = (*base, index)
        else:
            base = (*base, step)
    yield base, None


def _has_all(item: Any, wanted: Mapping[str, str]) -> bool:
    return isinstance(item, dict) and all(scalar_text(item.get(key)) == value for key, value in wanted.items())
