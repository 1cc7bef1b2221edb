"""Time after which load balancers give up a task that does not answer."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.logic.numbers import integer_value
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"
_DEFAULT_INTERVAL, _DEFAULT_FAILURES = 30, 2


def fact(resource: Resource, view: View) -> Any:
    """Return the shortest timeout of the load balancers of the service, in seconds; ABSENT without load balancers.

    The timeout is the interval times the number of failures. By default, a target group and a Classic Load Balancer
    check every 30 seconds (a function every 35) and give up after 2 failures.
    Unknown if a number is unknown or a load balancer is not in the template; its maximum is the shortest known timeout.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html
    https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html
    """
    timeouts: list[int] = []
    unknown: Unknown | None = None
    for timeout in _health_check_timeouts(view, resource):
        if isinstance(timeout, Unknown):
            unknown = unknown or timeout
        else:
            timeouts.append(timeout)
    if unknown is None:
        return min(timeouts) if timeouts else ABSENT
    return unknown._replace(minimum=None, maximum=min(timeouts) if timeouts else None)


def _health_check_timeouts(view: View, service: Resource) -> Iterator[int | Unknown]:
    for item in view.select(service, ("Properties", "LoadBalancers", "*")):
        if isinstance(item.value, Unknown):
            yield item.value
            continue
        target_group_arn = view.get(item, "TargetGroupArn")
        if target_group_arn.value is ABSENT:
            balancer = view.target(view.get(item, "LoadBalancerName"), _CLASSIC)
            yield _timeout(view, item, balancer, ("HealthCheck", "Interval"), ("HealthCheck", "UnhealthyThreshold"))
        else:
            group = view.target(target_group_arn, _TARGET_GROUP)
            yield _timeout(view, item, group, ("HealthCheckIntervalSeconds",), ("UnhealthyThresholdCount",))


def _timeout(
    view: View, item: Located, holder: Resource | None, interval_path: tuple[str, ...], failures_path: tuple[str, ...]
) -> int | Unknown:
    if holder is None:
        return Unknown(("LoadBalancer", item.path), "the check of its load balancer is not in this template")
    interval = integer_value(view.get(holder, "Properties", *interval_path), _DEFAULT_INTERVAL)
    failures = integer_value(view.get(holder, "Properties", *failures_path), _DEFAULT_FAILURES)
    for value in (interval, failures):
        if isinstance(value, Unknown):
            return value
    return int(interval * failures)
