"""The edits that rules offer: each makes the finding of each failing example go away, and does what its safety says."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from relint.api import load_rules
from relint.catalog.rule import Rule
from relint.catalog.update_effects import effect_on
from relint.change.compare import compare
from relint.resolve.value import scalar_text
from tests.helpers.comparisons import document
from tests.helpers.edit_trials import edit_trials, rules_with_edits, try_edits
from tests.helpers.paths import DATA
from tests.helpers.valid_templates import schema_errors

RULES = rules_with_edits()
UNFIXED: dict[str, dict[str, str]] = yaml.safe_load((DATA / "unfixed_examples.yaml").read_text(encoding="utf-8"))
"""By rule: the failing examples that no edit can mend, each with the reason that `--fix` gives."""
HOLD_DATA = next(rule.resources for rule in load_rules() if rule.id == "CHG-501")
"""The resource types whose replacement loses data."""
REPLACEMENT = re.compile(r"is replaced|a new")
"""Words in the reason of an unsafe edit for a resource that is replaced."""
INVALID: dict[str, str] = UNFIXED.pop("invalid", {})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_edit_mends_each_failing_example(rule: Rule) -> None:
    unfixed = {trial.example.name: trial.reasons[0] for trial in edit_trials(rule) if trial.reasons}
    assert unfixed == UNFIXED.get(rule.id, {})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_edits_mend_examples_of_each_rule(rule: Rule) -> None:
    assert any(trial.fixes for trial in edit_trials(rule))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_safe_edit_changes_nothing_that_runs(rule: Rule) -> None:
    """Attributes beside Properties change no resource, and neither does a resource that is added."""
    for offer in rule.edits:
        for _, anchor, steps, _ in offer["operations"] if offer["safety"] == "safe" else ():
            names = [step for step in steps if isinstance(step, str) and step != "*"]
            if anchor == "$" and names[0] == "Properties":
                for resource_type in offer["resources"] or rule.resources:
                    effect = effect_on(rule.update, resource_type, ".".join(names[1:]))
                    assert effect == "none", f"{rule.id}: an update of {'.'.join(names[1:])} is {effect}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_edit_never_replaces_a_resource(rule: Rule) -> None:
    for offer in rule.edits:
        for _, anchor, steps, _ in offer["operations"]:
            names = [step for step in steps if isinstance(step, str) and step != "*"]
            if anchor == "$" and names[0] == "Properties":
                for resource_type in offer["resources"] or rule.resources:
                    assert effect_on(rule.update, resource_type, ".".join(names[1:])) != "replaces"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_update_by_edits_replaces_no_data_and_by_safe_ones_changes_nothing_that_runs(rule: Rule) -> None:
    """Safe edits change nothing that runs, and no edit replaces what holds data, as `relint diff` judges the change."""
    for trial in edit_trials(rule):
        comparison = compare(document(trial.before), document(trial.after), trial.example.parameters)
        is_safe = all(fix.safety == "safe" for fix in trial.fixes)
        for change in comparison.changes:
            assert change.effect == "none" or not is_safe, trial.example.name
            if change.effect == "replaces":
                assert change.type not in HOLD_DATA, trial.example.name
                assert any(REPLACEMENT.search(fix.because) for fix in trial.fixes), trial.example.name


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_edited_example_is_as_valid_as_before(rule: Rule) -> None:
    for trial in edit_trials(rule):
        known = schema_errors(trial.before)
        assert [error for error in schema_errors(trial.after) if error not in known] == [], trial.example.name


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_edits_of_json_make_the_same_data(rule: Rule) -> None:
    for trial in (trial for trial in edit_trials(rule) if not trial.reasons):  # JSON has no comments in the way
        text = json.dumps(document(trial.before).data, indent=2)
        after = try_edits(rule, trial.example, text).after
        assert as_texts(document(after).data) == as_texts(document(trial.after).data), trial.example.name


def as_texts(data: Any) -> Any:
    """Data whose scalars are texts, as CloudFormation takes "2" and 2 for the same."""
    if isinstance(data, dict):
        return {key: as_texts(value) for key, value in data.items()}
    return [as_texts(item) for item in data] if isinstance(data, list) else scalar_text(data)
