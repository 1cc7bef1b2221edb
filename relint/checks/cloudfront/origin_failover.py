"""Whether the default behaviour of a CloudFront distribution has an origin to fail over to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.logic.predicates import as_number, is_equal
from relint.resolve.value import ABSENT, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_CODES = (500, 502, 503, 504)


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem when no origin group serves by default, when its members are one origin, or when it misses a 5xx.

    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
    """
    config = view.get(resource, "Properties", "DistributionConfig")
    target = view.get(config, "DefaultCacheBehavior", "TargetOriginId")
    groups = view.select(config, ("OriginGroups", "Items", "*"))
    unknown = next((one.value for one in (target, *groups) if isinstance(one.value, Unknown)), None)
    if unknown:
        yield unknown
        return
    group = next((one for one in groups if _id(view, one) == expression_of(target.value)), None)
    if group is None:
        yield Problem(target.path, {}, ())
        return
    yield from _same_origin(view, config, group)
    codes = view.get(group, "FailoverCriteria", "StatusCodes", "Items")
    known = {as_number(item.value) for item in view.scenario.items(codes)}
    missing = [str(code) for code in _CODES if code not in known]
    if missing and not any(isinstance(item.value, Unknown) for item in view.scenario.items(codes)):
        yield Problem(codes.path, {"codes": ", ".join(missing)}, (), "codes", "note")


def _id(view: View, item: Located) -> object:
    return expression_of(view.get(item, "Id").value)


def _same_origin(view: View, config: Located, group: Located) -> Iterator[Problem]:
    members = [expression_of(one.value) for one in view.select(group, ("Members", "Items", "*", "OriginId"))]
    origins = {_id(view, origin): origin for origin in view.select(config, ("Origins", "*"))}
    found = [origins[member] for member in members if member in origins]
    if len(found) == 2 and all(_equal(view, found, name) for name in ("DomainName", "OriginPath")):
        yield Problem(view.get(group, "Members").path, {}, (), "same", "error")


def _equal(view: View, origins: list[Located], name: str) -> bool:
    one, other = (view.get(origin, name).value for origin in origins)
    if one is ABSENT or other is ABSENT:
        return one is other
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return bool(expression_of(one) == expression_of(other))
    return is_equal(one, other)
