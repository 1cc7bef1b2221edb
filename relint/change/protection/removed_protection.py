"""Protection that a change takes from resources that stay: alarms, backup selections, replicas and zones."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any, Literal, NamedTuple
from relint.change.change_document import Place
from relint.change.resolved import Node, canonical, referenced_ids, resolve_node
from relint.change.value_text import text_of_item, text_of_value
from relint.logic.predicates import as_number
from relint.model.availability_zones import count_zones
from relint.model.subnet_lists import subnet_lists
from relint.resolve.value import ABSENT, scalar_text

if TYPE_CHECKING:
    from relint.change.records import Comparison, ResourceChange
    from relint.model.resource import Resource
    from relint.model.view import View

_ALARM = "AWS::CloudWatch::Alarm"
_SELECTION = "AWS::Backup::BackupSelection"
_SCALING_POLICIES = ("AWS::AutoScaling::ScalingPolicy", "AWS::ApplicationAutoScaling::ScalingPolicy")
_METRIC = ("Namespace", "MetricName", "Dimensions", "Metrics")
"""Properties of an alarm that say what it watches."""
_SOURCES = ("SourceDBInstanceIdentifier", "DBClusterIdentifier")
"""Properties of a database instance that name what it is a replica or a member of."""


class RemovedProtection(NamedTuple):
    """Protection that a `resource` is or loses.

    `message` is the id of a message of the rule, `values` are those of its text. `resources` are the logical ids that
    the change takes away or changes. `reason` says why it is not decided.
    """

    place: Place
    resource: Resource
    message: Literal["alarm", "selection", "replica", "replicas", "region", "zone"]
    values: Mapping[str, Any]
    resources: tuple[str, ...]
    old_place: Place | None = None
    reason: str = ""


def removed_protections(
    comparison: Comparison, replica_counts: Mapping[str, Sequence[str]]
) -> Iterator[RemovedProtection]:
    """Yield the protection that a change removes; `replica_counts` are properties with numbers or lists of replicas."""
    for change in comparison.changes:
        old = change.old
        if old is None:
            continue
        if change.kind == "removed":
            yield from _removed_resource(comparison, change, old)
        elif change.kind in ("modified", "renamed"):
            yield from _lost_zones(comparison, change)
            yield from _fewer_replicas(change, replica_counts.get(old.type, ()))


def _removed_resource(comparison: Comparison, change: ResourceChange, old: Resource) -> Iterator[RemovedProtection]:
    place = Place("Old", old.path)
    if change.new is not None:
        place = Place("New", (*change.new.path, "Condition"))  # the condition is false now
    name = change.logical_id
    if old.type == _ALARM and _notifies(comparison.old, old) and _watches_what_stays(comparison, old):
        if _metric_key(comparison.old, old) not in _keys_of_alarms(comparison.new):
            yield RemovedProtection(place, old, "alarm", {}, (name,))
    elif old.type == _SELECTION and _watches_what_stays(comparison, old):
        added = any(other.kind == "added" and other.type == _SELECTION for other in comparison.changes)
        if not added:
            yield RemovedProtection(place, old, "selection", {}, (name,))
    elif old.type.endswith("::DBInstance"):
        source = _source_of_replica(comparison.old, old)
        if source and _has_fewer_members(comparison, old.type, source):
            yield RemovedProtection(place, old, "replica", {"source": source}, (name,))


def _notifies(view: View, alarm: Resource) -> bool:
    """Whether an alarm has an action that is not a scaling policy of the template."""
    if scalar_text(view.get(alarm, "Properties", "ActionsEnabled").value).lower() == "false":
        return False
    actions = view.scenario.items(view.get(alarm, "Properties", "AlarmActions"))
    return any(view.target(action, *_SCALING_POLICIES) is None for action in actions)


def _watches_what_stays(comparison: Comparison, resource: Resource) -> bool:
    """Whether no resource goes away to which the metric of an alarm, or a backup selection, refers."""
    gone = {change.logical_id for change in comparison.changes if change.kind in ("removed", "retyped")}
    names = ("BackupSelection",) if resource.type == _SELECTION else _METRIC
    nodes = (_property(comparison.old, resource, name) for name in names)
    return gone.isdisjoint(name for node in nodes for name in referenced_ids(node))


def _metric_key(view: View, alarm: Resource) -> Hashable:
    return tuple(canonical(_property(view, alarm, name), frozenset(("Dimensions", "Metrics"))) for name in _METRIC)


def _keys_of_alarms(view: View) -> set[Hashable]:
    return {_metric_key(view, alarm) for alarm in view.resources(_ALARM)}


def _property(view: View, resource: Resource, name: str) -> Node:
    properties = resource.body.get("Properties")
    node = properties.get(name, ABSENT) if isinstance(properties, dict) else ABSENT
    path = (*resource.path, "Properties", name)
    return Node(ABSENT, path) if node is ABSENT else resolve_node(view.scenario, node, path)


def _source_of_replica(view: View, instance: Resource) -> str:
    """Return the logical id of the resource of which an instance is a replica or a member; "" if there is none."""
    targets = (view.target(view.get(instance, "Properties", name)) for name in _SOURCES)
    return next((target.logical_id for target in targets if target), "")


def _has_fewer_members(comparison: Comparison, resource_type: str, source: str) -> bool:
    """Whether a source stays and has fewer replicas or members than before."""
    changes = comparison.by_id()
    now = source
    if source in changes:
        change = changes[source]
        if change.kind not in ("modified", "renamed") or change.new is None:
            return False
        now = change.new.logical_id
    old_count, new_count = (
        sum(_source_of_replica(view, instance) == name for instance in view.resources(resource_type))
        for view, name in ((comparison.old, source), (comparison.new, now))
    )
    return new_count < old_count


def _lost_zones(comparison: Comparison, change: ResourceChange) -> Iterator[RemovedProtection]:
    assert change.old is not None and change.new is not None, "the resource is on both sides"
    new_lists = {path[len(change.new.path) :]: members for members, path in subnet_lists(comparison.new, change.new)}
    for old_members, path in subnet_lists(comparison.old, change.old):
        relative_path = path[len(change.old.path) :]
        new_members = new_lists.get(relative_path, [])
        if not new_members or any(member.is_list for member in (*old_members, *new_members)):
            continue
        old_zones, new_zones = count_zones(comparison.old, old_members), count_zones(comparison.new, new_members)
        is_sure = new_zones.upper < old_zones.lower
        if not is_sure and len(new_members) >= len(old_members):
            continue
        kept = {member.zone for member in new_members}
        lost = [member.label for member in old_members if member.zone not in kept]
        yield RemovedProtection(
            place=Place("New", (*change.new.path, *relative_path)),
            resource=change.new,
            message="zone",
            values={"property": ".".join(map(str, relative_path[1:])), "old": ", ".join(lost)},
            resources=(change.logical_id,),
            old_place=Place("Old", path),
            reason="" if is_sure else (old_zones.reason or new_zones.reason or "its zones are not known"),
        )


def _fewer_replicas(change: ResourceChange, names: Sequence[str]) -> Iterator[RemovedProtection]:
    for value in change.properties:
        if value.property not in names or value.open_reason:
            continue
        old, new = as_number(value.old), as_number(value.new)
        is_item_gone = isinstance(value.old, dict | list) and value.new is ABSENT
        if is_item_gone or (old is not None and new is not None and new < old):
            old_text = text_of_item(value.old) if is_item_gone else text_of_value(value.old)
            texts = {"property": value.property, "old": old_text, "new": text_of_value(value.new)}
            place, old_place = Place("New", value.new_path), Place("Old", value.old_path)
            message: Literal["replicas", "region"] = "region" if is_item_gone else "replicas"
            yield RemovedProtection(place, change.resource, message, texts, (change.logical_id,), old_place)
