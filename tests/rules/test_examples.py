"""The examples in the rule files, which are the tests of the rules."""

from __future__ import annotations

import re

import pytest

from relint.api import load_rules
from relint.catalog.examples import Example, read_examples
from relint.catalog.loader import builtin_rules_directory, find_rule_files
from relint.catalog.rule import Rule
from relint.testing import example_errors

RULES = load_rules()
BY_ID = {rule.id: rule for rule in RULES}
NAMES_ANOTHER = {"TOPO-703": "It names the caller, whose settings may be in its task definition or launch template."}
"""The reason why a message names another resource than the one with the finding, by rule."""
EXAMPLES = [example for file in find_rule_files(builtin_rules_directory()) for example in read_examples(file)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.rule_id} {e.verdict}: {e.name}")
def test_example_holds(example: Example) -> None:
    assert list(example_errors(BY_ID[example.rule_id], example, RULES)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_failing_and_passing_examples(rule: Rule) -> None:
    kinds = {example.verdict for example in EXAMPLES if example.rule_id == rule.id}
    assert {"fail", "pass"} <= kinds


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_file_is_named_after_the_rule(rule: Rule) -> None:
    assert rule.file.endswith(f"/{rule.name}.yaml")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_message_is_one_sentence_that_names_the_resource(rule: Rule) -> None:
    for message in rule.messages.values():
        assert message == message.strip()
        assert len(message) <= 255, "the first sentence must be complete within 255 characters"
        assert not re.search(r"\.\s", message), message
    if rule.scope == "resource" and rule.id not in NAMES_ANOTHER:
        assert "'{resource}'" in rule.messages["default"]


def test_example_names_are_unique() -> None:
    keys = [(example.rule_id, example.verdict, example.name) for example in EXAMPLES]
    assert len(keys) == len(set(keys))
