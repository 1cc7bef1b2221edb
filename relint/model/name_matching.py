"""Texts that refer to a resource by name, such as the dimension of an alarm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.model.aws.resource_names import stored_name
from relint.resolve.parameters import PSEUDO_PARAMETERS
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of, parts_of, references, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View

_NAME_RETURNING_TYPES = ("AWS::CloudFormation::", "Custom::")
"""Prefixes of resource types whose attributes may return the name of a resource that was passed to them."""

_STANDS_FOR = {
    "AWS::Lambda::Alias": ("Properties", "FunctionName"),
    "AWS::Lambda::Version": ("Properties", "FunctionName"),
}
"""Resource types that represent another resource, and the property that refers to it."""

_FUNCTION_REFERENCE = re.compile(r"(?:^|:function:)([\w-]+)(:[\w$-]+)?$")
_STREAM_CONSUMER = re.compile(r":stream/([^/]+)/consumer/")

NAME_ONLY = "{name}"


class NameMatcher(NamedTuple):
    """The logical ids and the names (known or Unknown) by which texts refer to a resource.

    A text matches if it equals `pattern`, a regular expression in which `{name}` represents a name.
    """

    ids: frozenset[str]
    names: tuple[Any, ...]
    pattern: str = NAME_ONLY


def name_matcher(
    view: View,
    resource: Resource,
    name_paths: Iterable[Steps] = (),
    pattern: str = NAME_ONLY,
    members: Iterable[tuple[str, Sequence[str]]] = (),
    via: Sequence[str] = (),
) -> NameMatcher:
    """Return the matcher of a resource that has names at `name_paths`.

    `members` are resources that count as this one: a type, and the property of that type that refers to this one. With
    `via`, the matcher is for the resources to which this property refers.
    """
    targets = [resource]
    names: list[Any] = []
    if via:
        targets = view.referents(resource, (), via)
        names = [name for value in view.select(resource, via) for name in _names_in_reference(value.value)]
    for target in [target for target in targets if target.type in _STANDS_FOR]:
        targets += view.referents(target, (), _STANDS_FOR[target.type])
    for member_type, by in members:
        targets += view.referrers(resource, (member_type,), by)
    for path in name_paths:
        names += [stored_name(target.type, value.value) for target in targets for value in view.select(target, path)]
    ids = frozenset(target.logical_id for target in targets)
    return NameMatcher(ids, tuple(name for name in names if _is_name(name, ids)), pattern)


def _is_name(value: Any, ids: frozenset[str]) -> bool:
    """Whether a value is a name and not a reference to the resource, which the logical ids cover."""
    if isinstance(value, Unknown):
        return not references(value.expression) & ids
    return value is not ABSENT and not isinstance(value, dict | list)


def matches_name(view: View, matcher: NameMatcher, text: Any) -> bool | Unknown:
    """Return whether a resolved text refers to the resource of a matcher."""
    if text is ABSENT or isinstance(text, dict | list):
        return False
    if isinstance(text, Unknown):
        referenced = references(text.expression)
        if referenced & matcher.ids:
            return True
        if any(isinstance(name, Unknown) and name.expression == text.expression for name in matcher.names):
            return True
        other_resources = referenced & view.template.resources.keys()
        if other_resources:
            return text if any(_may_return_name_of(view, other, matcher) for other in other_resources) else False
        if not matcher.names:  # CloudFormation generates the name, so only a text from outside may contain it
            return False if referenced and referenced <= set(PSEUDO_PARAMETERS) else text
    answers = [_is_equal(name, text, matcher.pattern) for name in matcher.names]
    return True if True in answers else next((answer for answer in answers if isinstance(answer, Unknown)), False)


def refers_to_other_resource(view: View, matcher: NameMatcher, node: Any) -> bool:
    """Whether an unresolved template node is a Ref or Fn::GetAtt of another resource; faster than `matches_name`."""
    if not isinstance(node, dict) or len(node) != 1:
        return False
    target = node.get("Ref", node.get("Fn::GetAtt"))
    logical_id = target[0] if isinstance(target, list) and target else target
    if not isinstance(logical_id, str):
        return False
    logical_id = logical_id.partition(".")[0]
    resource = view.template.resources.get(logical_id)
    if resource is None or logical_id in matcher.ids or resource.type.startswith(_NAME_RETURNING_TYPES):
        return False
    return not any(isinstance(name, Unknown) and logical_id in references(name.expression) for name in matcher.names)


def _names_in_reference(value: Any) -> list[Any]:
    """Return the names by which metrics know what an ARN or a name refers to; any other value is returned unchanged.

    "orders:live", an alias of a function, has metrics of its own and counts in those of "orders". The consumer of a
    stream is known by the name of the stream.
    """
    if not isinstance(value, str):
        return [value]
    function = _FUNCTION_REFERENCE.search(value)
    if function:
        name, qualifier = function[1], function[2]
        return [name, name + qualifier] if qualifier else [name]
    consumer = _STREAM_CONSUMER.search(value)
    if consumer:
        return [consumer[1]]
    return [re.split(r"[:/]", value)[-1] if value.startswith("arn:") else value]


def _may_return_name_of(view: View, logical_id: str, matcher: NameMatcher) -> bool:
    """Whether a resource that may return names of others refers to the resource of a matcher."""
    resource = view.template.resources[logical_id]
    references = view.template.references.outgoing.get(logical_id, ())
    return resource.type.startswith(_NAME_RETURNING_TYPES) and any(
        reference.target in matcher.ids for reference in references
    )


def _is_equal(name: Any, text: Any, pattern: str) -> bool | Unknown:
    """Return whether a text equals the pattern with a name in it; both may be Unknown."""
    unknown = next((value for value in (text, name) if isinstance(value, Unknown)), None)
    if unknown is None:
        name_pattern = pattern.replace(NAME_ONLY, re.escape(scalar_text(name)))
        return re.fullmatch(name_pattern, scalar_text(text)) is not None
    left, right = parts_of(expression_of(name)), parts_of(expression_of(text))
    are_different = _are_provably_different(left, right) or _are_provably_different(right, left)
    return False if pattern == NAME_ONLY and are_different else unknown


def _are_provably_different(left: tuple[Expression, ...], right: tuple[Expression, ...]) -> bool:
    """Whether two texts differ for all values of their unknown parts; some differences are not recognised."""
    if len(right) == 1 and isinstance(right[0], str):
        return not _contains_parts(right[0].lower(), left)
    different_pairs = [pair for pair in zip(left, right, strict=False) if pair[0] != pair[1]]
    has_one_difference = len(left) == len(right) and len(different_pairs) == 1
    if has_one_difference and all(isinstance(part, str) for part in different_pairs[0]):
        return True
    return _unknown_parts(left) == _unknown_parts(right) and _literal_length(left) != _literal_length(right)


def _contains_parts(text: str, parts: tuple[Expression, ...]) -> bool:
    """Whether a text contains the literal parts in order, the first at its start and the last at its end."""
    position = 0
    for index, part in enumerate(parts):
        if isinstance(part, str):
            is_last = index == len(parts) - 1
            find = text.rfind if is_last and index else text.find
            start = find(part.lower(), position)
            if start < 0 or (index == 0 and start > 0) or (is_last and start + len(part) < len(text)):
                return False
            position = start + len(part)
    return True


def _unknown_parts(parts: tuple[Expression, ...]) -> list[str]:
    return sorted(repr(part) for part in parts if not isinstance(part, str))


def _literal_length(parts: tuple[Expression, ...]) -> int:
    return sum(len(part) for part in parts if isinstance(part, str))
