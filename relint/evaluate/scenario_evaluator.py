"""Evaluation of clauses by the values that a template has in one scenario."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.evaluate.clauses import OPERATORS, ClauseEvaluator, ClauseResult
from relint.evaluate.coded_checks import run_check, run_fact
from relint.model.availability_zones import count_zones
from relint.model.list_items import unknown_items
from relint.model.zone_members import ZoneMember, member_of, members_of, zone_of_resource
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.catalog.clause import (
        Clause,
        FactClause,
        FactOperand,
        RelatedClause,
        RelatedSource,
        Source,
        Steps,
        ZonesClause,
    )
    from relint.checks.problem import Problem
    from relint.evaluate.clauses import Operator
    from relint.model.resource import Resource
    from relint.model.view import View


_make_result = ClauseResult._make  # takes half the time of keywords, in the most frequent calls


class Subject(NamedTuple):
    """A resource, or a member of a quantifier: a value within the resource, or a related resource."""

    resource: Resource
    value: Located


class ScenarioEvaluator(ClauseEvaluator[Subject, Located]):
    """Evaluates clauses on a view of the template in one scenario."""

    __slots__ = ("view",)

    def __init__(self, view: View) -> None:
        self.view = view

    def evaluate(self, subject: Subject, clause: Clause) -> ClauseResult:
        """Return the result of one clause, with the path, message and level that the clause sets."""
        result = _OPERATORS[clause["op"]](self, subject, clause)
        if "at" in clause:
            result = result._replace(path=self.view.select(subject.value, clause["at"])[0].path)
        if result.truth is True:
            return result
        if "message" in clause:
            return result._replace(message=clause["message"], level=clause.get("level", result.level))
        if "level" in clause and result.message is None:
            return result._replace(level=clause["level"])
        return result

    def select(self, subject: Subject, path: Steps) -> list[Located]:
        """Return the values at a path."""
        return self.view.select(subject.value, path)

    def absent(self, subject: Subject, path: Steps) -> Located:
        """Return an absent value at the path of the collection that has no members."""
        return Located(ABSENT, self.view.get(subject.value, *path[: path.index("*")]).path)

    def members(self, subject: Subject, source: Source) -> tuple[list[Subject], Located]:
        """Return the values at a path of the subject, or related resources."""
        if "types" in source:
            return self._related_members(subject, source), subject.value
        path = source["path"]
        values = self.view.select(subject.value, path if "*" in path else [*path, "*"])
        collection = self.view.get(subject.value, *(path[: path.index("*")] if "*" in path else path))
        return [Subject(subject.resource, value) for value in values if value.value is not ABSENT], collection

    def content(self, value: Located) -> Any:
        """Return the value without its path; in a list, the items are resolved."""
        if value.value.__class__ is list:
            return [item.value for item in self.view.scenario.items(value)]
        return value.value

    def with_content(self, value: Located, content: Any) -> Located:
        """Return the content at the path of the value."""
        return Located(content, value.path)

    def root(self, subject: Subject) -> Located:
        """Return the value of the subject."""
        return subject.value

    def unknown_member(self, member: Subject) -> Unknown | None:
        """Return the value of the member if it is Unknown and may be absent or several items."""
        value = member.value.value
        return unknown_items(self.view, value) if value.__class__ is Unknown else None

    def content_at(self, subject: Subject, path: Steps) -> Any:
        """Return the value at a path."""
        return self.view.get(subject.value, *path).value

    def fact(self, subject: Subject, fact: FactOperand) -> Any:
        """Return the value of a coded fact, whose arguments may be paths and further facts."""
        arguments = {name: self.resolve_operand(subject, value) for name, value in fact["arguments"].items()}
        return run_fact(fact["fact"], subject.resource, self.view, arguments)

    def run_check(self, subject: Subject, name: str, params: Mapping[str, Any]) -> Iterable[Problem | Unknown]:
        """Return the problems that a coded check finds, and an Unknown for each question that it leaves open."""
        return run_check(name, subject.resource, self.view, params)

    def passed(self, value: Located) -> ClauseResult:
        """Return a true result that points to a value."""
        return _make_result((True, value.path, None, False, None, None))

    def all_passed(self, subject: Subject) -> ClauseResult:
        """Return a true result that points to the subject."""
        return _make_result((True, subject.value.path, None, False, None, None))

    def failed(self, value: Located, content: Any = None, *, is_written: bool = False) -> ClauseResult:
        """Return a false result that points to a value."""
        return _make_result((False, value.path, content, is_written, None, None))

    def undecided(self, value: Located, unknown: Unknown, content: Any = None) -> ClauseResult:
        """Return an unknown result that points to a value."""
        return _make_result((unknown, value.path, content, False, None, None))

    def _zones(self, subject: Subject, clause: ZonesClause) -> ClauseResult:
        """Test the number of Availability Zones; the result points to the last of the lists that the resource has."""
        members: list[ZoneMember] = []
        location = subject.value
        for source in clause["sources"]:
            if "types" in source:
                members += self._zones_of_related(subject, source)
                continue
            values = self.view.select(subject.value, source["path"])
            members += self._zone_members(values, source["path"])
            location = next((value for value in values if value.value is not ABSENT), location)
        number = count_zones(self.view, members).as_value() if members else ABSENT
        return self.test_values(subject, clause, [self.with_content(location, number)])

    def _zones_of_related(self, subject: Subject, source: RelatedSource) -> list[ZoneMember]:
        resources = self._related_resources(subject, source)
        if "path" not in source:
            return [zone_of_resource(self.view, resource) for resource in resources]
        path = source["path"]
        return [
            member for resource in resources for member in self._zone_members(self.view.select(resource, path), path)
        ]

    def _zone_members(self, values: list[Located], path: Steps) -> list[ZoneMember]:
        """Return the members of lists of subnets or zones; a value below "*" is one subnet or zone."""
        if "*" in path:
            return [member_of(self.view, value) for value in values if value.value is not ABSENT]
        return members_of(self.view, values)

    def _fact(self, subject: Subject, clause: FactClause) -> ClauseResult:
        value = self.with_content(subject.value, self.fact(subject, clause))
        return self.test_values(subject, clause, [value])._replace(is_written=False)

    def _related(self, subject: Subject, clause: RelatedClause) -> ClauseResult:
        number: Any = len(self._related_resources(subject, clause["source"]))
        if clause["test"] == "exists" and number == 0:
            number = ABSENT
        return self.test_values(subject, clause, [self.with_content(subject.value, number)])

    def _related_members(self, subject: Subject, source: RelatedSource) -> list[Subject]:
        resources = self._related_resources(subject, source)
        if "path" not in source:
            return [Subject(resource, self.view.root(resource)) for resource in resources]
        path = source["path"]
        return [Subject(resource, value) for resource in resources for value in self.view.select(resource, path)]

    def _related_resources(self, subject: Subject, source: RelatedSource) -> list[Resource]:
        if "through" in source:
            return self.view.referents(subject.resource, source["types"], source["through"])
        return self.view.referrers(subject.resource, source["types"], source.get("by", ()))


_OPERATORS: Mapping[str, Operator] = {
    **OPERATORS,
    "zones": ScenarioEvaluator._zones,
    "fact": ScenarioEvaluator._fact,
    "related": ScenarioEvaluator._related,
}
