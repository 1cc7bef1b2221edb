"""The two evaluators of clauses: each operator accepts the clause that it is listed for."""

from __future__ import annotations

import typing

import pytest

from relint.catalog import clause as clause_types
from relint.evaluate import clauses, scenario_evaluator
from relint.evaluate.clauses import OPERATORS

OPERATOR_NAMES = {
    "all": "LogicClause",
    "any": "LogicClause",
    "not": "LogicClause",
    "if": "IfClause",
    "unknown": "UnknownClause",
    "path": "PathClause",
    "count": "CountClause",
    "every": "QuantifierClause",
    "some": "QuantifierClause",
    "none": "QuantifierClause",
    "zones": "ZonesClause",
    "fact": "FactClause",
    "related": "RelatedClause",
}


def test_scenario_evaluator_has_every_operator_of_the_literal_evaluator() -> None:
    assert scenario_evaluator._OPERATORS.keys() == OPERATOR_NAMES.keys()
    assert OPERATORS.items() <= scenario_evaluator._OPERATORS.items()


@pytest.mark.parametrize(("operator", "clause_type"), OPERATOR_NAMES.items())
def test_operator_accepts_the_clause_that_it_is_listed_for(operator: str, clause_type: str) -> None:
    function = scenario_evaluator._OPERATORS[operator]
    names = {**vars(clause_types), **vars(clauses)}

    assert function.__annotations__["clause"] == clause_type
    assert operator in typing.get_args(typing.get_type_hints(getattr(clause_types, clause_type), names)["op"])
