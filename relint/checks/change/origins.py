"""The place and the words of the change with which a replacement begins, for the rules about changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.change.value_text import describe_old

if TYPE_CHECKING:
    from relint.change.records import ResourceChange
    from relint.change.service.replacement_chain import Origin
    from relint.source.location import Path


def place_of_origin(origin: Origin, change: ResourceChange) -> Path:
    """Return the path to report in the document of a change: that of the value that the author has changed."""
    if origin.value is None:
        return () if origin.change is change else ("New", *origin.change.resource.path)
    if origin.change is change:
        return ("Changed", change.properties.index(origin.value))
    return ("New", *origin.value.new_path)


def values_of_origin(origin: Origin) -> Mapping[str, Any]:
    """Return the message values `cause`, `property`, `old` and `new`."""
    values: dict[str, Any] = {"cause": origin.change.logical_id}
    if origin.value is not None:
        values.update(property=origin.value.property, old=origin.value.old, new=origin.value.new)
    return values


def old_place_of_origin(origin: Origin, change: ResourceChange) -> Iterator[tuple[Path, str]]:
    """Yield the old place of an origin that another resource has; that of an own change is reported anyway."""
    if origin.change is not change and origin.value is not None:
        yield ("Old", *origin.value.old_path), describe_old(origin.value)
