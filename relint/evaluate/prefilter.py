"""What is plain to see: that a rule has nothing to say of a resource, told from literals alone.

Most rules have nothing to say of most resources, and for that no parameter, condition or function has to be worked out.
The answer is a certain yes, or no answer: then the engine looks closely.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from relint.logic.predicates import apply_test
from relint.resolve.value import ABSENT, scalar_text

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.evaluate.clauses import Clause
    from relint.model.resource import Resource

Sight = bool | None
"""True or False if a clause is that in every deployment, None if it cannot be seen."""


class _Unseen:
    """The type of UNSEEN, a value that takes more than a look."""

    __slots__ = ()


UNSEEN = _Unseen()


def cannot_fail(rule: Rule, resource: Resource) -> bool:
    """Whether it is certain that the rule passes, or does not apply, in every deployment.

    It must not be asked where a macro may still add properties.
    """
    for case in rule.cases:
        if case.resources and resource.type not in case.resources and "*" not in case.resources:
            continue
        applies = _all(resource.body, case.when)
        if applies is False:
            continue
        if case.check:
            return False
        for clause in case.asserts:
            if _sight(resource.body, clause) is not True:
                return False
        if applies is True:
            return True
    return True


def _all(node: Any, clauses: Iterable[Clause]) -> Sight:
    found: Sight = True
    for clause in clauses:
        seen = _sight(node, clause)
        if seen is False:
            return False
        if seen is None:
            found = None
    return found


def _sight(node: Any, clause: Clause) -> Sight:
    look = _LOOKS.get(clause["op"])
    return look(node, clause) if look else None


def _any(node: Any, clause: Clause) -> Sight:
    found: Sight = False
    for inner in clause["clauses"]:
        seen = _sight(node, inner)
        if seen is True:
            return True
        if seen is None:
            found = None
    return found


def _not(node: Any, clause: Clause) -> Sight:
    seen = _all(node, clause["clauses"])
    return None if seen is None else not seen


def _if(node: Any, clause: Clause) -> Sight:
    guard = _all(node, clause["when"])
    return None if guard is None else _all(node, clause["then" if guard else "else"])


def _path(node: Any, clause: Clause) -> Sight:
    values = _values(node, clause["path"])
    if values is None:
        return None
    return _tested(node, clause, values or [ABSENT])


def _tested(node: Any, clause: Clause, values: list[Any]) -> Sight:
    operand = _operand(node, clause["value"])
    if operand is UNSEEN:
        return None
    found: Sight = True
    for value in values:
        if value is ABSENT and "default" in clause:
            value = _operand(node, clause["default"])
        elif value.__class__ is list:
            value = _items(value)
        if value is UNSEEN:
            return None
        seen = apply_test(clause["test"], value, operand, negate=clause.get("negate", False))
        if seen is False:
            return False
        if seen is not True:
            found = None
    return found


def _operand(node: Any, raw: Any) -> Any:
    if raw.__class__ is dict:
        if "path" in raw:
            values = _values(node, raw["path"]) if "*" not in raw["path"] else None
            if values is None or values[0].__class__ in (dict, list):
                return UNSEEN
            return raw["default"] if values[0] is ABSENT else values[0]
        return UNSEEN if "fact" in raw or "unknown" in raw else raw
    if raw.__class__ is list:
        items = [_operand(node, item) for item in raw]
        return UNSEEN if UNSEEN in items else items
    return raw


def _each(node: Any, clause: Clause) -> Sight:
    source = clause["source"]
    if "types" in source:
        return None
    steps = source["path"]
    values = _values(node, steps if "*" in steps else [*steps, "*"])
    if values is None:
        return None
    chosen = []
    for value in values:
        if value is not ABSENT:
            seen = _all(value, clause["where"])
            if seen is None:
                return None
            if seen:
                chosen.append(value)
    mode = clause["mode"]
    if mode == "count":
        return _tested(node, clause, [len(chosen)])
    answers = [_all(value, clause["clauses"]) for value in chosen]
    if mode == "every":
        return False if False in answers else None if None in answers else True
    some = True if True in answers else None if None in answers else False
    return some if mode == "some" or some is None else not some


def _values(node: Any, steps: Sequence[Any]) -> list[Any] | None:
    """The values at a path as written, ABSENT where nothing is; None if one of them takes more than a look."""
    for index, step in enumerate(steps):
        kind = node.__class__
        if step == "*":
            items = list(node.values()) if kind is dict else node if kind is list else [] if node is ABSENT else [node]
            found: list[Any] = []
            for item in items:
                values = _values(_plain(item), steps[index + 1 :])
                if values is None or (item.__class__ is list and kind is list):
                    return None  # CloudFormation flattens a list that stands in a list
                found += values
            return found
        if step.__class__ is tuple:
            node = _item(node, step)
        elif kind is dict:
            node = node.get(step, ABSENT)
            if node.__class__ is dict or node.__class__ is str:
                node = _plain(node)
        elif kind is list and step.__class__ is int and -len(node) <= step < len(node):
            node = _plain(node[step])
        else:
            node = ABSENT
        if node is UNSEEN:
            return None
    return None if node is UNSEEN else [node]


def _item(node: Any, wanted: Sequence[tuple[str, str]]) -> Any:
    """The item of a list that has certain members."""
    if node.__class__ is not list:
        return ABSENT if node is ABSENT else UNSEEN
    for item in node:
        item = _plain(item)
        if item.__class__ is not dict:
            return UNSEEN
        members = [_plain(item.get(name, ABSENT)) for name, _ in wanted]
        if any(member is UNSEEN or member.__class__ in (dict, list) for member in members):
            return UNSEEN
        if all(scalar_text(member) == value for member, (_, value) in zip(members, wanted, strict=True)):
            return item
    return ABSENT


def _plain(node: Any) -> Any:
    """A value as it is, or UNSEEN for a function, a dynamic reference or what a transform may change."""
    if node.__class__ is dict:
        if len(node) == 1:
            (name,) = node
            if name == "Ref" or name.startswith("Fn::"):
                return UNSEEN
        elif "Fn::Transform" in node:
            return UNSEEN
    elif node.__class__ is str and "{{resolve:" in node:
        return UNSEEN
    return node


def _items(items: list[Any]) -> Any:
    """The items of a list, or UNSEEN if one is a function, or a list, which CloudFormation would flatten."""
    return UNSEEN if any(item.__class__ is list or _plain(item) is UNSEEN for item in items) else items


_LOOKS: dict[str, Callable[[Any, Clause], Sight]] = {
    "all": lambda node, clause: _all(node, clause["clauses"]),
    "any": _any,
    "not": _not,
    "if": _if,
    "path": _path,
    "each": _each,
}
