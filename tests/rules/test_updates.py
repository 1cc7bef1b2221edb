"""What fixes say about updates, against the schemas of CloudFormation and what AWS documents beside them.

`update` of a rule states the effect of changing a property. The schemas of cfn-lint say which properties replace the
resource, and tests/data/interruptions.yaml says, with its sources, what the schemas do not decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any, NamedTuple

import pytest
import yaml

from relint.api import load_rules
from relint.catalog.rule import Rule
from relint.catalog.update_effects import EFFECTS
from tests.helpers.resource_schemas import description_at, has_listed_child, is_listed, property_exists, schema
from tests.helpers.update_claims import BLOCK, CONDITION, claims_of, sentences_of

pytest.importorskip("cfnlint")

RULES = load_rules()
KNOWN = yaml.safe_load((Path(__file__).parents[1] / "data" / "interruptions.yaml").read_text(encoding="utf-8"))
EFFECTS_BEYOND_SCHEMAS = {(entry["type"], entry["property"]): set(entry["effects"]) for entry in KNOWN}
OUTCOMES = {(entry["type"], entry["property"]): set(entry.get("between", ())) for entry in KNOWN}
ATTRIBUTES = {"CreationPolicy", "DeletionPolicy", "DependsOn", "Metadata", "UpdatePolicy", "UpdateReplacePolicy"}
"""Keys beside Properties, and what stands inside of them: changes of these change no resource."""
UPDATE_POLICIES = {"AutoScalingRollingUpdate", "AutoScalingInstanceRefresh", "AutoScalingScheduledAction"}
ADMISSION = re.compile(r"some interruptions may occur|(?:results in|requires) (?:resource )?replacement|replaces old")
"""Words in the description of a property about updates of it."""
TIMING = {"AllowMajorVersionUpgrade", "ApplyImmediately"}
"""Properties that allow or time the change of others."""
SERVERLESS = {"DeadLetterQueue", "DeploymentPreference"}
"""Properties of AWS::Serverless::Function, a type without a schema; SAM makes other resources of them."""


class Entry(NamedTuple):
    """One effect that a rule states, for one resource type."""

    rule: Rule
    resource_type: str
    path: str
    effect: str


class Loader(yaml.SafeLoader):
    """A loader that accepts the tags of CloudFormation."""


Loader.add_multi_constructor("!", lambda *_: None)


def entries_of(rule: Rule) -> Iterator[Entry]:
    """The effects that a rule states, those for all its types once for each type that has the property."""
    for stated_type, effects in rule.update.items():
        types = [name for name in rule.resources if name != "*"] if stated_type == "*" else [stated_type]
        for path, effect in effects.items():
            for resource_type in dict.fromkeys(types):
                if property_exists(resource_type, path):
                    yield Entry(rule, resource_type, path, effect)


def known_at(table: dict[tuple[str, str], set[str]], resource_type: str, path: str) -> set[str] | None:
    """The value of a table for a property or its nearest parent."""
    steps = path.split(".")
    paths = (".".join(steps[:length]) for length in range(len(steps), 0, -1))
    return next((table[resource_type, parent] for parent in paths if (resource_type, parent) in table), None)


def documented_effects(resource_type: str, path: str) -> set[str]:
    """The effects that AWS documents for a change of the property: one, or several if a rule may state either."""
    known = known_at(EFFECTS_BEYOND_SCHEMAS, resource_type, path)
    if known is not None:
        return known
    if is_listed(resource_type, path, "createOnlyProperties"):
        return {"replaces"}
    if is_listed(resource_type, path, "conditionalCreateOnlyProperties"):
        return {"replaces", "varies"}
    parts = has_listed_child(resource_type, path, "createOnlyProperties")
    return {"varies"} if parts else {"none"}


def pasted_keys(rule: Rule) -> set[str]:
    """The keys of properties that the fix pastes into a resource that is there; "" for items of a list."""
    keys: set[str] = set()
    for block in BLOCK.findall(rule.fix):
        content = yaml.load(dedent(block), Loader)
        if isinstance(content, list):
            keys.add("")
        elif isinstance(content, dict) and "Type" not in content and "Mappings" not in content:
            keys |= {key for key, value in content.items() if not (isinstance(value, dict) and "Type" in value)}
    keys = {"" if not key[:1].isupper() else key for key in keys if key not in ("source", "detail-type")}
    return keys - ATTRIBUTES - UPDATE_POLICIES - SERVERLESS


def stated_effects(rule: Rule) -> set[str]:
    """All effects that a rule states."""
    return {effect for effects in rule.update.values() for effect in effects.values()}


def properties_of(resource_types: tuple[str, ...]) -> set[str]:
    """The properties of resource types, without those below them."""
    return {name for resource_type in resource_types for name in schema(resource_type).get("properties", {})}


def names_in(text: str) -> set[str]:
    """The words of a text that may be names of properties."""
    return {word for word in re.split(r"[\s`.,:;()]+", text) if word[:1].isupper()}


def last(path: str) -> str:
    """The name of the property at a path."""
    return path.rsplit(".", 1)[-1]


def of_rules(rules: list[Rule]) -> list[Any]:
    """Test parameters with the ids of the rules."""
    return [pytest.param(rule, id=rule.id) for rule in rules]


WITH_UPDATE = of_rules([rule for rule in RULES if rule.update])


@pytest.mark.parametrize("rule", WITH_UPDATE)
def test_properties_exist(rule: Rule) -> None:
    found = {(entry.resource_type, entry.path) for entry in entries_of(rule)}
    for stated_type, effects in rule.update.items():
        for path in effects:
            types = {name for name, found_path in found if found_path == path}
            assert types if stated_type == "*" else stated_type in types, f"{stated_type} has no property {path}"


@pytest.mark.parametrize("rule", WITH_UPDATE)
def test_effects_are_those_that_aws_documents(rule: Rule) -> None:
    wrong = [
        f"{entry.resource_type} {entry.path} is {entry.effect}, AWS says {' or '.join(sorted(documented))}"
        for entry in entries_of(rule)
        if entry.effect not in (documented := documented_effects(entry.resource_type, entry.path))
    ]
    assert wrong == []


@pytest.mark.parametrize("rule", WITH_UPDATE)
def test_no_effect_is_stated_where_the_schema_admits_one(rule: Rule) -> None:
    for entry in entries_of(rule):
        description = description_at(entry.resource_type, entry.path.split("."))
        assert entry.effect != "none" or not ADMISSION.search(description), entry


@pytest.mark.parametrize("entry", [pytest.param(e, id=f"{e['type']} {e['property']}") for e in KNOWN])
def test_known_interruption_has_a_source(entry: dict[str, Any]) -> None:
    assert property_exists(entry["type"], entry["property"])
    assert entry["effects"] and set(entry["effects"]) <= set(EFFECTS)
    assert entry["page"].startswith("https://docs.aws.amazon.com/") and str(entry["day"]) >= "2026" and entry["what"]
    assert not is_listed(entry["type"], entry["property"], "createOnlyProperties"), "the schema says so already"


def test_known_interruptions_are_those_that_rules_state() -> None:
    stated = {(e.resource_type, e.path) for rule in RULES for e in entries_of(rule)}
    unused = [
        key
        for key in EFFECTS_BEYOND_SCHEMAS
        if not any(t == key[0] and f"{p}.".startswith(f"{key[1]}.") for t, p in stated)
    ]
    assert unused == []


@pytest.mark.parametrize("rule", of_rules([rule for rule in RULES if pasted_keys(rule)]))
def test_each_pasted_property_has_an_effect(rule: Rule) -> None:
    names = {name for effects in rule.update.values() for path in effects for name in path.split(".")}
    assert rule.update
    assert pasted_keys(rule) - names - {""} == set()


@pytest.mark.parametrize("rule", WITH_UPDATE)
def test_each_stated_effect_is_in_the_words_of_the_fix(rule: Rule) -> None:
    claims = {claim for sentence in sentences_of(rule.fix) for claim in claims_of(sentence)}
    effects = stated_effects(rule)
    if "none" in effects:
        assert claims & {"none", "revision"}
    if "replaces" in effects:
        assert claims & {"replaces", "revision"}
    if "interrupts" in effects:
        assert "interrupts" in claims
    if "varies" in effects:
        assert any(CONDITION.search(sentence) and claims_of(sentence) for sentence in sentences_of(rule.fix))
    for entry in entries_of(rule):
        if entry.effect == "varies":
            assert claims >= (known_at(OUTCOMES, entry.resource_type, entry.path) or set()), entry


@pytest.mark.parametrize("rule", of_rules(RULES))
def test_words_of_the_fix_have_an_effect_behind_them(rule: Rule) -> None:
    claims = {claim for sentence in sentences_of(rule.fix) for claim in claims_of(sentence)}
    effects = stated_effects(rule)
    if "replaces" in claims:
        assert effects & {"replaces", "varies"}
    if "interrupts" in claims:
        assert effects & {"interrupts", "varies"}
    if "none" in claims and pasted_keys(rule):
        assert effects & {"none", "varies"}


@pytest.mark.parametrize("rule", WITH_UPDATE)
def test_sentence_about_properties_claims_their_effects(rule: Rule) -> None:
    """Each named property has its effect in the sentence, and the sentence claims the effect of no other property."""
    for sentence in sentences_of(rule.fix):
        claims = claims_of(sentence)
        named = {path: effects for path, effects in effects_by_path(rule).items() if last(path) in names_in(sentence)}
        if not claims or not named:
            continue
        for path, effects in named.items():
            assert agrees(claims, effects, sentence), f"{path} is {effects}, but: {sentence}"
        all_effects = {effect for effects in named.values() for effect in effects}
        assert "varies" in all_effects or claims - {"revision"} <= all_effects, sentence


@pytest.mark.parametrize("rule", of_rules(RULES))
def test_each_property_in_a_sentence_about_updates_has_an_effect(rule: Rule) -> None:
    names = names_in(" ".join(sentence for sentence in sentences_of(rule.fix) if claims_of(sentence)))
    known = {step for path in effects_by_path(rule) for step in path.split(".")}
    assert {name for name in names & properties_of(rule.resources) if name not in known} <= TIMING


@pytest.mark.parametrize("rule", of_rules([rule for rule in RULES if pasted_keys(rule)]))
def test_each_pasted_property_has_an_effect_for_each_type(rule: Rule) -> None:
    missing = [
        f"{resource_type} {key}"
        for key in pasted_keys(rule)
        for resource_type in rule.resources
        if key in properties_of((resource_type,))
        and not any(key in path.split(".") for of in ("*", resource_type) for path in rule.update.get(of, {}))
    ]
    assert missing == []


@pytest.mark.parametrize("rule", WITH_UPDATE)
def test_each_effect_is_claimed_of_its_property(rule: Rule) -> None:
    """If a fix also says that something is not interrupted, the reader must learn what is."""
    claims = [
        (sentence.lower(), claims_of(sentence), CONDITION.search(sentence)) for sentence in sentences_of(rule.fix)
    ]
    if not any("none" in found for _, found, _ in claims):
        return
    unclaimed = [
        f"{entry.path} of {entry.resource_type}: {entry.effect}"
        for entry in entries_of(rule)
        if entry.effect != "none"
        and not any(
            (found & {entry.effect, "revision"} or (found and entry.effect == "varies" and condition))
            and any(word in sentence for word in words_of(entry))
            for sentence, found, condition in claims
        )
    ]
    assert unclaimed == []


def words_of(entry: Entry) -> set[str]:
    """The words in the names of the property and of the resource type of an entry, in small letters."""
    names = (last(entry.path), entry.resource_type.rsplit("::", 1)[-1])
    return {word.lower() for name in names for word in (name, *re.findall(r"[A-Z][a-z]+", name))}


def effects_by_path(rule: Rule) -> dict[str, set[str]]:
    """The effects that a rule states of each property, of whichever type."""
    paths = {path for effects in rule.update.values() for path in effects}
    return {path: {effects[path] for effects in rule.update.values() if path in effects} for path in paths}


def agrees(claims: set[str], effects: set[str], sentence: str) -> bool:
    """Whether a sentence that names a property claims one of its effects, or says on what they depend."""
    return bool(claims & effects or "revision" in claims or ("varies" in effects and CONDITION.search(sentence)))
