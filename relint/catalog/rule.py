"""What a rule is once its file has been read."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from typing import Any, Literal

from relint._named_tuple import NamedTuple
from relint.level import Level

Priority = Literal["P1", "P2", "P3"]


class Case(NamedTuple):
    """One way in which a rule judges: the first case whose `resources` and `when` hold decides.

    `when` and `asserts` are clauses as `evaluate.clauses` reads them: plain data, so that they can be kept in a cache.
    """

    resources: tuple[str, ...]
    when: tuple[Any, ...] = ()
    asserts: tuple[Any, ...] = ()
    check: str | None = None
    params: Mapping[str, Any] = {}
    level: Level | None = None
    message: str = "default"


class Body(NamedTuple):
    """What is needed of a rule only when it judges, or when it is told about."""

    cases: tuple[Case, ...]
    messages: Mapping[str, str]
    rationale: str
    fix: str
    references: tuple[str, ...]
    equivalents: Mapping[str, tuple[str, ...]]


class LazyBody:
    """A body as the cache keeps it, read when it is first asked for: most templates meet few of the rules."""

    __slots__ = ("_body", "_bytes")

    def __init__(self, content: bytes) -> None:
        self._bytes = content
        self._body: Body | None = None

    def read(self) -> Body:
        """The body."""
        if self._body is None:
            cases, *rest = marshal.loads(self._bytes)
            self._body = Body(tuple(map(Case._make, cases)), *rest)
        return self._body

    def __eq__(self, other: object) -> bool:
        """Whether the other is the same body, stored or not."""
        return self.read() == (other.read() if isinstance(other, LazyBody) else other)

    __hash__ = None  # type: ignore[assignment]


class Rule(NamedTuple):
    """One check: what it demands, of which resources, why, and how to satisfy it.

    `messages` maps a message id to a sentence with named placeholders in single quotes, such as "'{resource}' is ...".
    `scope` says what is judged: each resource, the template once, or (by the engine itself) what users suppress.
    `deployments` says whether only the assumed one is judged, because another choice is what a switch is for.
    `attributes` of which a resource must have one to be judged at all (a quick look for rules about every type).
    `mentions` are words of which a template must hold one, as it is written, for the rule to be judged at all.
    `yields_to` are rules that say more: where one of them fails at the same place, this rule is silent.
    `thresholds` are names that its clauses compare with (`catalog.thresholds`).
    `file` is the rule file, `examples` are read from it only when they are asked for (`catalog.examples`).
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
    scope: Literal["resource", "template", "suppression"] = "resource"
    deployments: Literal["all", "assumed"] = "all"
    attributes: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()

    def read(self) -> Body:
        """The body, read from the cache if it has not been."""
        return self.body.read() if isinstance(self.body, LazyBody) else self.body

    @property
    def cases(self) -> tuple[Case, ...]:
        """The ways in which it judges; the first that fits decides."""
        body = self.body
        return body.cases if body.__class__ is Body else body.read().cases  # type: ignore[union-attr]

    @property
    def messages(self) -> Mapping[str, str]:
        """Its sentences by their ids."""
        return self.read().messages

    @property
    def rationale(self) -> str:
        """What happens on the bad day."""
        return self.read().rationale

    @property
    def fix(self) -> str:
        """What to write instead, and what that does to the deployed resource."""
        return self.read().fix

    @property
    def references(self) -> tuple[str, ...]:
        """Addresses of the pages that it rests on."""
        return self.read().references

    @property
    def equivalents(self) -> Mapping[str, tuple[str, ...]]:
        """The ids that answer to it, by tool."""
        return self.read().equivalents

    @property
    def ruleset(self) -> str:
        """The smallest rule set that holds the rule: core, recommended or all."""
        if self.level == "note" or self.priority == "P3":
            return "all"
        return "core" if self.priority == "P1" else "recommended"

    @property
    def family(self) -> str:
        """The letters before the number: "RDS" of "RDS-701"."""
        return self.id.partition("-")[0]
