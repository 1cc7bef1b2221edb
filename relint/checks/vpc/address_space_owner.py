"""Owner of the address space of a network."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.model.cidr import cidr_block_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PRIVATE_BLOCKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
_SHARED_BLOCKS = ("100.64.0.0/10", "198.18.0.0/15")


def fact(resource: Resource, view: View) -> Any:
    """Return the owner of a CIDR block: "private", "shared" or "public".

    Private blocks are those of RFC 1918, shared ones those of RFC 6598 and RFC 2544. ABSENT without a CIDR block;
    Unknown if the block is unknown.
    """
    from ipaddress import IPv4Network, ip_network

    block = cidr_block_of(view, resource)
    if block is None:
        return ABSENT
    if isinstance(block, Unknown):
        return block
    for owner, owned_blocks in (("private", _PRIVATE_BLOCKS), ("shared", _SHARED_BLOCKS)):
        for text in owned_blocks:
            owned_block = ip_network(text)
            if isinstance(block, IPv4Network) and isinstance(owned_block, IPv4Network) and block.subnet_of(owned_block):
                return owner
    return "public"
