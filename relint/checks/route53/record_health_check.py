"""Records of a set whose endpoints Route 53 always takes for healthy."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of, negate
from relint.model.aws.route53 import Record, all_records, records_of
from relint.model.aws.route53_health import missing_signal
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Unknown, expression_of

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_ROUTING_PROPERTIES = ("Weight", "Region", "GeoLocation", "GeoProximityLocation", "CidrRoutingConfig")
_LEVELS: dict[str, Level] = {"cloudfront": "note", "idle": "note"}


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem for each record of a set without a health check.

    At HealthCheckId: message `default`, or `cloudfront` (a note) for an alias of a CloudFront distribution. At
    EvaluateTargetHealth: `alias` if it is off, `idle` (a note) for an alias whose target has no health to inherit, and
    `blind` for one to records without health. A record of weight 0 receives no requests, and the default record of a
    geolocation set has no record to fail over to: both are left out. Message values: `name`, `set`.
    Unknown if a weight, the country, MultiValueAnswer or EvaluateTargetHealth is unknown.
    """
    template_records = all_records(view)
    for record in records_of(view, resource):
        is_asked = all_of([_receives_requests(view, record), negate(_is_geographic_default(view, record))])
        if is_asked is False:
            continue
        others = [
            other for other in template_records if other.key == record.key and other.body.path != record.body.path
        ]
        has_substitute = all_of([is_asked, any_of(_receives_requests(view, other) for other in others)])
        if has_substitute is not False:
            result = _missing_health_check(view, record, template_records)
            if result is not None:
                yield has_substitute if isinstance(has_substitute, Unknown) else result


def _missing_health_check(view: View, record: Record, records: list[Record]) -> Problem | Unknown | None:
    signal = missing_signal(view, record, records)
    if signal is None or isinstance(signal, Unknown):
        return signal
    values = {
        "name": describe_expression(record.key.name),
        "set": describe_expression(expression_of(view.get(record.body, "SetIdentifier").value)),
    }
    message = None if signal.reason == "default" else signal.reason
    return Problem(signal.path, values=values, message=message, level=_LEVELS.get(signal.reason))


def _receives_requests(view: View, record: Record) -> Truth:
    """Whether the record is one of several between which Route 53 chooses for each query, and its weight is not 0."""
    is_multivalue = apply_test("equals", view.get(record.body, "MultiValueAnswer").value, operand=True)
    is_routed = any(view.get(record.body, name).value is not ABSENT for name in _ROUTING_PROPERTIES)
    has_no_weight = apply_test("equals", view.get(record.body, "Weight").value, 0)
    return all_of([is_routed or is_multivalue, negate(has_no_weight)])


def _is_geographic_default(view: View, record: Record) -> Truth:
    return apply_test("equals", view.get(record.body, "GeoLocation", "CountryCode").value, "*")
