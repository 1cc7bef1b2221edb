"""CIDR blocks that are computed from those of other resources."""

from __future__ import annotations

import json
from typing import Any

import pytest

from relint.model.cidr import cidr_block_of
from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.resolve.value import Unknown
from relint.source.read import read_document

A = {"Fn::GetAtt": ["A", "CidrBlock"]}


def cidr(index: Any, *arguments: Any) -> dict[str, Any]:
    return {"Fn::Select": [index, {"Fn::Cidr": list(arguments)}]}


def block_of(logical_id: str, blocks: dict[str, Any]) -> str | None:
    """Return the block of a resource as text, or None if it is unknown."""
    resources = {name: {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": block}} for name, block in blocks.items()}
    template = Template(read_document(json.dumps({"Resources": resources}).encode(), "t.json"))
    block = cidr_block_of(View(template, Scenario(template.deployments)), template.resources[logical_id])
    return None if block is None or isinstance(block, Unknown) else str(block)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        pytest.param("10.0.0.0/24", "10.0.0.0/24", id="a literal"),
        pytest.param(" 10.0.0.7/24 ", "10.0.0.0/24", id="an address within its block"),
        pytest.param("10.0.0.0/99", None, id="no block"),
        pytest.param(cidr(0, A, 4, 8), "10.0.0.0/24", id="the first"),
        pytest.param(cidr(1, A, 4, 8), "10.0.1.0/24", id="the second"),
        pytest.param(cidr(3, A, 4, 8), "10.0.3.0/24", id="the last"),
        pytest.param(cidr(4, A, 4, 8), None, id="one beyond the last"),
        pytest.param(cidr(-1, A, 4, 8), None, id="one before the first"),
        pytest.param(cidr(1, A, 4), "10.0.1.0/24", id="eight bits unless said otherwise"),
        pytest.param(cidr(1, A, "4", "4"), "10.0.0.16/28", id="numbers as texts"),
        pytest.param(cidr(255, A, 300, 8), "10.0.255.0/24", id="the last of all"),
        pytest.param(cidr(256, A, 300, 7), None, id="no more than 256"),
        pytest.param(cidr(1, A, 2, 16), None, id="the whole has no second part"),
        pytest.param(cidr(0, A, 1, 16), "10.0.0.0/16", id="a part as large as the whole"),
        pytest.param(cidr(0, A, 1, 17), None, id="a part larger than the whole"),
        pytest.param(cidr(0, A, 1, 33), None, id="more bits than an address has"),
        pytest.param(cidr(1, {"Ref": "Free"}, 4, 8), None, id="of a block that is not known"),
        pytest.param(cidr(1, {"Fn::GetAtt": ["Gone", "CidrBlock"]}, 4, 8), None, id="of a block that is not there"),
        pytest.param(cidr(1, A, {"Ref": "Free"}, 8), None, id="a count that is not known"),
        pytest.param(cidr({"Ref": "Free"}, A, 4, 8), None, id="an index that is not known"),
        pytest.param({"Fn::GetAtt": ["A", "VpcId"]}, None, id="another attribute"),
        pytest.param(cidr(1, cidr(2, A, 4, 8), 4, 4), "10.0.2.16/28", id="a part of a part"),
    ],
)
def test_block_of_fn_cidr(block: Any, expected: str | None) -> None:
    assert block_of("B", {"A": "10.0.0.0/16", "B": block}) == expected


def test_block_of_another_resource_is_followed() -> None:
    assert block_of("B", {"A": "10.0.0.0/16", "B": {"Fn::GetAtt": ["A", "CidrBlock"]}}) == "10.0.0.0/16"


def test_block_that_fn_cidr_cuts_out_is_computed() -> None:
    cut = {"Fn::Select": [1, {"Fn::Cidr": [{"Fn::GetAtt": ["A", "CidrBlock"]}, 4, 8]}]}

    assert block_of("B", {"A": "10.0.0.0/16", "B": cut}) == "10.0.1.0/24"


def test_block_that_depends_on_itself_is_unknown() -> None:
    assert block_of("A", {"A": {"Fn::GetAtt": ["A", "CidrBlock"]}}) is None
    assert block_of("A", {"A": {"Fn::GetAtt": ["B", "CidrBlock"]}, "B": {"Fn::GetAtt": ["A", "CidrBlock"]}}) is None
