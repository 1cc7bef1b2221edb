"""Capacity, zones and launch templates of an Auto Scaling group."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of, negate
from relint.model.availability_zones import count_zones
from relint.model.zone_members import members_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

_SUBNETS = "VPCZoneIdentifier"
_ZONES = ("AvailabilityZones", "AvailabilityZoneIds")
TRAFFIC = ("TargetGroupARNs", "LoadBalancerNames", "TrafficSources")
"""The properties with what sends requests to a group."""
_LAUNCH_TEMPLATE = "AWS::EC2::LaunchTemplate"
_LAUNCH_CONFIGURATION = "AWS::AutoScaling::LaunchConfiguration"
_DISTRIBUTION = ("Properties", "MixedInstancesPolicy", "InstancesDistribution")
_WEIGHTS = ("Properties", "MixedInstancesPolicy", "LaunchTemplate", "Overrides", "*", "WeightedCapacity")


def desired_capacity(resource: Resource, view: View) -> Any:
    """Return the number of instances of a group, or an Unknown: DesiredCapacity, and MinSize if that is absent.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html
    """
    desired = view.get(resource, "Properties", "DesiredCapacity")
    return integer_value(desired if desired.value is not ABSENT else view.get(resource, "Properties", "MinSize"))


def counts_instances(view: View, group: Resource) -> Truth:
    """Whether the sizes of a group are numbers of instances; else an Unknown, because they are other units.

    DesiredCapacityType counts virtual processors or memory, WeightedCapacity gives each instance type a weight;
    with a weight of 1, an instance counts as one.
    https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
    """
    unit = view.get(group, "Properties", "DesiredCapacityType").value
    has_units = unit is ABSENT or apply_test("equals", unit, "units")
    if has_units is not True:
        reason = "its capacity is not counted in instances"
        return has_units if isinstance(has_units, Unknown) else Unknown(("Capacity", group.logical_id), reason)
    weights = (weight.value for weight in view.select(group, _WEIGHTS))
    if any(weight is not ABSENT and apply_test("equals", weight, 1) is not True for weight in weights):
        return Unknown(("Weights", group.logical_id), "its capacity is counted in weights")
    return True


def has_on_demand_instances(view: View, group: Resource) -> Truth:
    """Whether a group starts On-Demand instances, which a launch template of another stack is taken to ask for."""
    if view.get(group, "Properties", "MixedInstancesPolicy").value is not ABSENT:
        share = integer_value(view.get(group, *_DISTRIBUTION, "OnDemandPercentageAboveBaseCapacity"), 100)
        base = integer_value(view.get(group, *_DISTRIBUTION, "OnDemandBaseCapacity"), 0)
        return any_of((apply_test("above", share, 0), apply_test("above", base, 0)))
    market = ("Properties", "LaunchTemplateData", "InstanceMarketOptions", "MarketType")
    templates = view.referents(group, (_LAUNCH_TEMPLATE,), ("Properties", "LaunchTemplate"))
    configurations = view.referents(group, (_LAUNCH_CONFIGURATION,), ("Properties", "LaunchConfigurationName"))
    asks_for_spot = [apply_test("equals", view.get(template, *market).value, "spot") for template in templates]
    asks_for_spot += [
        apply_test("exists", view.get(configuration, "Properties", "SpotPrice").value, operand=True)
        for configuration in configurations
    ]
    return all_of(negate(truth) for truth in asks_for_spot)


def is_attached(view: View, group: Resource) -> bool:
    """Whether a group serves a load balancer or another source of traffic."""
    values = (view.get(group, "Properties", name).value for name in TRAFFIC)
    return any(value is not ABSENT and value != [] for value in values)


def zone_lists(view: View, group: Resource) -> list[Located]:
    """Return the lists of subnets, zones and zone ids of the group, which are ABSENT if left out.

    Only the list of zones, if it contains one zone: the subnets of a group must lie in the zones that it names.
    https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html
    """
    subnets = view.get(group, "Properties", _SUBNETS)
    zones = [view.get(group, "Properties", name) for name in _ZONES]
    if subnets.value is not ABSENT:
        for located in zones:
            if located.value is not ABSENT and count_zones(view, members_of(view, [located])).upper == 1:
                return [located]
    return [subnets, *zones]
