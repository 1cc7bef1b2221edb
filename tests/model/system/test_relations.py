"""The table of relations, against CloudFormation's schemas and the words that code compares it with."""

from __future__ import annotations

import pytest

from relint.model.system.relation import PLANES, Relation, read_relations
from tests.helpers.resource_schemas import files_by_type, nodes_at

RELATIONS = list(read_relations())
PROPERTIES_OF_SAM = {
    ("AWS::ApiGatewayV2::Api", "Routes"),
    ("AWS::Lambda::Permission", "Event"),
    ("AWS::StepFunctions::StateMachine", "Event"),
}
"""Properties that only resources generated from SAM have."""


@pytest.mark.parametrize(
    "relation", RELATIONS, ids=lambda relation: f"{relation.source_type} {'.'.join(relation.path)}"
)
def test_types_and_properties_exist(relation: Relation) -> None:
    known = files_by_type()
    assert relation.target_types <= known.keys()
    if relation.source_type != "*" and (relation.source_type, *relation.path[1:2]) not in PROPERTIES_OF_SAM:
        assert relation.source_type in known
        assert list(nodes_at(relation.source_type, relation.path[1:]))


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.verb)
def test_words_are_those_of_the_code(relation: Relation) -> None:
    assert relation.kind in PLANES
    assert relation.strength in ("HARD", "SOFT", "UNKNOWN")
    assert relation.basis in ("stated", "inferred")


def test_rows_differ() -> None:
    rows = [(relation.source_type, relation.path, relation.target_types) for relation in RELATIONS]
    assert len(set(rows)) == len(rows)
