"""Rules as the rest of relint uses them, compiled from rule files."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING, Any, Literal, NamedTuple
from relint.level import Level

if TYPE_CHECKING:
    from relint.catalog.clause import Clause
    from relint.catalog.update_effects import UpdateEffects
    from relint.change.effect import Effect

RULESETS = ("core", "recommended", "all")
"""core: priority P1; recommended: P1 and P2; both without notes. all: everything, notes included."""

Priority = Literal["P1", "P2", "P3"]
Scope = Literal["resource", "template", "document", "suppression", "change", "comparison", "recovery"]

SCOPES_OF_CHANGES: tuple[Scope, ...] = ("change", "comparison", "recovery")
"""Scopes of rules that compare two templates."""
Deployments = Literal["all", "assumed"]


class Case(NamedTuple):
    """One case of a rule; the first case whose `resources` and `when` match decides.

    `check` names a coded check, `params` are its arguments. `level` replaces the level of the rule, `message` is the
    id of a message. Clauses are plain data, so that marshal can write them to the cache.
    """

    resources: tuple[str, ...]
    when: tuple[Clause, ...] = ()
    asserts: tuple[Clause, ...] = ()
    check: str | None = None
    params: Mapping[str, Any] = {}
    level: Level | None = None
    message: str = "default"


class Body(NamedTuple):
    """The part of a rule that is needed only to evaluate or to describe the rule."""

    cases: tuple[Case, ...]
    messages: Mapping[str, str]
    rationale: str
    fix: str
    references: tuple[str, ...]
    equivalents: Mapping[str, tuple[str, ...]]
    update: Mapping[str, Mapping[str, Effect]] = {}
    edits: tuple[Mapping[str, Any], ...] = ()

    def cases_for(self, resource_type: str) -> tuple[Case, ...]:
        """Return the cases that apply to a resource type; the first that matches a resource decides."""
        return tuple(case for case in self.cases if _applies(case.resources, resource_type))


class LazyBody:
    """A body as bytes of the cache, decoded on first use, because most rules do not apply to most templates.

    Each case is decoded for itself, because most cases of a rule with a table do not apply to most resource types.
    `adapt` changes each case that is decoded.
    """

    __slots__ = ("_adapt", "_body", "_bytes", "_cases", "_cases_by_type", "_encoded_cases")

    def __init__(self, content: bytes, adapt: Callable[[Case], Case] | None = None) -> None:
        self._bytes = content
        self._adapt = adapt
        self._body: Body | None = None
        self._encoded_cases: list[tuple[tuple[str, ...], bytes]] = []
        self._cases: dict[int, Case] = {}
        self._cases_by_type: dict[str, tuple[Case, ...]] | None = None

    @staticmethod
    def encode(body: Body) -> bytes:
        """Return the bytes of a body."""
        cases = [(case.resources, marshal.dumps(tuple(case))) for case in body.cases]  # type: ignore[arg-type]
        return marshal.dumps((cases, marshal.dumps(tuple(body[1:]))))  # type: ignore[arg-type]

    def adapted(self, adapt: Callable[[Case], Case]) -> LazyBody:
        """Return the same body with its cases changed."""
        return LazyBody(self._bytes, adapt)

    def read(self) -> Body:
        """Return the body."""
        if self._body is None:
            self._encoded_cases, fields = marshal.loads(self._bytes)
            cases = tuple(map(self._case, range(len(self._encoded_cases))))
            self._body = Body(cases, *marshal.loads(fields))
        return self._body

    def cases_for(self, resource_type: str) -> tuple[Case, ...]:
        """Return the cases that apply to a resource type; the first that matches a resource decides."""
        cases_by_type = self._cases_by_type
        if cases_by_type is None:
            self._encoded_cases = marshal.loads(self._bytes)[0]
            named_types = (name for resources, _ in self._encoded_cases for name in resources)
            cases_by_type = dict.fromkeys(("*", *named_types), _NOT_DECODED)
            self._cases_by_type = cases_by_type
        key = resource_type if resource_type in cases_by_type else "*"
        cases = cases_by_type[key]
        if cases is _NOT_DECODED:
            encoded = enumerate(self._encoded_cases)
            cases = tuple(self._case(index) for index, (resources, _) in encoded if _applies(resources, key))
            cases_by_type[key] = cases
        return cases

    def _case(self, index: int) -> Case:
        case = self._cases.get(index)
        if case is None:
            case = Case._make(marshal.loads(self._encoded_cases[index][1]))
            case = self._cases[index] = self._adapt(case) if self._adapt else case
        return case

    def __eq__(self, other: object) -> bool:
        """Whether the other object is an equal body, decoded or not."""
        return self.read() == (other.read() if isinstance(other, LazyBody) else other)

    __hash__ = None  # type: ignore[assignment]


_NOT_DECODED: tuple[Case, ...] = (Case(resources=()),)
"""Stands for cases that are decoded on first use."""


def _applies(resources: tuple[str, ...], resource_type: str) -> bool:
    return not resources or resource_type in resources or "*" in resources


class Rule(NamedTuple):
    """One rule: the demand, the resource types, the reason, and the remedy.

    `messages` maps a message id to a sentence with named placeholders, such as "'{resource}' keeps {value} ...".
    `scope` is what the rule checks: each resource, the template once, or (without clauses) how the text is written
    (`evaluate.document_rules`), or the suppressions of users, or (`evaluate.change_rules`) what differs between two
    templates, or (`evaluate.comparison_rules`) both as a whole, or a primary template and its recovery template.
    `deployments` is "assumed" for a rule that checks the default deployment only, "all" for other rules.
    `attributes`: a resource that has none of them is not checked (fast filter of rules for all resource types).
    `mentions`: a template whose text contains none of these keywords is not checked.
    `yields_to` are the ids of more specific rules; if one of them fails at the same path, this rule reports nothing.
    `thresholds` are the names of numbers that its clauses compare with (`catalog.thresholds`).
    `since` is the release from which the rule belongs to pinned rule sets; "" stands for every release.
    `preview`: the rule runs only if the user asks for rules in preview.
    `aliases` are ids and names of retired rules that this rule replaces.
    `file` is the rule file, from which examples are read on demand (`catalog.examples`).
    """

    id: str
    name: str
    title: str
    level: Level
    priority: Priority
    pillar: tuple[str, ...]
    resources: tuple[str, ...]
    file: str
    body: Body | LazyBody
    scope: Scope = "resource"
    deployments: Deployments = "all"
    attributes: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()
    since: str = ""
    preview: bool = False
    aliases: tuple[str, ...] = ()

    def read(self) -> Body:
        """Return the body, decoded if necessary."""
        return self.body.read() if isinstance(self.body, LazyBody) else self.body

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases; the first that matches a resource decides."""
        return self.read().cases

    @property
    def messages(self) -> Mapping[str, str]:
        """Messages by their ids."""
        return self.read().messages

    @property
    def rationale(self) -> str:
        """The consequence of a violation."""
        return self.read().rationale

    @property
    def fix(self) -> str:
        """The change to the template, and its effect on the deployed resource."""
        return self.read().fix

    @property
    def references(self) -> tuple[str, ...]:
        """URLs of pages that support the rule."""
        return self.read().references

    @property
    def equivalents(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of equivalent rules in other tools, by tool."""
        return self.read().equivalents

    @property
    def update(self) -> UpdateEffects:
        """Effects on deployed resources of changing the properties that the fix writes."""
        return self.read().update

    @property
    def edits(self) -> tuple[Mapping[str, Any], ...]:
        """Edits that make a finding go away, as `rule_edits.read_edits` returns them."""
        return self.read().edits

    @property
    def ruleset(self) -> str:
        """The smallest rule set that contains the rule: core, recommended or all."""
        if self.level == "note" or self.priority == "P3":
            return "all"
        return "core" if self.priority == "P1" else "recommended"

    @property
    def compares_templates(self) -> bool:
        """Whether the rule is about the difference between two templates, so that no single template meets it."""
        return self.scope in SCOPES_OF_CHANGES

    @property
    def family(self) -> str:
        """The letters before the number: "RDS" of "RDS-701"."""
        return self.id.partition("-")[0]
