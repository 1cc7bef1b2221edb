"""Whether a text, such as the dimension of an alarm, names a resource."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.resolve.parameters import PSEUDO_PARAMETERS
from relint.resolve.value import ABSENT, Expression, Unknown, references, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View

_MAKES_NAMES = ("AWS::CloudFormation::", "Custom::")
"""Resources whose attributes may be the name of what they were given."""

_STAND_IN = {
    "AWS::Lambda::Alias": ("Properties", "FunctionName"),
    "AWS::Lambda::Version": ("Properties", "FunctionName"),
}
"""Resources that are another way to speak of the one that this property refers to."""

NAME_ONLY = "{name}"


class NameMatcher(NamedTuple):
    """What is looked for: logical ids that stand for it, and the names that it was given (known or Unknown).

    A text names it if it is one of the names, or more exactly: if it is as the pattern `form` has it with a name in it.
    """

    ids: frozenset[str]
    names: tuple[Any, ...]
    form: str = NAME_ONLY


def name_matcher(
    view: View,
    resource: Resource,
    names: Iterable[Steps] = (),
    form: str = NAME_ONLY,
    members: Iterable[tuple[str, Sequence[str]]] = (),
    through: Sequence[str] = (),
) -> NameMatcher:
    """How others may name a resource: by reference, or by what stands below it at one of `names`.

    `members` are resources that count as this one: a type, and the property of that type that refers to this one. With
    `through`, the resource that stands at this property is meant instead.
    """
    found = [resource]
    texts: list[Any] = []
    if through:
        found = view.referents(resource, (), through)
        there = [value.value for value in view.select(resource, through)]
        texts = [_last_part(value) for value in there]
    for one in [one for one in found if one.type in _STAND_IN]:
        found += view.referents(one, (), _STAND_IN[one.type])
    for kind, by in members:
        found += view.referrers(resource, (kind,), by)
    texts += [value.value for steps in names for one in found for value in view.select(one, steps)]
    ids = frozenset(one.logical_id for one in found)
    return NameMatcher(ids, tuple(text for text in texts if _is_name(text, ids)), form)


def _is_name(text: Any, ids: frozenset[str]) -> bool:
    """Whether a value is a name of its own: not a reference, which says no more than the id does."""
    if isinstance(text, Unknown):
        return not references(text.expression) & ids
    return text is not ABSENT and not isinstance(text, dict | list)


def matches_name(view: View, sought: NameMatcher, text: Any) -> bool | Unknown:
    """Whether a resolved text names what is sought."""
    if text is ABSENT or isinstance(text, dict | list):
        return False
    if isinstance(text, Unknown):
        mentioned = references(text.expression)
        if mentioned & sought.ids:
            return True
        if any(isinstance(name, Unknown) and name.expression == text.expression for name in sought.names):
            return True
        others = mentioned & view.template.resources.keys()
        if others:
            return text if any(_knows(view, other, sought) for other in others) else False
        if not sought.names:  # a name made up by CloudFormation, which no text of the template can foresee
            return False if mentioned and mentioned <= set(PSEUDO_PARAMETERS) else text
    answers = [_equal(name, text, sought.form) for name in sought.names]
    return True if True in answers else next((one for one in answers if isinstance(one, Unknown)), False)


def refers_to_other_resource(view: View, sought: NameMatcher, written: Any) -> bool:
    """Whether a text, as it is written, is a Ref or Fn::GetAtt of another resource; quicker than `names_it`."""
    if not isinstance(written, dict) or len(written) != 1:
        return False
    target = written.get("Ref", written.get("Fn::GetAtt"))
    logical_id = target[0] if isinstance(target, list) and target else target
    if not isinstance(logical_id, str):
        return False
    logical_id = logical_id.partition(".")[0]
    other = view.template.resources.get(logical_id)
    if other is None or logical_id in sought.ids or other.type.startswith(_MAKES_NAMES):
        return False
    return not any(isinstance(name, Unknown) and logical_id in references(name.expression) for name in sought.names)


def _last_part(value: Any) -> Any:
    """The name at the end of an ARN; anything else as it is."""
    return re.split(r"[:/]", value)[-1] if isinstance(value, str) and value.startswith("arn:") else value


def _knows(view: View, logical_id: str, sought: NameMatcher) -> bool:
    """Whether another resource that makes up names refers to what is sought."""
    other = view.template.resources[logical_id]
    edges = view.template.graph.outgoing.get(logical_id, ())
    return other.type.startswith(_MAKES_NAMES) and any(edge.target in sought.ids for edge in edges)


def _equal(name: Any, text: Any, form: str) -> bool | Unknown:
    """Whether a text is what `form` makes of a name, each of them known or not."""
    unknown = next((one for one in (text, name) if isinstance(one, Unknown)), None)
    if unknown is None:
        pattern = form.replace(NAME_ONLY, re.escape(scalar_text(name)))
        return re.fullmatch(pattern, scalar_text(text), re.IGNORECASE) is not None
    one, other = _parts(name), _parts(text)
    return unknown if form != NAME_ONLY or not (_differ(one, other) or _differ(other, one)) else False


def _parts(value: Any) -> tuple[Expression, ...]:
    """A text as its known and unknown parts."""
    if not isinstance(value, Unknown):
        return (scalar_text(value),)
    form = value.expression
    return form[1:] if isinstance(form, tuple) and form and form[0] == "Concat" else (form,)


def _differ(parts: tuple[Expression, ...], other: tuple[Expression, ...]) -> bool:
    """Whether two texts are different whatever their unknown parts turn out to be, as far as that is easily told."""
    if len(other) == 1 and isinstance(other[0], str):
        return not _fits(parts, other[0].lower())
    changed = [pair for pair in zip(parts, other, strict=False) if pair[0] != pair[1]]
    if len(parts) == len(other) and len(changed) == 1 and all(isinstance(part, str) for part in changed[0]):
        return True
    return _unknown(parts) == _unknown(other) and _length(parts) != _length(other)


def _fits(parts: tuple[Expression, ...], text: str) -> bool:
    """Whether a text holds the known parts, one behind the other."""
    place = 0
    for index, part in enumerate(parts):
        if isinstance(part, str):
            last = index == len(parts) - 1
            found = text.rfind(part.lower(), place) if last and index else text.find(part.lower(), place)
            if found < 0 or (index == 0 and found > 0) or (last and found + len(part) < len(text)):
                return False
            place = found + len(part)
    return True


def _unknown(parts: tuple[Expression, ...]) -> list[str]:
    return sorted(repr(part) for part in parts if not isinstance(part, str))


def _length(parts: tuple[Expression, ...]) -> int:
    return sum(len(part) for part in parts if isinstance(part, str))
