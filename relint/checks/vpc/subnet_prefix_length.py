"""Prefix length of a subnet."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.model.cidr import cidr_block_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Any:
    """Return the prefix length of the CIDR block, such as 24 for 10.0.0.0/24; ABSENT without one.

    Unknown if the block is unknown.
    """
    block = cidr_block_of(view, resource)
    if block is None:
        return ABSENT
    return block if isinstance(block, Unknown) else block.prefixlen
