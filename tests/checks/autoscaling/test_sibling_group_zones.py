"""Groups that start the same instances, or serve the same clients, and the zones that they span together."""

from __future__ import annotations

from typing import Any

import pytest

from relint.checks.autoscaling.sibling_group_zones import fact
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

OPEN = {"Ref": "Open"}


def mixed(key: str, value: Any) -> dict[str, Any]:
    return {"MixedInstancesPolicy": {"LaunchTemplate": {"LaunchTemplateSpecification": {key: value}}}}


ROLES: dict[str, Any] = {
    "a launch template": lambda value: {"LaunchTemplate": {"LaunchTemplateId": value}},
    "a launch template by name": lambda value: {"LaunchTemplate": {"LaunchTemplateName": value}},
    "a mixed policy": lambda value: mixed("LaunchTemplateId", value),
    "a mixed policy by name": lambda value: mixed("LaunchTemplateName", value),
    "a launch configuration": lambda value: {"LaunchConfigurationName": value},
}
SERVED: dict[str, Any] = {
    "a target group": lambda value: {"TargetGroupARNs": [value]},
    "a load balancer": lambda value: {"LoadBalancerNames": [value]},
    "a source of traffic": lambda value: {"TrafficSources": [{"Identifier": value, "Type": "elbv2"}]},
}


def zones(*groups: dict[str, Any]) -> Any:
    """Return the zones of the first group and its siblings; each group lies in a zone of its own."""
    view = view_of(
        {
            f"Group{number}": {
                "Type": "AWS::AutoScaling::AutoScalingGroup",
                "Properties": {"AvailabilityZones": [f"us-east-1{'abc'[number]}"], **properties},
            }
            for number, properties in enumerate(groups)
        },
        Parameters={"Open": {"Type": "String"}, "Other": {"Type": "String"}},
    )
    found = fact(view.template.resources["Group0"], view)
    return (found.reason, found.minimum) if isinstance(found, Unknown) else found


@pytest.mark.parametrize("kind", [*ROLES, *SERVED])
def test_groups_with_the_same_role_span_their_zones_together(kind: str) -> None:
    role = {**ROLES, **SERVED}[kind]
    assert zones(role("same"), role("same")) == 2
    assert zones(role("same"), role("same"), role("same")) == 3
    assert zones(role("same"), role("other")) == 1


def test_group_without_a_role_is_alone() -> None:
    assert zones({}, {}) == 1
    assert zones({"TargetGroupARNs": []}, {"TargetGroupARNs": []}) == 1


@pytest.mark.parametrize("kind", ROLES)
def test_launch_template_that_may_be_the_same(kind: str) -> None:
    reason = 'whether "Group1" starts the same instances as "Group0" is not known'
    assert zones(ROLES[kind]("named"), ROLES[kind](OPEN)) == (reason, 1)
    assert zones(ROLES[kind](OPEN), ROLES[kind]("named")) == (reason, 1)
    assert zones(ROLES[kind](OPEN), {}) == 1
    assert zones(ROLES[kind](OPEN), ROLES[kind](OPEN)) == 2
