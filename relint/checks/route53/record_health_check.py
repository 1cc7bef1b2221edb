"""Whether Route 53 learns that an endpoint behind one of several records is down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.model.aws.route53 import Record, all_records, canonical_domain, records_of
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Unknown, expression_of, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_POLICIES = ("Weight", "Region", "GeoLocation", "GeoProximityLocation", "CidrRoutingConfig")
_CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
"""The hosted zone of every CloudFront distribution.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-recordset-aliastarget.html
"""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """One problem for each record of a resource that shares its name with others and is always taken for healthy.

    A record of weight 0 takes no part. The default record of a geolocation set is left alone: behind it there is
    nothing to fail over to. An alias of a CloudFront distribution, which cannot pass on the health of its target, is a
    note (`cloudfront`).
    """
    known = all_records(view)
    for record in records_of(view, resource):
        weightless = apply_test("equals", view.get(record.body, "Weight").value, 0)
        if weightless is True or not _routed(view, record) or _is_geographic_default(view, record):
            continue
        others = [one for one in known if one.key == record.key and one.body.path != record.body.path]
        if any(_routed(view, one) and not _weightless(view, one) for one in others):
            for found in _unchecked(view, record):
                yield weightless if isinstance(weightless, Unknown) else found


def _unchecked(view: View, record: Record) -> Iterator[Problem | Unknown]:
    health_check = view.get(record.body, "HealthCheckId")
    if isinstance(health_check.value, Unknown) and health_check.value.optional:
        yield health_check.value
    if health_check.value is not ABSENT:
        return
    values = {
        "name": describe_expression(record.key[1]),
        "set": describe_expression(expression_of(view.get(record.body, "SetIdentifier").value)),
    }
    if view.get(record.body, "AliasTarget").value is ABSENT:
        yield Problem(health_check.path, values)
        return
    inherits = view.get(record.body, "AliasTarget", "EvaluateTargetHealth")
    truth = apply_test("equals", inherits.value, True)
    if isinstance(truth, Unknown):
        yield truth
    elif truth is False and _leads_to_cloudfront(view, record):
        yield Problem(health_check.path, values, (), "cloudfront", "note")
    elif truth is False:
        yield Problem(inherits.path, values, (), "alias")


def _routed(view: View, record: Record) -> bool:
    """Whether the record is one of several between which Route 53 chooses for each query."""
    multivalue = apply_test("equals", view.get(record.body, "MultiValueAnswer").value, True)
    return multivalue is True or any(view.get(record.body, name).value is not ABSENT for name in _POLICIES)


def _weightless(view: View, record: Record) -> bool:
    return apply_test("equals", view.get(record.body, "Weight").value, 0) is True


def _is_geographic_default(view: View, record: Record) -> bool:
    return apply_test("equals", view.get(record.body, "GeoLocation", "CountryCode").value, "*") is True


def _leads_to_cloudfront(view: View, record: Record) -> bool:
    name = canonical_domain(view.get(record.body, "AliasTarget", "DNSName").value)
    zone = view.get(record.body, "AliasTarget", "HostedZoneId").value
    distributions = {one.logical_id for one in view.resources("AWS::CloudFront::Distribution")}
    literal = isinstance(name, str) and name.endswith(".cloudfront.net")
    return literal or zone == _CLOUDFRONT_ZONE or bool(references(name) & distributions)
