"""A small change of a rule file, and the operations that make one."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from relint.catalog.rule_fields import RulePath

_DROPPED = object()


class Change(NamedTuple):
    """A change of the value at `path` in the content of a rule file.

    `text` tells the place and the change in one line, such as "assert[0].min: 3 instead of 2".
    """

    text: str
    path: RulePath
    value: Any

    def apply(self, content: Any) -> Any:
        """Return the content with the change; the given content stays as it is."""
        return _replace(content, self.path, self.value)


def replace(path: RulePath, value: Any, old: Any) -> Change:
    """Return the change that writes another value at a path."""
    return Change(f"{format_path(path)}: {value} instead of {old}", path, value)


def rewrite(path: RulePath, value: Any, description: str) -> Change:
    """Return the change that writes a value at a path, described in words."""
    return Change(f"{format_path(path)}: {description}", path, value)


def drop(path: RulePath, what: Any = None) -> Change:
    """Return the change that removes the key or the list item at a path; `what` names a list item."""
    return Change(f"{format_path(path)}: dropped" + (f" {what}" if what is not None else ""), path, _DROPPED)


def drop_each(path: RulePath, items: Any) -> Iterator[Change]:
    """Yield the changes that remove one item of a list that has several."""
    if isinstance(items, list) and len(items) > 1:
        for index, item in enumerate(items):
            yield drop((*path, index), item if isinstance(item, str | int) else None)


def vary_values(path: RulePath, value: Any) -> Iterator[Change]:
    """Yield the changes of the numbers, the truth values and the lists in a value, at any depth."""
    if isinstance(value, bool):
        yield replace(path, not value, value)
    elif isinstance(value, int | float):
        yield replace(path, value - 1, value)
        yield replace(path, value + 1, value)
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from vary_values((*path, key), member)
    elif isinstance(value, list):
        yield from drop_each(path, value)
        for index, item in enumerate(value):
            yield from vary_values((*path, index), item)


def format_path(path: RulePath) -> str:
    """Return a path as people write it, such as `cases[1].when[0].equals`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def _replace(node: Any, path: RulePath, value: Any) -> Any:
    if not path:
        return value
    step, *rest = path
    copy: Any = dict(node) if isinstance(node, dict) else list(node)
    if not rest and value is _DROPPED:
        del copy[step]
    else:
        copy[step] = _replace(copy[step], tuple(rest), value)
    return copy
