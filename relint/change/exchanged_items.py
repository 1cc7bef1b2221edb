"""Items of lists that a change takes away and puts in place of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.change.records import ValueChange


def with_exchanged_items(values: Iterable[ValueChange]) -> Iterator[ValueChange]:
    """Yield values with an item that a list lacks and one that it has instead as one value."""
    lacking: dict[str, list[ValueChange]] = {}
    others: list[ValueChange] = []
    for value in values:
        is_lacking = value.new is ABSENT and isinstance(value.path[-1], int)
        (lacking.setdefault(value.property, []) if is_lacking else others).append(value)
    for value in others:
        if value.old is ABSENT and lacking.get(value.property):
            lost = lacking[value.property].pop(0)
            value = value._replace(old=lost.old, old_path=lost.old_path)
        yield value
    yield from (value for items in lacking.values() for value in items)
