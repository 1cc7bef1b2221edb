"""Words for a resource that is one unit or lies in one zone, as they follow "which"."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.model.system.redundancy.record import Count

FACTS: Mapping[str, str] = {
    "one-instance": "is one instance",
    "one-machine": "is the address of one machine",
    "max-size": "has a MaxSize of 1",
    "one-task": "runs one task",
    "one-node": "is one node",
    "one-broker": "is one broker",
    "one-gateway": "is one NAT gateway",
    "one-member": "has one instance",
    "one-server": "is one file server",
    "one-volume": "is one volume",
    "no-replica": "has no replica",
    "no-failover": "does not fail over by itself",
    "no-standby": "has no standby",
    "one-zone": "lies in one Availability Zone",
}
"""By fact of a `Count`."""


def describe_single(count: Count) -> str:
    """Return the words for a number that is one."""
    return FACTS[count.fact]
