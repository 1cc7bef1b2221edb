"""Random changes of templates and change sets are compared without a crash, in time, and equal templates silently."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

import pytest

from relint.change.compare import compare
from relint.discover.template_detection import has_template_shape
from relint.source.read import read_document
from tests.helpers.change_sets import announced
from tests.helpers.change_trials import faults_of_change, faults_of_change_set
from tests.helpers.known_templates import known_templates
from tests.helpers.random_edits import edited, text_of_template

PAIRS = 50
SECONDS = 5
"""A pair takes a hundredth of a second; what may take seconds would take minutes for a larger template."""


def random_pairs(seed: int) -> Iterator[tuple[Random, str, str]]:
    """Yield texts of templates before and after random edits, which stay the same if there are further templates."""
    templates = ((Random(f"{seed} {document.file}"), document.data) for document in known_templates())
    for random, data in sorted(templates, key=lambda template: template[0].random())[:PAIRS]:
        yield random, text_of_template(data), text_of_template(edited(data, random))


@pytest.mark.parametrize("seed", range(6))
def test_random_changes_are_compared(seed: int) -> None:
    for _, old, new in random_pairs(seed):
        assert list(faults_of_change(old, new, SECONDS)) == [], (old, new)


@pytest.mark.parametrize("seed", range(2))
def test_random_change_sets_are_judged(seed: int) -> None:
    for random, old, new in random_pairs(seed):
        documents = read_document(old, "old.json"), read_document(new, "new.json")
        if not has_template_shape(documents[1].data):
            continue
        plan = json.loads(announced(compare(*documents), with_values=random.random() < 0.7))
        text = json.dumps(edited(plan, random) if random.random() < 0.8 else plan)
        for templates in ((), (new,), (old, new)):
            assert list(faults_of_change_set(text, templates, SECONDS)) == [], (text, templates)
