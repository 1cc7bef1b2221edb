"""Address blocks that a template computes from those of its VPCs, which an update leaves as they are."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.change.resolved import Node
from relint.model.cidr import cidr_block_of, computed_block
from relint.resolve.value import Unknown, references

if TYPE_CHECKING:
    from relint.model.view import View

_VPC = "AWS::EC2::VPC"


def vpcs_with_the_same_block(old: View, new: View) -> frozenset[str]:
    """Return the logical ids of the VPCs that have one known block before and after the update."""
    before, after = ({vpc.logical_id: cidr_block_of(view, vpc) for vpc in view.resources(_VPC)} for view in (old, new))
    return frozenset(
        name
        for name, block in after.items()
        if block is not None and not isinstance(block, Unknown) and before.get(name) == block
    )


def with_blocks(view: View, node: Node, vpcs: frozenset[str]) -> Node:
    """Return a node with the blocks that the template computes from those of some VPCs as texts."""
    if not vpcs:
        return node
    value = node.value
    if isinstance(value, dict):
        return node._replace(value={key: with_blocks(view, member, vpcs) for key, member in value.items()})
    if isinstance(value, list):
        return node._replace(value=[with_blocks(view, item, vpcs) for item in value])
    if not isinstance(value, Unknown) or references(value.expression).isdisjoint(vpcs):
        return node
    block = computed_block(view, value.expression)
    return node if block is None else node._replace(value=str(block))
