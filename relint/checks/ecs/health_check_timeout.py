"""Time after which health checks from outside give up a task that does not answer."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.logic.numbers import integer_value
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_DEFAULT_INTERVAL, _DEFAULT_FAILURES = 30, 2
_NEVER = 2**31
"""Timeout of a check that is switched off, in seconds."""


class _HealthCheck(NamedTuple):
    """The resource type that configures a health check, and where, below Properties."""

    resource_type: str
    interval: tuple[str, ...]
    failures: tuple[str, ...]


_TARGET_GROUP = _HealthCheck(
    resource_type="AWS::ElasticLoadBalancingV2::TargetGroup",
    interval=("HealthCheckIntervalSeconds",),
    failures=("UnhealthyThresholdCount",),
)
_CLASSIC = _HealthCheck(
    resource_type="AWS::ElasticLoadBalancing::LoadBalancer",
    interval=("HealthCheck", "Interval"),
    failures=("HealthCheck", "UnhealthyThreshold"),
)
_LATTICE = _HealthCheck(
    resource_type="AWS::VpcLattice::TargetGroup",
    interval=("Config", "HealthCheck", "HealthCheckIntervalSeconds"),
    failures=("Config", "HealthCheck", "UnhealthyThresholdCount"),
)
_REFERENCES = (
    (("LoadBalancers", "*", "TargetGroupArn"), _TARGET_GROUP),
    (("LoadBalancers", "*", "AdvancedConfiguration", "AlternateTargetGroupArn"), _TARGET_GROUP),
    (("LoadBalancers", "*", "LoadBalancerName"), _CLASSIC),
    (("VpcLatticeConfigurations", "*", "TargetGroupArn"), _LATTICE),
)


def fact(resource: Resource, view: View) -> Any:
    """Return the shortest timeout of the health checks of the service, in seconds; ABSENT without such checks.

    The checks are those of load balancers and of VPC Lattice. The timeout is the interval times the number of
    failures. By default, all of them check every 30 seconds (a function every 35) and give up after 2 failures.
    Unknown if a number is unknown or the check is not in the template; its maximum is the shortest known timeout.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html
    https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html
    https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html
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
    for name in ("LoadBalancers", "VpcLatticeConfigurations"):
        for item in view.select(service, ("Properties", name, "*")):
            if isinstance(item.value, Unknown):
                yield item.value
    for steps, health_check in _REFERENCES:
        for reference in view.select(service, ("Properties", *steps)):
            if reference.value is not ABSENT:
                yield _timeout(view, reference, health_check)


def _timeout(view: View, reference: Located, health_check: _HealthCheck) -> int | Unknown:
    holder = view.target(reference, health_check.resource_type)
    if holder is None:
        return Unknown(("LoadBalancer", reference.path), "the health check of its targets is not in this template")
    is_enabled = _is_lattice_check_enabled(view, holder) if health_check is _LATTICE else True
    if is_enabled is False:
        return _NEVER
    interval = integer_value(view.get(holder, "Properties", *health_check.interval), _DEFAULT_INTERVAL)
    failures = integer_value(view.get(holder, "Properties", *health_check.failures), _DEFAULT_FAILURES)
    for value in (is_enabled, interval, failures):
        if isinstance(value, Unknown):
            return value
    return int(interval * failures)


def _is_lattice_check_enabled(view: View, target_group: Resource) -> Truth:
    """Whether VPC Lattice checks the targets, which it does for HTTP1 unless Enabled says otherwise."""
    enabled = view.get(target_group, "Properties", "Config", "HealthCheck", "Enabled").value
    if enabled is not ABSENT:
        return apply_test("equals", enabled, operand=True)
    version = view.get(target_group, "Properties", "Config", "ProtocolVersion").value
    return apply_test("equals", "HTTP1" if version is ABSENT else version, "HTTP1")
