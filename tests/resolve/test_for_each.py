"""Loops of the AWS::LanguageExtensions transform."""

from __future__ import annotations

from typing import Any

import pytest

from relint.errors import TemplateError
from relint.resolve.deployments import Deployments
from relint.resolve.for_each import MAX_MEMBERS, expand_members, has_loops
from relint.resolve.scenario import Scenario

PARAMETERS = {"Zones": {"Type": "CommaDelimitedList", "Default": "a-1, b"}, "Free": {"Type": "CommaDelimitedList"}}


def expand(members: dict[str, Any]) -> dict[str, Any]:
    expanded = expand_members(members, ("Resources",), Scenario(Deployments({"Parameters": PARAMETERS}, {})))
    return {key: value for key, (value, _) in expanded.items()}


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        pytest.param({"A": {"Ref": "B"}, "C": [1, None]}, {"A": {"Ref": "B"}, "C": [1, None]}, id="no loop"),
        pytest.param(
            {"Fn::ForEach::Each": ["Name", ["x", 2], {"Db${Name}": [{"Ref": "Name"}, {"Ref": "Other"}, "${Name}-db"]}]},
            {"Dbx": ["x", {"Ref": "Other"}, "x-db"], "Db2": ["2", {"Ref": "Other"}, "2-db"]},
            id="the item in keys, references and texts",
        ),
        pytest.param(
            {"Fn::ForEach::Each": ["Zone", {"Ref": "Zones"}, {"Db&{Zone}": "${Zone}"}]},
            {"Dba1": "a-1", "Dbb": "b"},
            id="a list parameter, and keys of letters and digits only",
        ),
        pytest.param(
            {
                "Fn::ForEach::Outer": [
                    "X",
                    ["a", "b"],
                    {"Fn::ForEach::Inner": ["Y", ["1", "${X}"], {"${X}${Y}": {"Ref": "X"}}]},
                ]
            },
            {"a1": "a", "aa": "a", "b1": "b", "bb": "b"},
            id="a loop in a loop",
        ),
        pytest.param(
            {"Db": {"Fn::ForEach::Keys": ["K", ["x"], {"${K}": {"Ref": "K"}}], "Fixed": True}},
            {"Db": {"x": "x", "Fixed": True}},
            id="a loop below a member",
        ),
        pytest.param(
            {"Fn::ForEach::Each": ["N", {"Ref": "Free"}, {"Db${N}": {"Ref": "N"}}]},
            {"Db${N}": "${N}"},
            id="an unknown list is one item",
        ),
        pytest.param(
            {"Fn::ForEach::Each": ["N", ["x", {"Ref": "Gone"}], {"Db${N}": 1}]}, {"Db${N}": 1}, id="an unknown item"
        ),
        pytest.param({"Fn::ForEach::Each": ["N", ["x"]]}, {}, id="without a body"),
        pytest.param({"Fn::ForEach::Each": [7, ["x"], {"A": 1}]}, {}, id="without an identifier"),
        pytest.param({"Fn::ForEach::Each": ["N", ["x"], "A"]}, {}, id="a body that is no mapping"),
        pytest.param({"Fn::ForEach::Each": "N"}, {}, id="no list"),
    ],
)
def test_loop_expands_to(members: dict[str, Any], expected: dict[str, Any]) -> None:
    assert expand(members) == expected


def test_member_keeps_its_path() -> None:
    loop = {"Fn::ForEach::Each": ["N", ["x"], {"Db${N}": 1}]}
    assert expand_members(loop, ("Resources",), Scenario(Deployments({}, {}))) == {
        "Dbx": (1, ("Resources", "Fn::ForEach::Each", 2, "Db${N}"))
    }


def test_loops_end_at_the_limit() -> None:
    items = [str(number) for number in range(MAX_MEMBERS)]
    assert len(expand({"Fn::ForEach::Each": ["N", items, {"Db${N}": 1}]})) == MAX_MEMBERS
    with pytest.raises(TemplateError) as error:
        expand({"Fn::ForEach::Each": ["N", [*items, "more"], {"Db${N}": 1}]})
    assert str(error.value) == '"Db${N}" makes more than 2000 members; CloudFormation takes 500 resources.'


@pytest.mark.parametrize(
    ("node", "expected"),
    [({"a": [{"Fn::ForEach::Each": []}]}, True), ({"a": [{"Fn::If": []}]}, False), ("Fn::ForEach::Each", False)],
)
def test_loops_are_found_at_any_depth(node: Any, expected: bool) -> None:
    assert has_loops(node) is expected
