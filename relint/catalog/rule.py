"""What a rule is once its file has been read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from relint.finding import Level

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
    cases: tuple[Case, ...]
    messages: Mapping[str, str]
    rationale: str
    fix: str
    references: tuple[str, ...]
    equivalents: Mapping[str, tuple[str, ...]]
    file: str
    scope: Literal["resource", "template", "suppression"] = "resource"
    deployments: Literal["all", "assumed"] = "all"
    attributes: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    thresholds: tuple[str, ...] = ()

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
