"""Circles of resources that wait for one another, which CloudFormation refuses to create."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.fixes.data_paths import NAME_IN_TEXT

if TYPE_CHECKING:
    from relint.fixes.edit import Edit


def has_new_circle(before: Any, after: Any, edits: Iterable[Edit]) -> bool:
    """Whether edits of the data of a template make resources wait for one another that did not do so before.

    Conditions are left aside: resources that never exist together make a circle, too.
    """
    if not any(edit.path[2:3] == ("DependsOn",) or any(_names_in(edit.value)) for edit in edits):
        return False
    return bool(_in_circles(after) - _in_circles(before))


def _in_circles(data: Any) -> set[str]:
    """Return the names of the resources that wait for themselves, through others."""
    resources = data.get("Resources") if isinstance(data, dict) else None
    if not isinstance(resources, dict):
        return set()
    waits_for = {
        name: {*_names_in(body), *_texts(body.get("DependsOn") if isinstance(body, dict) else None)} & resources.keys()
        for name, body in resources.items()
    }
    waiting = _without_ends(waits_for)
    reversed_waits: dict[str, set[str]] = {name: set() for name in waiting}
    for name, others in waiting.items():
        for other in others:
            reversed_waits[other].add(name)
    return set(_without_ends(reversed_waits))


def _without_ends(waits_for: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return what is left of a graph when those that wait for nothing are taken out again and again."""
    left = {name: set(others) for name, others in waits_for.items()}
    waited_for_by: dict[str, list[str]] = {name: [] for name in left}
    for name, others in left.items():
        for other in others:
            waited_for_by[other].append(name)
    ends = [name for name, others in left.items() if not others]
    while ends:
        end = ends.pop()
        del left[end]
        for name in waited_for_by[end]:
            left[name].discard(end)
            if not left[name]:
                ends.append(name)
    return left


def _names_in(value: Any) -> Iterator[str]:
    """Yield the names that the references in a value give."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack += item
        elif isinstance(item, dict):
            stack += item.values()
            yield from _texts(item.get("Ref"))
            target = item.get("Fn::GetAtt")
            yield from (name.partition(".")[0] for name in _texts(target[:1] if isinstance(target, list) else target))
            text = item.get("Fn::Sub")
            for pattern in _texts(text[:1] if isinstance(text, list) else text):
                yield from NAME_IN_TEXT.findall(pattern)


def _texts(value: Any) -> list[str]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]
