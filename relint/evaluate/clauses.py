"""The clauses of a rule, evaluated for one resource in one scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.evaluate.coded_checks import run_fact
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth
from relint.model.availability_zones import count_zones
from relint.model.zone_members import ZoneMember, member_of, members_of, zone_of_resource
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

Clause = dict[str, Any]
_COLLECTIONS = frozenset({dict, list})


class Subject(NamedTuple):
    """What `$` means: a resource, or below a quantifier one of its values."""

    resource: Resource
    value: Located


class Answer(NamedTuple):
    """Whether a clause holds; if it does not, the place to point to and the value that stands there.

    `written` says that a value really stands there; `clause` is the innermost one with a message of its own.
    """

    truth: Truth
    path: Path
    value: Any = None
    clause: Clause | None = None
    written: bool = False


def holds(view: View, subject: Subject, clauses: Iterable[Clause]) -> Truth:
    """Whether all clauses hold."""
    return conjunction(view, subject, clauses).truth


def conjunction(view: View, subject: Subject, clauses: Iterable[Clause]) -> Answer:
    """The first clause that is false, else the first that is unknown, else a true answer."""
    unknown: Answer | None = None
    for clause in clauses:
        answer = evaluate(view, subject, clause)
        if answer.truth is False:
            return answer
        if isinstance(answer.truth, Unknown) and unknown is None:
            unknown = answer
    return unknown or Answer(True, subject.value.path)


def evaluate(view: View, subject: Subject, clause: Clause) -> Answer:
    """What one clause says; the answer names the innermost clause with a message or level of its own."""
    answer = _EVALUATE[clause["op"]](view, subject, clause)
    path = answer.path
    if "at" in clause:
        path = view.select(subject.value, clause["at"])[0].path
    inner = answer.clause
    if inner is None or "message" not in inner or "message" in clause:
        inner = {**(inner or {}), **clause} if inner else clause
    return Answer(answer.truth, path, answer.value, inner, answer.written)


def _all(view: View, subject: Subject, clause: Clause) -> Answer:
    return conjunction(view, subject, clause["clauses"])


def _any(view: View, subject: Subject, clause: Clause) -> Answer:
    answers: list[Answer] = []
    for inner in clause["clauses"]:
        answer = evaluate(view, subject, inner)
        if answer.truth is True:
            return answer
        answers.append(answer)
    unknown = next((answer for answer in answers if isinstance(answer.truth, Unknown)), None)
    if unknown or not answers:
        return unknown or Answer(False, subject.value.path)
    return next((answer for answer in answers if answer.written), answers[0])


def _not(view: View, subject: Subject, clause: Clause) -> Answer:
    answer = conjunction(view, subject, clause["clauses"])
    return Answer(not answer.truth if isinstance(answer.truth, bool) else answer.truth, answer.path, answer.value)


def _if(view: View, subject: Subject, clause: Clause) -> Answer:
    guard = conjunction(view, subject, clause["when"])
    if isinstance(guard.truth, bool):
        return conjunction(view, subject, clause["then" if guard.truth else "else"])
    branches = [conjunction(view, subject, clause[name]) for name in ("then", "else")]
    return branches[0] if branches[0].truth is branches[1].truth else guard


def _unknown(view: View, subject: Subject, clause: Clause) -> Answer:
    return Answer(Unknown(("Clause", clause["reason"]), clause["reason"]), subject.value.path)


def _path(view: View, subject: Subject, clause: Clause) -> Answer:
    steps = clause["path"]
    values = view.select(subject.value, steps)
    if not values:
        values = [Located(ABSENT, view.get(subject.value, *steps[: steps.index("*")]).path)]
    return _tested(view, subject, clause, values)


def _tested(view: View, subject: Subject, clause: Clause, values: list[Located]) -> Answer:
    """Every value passes the test; an absent one counts as the default, if the clause says one."""
    operand = _operand(view, subject, clause["value"])
    unknown: Answer | None = None
    for located in values:
        value = located.value
        if value is ABSENT and "default" in clause:
            value = _operand(view, subject, clause["default"])
        elif isinstance(value, list):
            value = [item.value for item in view.scenario.items(located)]
        truth = apply_test(clause["test"], value, operand, negate=clause.get("negate", False))
        if truth is False:
            return Answer(False, located.path, value, None, located.value is not ABSENT)
        if isinstance(truth, Unknown) and unknown is None:
            unknown = Answer(truth, located.path, value)
    return unknown or Answer(True, values[0].path, None)


def _operand(view: View, subject: Subject, raw: Any) -> Any:
    if raw.__class__ is dict:
        if "unknown" in raw:
            return Unknown(("Default", raw["unknown"]), raw["unknown"])
        if "path" in raw:
            value = view.get(subject.value, *raw["path"]).value
            return raw["default"] if value is ABSENT else value
        if "fact" in raw:
            return _known_by(view, subject, raw)
    if raw.__class__ is list:
        return [_operand(view, subject, item) if item.__class__ in _COLLECTIONS else item for item in raw]
    return raw


def _zones(view: View, subject: Subject, clause: Clause) -> Answer:
    entries: list[ZoneMember] = []
    place = subject.value.path
    for source in clause["sources"]:
        if "types" not in source:
            values = view.select(subject.value, source["path"])
            entries += _placed(view, values, source["path"])
            place = next((value.path for value in values if value.value is not ABSENT), place)
        elif "path" in source:
            for resource in _related(view, subject, source):
                entries += _placed(view, view.select(resource, source["path"]), source["path"])
        else:
            entries += [zone_of_resource(view, resource) for resource in _related(view, subject, source)]
    if not entries:
        return _tested(view, subject, clause, [Located(ABSENT, place)])
    return _tested(view, subject, clause, [Located(count_zones(view, entries).as_value(), place)])


def _placed(view: View, values: list[Located], steps: list[str | int]) -> list[ZoneMember]:
    """The entries of a list of subnets or zones; below "*" each value is a subnet or zone of its own."""
    if "*" in steps:
        return [member_of(view, value) for value in values if value.value is not ABSENT]
    return members_of(view, values)


def _fact(view: View, subject: Subject, clause: Clause) -> Answer:
    value = _known_by(view, subject, clause)
    return _tested(view, subject, clause, [Located(value, subject.value.path)])._replace(written=False)


def _known_by(view: View, subject: Subject, source: dict[str, Any]) -> Any:
    """What a coded fact says; an argument may be a path or another fact, as an operand may."""
    arguments = {name: _operand(view, subject, value) for name, value in source["with"].items()}
    return run_fact(source["fact"], subject.resource, view, arguments)


def _related_clause(view: View, subject: Subject, clause: Clause) -> Answer:
    found = len(_related(view, subject, clause["source"]))
    value: Any = found if clause["test"] != "exists" else (found or ABSENT)
    return _tested(view, subject, clause, [Located(value, subject.value.path)])


def _related(view: View, subject: Subject, source: dict[str, Any]) -> list[Resource]:
    if "through" in source:
        return view.referents(subject.resource, source["types"], source["through"])
    return view.referrers(subject.resource, source["types"], source.get("by", ()))


def _each(view: View, subject: Subject, clause: Clause) -> Answer:
    members, place = _members(view, subject, clause["source"])
    chosen: list[tuple[Subject, Truth]] = []
    for member in members:
        if isinstance(member.value.value, Unknown):
            chosen.append((member, member.value.value))
        else:
            truth = holds(view, member, clause["where"])
            if truth is not False:
                chosen.append((member, truth))
    if clause["mode"] == "count":
        return _tested(view, subject, clause, [Located(_count(chosen), place)])
    return _QUANTIFIERS[clause["mode"]](view, chosen, clause, place)


def _members(view: View, subject: Subject, source: dict[str, Any]) -> tuple[list[Subject], Path]:
    if "types" in source:
        related = _related(view, subject, source)
        if "path" in source:
            found = [(resource, value) for resource in related for value in view.select(resource, source["path"])]
        else:
            found = [(resource, view.root(resource)) for resource in related]
        return [Subject(resource, value) for resource, value in found], subject.value.path
    steps = source["path"]
    values = view.select(subject.value, steps if "*" in steps else [*steps, "*"])
    place = view.get(subject.value, *(steps[: steps.index("*")] if "*" in steps else steps)).path
    return [Subject(subject.resource, value) for value in values if value.value is not ABSENT], place


def _count(chosen: list[tuple[Subject, Truth]]) -> int | Unknown:
    sure = sum(truth is True for _, truth in chosen)
    unknown = next((truth for _, truth in chosen if isinstance(truth, Unknown)), None)
    if unknown is None:
        return sure
    endless = any(_is_list(truth) for _, truth in chosen)
    return Unknown(unknown.expression, unknown.reason, sure, None if endless else len(chosen))


def _is_list(truth: Truth) -> bool:
    form = truth.expression if isinstance(truth, Unknown) else None
    return isinstance(form, tuple) and form[0] == "Items"


def _every(view: View, chosen: list[tuple[Subject, Truth]], clause: Clause, place: Path) -> Answer:
    unknown: Answer | None = None
    for member, included in chosen:
        answer = conjunction(view, member, clause["clauses"])
        if answer.truth is True:
            continue
        if answer.truth is False and included is True:
            return answer
        why = included if isinstance(included, Unknown) else answer.truth
        unknown = unknown or Answer(why, answer.path, answer.value)
    return unknown or Answer(True, place)


def _some(view: View, chosen: list[tuple[Subject, Truth]], clause: Clause, place: Path) -> Answer:
    return _first_that_satisfies(view, chosen, clause) or Answer(False, place)


def _none(view: View, chosen: list[tuple[Subject, Truth]], clause: Clause, place: Path) -> Answer:
    found = _first_that_satisfies(view, chosen, clause)
    if found is None:
        return Answer(True, place)
    return found._replace(truth=False) if found.truth is True else found


def _first_that_satisfies(view: View, chosen: list[tuple[Subject, Truth]], clause: Clause) -> Answer | None:
    """The first member that surely satisfies the clauses, else the first that may, else None."""
    unknown: Answer | None = None
    for member, included in chosen:
        answer = conjunction(view, member, clause["clauses"])
        if answer.truth is True and included is True:
            return answer
        if answer.truth is not False:
            why = included if isinstance(included, Unknown) else answer.truth
            unknown = unknown or Answer(why, answer.path, answer.value)
    return unknown


_QUANTIFIERS: dict[str, Callable[[View, list[tuple[Subject, Truth]], Clause, Path], Answer]] = {
    "every": _every,
    "some": _some,
    "none": _none,
}
_EVALUATE: dict[str, Callable[[View, Subject, Clause], Answer]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "if": _if,
    "unknown": _unknown,
    "path": _path,
    "zones": _zones,
    "fact": _fact,
    "related": _related_clause,
    "each": _each,
}
