"""How long the load balancers of an ECS service wait before they give up a task that does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.logic.numbers import integer_value
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"


def fact(resource: Resource, view: View) -> Any:
    """The seconds of the least patient load balancer of the service; Unknown where the template does not tell.

    Interval times number of failures. Left out, a target group checks every 30 seconds (a function every 35) and gives
    up after 2 failures, and a Classic Load Balancer checks every 30 seconds and gives up after 2.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html
    https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html
    """
    known: list[int] = []
    unknown: Unknown | None = None
    for seconds in _patience(resource, view):
        if isinstance(seconds, Unknown):
            unknown = unknown or seconds
        else:
            known.append(seconds)
    if unknown is None:
        return min(known) if known else ABSENT
    return unknown._replace(minimum=None, maximum=min(known) if known else None)


def _patience(service: Resource, view: View) -> Iterator[int | Unknown]:
    for item in view.select(service, ("Properties", "LoadBalancers", "*")):
        if isinstance(item.value, Unknown):
            yield item.value
            continue
        group = view.get(item, "TargetGroupArn")
        if group.value is ABSENT:
            balancer = view.target(view.get(item, "LoadBalancerName"), _CLASSIC)
            yield _seconds(view, balancer, ("HealthCheck", "Interval"), ("HealthCheck", "UnhealthyThreshold"), item)
        else:
            target = view.target(group, _TARGET_GROUP)
            yield _seconds(view, target, ("HealthCheckIntervalSeconds",), ("UnhealthyThresholdCount",), item)


def _seconds(
    view: View, holder: Resource | None, interval: tuple[str, ...], failures: tuple[str, ...], item: Located
) -> int | Unknown:
    if holder is None:
        return Unknown(("LoadBalancer", item.path), "the check of its load balancer is not in this template")
    every = integer_value(view.get(holder, "Properties", *interval), 30)
    times = integer_value(view.get(holder, "Properties", *failures), 2)
    for value in (every, times):
        if isinstance(value, Unknown):
            return value
    return int(every * times)
