"""The size of a subnet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.model.cidr import cidr_block_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> Any:
    """The prefix length of its IPv4 block, 24 of 10.0.0.0/24; ABSENT without one."""
    block = cidr_block_of(view, resource)
    return ABSENT if block is None else block if isinstance(block, Unknown) else block.prefixlen
