"""Evaluation of clauses by literal values only: nothing is resolved, so a result holds in every deployment."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.evaluate.clauses import NOT_LITERAL, OPERATORS, ClauseEvaluator, ClauseResult
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.catalog.clause import Clause, FactOperand, Source, Steps

_PASSED = ClauseResult(truth=True)
_FAILED = ClauseResult(truth=False)
_UNDECIDED = ClauseResult(truth=NOT_LITERAL)
_COLLECTIONS = frozenset({dict, list})


class LiteralEvaluator(ClauseEvaluator[Any, Any]):
    """Evaluates clauses on the nodes of a document; values that are not literals are NOT_LITERAL.

    Results are shared constants without paths, because they only decide whether a rule needs a scenario.
    """

    __slots__ = ()

    def evaluate(self, subject: Any, clause: Clause) -> ClauseResult:
        """Return the result of one clause; unknown for zones, facts and related resources."""
        operator = OPERATORS.get(clause["op"])
        return _UNDECIDED if operator is None or subject is NOT_LITERAL else operator(self, subject, clause)

    def select(self, subject: Any, path: Steps) -> list[Any]:
        """Return the nodes at a path; [NOT_LITERAL] if one of them is not a literal."""
        node = subject
        for index, step in enumerate(path):
            node_type = node.__class__
            if step == "*":
                return self._select_each(node, path[index + 1 :])
            if step.__class__ is tuple:
                node = _matching_item(node, step)
            elif node_type is dict:
                node = node.get(step, ABSENT)
                if node.__class__ is dict or node.__class__ is str:
                    node = _literal(node)
            elif node_type is list and step.__class__ is int and -len(node) <= step < len(node):
                node = _literal(node[step])
            else:
                node = ABSENT
            if node is NOT_LITERAL:
                break
        return [node]

    def _select_each(self, node: Any, path: Steps) -> list[Any]:
        """Return the nodes at a path below each member of a collection; a scalar counts as a list of one."""
        if node is ABSENT:
            return []
        node_type = node.__class__
        members = node.values() if node_type is dict else node if node_type is list else (node,)
        selected: list[Any] = []
        for member in members:
            literal = _literal(member)
            if literal is NOT_LITERAL or (member.__class__ is list and node_type is list):
                return [NOT_LITERAL]  # CloudFormation flattens a list in a list
            nodes = self.select(literal, path)
            if nodes and nodes[0] is NOT_LITERAL:
                return nodes
            selected += nodes
        return selected

    def absent(self, subject: Any, path: Steps) -> Any:
        """Return ABSENT."""
        return ABSENT

    def members(self, subject: Any, source: Source) -> tuple[list[Any], Any]:
        """Return the nodes that a quantifier runs over."""
        if "types" in source:
            return [NOT_LITERAL], NOT_LITERAL
        path = source["path"]
        nodes = self.select(subject, path if "*" in path else [*path, "*"])
        return [node for node in nodes if node is not ABSENT], subject

    def content(self, value: Any) -> Any:
        """Return the node, or NOT_LITERAL for a list with an item that is not a literal."""
        return _literal_list(value) if value.__class__ is list else value

    def with_content(self, value: Any, content: Any) -> Any:
        """Return the content."""
        return content

    def root(self, subject: Any) -> Any:
        """Return the node."""
        return subject

    def unknown_member(self, member: Any) -> Unknown | None:
        """Return NOT_LITERAL for a list that is not a literal."""
        return NOT_LITERAL if member is NOT_LITERAL else None

    def content_at(self, subject: Any, path: Steps) -> Any:
        """Return the scalar at a path; NOT_LITERAL for a collection, whose members a scenario may change."""
        node = NOT_LITERAL if "*" in path else self.select(subject, path)[0]
        return NOT_LITERAL if node.__class__ in _COLLECTIONS else node

    def fact(self, subject: Any, fact: FactOperand) -> Any:
        """Return NOT_LITERAL: coded facts need a scenario."""
        return NOT_LITERAL

    def passed(self, value: Any) -> ClauseResult:
        """Return the constant for a true result."""
        return _PASSED

    def all_passed(self, subject: Any) -> ClauseResult:
        """Return the constant for a true result."""
        return _PASSED

    def failed(self, value: Any, content: Any = None, *, is_written: bool = False) -> ClauseResult:
        """Return the constant for a false result."""
        return _FAILED

    def undecided(self, value: Any, unknown: Unknown, content: Any = None) -> ClauseResult:
        """Return the constant for an unknown result."""
        return _UNDECIDED


def _matching_item(node: Any, members: tuple[tuple[str, str], ...]) -> Any:
    """Return the first item of a list that has certain members; NOT_LITERAL if a value before it is not a literal."""
    if node.__class__ is not list:
        return ABSENT if node is ABSENT else NOT_LITERAL
    for item in node:
        item = _literal(item)
        if item.__class__ is not dict:
            return NOT_LITERAL
        values = [_literal(item.get(name, ABSENT)) for name, _ in members]
        if any(value is NOT_LITERAL or value.__class__ in _COLLECTIONS for value in values):
            return NOT_LITERAL
        if all(scalar_text(value) == expected for value, (_, expected) in zip(values, members, strict=True)):
            return item
    return ABSENT


def _literal(node: Any) -> Any:
    """Return the node, or NOT_LITERAL for a function, a dynamic reference or the target of a transform."""
    if node.__class__ is dict:
        if len(node) == 1:
            (name,) = node
            if name == "Ref" or name.startswith("Fn::"):
                return NOT_LITERAL
        elif "Fn::Transform" in node:
            return NOT_LITERAL
    elif node.__class__ is str and "{{resolve:" in node:
        return NOT_LITERAL
    return node


def _literal_list(items: list[Any]) -> Any:
    """Return the list, or NOT_LITERAL if an item is a function, or a list, which CloudFormation flattens."""
    for item in items:
        if item.__class__ is list or _literal(item) is NOT_LITERAL:
            return NOT_LITERAL
    return items
