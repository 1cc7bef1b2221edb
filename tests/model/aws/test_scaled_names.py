"""Names of the resources that Application Auto Scaling scales."""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.aws.application_auto_scaling import compare_texts, scaling_registrations
from relint.resolve.value import Expression
from tests.helpers.views import view_of

A, B = ("Ref", "A"), ("Ref", "B")
NAME, OTHER_NAME = ("Name", "A"), ("Name", "B")
READ = "dynamodb:table:ReadCapacityUnits"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("a", "a", True),
        ("a", "b", False),
        ("table/a", "table/ab", False),
        (A, A, True),
        (A, B, None),
        (A, "a", None),
        (NAME, OTHER_NAME, False),
        (NAME, "a", False),
        (NAME, A, None),
        (("ImportValue", "a"), ("ImportValue", "b"), False),
        (("GetStackOutput", "a", "b", ""), "a", False),
        (("Concat", "table/", A), ("Concat", "table/", A), True),
        (("Concat", "table/", A), ("Concat", "index/", A), False),
        (("Concat", "table/", A), ("Concat", "table/", B), None),
        (("Concat", "table/", A, "-x"), ("Concat", "table/", B, "-y"), False),
        (("Concat", "table/", A), ("Concat", "table/", A, "/index/i"), False),
        (("Concat", "table/", A), ("Concat", "table/", A, B), None),
    ],
    ids=str,
)
def test_texts_with_unknown_parts_are_compared(left: Expression, right: Expression, expected: bool | None) -> None:
    assert compare_texts(left, right) is expected
    assert compare_texts(right, left) is expected


@pytest.mark.parametrize(
    ("resource_id", "dimension", "expected"),
    [
        ("table/orders", READ, [True]),
        ("table/users", READ, []),
        ({"Fn::Sub": "table/${Orders}"}, READ, [True]),
        ({"Fn::Sub": "table/${Unnamed}"}, READ, []),
        ({"Fn::Sub": "table/${Free}"}, READ, [None]),
        ("table/orders", "dynamodb:table:WriteCapacityUnits", []),
        ("table/orders", {"Ref": "Free"}, [None]),
        ("table/orders/index/by-day", READ, []),
    ],
    ids=str,
)
def test_table_is_scaled_by_its_name(resource_id: Any, dimension: Any, expected: list[bool | None]) -> None:
    target = {"ResourceId": resource_id, "ScalableDimension": dimension}
    view = view_of(
        {
            "Orders": {"Type": "AWS::DynamoDB::Table", "Properties": {"TableName": "orders"}},
            "Unnamed": {"Type": "AWS::DynamoDB::Table"},
            "Target": {"Type": "AWS::ApplicationAutoScaling::ScalableTarget", "Properties": target},
        },
        Parameters={"Free": {"Type": "String"}},
    )
    found = scaling_registrations(view, view.template.resources["Orders"], READ)
    assert [True if registration.applies is True else None for registration in found] == expected
