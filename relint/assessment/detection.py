"""Times until automation notices a failure and replaces what failed, from the settings of a template.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/elb-healthchecks.html
https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html
"""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.assessment.facts import Fact, Interval, fact_with_id
from relint.logic.numbers import integer_value
from relint.model.aws.load_balancers import TARGET_GROUP
from relint.model.system.record_families import RECORD_SET
from relint.model.system.resource_groups import LOAD_BALANCERS
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.assessment.parts import Part
    from relint.model.resource import Resource
    from relint.model.view import View

_, _CLASSIC = LOAD_BALANCERS
CHECKERS = (TARGET_GROUP, _CLASSIC)
"""Types that check the health of those to which they send requests."""

DNS_SECONDS = 60
"""Seconds for which clients may use the address of a zone that is lost: the lifetime of a load balancer's records.

https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
"""

_CHECK_INTERVAL, _CHECK_THRESHOLD = 30, 3
"""The seconds between two health checks of Route 53, and those that have to fail; the latter is our judgement.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
"""

_DISTRIBUTION = "AWS::CloudFront::Distribution"
_REPEATED_METHODS = ("GET", "HEAD", "OPTIONS")
_CONNECTION_ATTEMPTS, _CONNECTION_TIMEOUT = 3, 10

_LEAST_REPLACEMENT = 120
_STATUS_CHECKS = 60 + 300
"""Seconds until a group acts on EC2 status checks: one a minute, and then "a few minutes", which we take for five."""

_DEFAULT_SIGNAL_TIMEOUT = "PT5M"
_DURATION = re.compile(r"PT(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?", re.IGNORECASE)


class HealthCheck(NamedTuple):
    """The settings of a health check; seconds and numbers, or Unknowns."""

    interval: Any
    timeout: Any
    unhealthy: Any


def health_check(part: Part) -> HealthCheck:
    """Return the health check of a target group or a Classic Load Balancer, with the defaults of AWS."""
    view, resource = part.view(), part.resource
    if resource.type == _CLASSIC:
        names, default = ("Interval", "Timeout", "UnhealthyThreshold"), HealthCheck(30, 5, 2)
        values = [view.get(resource, "Properties", "HealthCheck", name) for name in names]
    else:
        names = ("HealthCheckIntervalSeconds", "HealthCheckTimeoutSeconds", "UnhealthyThresholdCount")
        default = _default_of_target_group(view, resource)
        values = [view.get(resource, "Properties", name) for name in names]
    return HealthCheck(*(integer_value(value, number) for value, number in zip(values, default, strict=True)))


def _default_of_target_group(view: View, group: Resource) -> HealthCheck:
    protocol, checked, target_type = (
        _text(view, group, name) for name in ("Protocol", "HealthCheckProtocol", "TargetType")
    )
    if target_type == "lambda":
        return HealthCheck(35, 30, 5)
    if protocol == "GENEVE":
        return HealthCheck(10, 5, 2)
    if protocol in ("TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"):
        return HealthCheck(30, 6 if checked == "HTTP" else 10, 2)
    return HealthCheck(30, 5, 2)


def left_out_fact(part: Part, *, in_zone: bool, is_first: bool) -> Fact | None:
    """Return the fact about a part of whose alternatives some are lost, the first one among them with `is_first`.

    None for a part about which nothing is known. A record that fails over uses its first alternative only.
    """
    if part.resource.type in CHECKERS:
        return fact_with_id("elb-dead-target")._replace(rto=time_of_checks([health_check(part)], in_zone=in_zone))
    if part.resource.type == _DISTRIBUTION:
        return fact_with_id("cloudfront-origin-failover")._replace(rto=_time_of_origins(part))
    if part.resource.type != RECORD_SET:
        return None
    fails_over = part.view().get(part.resource, "Properties", "Failover").value is not ABSENT
    if fails_over and not is_first:
        return fact_with_id("route53-idle")
    return fact_with_id("route53-failover" if fails_over else "route53-fewer")._replace(rto=_time_of_record(part))


def time_of_checks(checks: list[HealthCheck], *, in_zone: bool) -> Interval:
    """Return the seconds until no load balancer sends requests to a lost unit; without checks there is no bound.

    With `in_zone` a zone is lost, so that clients also have to forget its addresses.
    """
    if not checks:
        return Interval()
    times = [_time_to_leave_out(check) for check in checks]
    low = max(time.lo for time in times)
    if any(time.hi is None for time in times):
        return Interval(low, None, "unknown")
    high = max(time.hi or 0 for time in times)
    return Interval(low, high + DNS_SECONDS, "typical") if in_zone else Interval(low, high, "bounded")


def _time_to_leave_out(check: HealthCheck) -> Interval:
    """Return the seconds until requests no longer go to a target that fails at an arbitrary moment.

    The first check that fails comes at once or one interval later, and the last one fails when its timeout is over.
    """
    least = max(_least(check.unhealthy) - 1, 0) * _least(check.interval)
    if any(isinstance(value, Unknown) for value in check):
        return Interval(least, None, "unknown")
    return Interval(least, check.unhealthy * check.interval + check.timeout, "bounded")


def _time_of_record(record: Part) -> Interval:
    """Return the seconds until clients no longer use the answer of a record, by its health check and its lifetime.

    Without a health check in these files, as of an alias that inherits the health of its target, there is no bound.
    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
    """
    view = record.view()
    check = view.target(view.get(record.resource, "Properties", "HealthCheckId"), "AWS::Route53::HealthCheck")
    if check is None:
        return Interval()
    config = view.get(check, "Properties", "HealthCheckConfig")
    interval = integer_value(view.get(config, "RequestInterval"), _CHECK_INTERVAL)
    threshold = integer_value(view.get(config, "FailureThreshold"), _CHECK_THRESHOLD)
    lifetime = integer_value(view.get(record.resource, "Properties", "TTL"), DNS_SECONDS)
    least = max(_least(threshold) - 1, 0) * _least(interval)
    if any(isinstance(number, Unknown) for number in (interval, threshold, lifetime)):
        return Interval(least, None, "unknown")
    return Interval(least, interval * threshold + lifetime, "typical")


def _time_of_origins(distribution: Part) -> Interval:
    """Return the seconds until a distribution asks the second origin of a group, for each request.

    It does so for GET, HEAD and OPTIONS only: with other methods, or numbers that are not known, there is no bound.
    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
    """
    view = distribution.view()
    config = view.get(distribution.resource, "Properties", "DistributionConfig")
    behaviors = [view.get(config, "DefaultCacheBehavior"), *view.select(config, ("CacheBehaviors", "*"))]
    methods = [item.value for behavior in behaviors for item in view.select(behavior, ("AllowedMethods", "*"))]
    if not all(method in _REPEATED_METHODS for method in methods):
        return Interval()
    seconds = 0
    for origin in view.select(config, ("Origins", "*")):
        attempts = integer_value(view.get(origin, "ConnectionAttempts"), _CONNECTION_ATTEMPTS)
        timeout = integer_value(view.get(origin, "ConnectionTimeout"), _CONNECTION_TIMEOUT)
        if isinstance(attempts, Unknown) or isinstance(timeout, Unknown):
            return Interval()
        seconds = max(seconds, attempts * timeout)
    return Interval(0, seconds, "bounded")


def time_to_replace(group: Part, checks: list[HealthCheck]) -> Interval:
    """Return the seconds until an Auto Scaling group has replaced an instance, by the time for which its stack waits.

    The timeout of a CreationPolicy is a hint about the time of a start, which an annotation states: without either
    there is no upper bound.
    """
    view, resource = group.view(), group.resource
    start = group.annotation.boot_s
    if start is None:
        start = _seconds_of_start(view, resource)
    kind = view.get(resource, "Properties", "HealthCheckType").value
    by_balancer = isinstance(kind, str) and "ELB" in kind.upper()
    detection: list[Any] = [_STATUS_CHECKS]
    if by_balancer and checks:
        numbers = [value for check in checks for value in (check.interval, check.unhealthy)]
        if any(isinstance(value, Unknown) for value in numbers):
            return Interval(_LEAST_REPLACEMENT, None, "unknown")
        detection = [check.interval * check.unhealthy for check in checks]
    if start is None or isinstance(kind, Unknown):
        return Interval(_LEAST_REPLACEMENT, None, "unknown")
    return Interval(_LEAST_REPLACEMENT, max(max(detection) + start, _LEAST_REPLACEMENT), "typical")


def _seconds_of_start(view: View, group: Resource) -> int | None:
    """Return the seconds that a CreationPolicy allows for the signals of new instances; None without one."""
    signal = view.get(view.root(group), "CreationPolicy", "ResourceSignal")
    if signal.value is ABSENT or isinstance(signal.value, Unknown):
        return None
    timeout = view.get(signal, "Timeout").value
    match = _DURATION.fullmatch(_DEFAULT_SIGNAL_TIMEOUT if timeout is ABSENT else scalar_text(timeout))
    if match is None or isinstance(timeout, Unknown):
        return None
    hours, minutes, seconds = (int(number or 0) for number in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def _text(view: View, resource: Resource, name: str) -> str:
    value = view.get(resource, "Properties", name).value
    return value if isinstance(value, str) else ""


def _least(value: Any) -> int:
    return max(int(value.minimum or 0), 0) if isinstance(value, Unknown) else max(int(value), 0)
