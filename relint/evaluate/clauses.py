"""Evaluation of clauses in three-valued logic, for literal values and for the values of a scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from relint._typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, negate
from relint.resolve.value import ABSENT, Unknown, is_call

if TYPE_CHECKING:
    from relint.catalog.clause import (
        Clause,
        CountClause,
        FactOperand,
        IfClause,
        LogicClause,
        Operand,
        PathClause,
        QuantifierClause,
        Reference,
        Source,
        Steps,
        UnknownClause,
        ValueTest,
    )
    from relint.level import Level
    from relint.source.location import Path

SubjectT = TypeVar("SubjectT")
ValueT = TypeVar("ValueT")

NOT_LITERAL = Unknown(expression=("Items", "not a literal"), reason="it is not a literal")
"""The value of everything but a literal, for an evaluator that resolves nothing. It may be absent, or many values."""

_COLLECTIONS = frozenset({dict, list})


class ClauseResult(NamedTuple):
    """Whether a clause holds; if it does not, the path to point to and the value at that path.

    `is_written` is true if the template contains the value. `message` and `level` are those of the innermost clause
    that has a message.
    """

    truth: Truth
    path: Path = ()
    value: Any = None
    is_written: bool = False
    message: str | None = None
    level: Level | None = None


class ClauseEvaluator(Generic[SubjectT, ValueT]):
    """Evaluates clauses over the values that a subclass reads.

    A subject is what `$` stands for: a resource, or within a quantifier one of its members. A value is an entry of the
    lists that `select` returns: with its path where findings need one, else bare.
    """

    __slots__ = ()

    def evaluate(self, subject: SubjectT, clause: Clause) -> ClauseResult:
        """Return the result of one clause."""
        raise NotImplementedError

    def select(self, subject: SubjectT, path: Steps) -> list[ValueT]:
        """Return the values at a path; none for the members of an absent or empty collection."""
        raise NotImplementedError

    def absent(self, subject: SubjectT, path: Steps) -> ValueT:
        """Return the absent value of a path that selects nothing."""
        raise NotImplementedError

    def members(self, subject: SubjectT, source: Source) -> tuple[list[SubjectT], ValueT]:
        """Return the members that a quantifier runs over, and where a finding about all of them points to."""
        raise NotImplementedError

    def content(self, value: ValueT) -> Any:
        """Return a value without its path; in a list, the items are resolved."""
        raise NotImplementedError

    def with_content(self, value: ValueT, content: Any) -> ValueT:
        """Return computed content at the path of another value."""
        raise NotImplementedError

    def root(self, subject: SubjectT) -> ValueT:
        """Return the value of the subject itself."""
        raise NotImplementedError

    def content_at(self, subject: SubjectT, path: Steps) -> Any:
        """Return the content at a path without `*`."""
        raise NotImplementedError

    def fact(self, subject: SubjectT, fact: FactOperand) -> Any:
        """Return the value that a coded fact computes."""
        raise NotImplementedError

    def unknown_member(self, member: SubjectT) -> Unknown | None:
        """Return the Unknown that stands for any number of members of a list, None for one member."""
        raise NotImplementedError

    def passed(self, value: ValueT) -> ClauseResult:
        """Return a true result that points to a value."""
        raise NotImplementedError

    def all_passed(self, subject: SubjectT) -> ClauseResult:
        """Return a true result that points to the subject."""
        raise NotImplementedError

    def failed(self, value: ValueT, content: Any = None, *, is_written: bool = False) -> ClauseResult:
        """Return a false result that points to a value."""
        raise NotImplementedError

    def undecided(self, value: ValueT, unknown: Unknown, content: Any = None) -> ClauseResult:
        """Return an unknown result that points to a value."""
        raise NotImplementedError

    def evaluate_all(self, subject: SubjectT, clauses: Iterable[Clause]) -> ClauseResult:
        """Return the result of the first clause that is false, else of the first unknown one, else a true result."""
        unknown: ClauseResult | None = None
        for clause in clauses:
            result = self.evaluate(subject, clause)
            if result.truth is False:
                return result
            if unknown is None and result.truth is not True:
                unknown = result
        return self.all_passed(subject) if unknown is None else unknown

    def test_values(self, subject: SubjectT, test: ValueTest, values: list[ValueT]) -> ClauseResult:
        """Return whether every value passes the test; an absent value counts as the default, if there is one."""
        operand = test["value"]
        if operand.__class__ in _COLLECTIONS:
            operand = self.resolve_operand(subject, operand)
        unknown: ClauseResult | None = None
        for value in values:
            content = self.content(value)
            is_written = content is not ABSENT
            if not is_written and "default" in test:
                content = self.resolve_operand(subject, test["default"])
            if content is NOT_LITERAL or operand is NOT_LITERAL:
                truth: Truth = NOT_LITERAL
            else:
                truth = apply_test(test["test"], content, operand, negate=test.get("negate", False))
            if truth is False:
                return self.failed(value, content, is_written=is_written)
            if unknown is None and isinstance(truth, Unknown):
                unknown = self.undecided(value, truth, content)
        return self.passed(values[0]) if unknown is None else unknown

    def resolve_operand(self, subject: SubjectT, operand: Operand) -> Any:
        """Return the operand with the values of the paths and facts in it."""
        if operand.__class__ not in _COLLECTIONS:
            return operand
        if operand.__class__ is list:
            if _COLLECTIONS.isdisjoint(map(type, operand)):
                return operand
            items = [self.resolve_operand(subject, item) for item in operand]
            return NOT_LITERAL if any(item is NOT_LITERAL for item in items) else items
        return self._resolve_reference(subject, operand)

    def _resolve_reference(self, subject: SubjectT, reference: Reference) -> Any:
        if "path" in reference:
            content = self.content_at(subject, reference["path"])
            return reference["default"] if content is ABSENT else content
        if "fact" in reference:
            return self.fact(subject, reference)
        if "unknown" in reference:
            return Unknown(expression=("Default", reference["unknown"]), reason=reference["unknown"])
        return reference

    def _all(self, subject: SubjectT, clause: LogicClause) -> ClauseResult:
        return self.evaluate_all(subject, clause["clauses"])

    def _any(self, subject: SubjectT, clause: LogicClause) -> ClauseResult:
        """Return the first true result, else the first unknown one, else a false one, with a written value if any."""
        results: list[ClauseResult] = []
        for inner in clause["clauses"]:
            result = self.evaluate(subject, inner)
            if result.truth is True:
                return result
            results.append(result)
        if not results:
            return self.failed(self.root(subject))
        for result in results:
            if result.truth is not False:
                return result
        return next((result for result in results if result.is_written), results[0])

    def _not(self, subject: SubjectT, clause: LogicClause) -> ClauseResult:
        result = self.evaluate_all(subject, clause["clauses"])
        return ClauseResult(truth=negate(result.truth), path=result.path, value=result.value)

    def _if(self, subject: SubjectT, clause: IfClause) -> ClauseResult:
        condition = self.evaluate_all(subject, clause["when"])
        if condition.truth is True:
            return self.evaluate_all(subject, clause["then"])
        if condition.truth is False:
            return self.evaluate_all(subject, clause["otherwise"])
        then = self.evaluate_all(subject, clause["then"])
        otherwise = self.evaluate_all(subject, clause["otherwise"])
        return then if then.truth is otherwise.truth else condition

    def _unknown(self, subject: SubjectT, clause: UnknownClause) -> ClauseResult:
        reason = clause["reason"]
        return self.undecided(self.root(subject), Unknown(expression=("Clause", reason), reason=reason))

    def _path(self, subject: SubjectT, clause: PathClause) -> ClauseResult:
        path = clause["path"]
        return self.test_values(subject, clause, self.select(subject, path) or [self.absent(subject, path)])

    def _count(self, subject: SubjectT, clause: CountClause) -> ClauseResult:
        selected, location = self._selected_members(subject, clause)
        return self.test_values(subject, clause, [self.with_content(location, _count(selected))])

    def _every(self, subject: SubjectT, clause: QuantifierClause) -> ClauseResult:
        selected, location = self._selected_members(subject, clause)
        unknown: ClauseResult | None = None
        for member, is_selected in selected:
            result = self.evaluate_all(member, clause["clauses"])
            if result.truth is False and is_selected is True:
                return result
            if unknown is None and result.truth is not True:
                unknown = _with_selection(result, is_selected)
        return self.passed(location) if unknown is None else unknown

    def _some(self, subject: SubjectT, clause: QuantifierClause) -> ClauseResult:
        selected, location = self._selected_members(subject, clause)
        return self._first_satisfying(selected, clause) or self.failed(location)

    def _none(self, subject: SubjectT, clause: QuantifierClause) -> ClauseResult:
        selected, location = self._selected_members(subject, clause)
        result = self._first_satisfying(selected, clause)
        if result is None:
            return self.passed(location)
        return result._replace(truth=negate(result.truth))

    def _first_satisfying(
        self, selected: list[tuple[SubjectT, Truth]], clause: QuantifierClause
    ) -> ClauseResult | None:
        """Return the result of the first member that satisfies the clauses, else of the first that may, else None."""
        unknown: ClauseResult | None = None
        for member, is_selected in selected:
            result = self.evaluate_all(member, clause["clauses"])
            if result.truth is True and is_selected is True:
                return result
            if unknown is None and result.truth is not False:
                unknown = _with_selection(result, is_selected)
        return unknown

    def _selected_members(
        self, subject: SubjectT, clause: CountClause | QuantifierClause
    ) -> tuple[list[tuple[SubjectT, Truth]], ValueT]:
        """Return the members for which `where` holds or may hold, each with that truth."""
        members, location = self.members(subject, clause["source"])
        selected: list[tuple[SubjectT, Truth]] = []
        for member in members:
            truth: Truth | None = self.unknown_member(member)
            if truth is None:
                truth = self.evaluate_all(member, clause["where"]).truth
            if truth is not False:
                selected.append((member, truth))
        return selected, location


def _with_selection(result: ClauseResult, is_selected: Truth) -> ClauseResult:
    """Return an unknown result: unknown is whether the member is selected, else whether it satisfies the clauses."""
    truth = result.truth if is_selected is True else is_selected
    return ClauseResult(truth=truth, path=result.path, value=result.value)


def _count(selected: list[tuple[Any, Truth]]) -> int | Unknown:
    """Return the number of selected members, with bounds if it is unknown."""
    unknown = next((truth for _, truth in selected if isinstance(truth, Unknown)), None)
    if unknown is None or unknown is NOT_LITERAL:
        return len(selected) if unknown is None else NOT_LITERAL
    certain = sum(truth is True for _, truth in selected)
    is_unbounded = any(isinstance(truth, Unknown) and is_call(truth.expression, "Items") for _, truth in selected)
    maximum = None if is_unbounded else len(selected)
    return Unknown(expression=unknown.expression, reason=unknown.reason, minimum=certain, maximum=maximum)


Operator = Callable[[Any, Any, Any], ClauseResult]
"""A function of an evaluator, a subject and a clause of the type that the operator has."""

OPERATORS: Mapping[str, Operator] = {
    "all": ClauseEvaluator._all,
    "any": ClauseEvaluator._any,
    "not": ClauseEvaluator._not,
    "if": ClauseEvaluator._if,
    "unknown": ClauseEvaluator._unknown,
    "path": ClauseEvaluator._path,
    "count": ClauseEvaluator._count,
    "every": ClauseEvaluator._every,
    "some": ClauseEvaluator._some,
    "none": ClauseEvaluator._none,
}
"""The operators that every evaluator has, by name."""
