"""The examples of all rules, with a value written in another way: the verdict stays, or becomes open."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest

from relint.api import load_rules
from relint.catalog.examples import Example, read_examples
from relint.catalog.loader import builtin_rules_directory, find_rule_files
from relint.catalog.selection import select_rules
from relint.evaluate.engine import Judgement, judge
from relint.model.template import Template
from relint.settings.lint_config import index_by_type
from relint.source.read import read_document
from tests.properties.exceptions import EXEMPTIONS, SILENT, ZONE_RULES
from tests.properties.literals import literals

pytestmark = pytest.mark.slow
RULES = {rule.id: rule for rule in select_rules(load_rules(), ruleset="all", preview=True).rules}
EXAMPLES = [
    example
    for file in find_rule_files(builtin_rules_directory())
    for example in read_examples(file)
    if RULES[example.rule_id].scope != "suppression" and not example.parameters and not example.thresholds
]
PARAMETERS = {
    "NoDefault": {"Type": "String"},
    "NumberWithoutDefault": {"Type": "Number"},
    "Choice": {"Type": "String", "Default": "yes", "AllowedValues": ["yes", "no"]},
}
CONDITIONS = {"IsChosen": {"Fn::Equals": [{"Ref": "Choice"}, "yes"]}}


class Rewriting(NamedTuple):
    """A way to write a value: what stands in its place, and the verdicts that may replace each verdict."""

    write: Callable[[Any], Any]
    is_allowed: Callable[[str, str], bool]
    is_given: bool = False
    """Whether only a deployment gives the value."""


def is_equal(old: str, new: str) -> bool:
    return new == old or (new in SILENT and old in SILENT)


def is_equal_or_open(old: str, new: str) -> bool:
    return is_equal(old, new) or new == "open" or (old == "review" and new in SILENT)


def is_equal_or_review(old: str, new: str) -> bool:
    return is_equal(old, new) or (old in (*SILENT, "open") and new in ("review", "open"))


def by_parameter(value: Any) -> Any:
    return {"Ref": "NoDefault" if isinstance(value, str | bool) else "NumberWithoutDefault"}


REWRITINGS = {
    "a parameter without default": Rewriting(by_parameter, is_equal_or_open, is_given=True),
    "a dynamic reference by parameter": Rewriting(
        lambda value: {"Fn::Sub": "{{resolve:ssm:${NoDefault}}}"}, is_equal_or_open, is_given=True
    ),
    "a mapping": Rewriting(lambda value: {"Fn::FindInMap": ["Values", "each", "value"]}, is_equal),
    "a condition with the same value in both branches": Rewriting(
        lambda value: {"Fn::If": ["IsChosen", value, value]}, is_equal
    ),
    "a condition whose other branch is absent": Rewriting(
        lambda value: {"Fn::If": ["IsChosen", value, {"Ref": "AWS::NoValue"}]}, is_equal_or_review
    ),
    "text": Rewriting(lambda value: value if isinstance(value, str) else json.dumps(value), is_equal),
}


def verdicts(example: Example, content: Any) -> dict[str, str]:
    """The verdict of the rule on each resource, or on the template as a whole."""
    rule = RULES[example.rule_id]
    document = read_document(json.dumps(content), "a.json")
    judgements = list(judge(Template(document), index_by_type([rule]), include_notes=True))
    assert all(isinstance(judgement, Judgement) for judgement in judgements)
    by_resource = {}
    for judgement in judgements:
        if isinstance(judgement, Judgement):
            by_resource["" if rule.scope == "template" else judgement.resource.logical_id] = str(judgement.verdict)
    return by_resource


def rewritten(content: Any, write: Callable[[Any], Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield resource, property and template for each literal of a property, which is written in another way."""
    for logical_id, body in content["Resources"].items():
        places = list(literals(body.get("Properties"))) if isinstance(body, dict) else []
        for container, key, name in places:
            value = container[key]
            if isinstance(value, str) and value.startswith("{{"):
                continue
            container[key] = write(value)
            if container[key] != value:
                extended = {
                    **content,
                    "Parameters": {**(content.get("Parameters") or {}), **PARAMETERS},
                    "Conditions": {
                        **(content.get("Conditions") or {}),
                        "IsChosen": {"Fn::Equals": [{"Ref": "Choice"}, "yes"]},
                    },
                    "Mappings": {**(content.get("Mappings") or {}), "Values": {"each": {"value": value}}},
                }
                yield logical_id, name, extended
            container[key] = value


@pytest.mark.parametrize("way", REWRITINGS)
def test_value_written_in_another_way_keeps_or_opens_the_verdict(way: str) -> None:
    write, is_allowed, is_given = REWRITINGS[way]
    wrong = []
    for example in EXAMPLES:
        content = copy.deepcopy(read_document(example.template, "a.yaml").data)
        if not isinstance(content, dict) or not isinstance(content.get("Resources"), dict):
            continue
        before = verdicts(example, content)
        for logical_id, name, changed in rewritten(content, write):
            after = verdicts(example, changed)
            for resource in before.keys() | after.keys():
                old, new = before.get(resource, "notApplicable"), after.get(resource, "notApplicable")
                if is_allowed(old, new) or (example.rule_id in ZONE_RULES and new in SILENT):
                    continue
                if not any(exemption.allows(example.rule_id, name, new, is_given=is_given) for exemption in EXEMPTIONS):
                    place = f"{example.rule_id} '{example.name}': {logical_id}.{name}"
                    wrong.append(f"{place}: {old} becomes {new} for '{resource}'")
    assert wrong == []
