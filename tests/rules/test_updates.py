"""What fixes say about updates, against the schemas of CloudFormation and what AWS documents beside them.

`update` of a rule states the effect of changing a property. The schemas of cfn-lint say which properties replace the
resource, and relint/change/facts/update_effects.csv says, with its sources, what the schemas do not decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import pytest
import yaml

from relint.api import load_rules
from relint.catalog.rule import Rule
from relint.catalog.update_effects import effect_on
from relint.change.effect import EFFECTS
from relint.change.facts.update_facts import effect_rows
from tests.helpers.resource_schemas import description_at, has_listed_child, is_listed, property_exists, schema
from tests.helpers.update_claims import BLOCK, CONDITION, claims_of, names_in, sentences_of

pytest.importorskip("cfnlint")

RULES = load_rules()
CLAIMS = yaml.safe_load((Path(__file__).parents[1] / "data" / "update_claims.yaml").read_text(encoding="utf-8"))
TABLE = {key: {row.effect for row in rows} for key, rows in effect_rows().items()}
EFFECTS_BEYOND_SCHEMAS: dict[tuple[str, str], set[str]] = {
    **{key: {"varies"} if len(effects) > 1 else {*effects} for key, effects in TABLE.items()},
    **{(entry["type"], entry["property"]): set(entry["effects"]) for entry in CLAIMS if "effects" in entry},
}
OUTCOMES = {(entry["type"], entry["property"]): set(entry["between"]) for entry in CLAIMS}
ATTRIBUTES = {"CreationPolicy", "DeletionPolicy", "DependsOn", "Metadata", "UpdatePolicy", "UpdateReplacePolicy"}
"""Keys beside Properties, and what stands inside of them: changes of these change no resource."""
UPDATE_POLICIES = {"AutoScalingRollingUpdate", "AutoScalingInstanceRefresh", "AutoScalingScheduledAction"}
ADMISSION = re.compile(r"some interruptions may occur|(?:results in|requires) (?:resource )?replacement|replaces old")
"""Words in the description of a property about updates of it."""
REPLACING_OPTIONS = {"aws:autoscaling:launchconfiguration", "aws:ec2:vpc"}
"""Namespaces of Beanstalk whose options make it replace all instances.

https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/environments-updating.html (2026-11-28)
"""
TIMING = {"AllowMajorVersionUpgrade", "ApplyImmediately"}
"""Properties that allow or time the change of others."""
SERVERLESS = {"DeadLetterQueue", "DeploymentPreference"}
"""Properties of AWS::Serverless::Function, a type without a schema; SAM makes other resources of them."""


class Entry(NamedTuple):
    """One effect that a rule states, for one resource type."""

    resource_type: str
    path: str
    effect: str

    @property
    def name(self) -> str:
        """The name of the property, without the path to it."""
        return self.path.rsplit(".", 1)[-1]


class Loader(yaml.SafeLoader):
    """A loader that accepts the tags of CloudFormation."""


Loader.add_multi_constructor("!", lambda *_: None)


def entries_of(rule: Rule) -> list[Entry]:
    """The effects that a rule states, those for all its types once for each type that has the property."""
    return [
        Entry(resource_type, path, effect)
        for stated_type, effects in rule.update.items()
        for path, effect in effects.items()
        for resource_type in (dict.fromkeys(rule.resources) if stated_type == "*" else [stated_type])
        if property_exists(resource_type, path)
    ]


def documented_effects(resource_type: str, path: str) -> set[str]:
    """The effects that AWS documents for a change of the property: one, or several if a rule may state either."""
    known = known_at(EFFECTS_BEYOND_SCHEMAS, resource_type, path)
    if known is not None:
        return known
    if is_listed(resource_type, path, "createOnlyProperties"):
        return {"replaces"}
    if is_listed(resource_type, path, "conditionalCreateOnlyProperties"):
        return {"replaces", "varies"}
    if has_listed_child(resource_type, path, "createOnlyProperties"):
        return {"varies"}
    admitted = ADMISSION.search(description_at(resource_type, path.split(".")))
    return {"varies"} if admitted else {"none"}


def known_at(table: dict[tuple[str, str], set[str]], resource_type: str, path: str) -> set[str] | None:
    """The value of a table for a property or its nearest parent."""
    steps = path.split(".")
    paths = (".".join(steps[:length]) for length in range(len(steps), 0, -1))
    return next((table[resource_type, parent] for parent in paths if (resource_type, parent) in table), None)


def pasted_keys(rule: Rule) -> set[str]:
    """The keys of properties that the fix pastes into a resource that is there; "" for items and documents."""
    keys: set[str] = set()
    for block in BLOCK.findall(rule.fix):
        content = yaml.load(dedent(block), Loader)
        if isinstance(content, list):
            keys.add("")
        elif isinstance(content, dict) and "Type" not in content and "Mappings" not in content:
            keys |= {key for key, value in content.items() if not (isinstance(value, dict) and "Type" in value)}
    keys = {key if key[:1].isupper() else "" for key in keys - {"source", "detail-type"}}
    return keys - ATTRIBUTES - UPDATE_POLICIES - SERVERLESS


def properties_of(resource_types: tuple[str, ...]) -> set[str]:
    """The properties of resource types, without those below them."""
    return {name for resource_type in resource_types for name in schema(resource_type).get("properties", {})}


def missing_properties(rule: Rule) -> Iterator[str]:
    """Properties that the stated type does not have, or none of the types of the rule."""
    found = {(entry.resource_type, entry.path) for entry in entries_of(rule)}
    for stated_type, effects in rule.update.items():
        for path in effects:
            if not any(found_path == path and stated_type in ("*", found_type) for found_type, found_path in found):
                yield f"{stated_type} has no property {path}"


def undocumented_effects(rule: Rule) -> Iterator[str]:
    """Effects that AWS does not document."""
    for entry in entries_of(rule):
        documented = documented_effects(entry.resource_type, entry.path)
        if entry.effect not in documented:
            yield f"{entry.resource_type} {entry.path} is {entry.effect}, AWS says {' or '.join(sorted(documented))}"


def pasted_properties_without_effect(rule: Rule) -> Iterator[str]:
    """Keys of blocks without an entry, and types of the rule that have the key as a property without one."""
    steps = {
        stated_type: {step for path in effects for step in path.split(".")}
        for stated_type, effects in rule.update.items()
    }
    if pasted_keys(rule) and not rule.update:
        yield "the fix pastes properties, and there is no update"
    for key in pasted_keys(rule) - {""}:
        if not any(key in found for found in steps.values()):
            yield key
        for resource_type in rule.resources:
            stated = steps.get("*", set()) | steps.get(resource_type, set())
            if key in properties_of((resource_type,)) and key not in stated:
                yield f"{resource_type} {key}"


def named_properties_without_effect(rule: Rule) -> Iterator[str]:
    """Properties that a sentence about an update names, without an entry."""
    names = names_in(" ".join(sentence for sentence in sentences_of(rule.fix) if claims_of(sentence)))
    stated = {step for effects in rule.update.values() for path in effects for step in path.split(".")}
    yield from (names & properties_of(rule.resources)) - stated - TIMING


def effects_without_words(rule: Rule) -> Iterator[str]:
    """Effects that no sentence of the fix claims."""
    sentences = sentences_of(rule.fix)
    claims = {claim for sentence in sentences for claim in claims_of(sentence)}
    for entry in set(entries_of(rule)):
        if entry.effect == "varies":
            outcomes = known_at(OUTCOMES, entry.resource_type, entry.path) or set()
            if not outcomes <= claims or not any(CONDITION.search(text) and claims_of(text) for text in sentences):
                yield f"{entry}: say when it is one of {sorted(outcomes)}"
        elif entry.effect not in claims and not (entry.effect != "interrupts" and "revision" in claims):
            yield f"{entry}"


def effects_without_a_subject(rule: Rule) -> Iterator[str]:
    """Effects that no sentence claims of their property or type, though another says that nothing is interrupted."""
    claims = [(text.lower(), claims_of(text), CONDITION.search(text)) for text in sentences_of(rule.fix)]
    for entry in entries_of(rule) if any("none" in found for _, found, _ in claims) else ():
        names = (entry.name, entry.resource_type.rsplit("::", 1)[-1])
        words = {word.lower() for name in names for word in (name, *re.findall(r"[A-Z][a-z]+", name))}
        if entry.effect != "none" and not any(
            (found & {entry.effect, "revision"} or (found and entry.effect == "varies" and condition))
            and any(word in sentence for word in words)
            for sentence, found, condition in claims
        ):
            yield f"{entry}"


def words_without_effect(rule: Rule) -> Iterator[str]:
    """Claims of the fix that no entry supports; a fix that pastes nothing may say that it touches nothing."""
    effects = {effect for stated in rule.update.values() for effect in stated.values()}
    for sentence in sentences_of(rule.fix):
        for claim in claims_of(sentence) - {"revision"} - (set() if pasted_keys(rule) else {"none"}):
            if not effects & {claim, "varies"}:
                yield f"{claim}: {sentence}"


def sentences_with_other_effects(rule: Rule) -> Iterator[str]:
    """Sentences that name properties and claim less than their effects, or more."""
    effects_by_name: dict[str, set[str]] = {}
    for entry in entries_of(rule):
        effects_by_name.setdefault(entry.name, set()).add(entry.effect)
    for sentence in sentences_of(rule.fix):
        claims = claims_of(sentence)
        named = [effects_by_name[name] for name in names_in(sentence) & effects_by_name.keys()]
        if not claims or not named:
            continue
        is_open = any("varies" in effects for effects in named) and CONDITION.search(sentence) is not None
        is_less = any(not claims & {*effects, "revision"} for effects in named)
        is_more = bool(claims - {"revision"} - set().union(*named))
        if (is_less and not is_open) or (is_more and not any("varies" in effects for effects in named)):
            yield sentence


def options_that_replace_instances(rule: Rule) -> Iterator[str]:
    """Option settings of Beanstalk that replace instances, where the rule says that option settings never do."""
    contents = [yaml.load(dedent(block), Loader) for block in BLOCK.findall(rule.fix)]
    options = [item for content in contents if isinstance(content, list) for item in content]
    effect = effect_on(rule.update, "AWS::ElasticBeanstalk::Environment", "OptionSettings")
    if effect != "varies":
        yield from (str(option) for option in options if option.get("Namespace") in REPLACING_OPTIONS)


CHECKS: list[Callable[[Rule], Iterator[str]]] = [
    missing_properties,
    undocumented_effects,
    pasted_properties_without_effect,
    named_properties_without_effect,
    effects_without_words,
    effects_without_a_subject,
    words_without_effect,
    sentences_with_other_effects,
    options_that_replace_instances,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_rules_state_effects_of_updates_truly(check: Callable[[Rule], Iterator[str]]) -> None:
    assert {rule.id: problems for rule in RULES if (problems := list(check(rule)))} == {}


@pytest.mark.parametrize("entry", [pytest.param(e, id=f"{e['type']} {e['property']}") for e in CLAIMS])
def test_claims_are_about_effects_that_vary(entry: dict[str, Any]) -> None:
    key = (entry["type"], entry["property"])
    assert key in TABLE
    assert "varies" in EFFECTS_BEYOND_SCHEMAS[key]
    assert set(entry["between"]) <= set(EFFECTS)


def test_claims_are_those_of_properties_that_rules_state() -> None:
    stated = {(entry.resource_type, f"{entry.path}.") for rule in RULES for entry in entries_of(rule)}
    unused = [key for key in OUTCOMES if not any(t == key[0] and path.startswith(f"{key[1]}.") for t, path in stated)]
    assert unused == []


@pytest.mark.parametrize(
    ("check", "rule_id", "old", "new"),
    [
        pytest.param(missing_properties, "EKS-701", {"Subnets": "replaces"}, {"Subnet": "replaces"}, id="no property"),
        pytest.param(undocumented_effects, "SQS-702", {"FifoQueue": "replaces"}, {"FifoQueue": "none"}, id="in place"),
        pytest.param(undocumented_effects, "CT-401", {"IsLogging": "none"}, {"IsLogging": "replaces"}, id="replaced"),
        pytest.param(pasted_properties_without_effect, "COG-601", {"DeletionProtection": "none"}, {}, id="pasted only"),
        pytest.param(named_properties_without_effect, "KMS-603", {"Enabled": "none"}, {}, id="named only"),
        pytest.param(effects_without_words, "LOG-401", "does not interrupt", "is free", id="no word"),
        pytest.param(effects_without_words, "RDS-602", "offline", "along", id="one of two outcomes"),
        pytest.param(effects_without_a_subject, "EKS-701", "Subnets cannot", "These cannot", id="no subject"),
        pytest.param(words_without_effect, "CW-407", "does not interrupt", "replaces the alarm", id="false word"),
        pytest.param(sentences_with_other_effects, "SQS-702", "cannot be changed", "changes in place", id="two words"),
    ],
)  # fmt: skip
def test_wrong_statement_is_found(check: Callable[[Rule], Iterator[str]], rule_id: str, old: Any, new: Any) -> None:
    rule = next(rule for rule in RULES if rule.id == rule_id)
    assert list(check(rule)) == []
    if isinstance(old, str):
        assert old in rule.fix
        body = rule.read()._replace(fix=rule.fix.replace(old, new))
    else:
        effects = rule.update["*"]
        assert old.items() <= effects.items()
        rest = {path: effect for path, effect in effects.items() if path not in old}
        body = rule.read()._replace(update={"*": {**rest, **new}} if rest or new else {})
    assert list(check(rule._replace(body=body))) != []
