"""Change sets that announce the changes of the examples of rules: they and the templates agree."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from relint.api import load_rules
from relint.catalog.examples import read_examples
from relint.change.change_set.compare import compare_change_set
from relint.change.change_set.reader import read_change_set
from relint.change.compare import compare
from relint.change.records import Comparison
from relint.source.document import Document
from relint.source.read import read_document
from tests.helpers.change_sets import announced


def pairs() -> Iterator[tuple[str, Document, Document]]:
    """Yield the name and the templates of the examples about changes."""
    for rule in load_rules():
        for example in read_examples(rule.file):
            if example.old is not None:
                texts = (example.old, example.template)
                yield f"{rule.id}: {example.name}", *(read_document(text, "a.yaml") for text in texts)


def effects(comparison: Comparison) -> list[tuple[str, str, str, str, str]]:
    """Return the facts about the changes that a change set announces: CloudFormation refuses another type."""
    return [
        (
            change.kind,
            change.logical_id,
            change.effect,
            change.possible_effect,
            change.kept_name,
        )
        for change in comparison.changes
        if change.kind != "retyped"
    ]


@pytest.mark.parametrize("with_values", [True, False], ids=["with values", "without values"])
def test_change_set_of_the_templates_agrees_with_them(with_values: bool) -> None:
    differing = {}
    for name, old, new in pairs():
        templates = compare(old, new)
        change_set = read_change_set(read_document(announced(templates, with_values=with_values), "plan.json"))
        comparison = compare_change_set(change_set, old, new)
        if effects(comparison) != effects(templates):
            differing[name] = (effects(templates), effects(comparison))
    assert differing == {}
