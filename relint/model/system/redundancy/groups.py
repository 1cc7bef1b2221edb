"""Redundancy of groups of instances."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import as_number
from relint.model.availability_zones import count_zones
from relint.model.aws.auto_scaling import counts_instances, desired_capacity, is_attached, zone_lists
from relint.model.system.redundancy.record import Count, Redundancy, between, exactly, spanned
from relint.model.system.redundancy.values import larger, number_at, path_of
from relint.model.zone_members import members_of
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_BEANSTALK = "aws:elasticbeanstalk:environment"


def _group(view: View, resource: Resource) -> Redundancy:
    """Return the instances of a group: those that run, and MaxSize as upper bound."""
    running = larger(number_at(view, resource, "MinSize"), desired_capacity(resource, view))
    largest = number_at(view, resource, "MaxSize")
    unit = counts_instances(view, resource)
    if isinstance(unit, Unknown) and largest != 1:
        running = Unknown(unit.expression, unit.reason, minimum=0 if running == 0 else 1)
    rule_id = "ASG-702" if is_attached(view, resource) else ""
    places = members_of(view, [located for located in zone_lists(view, resource) if located.value is not ABSENT])
    return Redundancy(
        scope="unit",
        units=between(running, largest, path_of(resource, "MaxSize"), "max-size", rule_id),
        zones=spanned(count_zones(view, places), path_of(resource, "VPCZoneIdentifier"), "ASG-701"),
        spread="expected",
        places=tuple(places),
        running=running,
    )


def _node_group(view: View, resource: Resource) -> Redundancy:
    names = ("MinSize", "DesiredSize", "MaxSize")
    sizes = [view.get(resource, "Properties", "ScalingConfig", name) for name in names]
    numbers = [
        Unknown(("Size", resource.logical_id), "the service chooses its size", minimum=0)
        if size.value is ABSENT
        else number_at(view, resource, "ScalingConfig", name)
        for name, size in zip(names, sizes, strict=True)
    ]
    running = numbers[0] if sizes[1].value is ABSENT else larger(numbers[0], numbers[1])
    subnets = view.get(resource, "Properties", "Subnets")
    places = members_of(view, [subnets])
    return Redundancy(
        scope="unit",
        units=between(running, numbers[2], path_of(resource, "ScalingConfig"), "max-size", "EKS-701"),
        zones=spanned(count_zones(view, places), subnets.path, "EKS-701"),
        spread="expected",
        places=tuple(places),
        running=running,
    )


def _environment(view: View, resource: Resource) -> Redundancy:
    """Return the instances of an Elastic Beanstalk environment, which a saved configuration may decide."""
    kind = _option(view, resource, _BEANSTALK, "EnvironmentType")
    size = _option(view, resource, "aws:autoscaling:asg", "MinSize")
    path = path_of(resource, "OptionSettings")
    zones = Count(lower=1, upper=None, path=path, fact="one-zone", rule_id="EB-701", unknown=_unsaid(resource))
    if kind == "SingleInstance":
        units = exactly(1, path, "one-instance", "EB-701")
    else:
        running = _unsaid(resource) if as_number(size) is None else int(as_number(size) or 0)
        units = between(running, _unsaid(resource), path, "one-instance", "EB-701")
    return Redundancy(scope="unit", units=units, zones=zones, spread="expected")


def _option(view: View, resource: Resource, namespace: str, name: str) -> Any:
    item = (("Namespace", namespace), ("OptionName", name))
    return view.select(resource, ("Properties", "OptionSettings", item, "Value"))[0].value


def _unsaid(resource: Resource) -> Unknown:
    return Unknown(("Options", resource.logical_id), "the source bundle may say how many it keeps", minimum=1)


READERS: Mapping[str, Callable[[View, Resource], Redundancy]] = {
    "AWS::AutoScaling::AutoScalingGroup": _group,
    "AWS::EKS::Nodegroup": _node_group,
    "AWS::ElasticBeanstalk::Environment": _environment,
}
