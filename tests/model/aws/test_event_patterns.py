"""Comparisons in patterns of EventBridge rules.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
"""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.aws.event_patterns import accepts
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

FREE = {"Ref": "Free"}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("shop-orders", True),
        ("orders", False),
        (FREE, None),
        ({"prefix": "shop-"}, True),
        ({"prefix": "orders"}, False),
        ({"prefix": {"equals-ignore-case": "SHOP-"}}, True),
        ({"prefix": {"equals-ignore-case": "ORDERS"}}, False),
        ({"prefix": FREE}, None),
        ({"suffix": "-orders"}, True),
        ({"suffix": "shop"}, False),
        ({"suffix": {"equals-ignore-case": "-Orders"}}, True),
        ({"equals-ignore-case": "Shop-Orders"}, True),
        ({"equals-ignore-case": "Shop"}, False),
        ({"wildcard": "shop-*"}, True),
        ({"wildcard": "*-orders"}, True),
        ({"wildcard": "s*p-*s"}, True),
        ({"wildcard": "s*p-*p"}, False),
        ({"wildcard": "s*x*s"}, False),
        ({"wildcard": "shop-orders"}, True),
        ({"wildcard": "shop-"}, False),
        ({"wildcard": "shop-orders*s"}, False),
        ({"wildcard": "x*orders"}, False),
        ({"exists": True}, True),
        ({"exists": False}, False),
        ({"exists": "true"}, True),
        ({"exists": FREE}, None),
        ({"anything-but": "shop-orders"}, False),
        ({"anything-but": ["a", "shop-orders"]}, False),
        ({"anything-but": ["a", "b"]}, True),
        ({"anything-but": {"prefix": "shop-"}}, False),
        ({"anything-but": {"suffix": "shop-"}}, True),
        ({"anything-but": ["a", FREE]}, None),
        ({"numeric": [">", 0]}, None),
        ({"cidr": "10.0.0.0/8"}, None),
        ({"prefix": "shop-", "suffix": "orders"}, None),
        ({}, None),
    ],
    ids=str,
)
def test_pattern_accepts_a_text(item: Any, expected: bool | None) -> None:
    view = view_of({}, Parameters={"Free": {"Type": "String"}})
    result = accepts(view, view.scenario.resolve(item, ()), "shop-orders")
    assert (None if isinstance(result, Unknown) else result) is expected
