"""Distributions whose default cache behaviour has no origin to fail over to."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import as_number, is_equal
from relint.resolve.value import ABSENT, Located, Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_STATUS_CODES = (500, 502, 503, 504)


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at TargetOriginId if no origin group serves by default.

    At Members: message `same` (an error) if both members of the group are one origin. At StatusCodes: message `codes`
    (a note) if the group does not fail over on each 5xx, with the missing ones as message value `codes`.
    Unknown if the target or a group is unknown.
    https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
    """
    config = view.get(resource, "Properties", "DistributionConfig")
    target = view.get(config, "DefaultCacheBehavior", "TargetOriginId")
    groups = view.select(config, ("OriginGroups", "Items", "*"))
    group = next((group for group in groups if _id(view, group) == expression_of(target.value)), None)
    if group is None:
        ids = [view.get(group, "Id").value for group in groups]
        unknown = next((value for value in (target.value, *ids) if groups and isinstance(value, Unknown)), None)
        yield unknown or Problem(target.path)
        return
    yield from _same_origin(view, config, group)
    status_codes = view.get(group, "FailoverCriteria", "StatusCodes", "Items")
    items = view.scenario.items(status_codes)
    numbers = {as_number(item.value) for item in items}
    missing = [str(code) for code in _STATUS_CODES if code not in numbers]
    unknown = next((item.value for item in items if isinstance(item.value, Unknown)), None)
    if missing and unknown is not None:
        yield unknown
    elif missing:
        yield Problem(status_codes.path, values={"codes": ", ".join(missing)}, message="codes", level="note")


def _id(view: View, item: Located) -> object:
    return expression_of(view.get(item, "Id").value)


def _same_origin(view: View, config: Located, group: Located) -> Iterator[Problem]:
    members = view.select(group, ("Members", "Items", "*", "OriginId"))
    origins_by_id = {_id(view, origin): origin for origin in view.select(config, ("Origins", "*"))}
    ids = [expression_of(member.value) for member in members]
    origins = [origins_by_id[origin_id] for origin_id in ids if origin_id in origins_by_id]
    if len(origins) == 2 and all(_is_equal(view, origins, name) for name in ("DomainName", "OriginPath")):
        yield Problem(view.get(group, "Members").path, message="same", level="error")


def _is_equal(view: View, origins: list[Located], name: str) -> bool:
    left, right = (view.get(origin, name).value for origin in origins)
    if left is ABSENT or right is ABSENT:
        return left is right
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return bool(expression_of(left) == expression_of(right))
    return is_equal(left, right)
