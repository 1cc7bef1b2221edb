"""Who owns the addresses of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.model.cidr import cidr_block_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
_SHARED = ("100.64.0.0/10", "198.18.0.0/15")


def fact(resource: Resource, view: View) -> Any:
    """ "private" (RFC 1918), "shared" (RFC 6598 and RFC 2544) or "public"; ABSENT without an address block."""
    from ipaddress import IPv4Network, ip_network

    block = cidr_block_of(view, resource)
    if block is None:
        return ABSENT
    if isinstance(block, Unknown):
        return block
    for name, ranges in (("private", _PRIVATE), ("shared", _SHARED)):
        for text in ranges:
            outer = ip_network(text)
            if isinstance(block, IPv4Network) and isinstance(outer, IPv4Network) and block.subnet_of(outer):
                return name
    return "public"
