"""The fixes of a finding: what its rule offers, as edits of the template."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.catalog.rule_edits import read_path
from relint.fixes.edit import Edit, EditError

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
    fixes: list[Fix | EditError] = []
    for offer in finding.rule.edits:
        if offer["resources"] and finding.resource_type not in offer["resources"]:
            continue
        if offer["messages"] and finding.message_id not in offer["messages"]:
            continue
        if not all(_exists(document.data, (*_base(finding, anchor), *steps)) for anchor, steps in offer["exists"]):
            continue
        try:
            edits = tuple(edit for operation in offer["operations"] for edit in _edits(document, finding, operation))
            title = offer["title"] or _title(edits)
            ways = _by_branch(document.data, finding.path, edits)
            fixes += [Fix(title, offer["safety"], offer["because"], way) for way in ways]
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


def _edits(document: Document, finding: Finding, operation: Operation) -> Iterator[Edit]:
    action, anchor, steps, value = operation
    base = _base(finding, anchor)
    if base[:1] == ("Globals",) and steps[:1] == ("Properties",):
        steps = steps[1:]
    name = finding.logical_id or ""
    for path, missing in _expand(document.data, base, tuple(_named(step, name) for step in steps)):
        _reject_reference(document.data, path)
        filled = _fill(value, name, document, finding)
        if missing is not None:
            item, rest = missing
            for step in reversed(rest):
                filled = {step: filled}
            yield Edit("add", path, {**item, **filled} if isinstance(filled, dict) else item)
        elif action == "remove" and not _exists(document.data, path):
            raise EditError("there is nothing to remove")
        else:
            yield Edit(action, path, filled)  # type: ignore[arg-type]


def _by_branch(data: Any, reported: Path, edits: tuple[Edit, ...]) -> Iterator[tuple[Edit, ...]]:
    """Yield edits of the branches of a condition that lack the value: the reported one, each other one, then all."""
    conditional = next((edit for edit in edits if edit.action == "set" and _is_if(_value_at(data, edit.path))), None)
    if conditional is None:
        yield edits
        return
    leaves = [path for path in _leaves(data, conditional.path) if _value_at(data, path) != conditional.value]
    others = tuple(edit for edit in edits if edit is not conditional)
    branches = [conditional._replace(path=path) for path in sorted(leaves, key=lambda path: path != reported)]
    for branch in branches:
        yield (*others, branch)
    if len(branches) > 1:
        yield (*others, *branches)


def _leaves(data: Any, path: Path) -> Iterator[Path]:
    """Yield the paths of the branches of a condition, those of conditions in it included."""
    if not _is_if(_value_at(data, path)):
        yield path
        return
    for branch in (1, 2):
        yield from _leaves(data, (*path, "Fn::If", branch))


def _is_if(value: Any) -> bool:
    return isinstance(value, dict) and list(value) == ["Fn::If"] and len(value["Fn::If"] or ()) == 3


def _base(finding: Finding, anchor: str) -> Path:
    if anchor == "@":
        return finding.path
    return resource_path(finding) if anchor == "$" else ()


def _named(step: Step, logical_id: str) -> Step:
    return step.replace("{logical_id}", logical_id) if isinstance(step, str) else step


def _expand(
    data: Any, base: Path, steps: tuple[Step, ...]
) -> Iterator[tuple[Path, tuple[Mapping[str, Any], tuple[Any, ...]] | None]]:
    """Yield the paths that steps lead to; with a list and an item that it lacks, that item and the steps below it."""
    for number, step in enumerate(steps):
        value = _value_at(data, base)
        if step == "*":
            items = value if isinstance(value, list) else []
            for index in range(len(items)):
                yield from _expand(data, (*base, index), steps[number + 1 :])
            return
        if isinstance(step, tuple):
            key, wanted = step
            items = value if isinstance(value, list) else []
            index = next((i for i, item in enumerate(items) if isinstance(item, dict) and item.get(key) == wanted), -1)
            if index < 0:
                if value is not None and not isinstance(value, list):
                    raise EditError(f"{base[-1]} is no list that the template writes")
                yield base, ({key: wanted}, steps[number + 1 :])
                return
            base = (*base, index)
        else:
            base = (*base, step)
    yield base, None


def _reject_reference(data: Any, path: Path) -> None:
    """Raise EditError if a value on the way to `path` comes from a parameter, a mapping or a condition."""
    for end in range(2, len(path) + 1):
        value = _value_at(data, path[:end])
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


def _fill(value: Any, logical_id: str, document: Document, finding: Finding) -> Any:
    """Return a value of a rule with its placeholders filled in and derived values computed."""
    if isinstance(value, str):
        return value.replace("{logical_id}", logical_id)
    if isinstance(value, list):
        return [_fill(item, logical_id, document, finding) for item in value]
    if isinstance(value, dict):
        if "derive" in value:
            return _derive(value["derive"], document, finding)
        return {key: _fill(item, logical_id, document, finding) for key, item in value.items()}
    return value


def _derive(derived: Mapping[str, Any], document: Document, finding: Finding) -> int:
    anchor, steps = read_path(derived["from"]) or ("$", ())
    value = _value_at(document.data, (*_base(finding, anchor), *steps))  # type: ignore[arg-type]
    text = str(value)
    if isinstance(value, bool) or not text.isdecimal():
        raise EditError(f"{steps[-1]}, from which the value follows, is no number in the template")
    return int(int(text) * derived.get("times", 1) + derived.get("plus", 0))


def _value_at(data: Any, path: Path) -> Any:
    for step in path:
        if not _has(data, step):
            return None
        data = data[step]
    return data


def _exists(data: Any, path: Path) -> bool:
    return _has(_value_at(data, path[:-1]), path[-1])


def _has(value: Any, step: str | int) -> bool:
    return step in value if isinstance(value, dict) else isinstance(value, list) and step in range(len(value))


def _title(edits: tuple[Edit, ...]) -> str:
    edit = edits[0]
    name = ".".join(_names(edit.path)) or "the value"
    if edit.action == "remove":
        return f"Remove {name}"
    value = edit.value if isinstance(edit.value, str) else json.dumps(edit.value)
    text = f"Set {name}: {value}" if edit.action == "set" else f"Add {value} to {name}"
    return text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 4]} ..."


def _names(path: Path) -> list[str]:
    """Return the keys of a path below the resource, without those of Properties, functions and lists."""
    names = [step for step in path[2:] if isinstance(step, str) and step != "Properties"]
    return [name for name in names if not name.startswith("Fn::")]
