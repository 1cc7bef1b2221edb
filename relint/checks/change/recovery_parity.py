"""Differences between a primary template and its recovery template that show only when the recovery site is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.catalog.message_template import as_phrase, select_template
from relint.change.change_document import Place
from relint.change.exchanged_items import with_exchanged_items
from relint.change.protection.causes import find_cause
from relint.change.recovery.missing_parts import PartLists, missing_parts
from relint.change.recovery.site_values import is_same_but_for_the_site, times_smaller
from relint.change.value_text import text_of_value
from relint.checks.problem import ComparisonProblem
from relint.logic.predicates import as_number
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.change.records import Comparison, Regression, ResourceChange, ValueChange
    from relint.model.resource import Resource
    from relint.model.view import View

_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_SERVICE = "AWS::ECS::Service"
_TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"
_SOURCES = (
    "SourceDBInstanceIdentifier",
    "SourceDBClusterIdentifier",
    "ReplicationSourceIdentifier",
    "GlobalClusterIdentifier",
    "GlobalReplicationGroupId",
    "DBSnapshotIdentifier",
    "SnapshotIdentifier",
)
"""Properties with which a database takes engine and version from another one."""


def check_comparison(
    comparison: Comparison,
    regressions: Sequence[Regression],
    *,
    versions: Sequence[str],
    names: Sequence[str],
    sizes: Sequence[str],
    areas: Sequence[str],
    parts: Mapping[str, Any],
) -> Iterator[ComparisonProblem]:
    """Yield a problem for each difference between two sites.

    `versions` are properties whose values must be equal, `names` those whose members must have equal names, `sizes`
    those that may be smaller in the recovery template, each a dotted path, or a resource type and a path. `parts` say
    which missing resources count (`PartLists`). Regressions of rules count whose numbers begin with one of `areas`.
    """
    missing = missing_parts(comparison, PartLists(**parts))
    for part in missing.reported:
        yield ComparisonProblem(place=part.place, resource=part.resource, message=part.message)
    for change in comparison.changes:
        if change.kind in ("modified", "renamed"):
            yield from _version_problems(change, versions)
            yield from _name_problems(change, names)
            yield from _size_problems(comparison, change, sizes)
    for regression in regressions:
        number = regression.finding.rule.id.rpartition("-")[2]
        if regression.finding.verdict != "open" and number.startswith(tuple(areas)):
            yield from _weaker(comparison, regression, missing.names)


def _is_about(value: ValueChange, resource_type: str, entries: Sequence[str]) -> bool:
    """Whether a value is at, below or above one of the properties, and differs there."""
    for entry in entries:
        type_or_path, _, path = entry.partition(" ")
        if path and type_or_path != resource_type:
            continue
        path = path or type_or_path
        if f"{value.property}.".startswith(f"{path}."):
            return True
        if path.startswith(f"{value.property}.") and value.contains(path[len(value.property) + 1 :].split(".")):
            return True
    return False


def _problem(change: ResourceChange, value: ValueChange, message: str, **values: Any) -> ComparisonProblem:
    return ComparisonProblem(
        place=Place("New", value.new_path),
        resource=change.resource,
        values={
            "property": value.property,
            "old": text_of_value(value.old),
            "new": text_of_value(value.new),
            **values,
        },
        related=((Place("Old", value.old_path), f"It is '{text_of_value(value.old)}' in the primary."),),
        message=message,
        reason=value.open_reason,
    )


def _version_problems(change: ResourceChange, versions: Sequence[str]) -> Iterator[ComparisonProblem]:
    assert change.new is not None, "the resource is on both sides"
    values = (value for value in change.properties if not value.replaced)
    for value in with_exchanged_items(value for value in values if _is_about(value, change.new.type, versions)):
        if value.new is ABSENT and _has_source(change.new):
            continue
        if value.open_reason or not is_same_but_for_the_site(value.old, value.new):
            yield _problem(change, value, "default")._replace(level="error")


def _has_source(resource: Resource) -> bool:
    properties = resource.body.get("Properties")
    return isinstance(properties, Mapping) and not properties.keys().isdisjoint(_SOURCES)


def _name_problems(change: ResourceChange, names: Sequence[str]) -> Iterator[ComparisonProblem]:
    """Yield a problem for each name that the primary has and the recovery template lacks; its values are its own."""
    assert change.new is not None, "the resource is on both sides"
    for value in change.properties:
        if value.new is not ABSENT or not _is_about(value, change.new.type, names):
            continue
        name = value.old.get("Name") if isinstance(value.old, Mapping) else None
        text = f"{value.property}.{name}" if isinstance(name, str) else value.property
        yield _problem(change, value, "name", property=text)._replace(level="error")


def _size_problems(comparison: Comparison, change: ResourceChange, sizes: Sequence[str]) -> Iterator[ComparisonProblem]:
    """Yield that a resource is smaller, by the size that differs most, and that it cannot grow to the primary."""
    old, new = change.old, change.new
    assert old is not None and new is not None, "the resource is on both sides"
    smaller = [
        (times, value)
        for value in change.properties
        if _is_about(value, new.type, sizes) and (times := times_smaller(value.old, value.new)) is not None
    ]
    needed, ceiling = _needed(comparison.old, old), _ceiling(comparison.new, new)
    if needed is not None and ceiling is not None and ceiling < needed:
        limit = "MaxSize" if new.type == _GROUP else "MaxCapacity"
        yield ComparisonProblem(
            place=Place("New", comparison.new.get(new, "Properties", limit).path),
            resource=new,
            values={"limit": ceiling, "needed": needed},
            related=((Place("Old", old.path), f"The primary runs {needed}."),),
            message="ceiling",
        )
    elif smaller:
        times, value = max(smaller, key=lambda entry: entry[0])
        factor = "" if times == float("inf") else f", {times:.3g} times as much"
        growth = "" if ceiling is None else f"; it may grow to {ceiling}"
        yield _problem(change, value, "smaller", factor=factor, growth=growth)._replace(level="note")


def _needed(view: View, resource: Resource) -> int | None:
    """Return how many instances or tasks a group, or a service with a scalable target, runs; None if it is unknown."""
    if resource.type == _GROUP:
        return _largest(view, resource, "DesiredCapacity", "MinSize")
    if resource.type == _TARGET:
        services = view.referents(resource, (_SERVICE,))
        counts = [_largest(view, resource, "MinCapacity"), *(_largest(view, one, "DesiredCount") for one in services)]
        return max((count for count in counts if count is not None), default=None)
    return None


def _ceiling(view: View, resource: Resource) -> int | None:
    """Return to how many instances or tasks something may grow; None if that is unknown."""
    return _largest(view, resource, "MaxSize" if resource.type == _GROUP else "MaxCapacity")


def _largest(view: View, resource: Resource, *names: str) -> int | None:
    numbers = (as_number(view.get(resource, "Properties", name).value) for name in names)
    return max((int(number) for number in numbers if number is not None), default=None)


def _weaker(comparison: Comparison, regression: Regression, missing: frozenset[str]) -> Iterator[ComparisonProblem]:
    """Yield that a rule about detection or durability fails in the recovery template only, unless a part is missing."""
    finding = regression.finding
    cause = find_cause(comparison, regression)
    if cause is None or not missing.isdisjoint(cause.resources) or not (regression.has_passed or cause.removes):
        return
    phrase = as_phrase(select_template(finding.rule.messages, finding.message_id), finding.arguments)
    yield ComparisonProblem(
        place=Place("New", regression.path),
        resource=regression.new,
        values={"rules": finding.rule.id, "finding": phrase},
        related=((Place("Old", regression.old.path), "The primary has it here."),),
        message="weaker",
        level="note" if finding.level == "note" else None,
        verdict=finding.verdict,
    )
