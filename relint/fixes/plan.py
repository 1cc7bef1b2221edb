"""The fixes of a finding: what its rule offers, as edits of the template."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.fixes.edit import Edit, EditError
from relint.fixes.place import is_call
from relint.fixes.values import Filling, has_member, value_at

if TYPE_CHECKING:
    from relint.catalog.rule_edits import Operation, Safety, Step
    from relint.finding import Finding
    from relint.source.document import Document
    from relint.source.location import Path

_LONGEST_TITLE = 80


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
    filling = Filling(data, finding, {"$": resource_path(finding), "@": finding.path, "#": ()})
    fixes: list[Fix | EditError] = []
    for offer in finding.rule.edits:
        if offer["resources"] and finding.resource_type not in offer["resources"]:
            continue
        if offer["messages"] and finding.message_id.removesuffix("-when") not in offer["messages"]:
            continue
        try:
            if not all(_is_there(filling, path) for path in offer["exists"]):
                continue
            if any(_is_there(filling, path) for path in offer["absent"]):
                continue
            edits = tuple(edit for operation in offer["operations"] for edit in _edits(filling, operation))
            title = filling.text(offer["title"]) or _title(edits)
            because = filling.text(offer["because"])
            fixes += [Fix(title, offer["safety"], because, way) for way in _by_branch(data, finding.path, edits)]
        except EditError as reason:
            fixes.append(reason)
    return fixes


def resource_path(finding: Finding) -> Path:
    """Return the path of the resource of a finding, in the body of a loop too, or of a section of Globals."""
    path = finding.path
    while path[:1] == ("Resources",) and path[2:3] == (2,) and len(path) > 3:  # in Fn::ForEach
        if path[4:5] != (2,):
            return path[:4]
        path = (*path[:1], *path[3:])
    return finding.path[:2]


def _edits(filling: Filling, operation: Operation) -> Iterator[Edit]:
    action, anchor, steps, value = operation
    data = filling.data
    for path, missing in _expand(data, filling.bases[anchor], _filled(filling, anchor, steps)):
        filled = filling.value(value)
        _reject_reference(data, path[:-1] if is_call(filled) else path)  # a reference may take the place of another
        there = value_at(data, path)
        if missing is not None:
            item, rest = missing
            for step in reversed(rest):
                filled = {step: filled}
            yield Edit("add", path, {**item, **filled} if isinstance(filled, dict) else item)
        elif action == "remove" and not _exists(data, path):
            if "*" not in steps:
                raise EditError("there is nothing to remove")
        elif len(path) == 2 and path[0] == "Resources":
            yield from _new_resource(filling, path, filled)
        elif isinstance(there, dict) and not is_call(there) and not isinstance(filled, dict) and action == "set":
            raise EditError(f"{path[-1]} is no single value")
        elif action == "add" and isinstance(there, str):  # such as DependsOn, which is one name or a list of names
            yield Edit("set", path, [there, filled])
        else:
            yield Edit(action, path, filled)  # type: ignore[arg-type]


def _filled(filling: Filling, anchor: str, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps of a path with their placeholders filled in, as the place of the finding has them."""
    if filling.bases[anchor][:1] == ("Globals",) and steps[:1] == ("Properties",):
        steps = steps[1:]
    return tuple(filling.text(step) if isinstance(step, str) else step for step in steps)


def _is_there(filling: Filling, path: tuple[str, tuple[Step, ...]]) -> bool:
    """Whether the template has a value at a path of an edit."""
    anchor, steps = path
    try:
        places = list(_expand(filling.data, filling.bases[anchor], _filled(filling, anchor, steps)))
    except EditError:
        return False
    return any(missing is None and _exists(filling.data, place) for place, missing in places)


def _new_resource(filling: Filling, path: Path, resource: dict[str, Any]) -> Iterator[Edit]:
    """Yield the edit that adds a resource, unless the template has it; under the condition of the one it is for."""
    if len(filling.bases["$"]) > 2:
        raise EditError("a loop makes the resource, and a new one would need a loop, too")
    condition = filling.condition()
    if condition is not None:
        resource = {"Type": resource["Type"], "Condition": condition, **resource}
    there = value_at(filling.data, path)
    if there is not None and there != resource:
        raise EditError(f"the template has another resource '{path[1]}'")
    if there is None:
        yield Edit("set", path, resource)


def _by_branch(data: Any, reported: Path, edits: tuple[Edit, ...]) -> Iterator[tuple[Edit, ...]]:
    """Yield edits of the branches of a condition that lack the value: the reported one, each other one, then all."""
    conditional = next((edit for edit in edits if edit.action == "set" and _is_if(value_at(data, edit.path))), None)
    if conditional is None:
        yield edits
        return
    leaves = [path for path in _leaves(data, conditional.path) if value_at(data, path) != conditional.value]
    others = tuple(edit for edit in edits if edit is not conditional)
    branches = [conditional._replace(path=path) for path in sorted(leaves, key=lambda path: path != reported)]
    for branch in branches:
        yield (*others, branch)
    if len(branches) > 1:
        yield (*others, *branches)


def _leaves(data: Any, path: Path) -> Iterator[Path]:
    """Yield the paths of the branches of a condition, those of conditions in it included."""
    if not _is_if(value_at(data, path)):
        yield path
        return
    for branch in (1, 2):
        yield from _leaves(data, (*path, "Fn::If", branch))


def _is_if(value: Any) -> bool:
    return isinstance(value, dict) and list(value) == ["Fn::If"] and len(value["Fn::If"] or ()) == 3


def _expand(
    data: Any, base: Path, steps: tuple[Step, ...]
) -> Iterator[tuple[Path, tuple[Mapping[str, Any], tuple[Any, ...]] | None]]:
    """Yield the paths that steps lead to; with a list and an item that it lacks, that item and the steps below it."""
    for number, step in enumerate(steps):
        value = value_at(data, base)
        if step == "*":
            items = value if isinstance(value, list) else []
            for index in range(len(items)):
                yield from _expand(data, (*base, index), steps[number + 1 :])
            return
        if isinstance(step, tuple):
            wanted = dict(step)
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
    return isinstance(item, dict) and all(item.get(key) == value for key, value in wanted.items())


def _reject_reference(data: Any, path: Path) -> None:
    """Raise EditError if a value on the way to `path` comes from a parameter, a mapping or a condition."""
    for end in range(2, len(path) + 1):
        value = value_at(data, path[:end])
        if not isinstance(value, dict) or len(value) != 1:
            continue
        ((function, argument),) = value.items()
        if end < len(path) and path[end] == function:
            continue  # the edit is inside of the call, in the branch that fails
        if end == len(path) and (_is_if(value) or argument == "AWS::NoValue"):
            continue
        if function == "Ref":
            raise EditError(f"the value comes from '{argument}'; change it there")
        if function == "Fn::FindInMap":
            raise EditError("the value comes from a mapping; change it there")
        if function.startswith("Fn::"):
            raise EditError(f"the value is computed by {function}; change it by hand")


def _exists(data: Any, path: Path) -> bool:
    """Whether data have a value at a path, which may be null."""
    return not path or has_member(value_at(data, path[:-1]), path[-1])


def _title(edits: tuple[Edit, ...]) -> str:
    text = ", ".join(_description(edit) for edit in edits)
    text = text[:1].upper() + text[1:]
    return text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 4]} ..."


def _description(edit: Edit) -> str:
    if len(edit.path) == 2 and edit.path[0] == "Resources":
        return f"add {edit.path[1]}, an {edit.value['Type']}"
    name = ".".join(_names(edit.path)) or "the value"
    if edit.action == "remove":
        return f"remove {name}"
    value = edit.value if isinstance(edit.value, str) else json.dumps(edit.value).replace('"', "")
    return f"set {name}: {value}" if edit.action == "set" else f"add {value} to {name}"


def _names(path: Path) -> list[str]:
    """Return the keys of a path below the resource, without those of Properties, functions and lists."""
    names = [step for step in path[2:] if isinstance(step, str) and step != "Properties"]
    return [name for name in names if not name.startswith("Fn::")]
