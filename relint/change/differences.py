"""Differences between two resolved values, down to the innermost members that differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.change.physical_names import with_names
from relint.change.resolved import (
    IDENTITY_KEYS,
    Node,
    canonical,
    parse_json,
    referenced_ids,
    scalar_key,
    unordered_within,
)
from relint.resolve.value import (
    ABSENT,
    Expression,
    Unknown,
    arguments_of,
    attribute_name,
    function_name,
    parts_of,
    reference_calls,
)

if TYPE_CHECKING:
    from relint.source.location import Path


class Difference(NamedTuple):
    """Two values that differ or may differ, and the path below the values that were compared.

    `open_reason` says why it is not decided; `replaced` is the replaced resource that both values refer to, `renewed`
    the launch template to whose latest version both refer.
    """

    path: Path
    old: Node
    new: Node
    open_reason: str = ""
    replaced: str = ""
    renewed: str = ""


class Identities(NamedTuple):
    """Meaning of references: the resources of each side, and what the update replaces or makes another version of.

    References to different resources of a template surely differ, and so do references to a replaced resource, before
    and after the update, and to the latest version of a launch template that changes. `made` are the new resources
    with an identifier that nobody can have written before, because AWS or CloudFormation makes it up. `old_names` and
    `new_names` are the names that Ref returns.
    """

    old: frozenset[str]
    new: frozenset[str]
    replaced: frozenset[str] = frozenset()
    renewed: frozenset[str] = frozenset()
    made: frozenset[str] = frozenset()
    old_names: Mapping[str, Expression] = {}
    new_names: Mapping[str, Expression] = {}


def differences(old: Node, new: Node, unordered: frozenset[str], identities: Identities) -> Iterator[Difference]:
    """Yield the innermost differences of two values, in the order of the new one.

    `unordered` are the names of lists whose order means nothing.
    """
    yield from _compare(old, new, (), "", unordered, identities)


def _compare(
    old: Node, new: Node, path: Path, name: str, unordered: frozenset[str], identities: Identities
) -> Iterator[Difference]:
    old, new = _alike(old, new)
    if isinstance(old.value, dict) and isinstance(new.value, dict):
        unordered = unordered_within(new.value, unordered)
        for key in (*new.value, *(key for key in old.value if key not in new.value)):
            yield from _compare(old.member(key), new.member(key), (*path, key), key, unordered, identities)
    elif isinstance(old.value, list) and isinstance(new.value, list):
        for index, (old_item, new_item) in enumerate(_pairs(old, new, name, unordered)):
            yield from _compare(old_item, new_item, (*path, index), name, unordered, identities)
    else:
        difference = _compare_ends(old, new, path, unordered, identities)
        if difference:
            yield difference


def _alike(old: Node, new: Node) -> tuple[Node, Node]:
    """Return the nodes in one form: JSON texts as what they contain, and a single value as a list of one."""
    if isinstance(old.value, str) or isinstance(new.value, str):
        parsed_old, parsed_new = parse_json(old), parse_json(new)
        if parsed_old.value.__class__ is parsed_new.value.__class__ and not isinstance(parsed_old.value, str):
            return parsed_old, parsed_new
    if isinstance(old.value, list) != isinstance(new.value, list):
        return _as_list(old, new), _as_list(new, old)
    return old, new


def _as_list(node: Node, other: Node) -> Node:
    """Return a single value as a list of one; an unknown value may be a longer list, unless the other is one of one."""
    value = node.value
    if isinstance(value, list) or value is ABSENT or (isinstance(value, Unknown) and len(other.value) != 1):
        return node
    return Node([node], node.path)


def _pairs(old: Node, new: Node, name: str, unordered: frozenset[str]) -> Iterator[tuple[Node, Node]]:
    """Yield the items of two lists that belong together; those that only one list has are paired with absent ones."""
    old_items, new_items = list(old.value), list(new.value)
    if name in unordered:
        for key in (lambda item: canonical(item, unordered, name), _identity):
            pairs, old_items, new_items = _matched(old_items, new_items, key)
            yield from pairs  # equal ones too, because what they refer to may be replaced
        yield from ((item, Node(ABSENT, new.path)) for item in old_items if _identity(item) is not None)
        yield from ((Node(ABSENT, old.path), item) for item in new_items if _identity(item) is not None)
        old_items, new_items = ([item for item in items if _identity(item) is None] for items in (old_items, new_items))
    for index in range(max(len(old_items), len(new_items))):
        old_item = old_items[index] if index < len(old_items) else Node(ABSENT, old.path)
        new_item = new_items[index] if index < len(new_items) else Node(ABSENT, new.path)
        yield old_item, new_item


def _matched(
    old_items: list[Node], new_items: list[Node], key: Callable[[Node], Hashable]
) -> tuple[list[tuple[Node, Node]], list[Node], list[Node]]:
    """Return the pairs of items with the same key, in order, and the items of each list that are left over."""
    old_by_key: dict[Hashable, list[Node]] = {}
    for item in old_items:
        old_by_key.setdefault(key(item), []).append(item)
    unmatched = old_by_key.pop(None, [])
    pairs, rest_of_new = [], []
    for item in new_items:
        if old_by_key.get(key(item)):
            pairs.append((old_by_key[key(item)].pop(0), item))
        else:
            rest_of_new.append(item)
    rest_of_old = {id(item) for item in (*unmatched, *(item for items in old_by_key.values() for item in items))}
    return pairs, [item for item in old_items if id(item) in rest_of_old], rest_of_new


def _identity(item: Node) -> Hashable:
    """Return the name of an item within its list; None if it has none."""
    if not isinstance(item.value, dict):
        return None
    key = next((key for key in IDENTITY_KEYS if key in item.value), None)
    return None if key is None else (key, repr(item.value[key].plain))


def _compare_ends(
    old: Node, new: Node, path: Path, unordered: frozenset[str], identities: Identities
) -> Difference | None:
    """Return the difference of two values that are not both dicts or both lists; None if there is none."""
    if isinstance(old.value, Unknown) and isinstance(new.value, Unknown):
        if old.value.expression == new.value.expression:
            replaced = sorted(referenced_ids(new) & identities.replaced)
            renewed = sorted(_latest_versions(new.value) & identities.renewed)
            if replaced or renewed:
                return Difference(path, old, new, replaced="".join(replaced[:1]), renewed="".join(renewed[:1]))
            return None
    elif not isinstance(old.value, Unknown) and not isinstance(new.value, Unknown):
        return None if canonical(old, unordered) == canonical(new, unordered) else Difference(path, old, new)
    if _is_placeholder(old, new, path, unordered) or _is_placeholder(new, old, path, unordered):
        return None
    are_equal = _values_equal(old.value, new.value, identities)
    if are_equal is not None:
        return None if are_equal else Difference(path, old, new)
    unknown = new.value if isinstance(new.value, Unknown) else old.value
    return Difference(path, old, new, open_reason=unknown.reason)


def _latest_versions(value: Unknown) -> set[str]:
    """Return the logical ids of the resources to whose latest version a value refers."""
    calls = reference_calls(value.expression)
    return {call[1] for call in calls if attribute_name(call) == "LatestVersionNumber"}


def _is_placeholder(node: Node, other: Node, path: Path, unordered: frozenset[str]) -> bool:
    """Whether a value is that of a parameter whose default is the other value, as if the author had only moved it."""
    text = node.value.placeholder if isinstance(node.value, Unknown) else ""
    if not text or isinstance(other.value, Unknown):
        return False
    name = next((step for step in reversed(path) if isinstance(step, str)), "")
    items = [Node(item.strip(), node.path) for item in text.split(",")]
    keys = {canonical(node._replace(value=value), unordered, name) for value in (text, items)}
    return canonical(other, unordered, name) in keys


_PARTITIONS: tuple[Mapping[str, Expression], ...] = (
    {"AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com"},
    {"AWS::Partition": "aws-cn", "AWS::URLSuffix": "amazonaws.com.cn"},
    {"AWS::Partition": "aws-us-gov", "AWS::URLSuffix": "amazonaws.com"},
)
"""Values of pseudo parameters by partition: what is deployed and has one of them as a literal is in this partition.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html (2026-11-29)
"""


def _values_equal(old: Any, new: Any, identities: Identities) -> bool | None:
    """Return whether two values, of which at least one is unknown, are equal; None if it is open."""
    for value, other in ((old, new), (new, old)):
        if value is ABSENT:
            return None if other.optional else False
        if isinstance(value, dict | list):
            return None  # a parameter or another stack may contain a list
    old, new = _expression(old), _expression(new)
    are_equal = _expressions_equal(old, new, identities)
    if are_equal is not None:
        return are_equal
    old, new = with_names(old, identities.old_names), with_names(new, identities.new_names)
    if any(old == with_names(new, partition) for partition in _PARTITIONS):
        return True
    return _expressions_equal(old, new, identities)


def _expression(value: Any) -> Expression:
    return value.expression if isinstance(value, Unknown) else scalar_key(value)


def _expressions_equal(old: Expression, new: Expression, identities: Identities) -> bool | None:
    """Return whether two expressions, of the old and the new template, have the same value; None if it is open."""
    if old == new:
        return True
    if (isinstance(old, str) and isinstance(new, str)) or _is_made(new, identities):
        return False
    old_parts, new_parts = _without_common_ends(parts_of(old), parts_of(new))
    if _is_longer(old_parts, new_parts) or _is_longer(new_parts, old_parts):
        return False
    if not old_parts or not new_parts:
        return None
    for left, right in ((old_parts[0], new_parts[0]), (old_parts[-1], new_parts[-1])):
        if isinstance(left, str) and isinstance(right, str):
            return False  # the texts differ at their first or last character
    if len(old_parts) == len(new_parts) == 1:
        return _calls_equal(old_parts[0], new_parts[0], identities)
    return None


def _is_longer(parts: tuple[Expression, ...], others: tuple[Expression, ...]) -> bool:
    """Whether some parts of a text have all the unknown parts of others, and more characters beside them."""
    unknown, other_unknown = (Counter(part for part in side if not isinstance(part, str)) for side in (parts, others))
    return other_unknown <= unknown and len(parts) - unknown.total() > len(others) - other_unknown.total()


def _is_made(new: Expression, identities: Identities) -> bool:
    """Whether a value is the identifier of a new resource, which no value of the old template can be."""
    identifies = function_name(new) == "Ref" or attribute_name(new) == "Arn"
    return identifies and arguments_of(new)[0] in identities.made


def _without_common_ends(
    old: tuple[Expression, ...], new: tuple[Expression, ...]
) -> tuple[tuple[Expression, ...], tuple[Expression, ...]]:
    """Return the parts of two assembled texts without what they have in common at the start and at the end."""
    old_units, new_units = (_units(parts) for parts in (old, new))
    while old_units and new_units and old_units[0] == new_units[0]:
        old_units, new_units = old_units[1:], new_units[1:]
    while old_units and new_units and old_units[-1] == new_units[-1]:
        old_units, new_units = old_units[:-1], new_units[:-1]
    return old_units, new_units


def _units(parts: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """Return the parts with texts as single characters."""
    return tuple(unit for part in parts for unit in (part if isinstance(part, str) else (part,)))


def _calls_equal(old: Expression, new: Expression, identities: Identities) -> bool | None:
    """Return whether two calls are equal; None if it is open.

    References to different resources differ, different items of one list of zones do, and so do different texts that
    Fn::Base64 encodes.
    """
    if isinstance(old, str) or isinstance(new, str) or function_name(old) != function_name(new):
        return None
    old_arguments, new_arguments = arguments_of(old), arguments_of(new)
    if function_name(old) == "Base64":
        return _expressions_equal(old_arguments[0], new_arguments[0], identities)
    if function_name(old) in ("Ref", "GetAtt") and old_arguments[1:] == new_arguments[1:]:
        are_resources = old_arguments[0] in identities.old and new_arguments[0] in identities.new
        return False if are_resources else None
    if function_name(old) == "Select" and old_arguments[1:] == new_arguments[1:]:
        return False if function_name(old_arguments[1]) == "GetAZs" else None
    return None
