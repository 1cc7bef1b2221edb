"""Comparison of two sites: the resources of a primary template and those of its recovery template that match them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from relint._typing import TYPE_CHECKING
from relint.change.assignment import views_of_sites
from relint.change.compare import compare_resources, existing_resources
from relint.change.records import Comparison, ResourceChange

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.resolve.parameters import PassedValue
    from relint.source.document import Document

_SAME_KIND = {"AWS::KMS::ReplicaKey": "AWS::KMS::Key", "AWS::DynamoDB::GlobalTable": "AWS::DynamoDB::Table"}
"""Types that one site has where the other has another one."""

_REGION = re.compile(r"(us|eu|ap|ca|sa|me|af|il|mx)-?(north|south|east|west|central)+-?\d", re.IGNORECASE)
_GENERATED_ENDING = re.compile(r"(?<=[a-z])[0-9A-F]{8}$")
"""What the CDK appends to logical ids."""
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SITES = frozenset(
    {
        *("primary", "main", "active", "source", "secondary", "dr", "disaster", "recovery", "standby", "failover"),
        *("passive", "replica", "copy", "region", "site", "pilot", "light", "warm", "cold"),
    }
)
"""Words in logical ids that name a site."""


def compare_sites(
    primary: Document,
    recovery: Document,
    primary_values: Mapping[str, str | PassedValue],
    recovery_values: Mapping[str, str | PassedValue],
) -> Comparison:
    """Return what differs between two sites, each with its own parameter values; the primary is the old side.

    Resources match by logical id and type, then by type and the logical id without words for a site, alarms also by
    their metric, then if they are the only ones of their type. Those that match with other logical ids are renamed in
    the comparison. Raises TemplateError for a template with too many resources.
    """
    old, new = views_of_sites(primary, recovery, primary_values, recovery_values)
    without_changes = Comparison(old, new, ())
    pairs = _match(existing_resources(old), existing_resources(new))
    changes = [change for pair in pairs.items() if (change := _change(without_changes, *pair))]
    matched_new = set(pairs.values())
    for logical_id, resource in existing_resources(old).items():
        if logical_id not in pairs:
            changes.append(ResourceChange("removed", resource, new.template.resources.get(logical_id)))
    for logical_id, resource in existing_resources(new).items():
        if logical_id not in matched_new:
            changes.append(ResourceChange("added", old.template.resources.get(logical_id), resource))
    return without_changes._replace(changes=tuple(sorted(changes, key=lambda change: change.logical_id)))


def _change(comparison: Comparison, old_id: str, new_id: str) -> ResourceChange | None:
    old, new = comparison.old.template.resources[old_id], comparison.new.template.resources[new_id]
    change = compare_resources(comparison, old, new)
    if old_id == new_id:
        return change
    return change._replace(kind="renamed") if change else ResourceChange("renamed", old, new)


def _match(old: Mapping[str, Resource], new: Mapping[str, Resource]) -> dict[str, str]:
    """Return the logical ids of the recovery template by those of the primary that they match."""
    pairs: dict[str, str] = {}
    for name_of in (_logical_id, _site_neutral_id, _metric, _no_name):
        old_groups = _groups(old, pairs.keys(), name_of)
        new_groups = _groups(new, pairs.values(), name_of)
        for group, old_ids in old_groups.items():
            new_ids = new_groups.get(group, [])
            if len(old_ids) == len(new_ids) == 1:
                pairs[old_ids[0]] = new_ids[0]
    return pairs


_NAMED_TYPES = frozenset(
    {
        "AWS::CloudWatch::Alarm",
        "AWS::ECS::TaskDefinition",
        "AWS::Events::Rule",
        "AWS::IAM::Role",
        "AWS::Lambda::Function",
        "AWS::Logs::LogGroup",
        "AWS::SSM::Parameter",
    }
)
"""Types of which each resource has a purpose of its own, so that the only ones of two sites need not be the same."""


def _logical_id(resource: Resource) -> str:
    return resource.logical_id


def _site_neutral_id(resource: Resource) -> str:
    return site_neutral_name(resource.logical_id)


def _metric(resource: Resource) -> str | None:
    """Return the metric of an alarm, if its name is written out."""
    properties = resource.body.get("Properties")
    if not isinstance(properties, dict) or not isinstance(properties.get("MetricName"), str):
        return None
    return f"{properties.get('Namespace')} {properties['MetricName']}"


def _no_name(resource: Resource) -> str | None:
    return None if resource.type in _NAMED_TYPES else ""


def _groups(
    resources: Mapping[str, Resource], matched: Iterable[str], name_of: Callable[[Resource], str | None]
) -> Mapping[tuple[str, str], list[str]]:
    """Return the logical ids that match nothing yet, by type and name, without those that have no such name."""
    groups: dict[tuple[str, str], list[str]] = {}
    for logical_id in resources.keys() - set(matched):
        resource = resources[logical_id]
        name = name_of(resource)
        if name is not None:
            groups.setdefault((_SAME_KIND.get(resource.type, resource.type), name), []).append(logical_id)
    return groups


def site_neutral_name(logical_id: str) -> str:
    """Return a logical id in lower case without words for a site, Regions, and what the CDK appends."""
    name = _GENERATED_ENDING.sub("", _REGION.sub("", logical_id))
    return "".join(word for word in map(str.lower, _WORD.findall(name)) if word not in _SITES)
