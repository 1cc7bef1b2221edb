"""The ways of an event from a function through what it writes to the next function.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.model.aws.sqs import DEAD_LETTER_PROPERTIES, mappings_of_queue
from relint.model.aws.write_permissions import WRITE_ACTIONS, WritePermission, write_permissions_of
from relint.model.system.edges import Edge
from relint.model.system.paths import edges_from, edges_to
from relint.resolve.value import (
    ABSENT,
    Expression,
    Located,
    Unknown,
    expression_of,
    parts_of,
    references,
    text_with_markers,
)

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.system.relation import Kind
    from relint.model.view import View

_FUNCTION = "AWS::Lambda::Function"
_BUCKET = "AWS::S3::Bucket"
_EVENT_RULE = "AWS::Events::Rule"
_EVENTS: frozenset[Kind] = frozenset({"event"})
_CALLS: frozenset[Kind] = frozenset({"request"})
_CALLING = ("AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::Lambda::Permission")
"""Types that an event passes on its way to the function; a permission stands for an event of SAM."""

_FILTERS = {
    "AWS::Lambda::EventSourceMapping": (("FilterCriteria",),),
    "AWS::SNS::Subscription": (("FilterPolicy",),),
    "AWS::Pipes::Pipe": (("SourceParameters", "FilterCriteria"),),
}
"""The properties that let only some events through, so that those of the function itself may be left out."""

_SWITCHES = (("Enabled", False), ("State", "DISABLED"), ("DesiredState", "STOPPED"))
_CONSTRAINTS = frozenset({"source", "detail-type", "detail"})
_NAMES = {
    "AWS::S3::Bucket": "BucketName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::DynamoDB::GlobalTable": "TableName",
    "AWS::Events::EventBus": "Name",
    "AWS::Kinesis::Stream": "Name",
}


class Hop(NamedTuple):
    """A step of an event to the resource `target`; `key_prefix` is that of the objects which are written to a bucket.

    With `is_weak` only a wildcard, or a permission that a filter may exclude, leads there. `unknown` is the action of a
    policy, or the value of a filter, that decides whether the event goes there at all.
    """

    source: str
    target: str
    key_prefix: str = ""
    is_weak: bool = False
    unknown: Unknown | None = None


def is_started_by_events(view: View, function: Resource) -> bool:
    """Whether a step of an event can lead to a function, directly or through its alias, version or permission."""
    return any(
        edge.relation.kind == "event" or view.template.resources[edge.source].type in _CALLING
        for edge in edges_to(view, function, _EVENTS | _CALLS)
    )


def hops_from(view: View, resource: Resource, key_prefix: str = "") -> list[Hop]:
    """Return the next steps of an event that is at a resource."""
    key = f"hops of {key_prefix}"
    return view.remembered(key, resource, lambda view, resource: list(_find_hops(view, resource, key_prefix)))


def _find_hops(view: View, resource: Resource, key_prefix: str) -> Iterator[Hop]:
    if resource.type == _FUNCTION:
        yield from _writes(view, resource)
    kinds = _CALLS if resource.type in _CALLING else _EVENTS
    for edge in edges_from(view, resource, kinds):
        refuses = _passes(view, edge, key_prefix)
        if isinstance(refuses, Unknown):
            yield Hop(resource.logical_id, edge.target, is_weak=True, unknown=refuses)
        elif refuses is not None:
            yield Hop(resource.logical_id, edge.target, is_weak=refuses)
    if resource.type == _BUCKET:
        yield from _rules_on_bucket(view, resource, key_prefix)
    if resource.type == "AWS::SQS::Queue":
        for mapping in mappings_of_queue(view, resource):
            if _is_open(view, mapping):
                yield Hop(resource.logical_id, mapping.logical_id)


def _rules_on_bucket(view: View, bucket: Resource, key_prefix: str) -> Iterator[Hop]:
    """Yield the EventBridge rules to which new objects of a bucket lead."""
    if view.get(bucket, "Properties", "NotificationConfiguration", "EventBridgeConfiguration").value is ABSENT:
        return
    bucket_name = view.get(bucket, "Properties", "BucketName").value
    for rule in view.resources(_EVENT_RULE):
        pattern = view.get(rule, "Properties", "EventPattern")
        sources = [item.value for item in view.select(pattern, ("source", "*"))]
        kinds = [item.value for item in view.select(pattern, ("detail-type", "*"))]
        names = view.select(pattern, ("detail", "bucket", "name", "*"))
        is_named = not names or any(view.target(name) is bucket or name.value == bucket_name for name in names)
        if "aws.s3" not in sources or (kinds and "Object Created" not in kinds) or not is_named:
            continue
        keys = view.select(pattern, ("detail", "object", "key", "*"))
        prefixes = [view.get(key, "prefix").value for key in keys if isinstance(key.value, dict)]
        unknowns = [prefix for prefix in prefixes if isinstance(prefix, Unknown)]
        apart = [prefix for prefix in prefixes if isinstance(prefix, str) and not _overlap(prefix, key_prefix)]
        may_be_apart = len(apart) + len(unknowns) == len(keys) > 0
        if _is_open(view, rule) and (unknowns or not may_be_apart):
            unknown = unknowns[0] if may_be_apart else None
            yield Hop(bucket.logical_id, rule.logical_id, is_weak=bool(keys), unknown=unknown)


def _overlap(left: str, right: str) -> bool:
    """Whether a key can begin with both prefixes."""
    return left.startswith(right) or right.startswith(left)


def _writes(view: View, function: Resource) -> Iterator[Hop]:
    named = view.cached("event sources by name", _sources_by_name)
    for permission in write_permissions_of(view, function):
        expression = expression_of(permission.resource.value) if permission.resource.value is not ABSENT else ""
        text = _text_of(expression)
        targets = {name for name in references(expression) if _fits(view, name, permission)}
        for name, logical_id in named.items():
            if name in text and _is_name(name, text) and _fits(view, logical_id, permission):
                targets.add(logical_id)
        for target in sorted(targets):
            prefix = _key_prefix(expression, target, view) if permission.action.startswith("s3:") else ""
            if prefix is not None:
                is_weak = not permission.is_explicit
                yield Hop(function.logical_id, target, prefix, is_weak=is_weak, unknown=permission.unknown)
        if not targets and permission.is_explicit and _is_wildcard(text):
            yield from _own_sources(view, function, permission)


def _own_sources(view: View, function: Resource, permission: WritePermission) -> Iterator[Hop]:
    """Yield weak steps to what invokes the function itself, if the permission is for all resources."""
    nearest = [view.template.resources[edge.source] for edge in edges_to(view, function, _EVENTS | _CALLS)]
    sources = [
        *nearest,
        *(view.template.resources[edge.source] for item in nearest for edge in edges_to(view, item, _EVENTS)),
    ]
    for source in {source.logical_id: source for source in sources}.values():
        hops = hops_from(view, source) if _fits(view, source.logical_id, permission) else []
        if any(_leads_to(view, hop.target, function) for hop in hops):
            yield Hop(function.logical_id, source.logical_id, is_weak=True)


def _leads_to(view: View, logical_id: str, function: Resource) -> bool:
    """Whether a resource is the function, or a subscription, mapping, rule or permission that leads to it."""
    if logical_id == function.logical_id:
        return True
    resource = view.template.resources[logical_id]
    is_between = resource.type in (*_FILTERS, "AWS::Events::Rule", "AWS::Lambda::Permission", "AWS::Lambda::Alias")
    return is_between and any(hop.target == function.logical_id for hop in hops_from(view, resource))


def _passes(view: View, edge: Edge, key_prefix: str) -> Truth | None:
    """Return None if an edge takes no event of the function, True if a filter may refuse it, else False.

    An Unknown if what a filter says is unknown, and decides.
    """
    holder = view.template.resources[edge.reference.source]
    steps = edge.reference.property
    if DEAD_LETTER_PROPERTIES & set(steps) or not _is_open(view, holder):
        return None
    if holder.type == "AWS::Events::Rule" and edge.source != holder.logical_id:
        pattern = view.get(holder, "Properties", "EventPattern").value
        return None if not isinstance(pattern, dict) or _CONSTRAINTS & set(pattern) else False
    source = view.template.resources[edge.source]
    if source.type != _BUCKET:
        return False
    notification = _notification(view, edge, holder)
    return None if notification is None else _matches(view, notification, key_prefix)


def _is_open(view: View, holder: Resource) -> bool:
    """Whether a mapping, subscription, rule or pipe is switched on and lets every event through."""
    for name, off in _SWITCHES:
        if apply_test("equals", view.get(holder, "Properties", name).value, off) is True:
            return False
    return all(
        view.get(holder, "Properties", *steps).value in (ABSENT, {}, []) for steps in _FILTERS.get(holder.type, ())
    )


def _notification(view: View, edge: Edge, holder: Resource) -> Located | None:
    """Return the notification of a bucket, or the event of SAM, that makes an edge."""
    if holder.type == _BUCKET:
        path = edge.reference.path
        if "NotificationConfiguration" not in path:
            return None
        steps = edge.reference.property[1:3]
        return next(
            (item for item in view.select(holder, ("Properties", *steps, "*")) if item.path == path[: len(item.path)]),
            None,
        )
    written = view.written(holder.path)
    return view.get(written, "Properties") if isinstance(written.value, dict) else None


def _matches(view: View, notification: Located, key_prefix: str) -> Truth | None:
    """Return None if a notification is not for objects with the prefix, True if its filter may refuse them.

    An Unknown if the kind or the value of a filter is unknown, and decides.
    """
    events = [view.get(notification, name) for name in ("Event", "Events")]
    names = [item.value for event in events for item in (view.scenario.items(event) or [event])]
    if not any(isinstance(name, str) and name.startswith("s3:ObjectCreated:") for name in names):
        return None
    answer: Truth = False
    for rule in view.select(notification, ("Filter", "S3Key", "Rules", "*")):
        kind, value = view.get(rule, "Name").value, view.get(rule, "Value").value
        may_be_apart = isinstance(value, Unknown) or (isinstance(value, str) and not _overlap(value, key_prefix))
        is_prefix = kind if isinstance(kind, Unknown) else str(kind).lower() == "prefix"
        unknown = next((item for item in (is_prefix, value) if isinstance(item, Unknown)), None)
        if not may_be_apart or is_prefix is False:
            answer = answer or True
        elif unknown is None:
            return None
        else:
            answer = unknown
    return answer


def _sources_by_name(view: View) -> dict[str, str]:
    """Return the logical ids of what can be written to, by the names that the template gives."""
    names = {}
    for resource_type, name in _NAMES.items():
        for resource in view.resources(resource_type):
            value = view.get(resource, "Properties", name).value
            if value is not ABSENT:
                names[_text_of(expression_of(value))] = resource.logical_id
    return names


def _text_of(expression: Expression) -> str:
    """Return an expression as text in which colons and slashes are those of the ARN, not of its unknown parts."""
    parts = (
        part if isinstance(part, str) else re.sub("[:/]", "\0", text_with_markers(part))
        for part in parts_of(expression)
    )
    return "".join(parts)


def _is_name(name: str, text: str) -> bool:
    """Whether a name stands in an ARN, or is the text, as a whole."""
    ending = text.rpartition(":")[2]
    return name in (text, ending) or name in ending.split("/")[:2]


def _fits(view: View, logical_id: str, permission: WritePermission) -> bool:
    resource = view.template.resources.get(logical_id)
    return resource is not None and permission.action in WRITE_ACTIONS.get(resource.type, ())


def _is_wildcard(text: str) -> bool:
    return text.rpartition(":")[2] == "*"


def _key_prefix(expression: Expression, target: str, view: View) -> str | None:
    """Return the literal beginning of the keys in the ARN of objects; None for the ARN of a bucket without keys."""
    parts = parts_of(expression)
    text = "".join(part if isinstance(part, str) else "\0" for part in parts)
    resource = view.template.resources[target]
    if expression in (("Ref", target), expression_of(view.get(resource, "Properties", "BucketName").value)):
        return ""
    _, slash, keys = text.partition("/")
    return keys.partition("*")[0].partition("\0")[0] if slash else None
