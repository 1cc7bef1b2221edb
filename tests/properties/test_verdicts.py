"""Verdicts do not depend on order, other rules, or resources of unknown types."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from relint.api import load_rules
from relint.catalog.thresholds import with_thresholds
from relint.errors import TemplateError
from relint.evaluate.engine import Judgement, judge
from relint.model.template import Template
from relint.resolve.scenario import Scenario
from relint.settings.lint_config import index_by_type
from relint.source.read import read_document
from tests.properties.exceptions import EXEMPTIONS, SILENT, ZONE_RULES
from tests.properties.literals import literals
from tests.properties.strategies import TEMPLATES, VALUES, examples

PLANNED = index_by_type(with_thresholds(load_rules(), {}))
TEMPLATE_RULES = frozenset(rule.id for rules in PLANNED.values() for rule in rules if rule.scope == "template")
Verdicts = dict[tuple[str, str], str]


def judgements(data: Any, parameter_values: dict[str, str] | None = None, rules: Any = PLANNED) -> list[Judgement]:
    """Return the verdicts of all rules on all resources; none if the text is not a template."""
    try:
        document = read_document(json.dumps(data), "a.json")
        results = list(judge(Template(document, parameter_values), rules, include_notes=True))
    except TemplateError:
        return []
    crashes = [result for result in results if not isinstance(result, Judgement)]
    assert crashes == []
    return [result for result in results if isinstance(result, Judgement)]


def verdicts(data: Any, parameter_values: dict[str, str] | None = None, rules: Any = PLANNED) -> Verdicts:
    """Return the verdict of each rule on each resource, or on the template as a whole."""
    return {
        (
            judgement.rule.id,
            "" if judgement.rule.id in TEMPLATE_RULES else judgement.resource.logical_id,
        ): judgement.verdict
        for judgement in judgements(data, parameter_values, rules)
    }


@examples(0.8)
@given(TEMPLATES)
def test_rule_has_one_verdict_on_a_resource(template: Any) -> None:
    """A rule never returns both `pass` and `fail` for one resource in one run."""
    verdicts_by_rule: dict[tuple[str, str], set[str]] = {}
    for judgement in judgements(template):
        key = (judgement.rule.id, judgement.resource.logical_id)
        verdicts_by_rule.setdefault(key, set()).add(judgement.verdict)
    assert all(len(several) == 1 for several in verdicts_by_rule.values())


@examples(0.8)
@given(TEMPLATES, st.randoms(use_true_random=False))
def test_rule_gives_the_same_findings_alone_and_after_others(template: Any, random: Any) -> None:
    """Rules share cached values of a template, which never change a verdict."""
    together = judgements(template)
    sample = {judgement.rule.id: judgement.rule for judgement in random.sample(together, min(3, len(together)))}
    for rule in sample.values():
        alone = judgements(template, None, index_by_type([rule]))
        assert alone == [judgement for judgement in together if judgement.rule.id == rule.id]


@examples(0.8)
@given(TEMPLATES)
def test_passing_the_default_explicitly_never_turns_pass_into_fail(template: Any) -> None:
    """A deployment with the defaults passed explicitly is the default deployment."""
    section = template.get("Parameters")
    declared = section if isinstance(section, dict) else {}
    parameter_values = {
        name: parameter.choices[0]
        for name in declared
        if (parameter := _parameters(template).get(name)) and parameter.has_default
    }
    before, after = verdicts(template), verdicts(template, parameter_values)
    for key, verdict in before.items():
        if verdict in ("pass", "fail"):
            assert (verdict, after.get(key)) not in (("pass", "fail"), ("fail", "pass")), key


def _parameters(template: Any) -> Any:
    try:
        return Template(read_document(json.dumps(template), "a.json")).deployments.parameters
    except TemplateError:
        return {}


@examples(1.0)
@given(TEMPLATES, st.data())
def test_replacing_a_literal_by_a_parameter_keeps_or_opens_the_verdict(template: Any, data: st.DataObject) -> None:
    """A verdict stays or becomes `open`, but for the exemptions.

    A rule about zones may pass, because AWS would reject a deployment in one zone. `pass` and `notApplicable` are both
    silent and may replace each other. `review` may become silent, because a resource passes if its default deployment
    passes and no other deployment is decided. `fail` may become `review`, where another deployment than the default one
    still fails. Literals inside functions stay.
    """
    bodies = [body for body in template["Resources"].values() if isinstance(body, dict)]
    property_literals = [literal for body in bodies for literal in literals(body.get("Properties"))]
    assume(property_literals)
    before = verdicts(template)
    container, key, name = data.draw(st.sampled_from(property_literals))
    parameter_type = "Number" if isinstance(container[key], int | float) else "String"
    container[key] = {"Ref": "NoDefault"}
    template.setdefault("Parameters", {})["NoDefault"] = {"Type": parameter_type}
    after = verdicts(template)
    for rule, resource in before.keys() | after.keys():
        old, new = (by_rule.get((rule, resource), "notApplicable") for by_rule in (before, after))
        is_silent = new in SILENT and (old in (*SILENT, "review") or rule in ZONE_RULES)
        is_exempt = any(exemption.allows(rule, name, new, is_given=True) for exemption in EXEMPTIONS)
        is_undecided = new == "open" or (old, new) == ("fail", "review")
        assert new == old or is_silent or is_undecided or is_exempt, (rule, resource, old, new, name)


@examples(0.8)
@given(TEMPLATES, st.dictionaries(st.sampled_from(["Name", "Size"]), VALUES), st.booleans())
def test_resource_of_an_unknown_type_changes_no_other_finding(template: Any, properties: Any, first: bool) -> None:
    stranger = {"Stranger": {"Type": "AWS::Strange::Thing", "Properties": properties}}
    resources = template["Resources"]
    more = {**template, "Resources": {**stranger, **resources} if first else {**resources, **stranger}}
    assume(resources)  # rules about the template run only if there is a resource
    assume(not re.search(r"Infinity|NaN", json.dumps(stranger)))  # JSON has no such numbers
    before, after = (
        {key: verdict for key, verdict in verdicts(data).items() if key[1] != "Stranger" and verdict not in SILENT}
        for data in (template, more)
    )
    assert after == before


@examples(0.5)
@given(TEMPLATES)
def test_values_that_are_taken_together_have_one_verdict(template: Any) -> None:
    """Each value of a parameter on its own leads to the same verdicts as the classes of values."""
    together = verdicts(template)
    choose = Scenario.choose
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Scenario, "choose", lambda self, choice, classify=None: choose(self, choice))
        patch.setattr("relint.evaluate.scenarios.MAX_SCENARIOS", 2_000)
        one_by_one = verdicts(template)
    assert {key: verdict for key, verdict in together.items() if verdict not in SILENT} == {
        key: verdict for key, verdict in one_by_one.items() if verdict not in SILENT
    }
