"""Node groups that run the same pods, and their zones and nodes together."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from relint.checks.eks.interchangeable_node_groups import fact
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

OPEN = {"Ref": "Open"}
REASON = 'whether "Group1" runs the same pods as "Group0" is not known'
ROLE = {"ClusterName": "c", "InstanceTypes": ["m5.large"], "Labels": {"tier": "web"}}


def together(count: Literal["zones", "nodes"], *groups: dict[str, Any]) -> Any:
    """Return the count for the first group; for an unknown one its reason, minimum and maximum."""
    resources: dict[str, Any] = {}
    for number, group in enumerate(groups):
        zone = {"AvailabilityZone": f"us-east-1{'abc'[number]}"}
        resources[f"Subnet{number}"] = {"Type": "AWS::EC2::Subnet", "Properties": zone}
        lies = {"Subnets": [{"Ref": f"Subnet{number}"}], "ScalingConfig": {"MinSize": number + 1}}
        resources[f"Group{number}"] = {"Type": "AWS::EKS::Nodegroup", "Properties": {**lies, **group}}
    view = view_of(resources, Parameters={"Open": {"Type": "String"}})
    found = fact(view.template.resources["Group0"], view, count)
    return (found.reason, found.minimum, found.maximum) if isinstance(found, Unknown) else found


def test_groups_of_the_same_role_count_together() -> None:
    assert together("zones", ROLE, ROLE, ROLE) == 3
    assert together("nodes", ROLE, ROLE, ROLE) == 6
    assert together("nodes", ROLE) == 1


@pytest.mark.parametrize(("name", "other"), [("ClusterName", "d"), ("InstanceTypes", ["x"]), ("Labels", {"a": "b"})])
def test_groups_of_another_role_do_not_count(name: str, other: Any) -> None:
    assert together("zones", ROLE, {**ROLE, name: other}) == 1
    assert together("nodes", ROLE, {**ROLE, name: other}) == 1


@pytest.mark.parametrize(("name", "value"), [("ClusterName", OPEN), ("InstanceTypes", [OPEN]), ("Labels", {"a": OPEN})])
def test_group_that_may_have_the_role(name: str, value: Any) -> None:
    assert together("zones", ROLE, {**ROLE, name: value}) == (REASON, 1, 2)
    assert together("nodes", ROLE, {**ROLE, name: value}) == (REASON, 1, 3)
    assert together("zones", {**ROLE, name: value}, {**ROLE, name: value}) == 2
