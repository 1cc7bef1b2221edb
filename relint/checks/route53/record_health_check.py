"""Records of a set whose endpoints Route 53 always takes for healthy."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.model.aws.route53 import Record, all_records, canonical_domain, records_of
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Unknown, expression_of, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ROUTING_PROPERTIES = ("Weight", "Region", "GeoLocation", "GeoProximityLocation", "CidrRoutingConfig")
_CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
"""The hosted zone of every CloudFront distribution.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-recordset-aliastarget.html
"""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem for each record of a set without a health check.

    At HealthCheckId: message `default`, or `cloudfront` (a note) for an alias of a CloudFront distribution, which
    cannot inherit the health of its target. At EvaluateTargetHealth: `alias` for any other alias. A record of weight 0
    receives no requests, and the default record of a geolocation set has no record to fail over to: both are left out.
    Message values: `name`, `set`. Unknown if the weight or EvaluateTargetHealth is unknown.
    """
    template_records = all_records(view)
    for record in records_of(view, resource):
        is_weightless = apply_test("equals", view.get(record.body, "Weight").value, 0)
        if is_weightless is True or not _is_routed(view, record) or _is_geographic_default(view, record):
            continue
        others = [
            other for other in template_records if other.key == record.key and other.body.path != record.body.path
        ]
        if any(_is_routed(view, other) and not _is_weightless(view, other) for other in others):
            for result in _missing_health_check(view, record):
                yield is_weightless if isinstance(is_weightless, Unknown) else result


def _missing_health_check(view: View, record: Record) -> Iterator[Problem | Unknown]:
    health_check = view.get(record.body, "HealthCheckId")
    if isinstance(health_check.value, Unknown) and health_check.value.optional:
        yield health_check.value
    if health_check.value is not ABSENT:
        return
    values = {
        "name": describe_expression(record.key.name),
        "set": describe_expression(expression_of(view.get(record.body, "SetIdentifier").value)),
    }
    if view.get(record.body, "AliasTarget").value is ABSENT:
        yield Problem(health_check.path, values=values)
        return
    evaluates_health = view.get(record.body, "AliasTarget", "EvaluateTargetHealth")
    truth = apply_test("equals", evaluates_health.value, operand=True)
    if isinstance(truth, Unknown):
        yield truth
    elif truth is False and _leads_to_cloudfront(view, record):
        yield Problem(health_check.path, values=values, message="cloudfront", level="note")
    elif truth is False:
        yield Problem(evaluates_health.path, values=values, message="alias")


def _is_routed(view: View, record: Record) -> bool:
    """Whether the record is one of several between which Route 53 chooses for each query."""
    is_multivalue = apply_test("equals", view.get(record.body, "MultiValueAnswer").value, operand=True)
    return is_multivalue is True or any(view.get(record.body, name).value is not ABSENT for name in _ROUTING_PROPERTIES)


def _is_weightless(view: View, record: Record) -> bool:
    return apply_test("equals", view.get(record.body, "Weight").value, 0) is True


def _is_geographic_default(view: View, record: Record) -> bool:
    return apply_test("equals", view.get(record.body, "GeoLocation", "CountryCode").value, "*") is True


def _leads_to_cloudfront(view: View, record: Record) -> bool:
    name = canonical_domain(view.get(record.body, "AliasTarget", "DNSName").value)
    zone = view.get(record.body, "AliasTarget", "HostedZoneId").value
    distributions = {distribution.logical_id for distribution in view.resources("AWS::CloudFront::Distribution")}
    is_cloudfront_host = isinstance(name, str) and name.endswith(".cloudfront.net")
    return is_cloudfront_host or zone == _CLOUDFRONT_ZONE or bool(references(name) & distributions)
