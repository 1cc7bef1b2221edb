"""Primary failover records of which Route 53 never learns that they are down."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.model.aws.route53 import all_records, records_of
from relint.model.aws.route53_health import is_target_known, missing_signal
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_LEVELS: dict[str, Level] = {"idle": "warning", "blind": "warning"}


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem for each primary record without a health signal.

    At HealthCheckId: message `default`, or `cloudfront` for an alias of a CloudFront distribution. At
    EvaluateTargetHealth: `alias` if it is off; `idle` (a warning) for an alias whose target has no health to inherit,
    `blind` (a warning) for one to records without health. Message value: `name`. Unknown if the role, the health
    check or the target of the alias is unknown.
    """
    template_records = all_records(view)
    for record in records_of(view, resource):
        is_primary = apply_test("equals", view.get(record.body, "Failover").value, "PRIMARY")
        if is_primary is False:
            continue
        signal = missing_signal(view, record, template_records)
        if signal is None:
            zone = view.get(record.body, "AliasTarget", "HostedZoneId").value
            has_check = view.get(record.body, "HealthCheckId").value is not ABSENT
            if not has_check and isinstance(zone, Unknown) and not is_target_known(view, record):
                yield zone
        elif isinstance(signal, Unknown) or isinstance(is_primary, Unknown):
            yield is_primary if isinstance(is_primary, Unknown) else signal  # type: ignore[misc]
        else:
            yield Problem(
                signal.path,
                values={"name": describe_expression(record.key.name)},
                message=None if signal.reason == "default" else signal.reason,
                level=_LEVELS.get(signal.reason),
            )
