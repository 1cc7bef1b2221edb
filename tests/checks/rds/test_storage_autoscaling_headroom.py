"""The limit of the storage of a database, in percent of its size."""

from __future__ import annotations

from typing import Any

import pytest

from relint.checks.rds.storage_autoscaling_headroom import fact
from relint.resolve.value import ABSENT, Unknown
from tests.helpers.views import view_of

OPEN = {"Ref": "Open"}
NO_NUMBERS = "the sizes of its storage are no numbers"


@pytest.mark.parametrize(
    ("maximum", "allocated", "expected"),
    [
        (125, 100, 125),
        ("1000", "100", 1000),
        (100, 100, 100),
        (OPEN, OPEN, 100),
        (None, 100, ABSENT),
        (100, None, ABSENT),
        ("much", 100, NO_NUMBERS),
        (100, "little", NO_NUMBERS),
        (100, 0, NO_NUMBERS),
    ],
)
def test_limit_in_percent_of_the_size(maximum: Any, allocated: Any, expected: Any) -> None:
    sizes = {"MaxAllocatedStorage": maximum, "AllocatedStorage": allocated}
    properties = {name: size for name, size in sizes.items() if size is not None}
    resources = {"It": {"Type": "AWS::RDS::DBInstance", "Properties": properties}}
    view = view_of(resources, Parameters={"Open": {"Type": "Number", "MinValue": 5, "MaxValue": 9}})
    found = fact(view.template.resources["It"], view)
    assert (found.reason if isinstance(found, Unknown) else found) == expected


def test_unknown_size_has_no_bounds() -> None:
    properties = {"MaxAllocatedStorage": OPEN, "AllocatedStorage": 5}
    resources = {"It": {"Type": "AWS::RDS::DBInstance", "Properties": properties}}
    view = view_of(resources, Parameters={"Open": {"Type": "Number", "MinValue": 5, "MaxValue": 9}})
    found = fact(view.template.resources["It"], view)
    assert isinstance(found, Unknown)
    assert (found.minimum, found.maximum) == (None, None)
