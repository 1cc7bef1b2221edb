"""The parts that an entry reaches, in the order of its requests."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator

from relint._typing import TYPE_CHECKING
from relint.assessment.kinds import STRUCTURAL

if TYPE_CHECKING:
    from relint.assessment.parts import Parts


def stated_names(parts: Parts, entry: str, names: Collection[str]) -> set[str]:
    """Return the ids, among `names`, that an entry reaches by dependencies that the template states."""
    return set(_reached(parts, entry, set(names), only_stated=True))


def names_on_path(parts: Parts, entry: str, names: Collection[str]) -> Iterator[str]:
    """Yield the names of the parts that do work, nearest first."""
    for part_id in _reached(parts, entry, set(names), only_stated=False):
        part = parts.parts[part_id]
        if part.resource.type not in STRUCTURAL:
            yield part.name


def _reached(parts: Parts, entry: str, names: Collection[str], *, only_stated: bool) -> Iterator[str]:
    reached, queue = {entry}, deque([entry])
    while queue:
        part_id = queue.popleft()
        yield part_id
        targets = {
            dependency.target
            for dependency in parts.outgoing.get(part_id, ())
            if not only_stated or dependency.relation is None or dependency.relation.basis == "stated"
        }
        for target in sorted(targets):
            if target in names and target not in reached:
                reached.add(target)
                queue.append(target)
