"""Compiled clauses: the data that the compiler makes of a rule file and that the evaluators read.

Clauses are plain dictionaries, because marshal writes nothing else to the cache. The types below describe their keys
to mypy; programs import them for annotations only, so they cost nothing at run time.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, TypedDict, final

from relint.level import Level

Steps: TypeAlias = "list[Any]"
"""A path as a list, because marshal returns lists; the elements are those of `relint.catalog.jsonpath.Step`."""


class ClauseOptions(TypedDict, total=False):
    """The keys that every clause may have."""

    level: Level
    message: str
    """The id of a message of the rule."""
    at: Steps
    """The path that a finding points to."""


class _TestOptions(ClauseOptions, total=False):
    negate: bool
    """Whether the test must fail, as in `not_equals`."""
    default: Operand
    """The value that an absent value counts as."""


class ValueTest(_TestOptions):
    """A test of values, such as `equals: true`, as part of a clause."""

    test: str
    value: Operand


@final
class PathClause(ValueTest):
    """`path`: the values at a path of the resource pass the test; an absent value counts as the default."""

    op: Literal["path"]
    path: Steps


@final
class ZonesClause(ValueTest):
    """`zones`: the number of Availability Zones that the sources span passes the test."""

    op: Literal["zones"]
    sources: list[Source]


@final
class FactClause(ValueTest):
    """`fact`: the value that a coded fact computes passes the test."""

    op: Literal["fact"]
    fact: str
    arguments: dict[str, Operand]


@final
class RelatedClause(ValueTest):
    """`related`: the number of related resources passes the test; the default test is that there is one."""

    op: Literal["related"]
    source: RelatedSource


@final
class CountClause(ValueTest):
    """`count`: the number of members for which `where` holds passes the test."""

    op: Literal["count"]
    source: Source
    where: list[Clause]


@final
class QuantifierClause(ClauseOptions):
    """`every`, `some` or `none` of the members for which `where` holds satisfy the clauses."""

    op: Literal["every", "some", "none"]
    source: Source
    where: list[Clause]
    clauses: list[Clause]


@final
class LogicClause(ClauseOptions):
    """`all`, `any` or `not` (all) of some clauses hold."""

    op: Literal["all", "any", "not"]
    clauses: list[Clause]


@final
class IfClause(ClauseOptions):
    """`if`: the clauses of `then` hold where those of `when` do, those of `otherwise` elsewhere."""

    op: Literal["if"]
    when: list[Clause]
    then: list[Clause]
    otherwise: list[Clause]


@final
class UnknownClause(ClauseOptions):
    """`unknown`: a template cannot answer the question, for the given reason."""

    op: Literal["unknown"]
    reason: str


Clause: TypeAlias = """(
    LogicClause | IfClause | UnknownClause | PathClause | ZonesClause | FactClause | RelatedClause | CountClause
    | QuantifierClause
)"""


@final
class PathSource(TypedDict):
    """The values at a path, as members of a quantifier."""

    path: Steps


class _OptionalRelation(TypedDict, total=False):
    by: Steps
    """The other resources refer to this one from this path."""
    through: Steps
    """This resource refers to the other ones from this path."""
    path: Steps
    """The values of the other resources that count; without a path, the resources themselves."""


@final
class RelatedSource(_OptionalRelation):
    """Related resources, as members of a quantifier."""

    types: list[str]


Source: TypeAlias = "PathSource | RelatedSource"


@final
class PathOperand(TypedDict):
    """The value at a path of the resource, compared with another one."""

    path: Steps
    default: Any


@final
class FactOperand(TypedDict):
    """The value that a coded fact computes."""

    fact: str
    arguments: dict[str, Operand]


@final
class UnknownOperand(TypedDict):
    """A default that a template cannot contain, with the reason."""

    unknown: str


Reference: TypeAlias = "PathOperand | FactOperand | UnknownOperand"
"""An operand that an evaluator replaces with a value."""

Operand: TypeAlias = Any
"""A scalar, a Reference, a list of operands, or for `matches` the pattern and the length of text that it can search.

`{threshold: NAME}` is replaced with a number before rules are evaluated (`relint.catalog.thresholds`).
"""
