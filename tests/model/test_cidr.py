"""CIDR blocks that are computed from those of other resources."""

from __future__ import annotations

import json
from typing import Any

from relint.model.cidr import cidr_block_of
from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.resolve.value import Unknown
from relint.source.read import read_document


def block_of(logical_id: str, blocks: dict[str, Any]) -> str | None:
    """Return the block of a resource as text, or None if it is unknown."""
    resources = {name: {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": block}} for name, block in blocks.items()}
    template = Template(read_document(json.dumps({"Resources": resources}).encode(), "t.json"))
    block = cidr_block_of(View(template, Scenario(template.deployments)), template.resources[logical_id])
    return None if block is None or isinstance(block, Unknown) else str(block)


def test_block_of_another_resource_is_followed() -> None:
    assert block_of("B", {"A": "10.0.0.0/16", "B": {"Fn::GetAtt": ["A", "CidrBlock"]}}) == "10.0.0.0/16"


def test_block_that_fn_cidr_cuts_out_is_computed() -> None:
    cut = {"Fn::Select": [1, {"Fn::Cidr": [{"Fn::GetAtt": ["A", "CidrBlock"]}, 4, 8]}]}

    assert block_of("B", {"A": "10.0.0.0/16", "B": cut}) == "10.0.1.0/24"


def test_block_that_depends_on_itself_is_unknown() -> None:
    assert block_of("A", {"A": {"Fn::GetAtt": ["A", "CidrBlock"]}}) is None
    assert block_of("A", {"A": {"Fn::GetAtt": ["B", "CidrBlock"]}, "B": {"Fn::GetAtt": ["A", "CidrBlock"]}}) is None
