"""The messages of all examples, as users read them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

import pytest

from relint.api import load_rules
from relint.catalog.examples import Example, read_examples
from relint.catalog.loader import builtin_rules_directory, find_rule_files
from relint.catalog.message_template import find_placeholders, select_template
from relint.discover.candidate import Candidate
from relint.finding import Finding
from relint.run.runner import RunOptions, run
from relint.settings.lint_config import config_for_single_rule

_NUMBER = re.compile(r"[-+]?\d[\d.,]*( \w+)?|\d{4}-\d\d-\d\d|\d+ to \d+")
"""Numbers, times such as "14 hours", dates and ranges."""

_CALCULATED = frozenset({"BKP-603", "NET-203"})
"""Rules whose value is a result: the hours between two backups, the share of the addresses that is used."""

_RULES = {rule.id: rule for rule in load_rules()}


@cache
def _findings() -> tuple[tuple[Example, Finding], ...]:
    return tuple(_findings_of_examples())


WRITTEN_TEXTS = ("CFN-002",)
"""Rules about the text of a value, whose messages quote what the template contains, digits included."""


def _findings_of_examples() -> Iterator[tuple[Example, Finding]]:
    for file in find_rule_files(builtin_rules_directory()):
        for example in read_examples(file):
            rule = _RULES[example.rule_id]
            config = config_for_single_rule(rule, (rule,), example.parameters, "2026-11-28")
            candidate = Candidate("example.yaml", example.template, is_explicit=True)
            report = run([candidate], lambda _, config=config: config, RunOptions(search_label=file))  # type: ignore[misc]
            yield from ((example, finding) for finding in report.results if finding.rule.id == rule.id)


def _arguments(finding: Finding) -> dict[str, str]:
    """Return the values in a message by name, without their units."""
    template = select_template(finding.rule.messages, finding.message_id)
    named = {}
    for placeholder, argument in zip(find_placeholders(template), finding.arguments, strict=True):
        name, _, unit = placeholder.partition(" ")
        named[name] = argument.partition(" ")[0] if unit else argument
    return named


def _quoted_arguments(finding: Finding) -> dict[str, str]:
    template = select_template(finding.rule.messages, finding.message_id)
    return {name: value for name, value in _arguments(finding).items() if f"'{{{name}}}'" in template}


def _place(example: Example, finding: Finding) -> str:
    return f"{example.rule_id}, {example.verdict} example '{example.name}': {finding.message}"


def test_numbers_times_and_dates_stand_without_quotes() -> None:
    assert [
        _place(example, finding)
        for example, finding in _findings()
        if example.rule_id not in WRITTEN_TEXTS
        and any(_NUMBER.fullmatch(value) for value in _quoted_arguments(finding).values())
    ] == []


def test_logical_ids_stand_between_quotes() -> None:
    assert [
        _place(example, finding)
        for example, finding in _findings()
        for name, value in _arguments(finding).items()
        if name not in _quoted_arguments(finding) and value == finding.logical_id
    ] == []


def test_no_name_stands_twice_in_a_message() -> None:
    assert [
        _place(example, finding)
        for example, finding in _findings()
        if example.rule_id not in WRITTEN_TEXTS and _has_repeated_name(_quoted_arguments(finding).values())
    ] == []


def _has_repeated_name(values: Collection[str]) -> bool:
    names = [value for value in values if not value[:1].isdigit()]  # two networks may have one block of addresses
    return len(set(names)) < len(names)


def test_no_reason_names_a_thing_beside_itself() -> None:
    assert [
        _place(example, finding)
        for example, finding in _findings()
        if re.search(r'("[^"]+")(, | and | or )\1', _arguments(finding).get("reason", ""))
    ] == []


@pytest.mark.parametrize("word", ["absent", "unknown", ""])
def test_no_message_shows_a_value_that_is_missing(word: str) -> None:
    assert [
        _place(example, finding)
        for example, finding in _findings()
        if word in (argument for name, argument in _arguments(finding).items() if name != "reason")
    ] == []


def test_shown_value_stands_in_the_template_or_is_the_documented_default() -> None:
    assert [
        _place(example, finding)
        for example, finding in _findings()
        if example.rule_id not in _CALCULATED
        and (value := _arguments(finding).get("value")) is not None
        and value not in example.template
        and not re.search(rf"\b{re.escape(value)}\b", _text_of_rule(finding))
    ] == []


def _text_of_rule(finding: Finding) -> str:
    """Return a rule file without its examples: defaults stand in its clauses or are told in its rationale."""
    with open(finding.rule.file, encoding="utf-8") as file:
        return file.read().partition("\nexamples:")[0]


def test_related_places_of_each_message_are_stated_by_an_example() -> None:
    shown: dict[tuple[str, str], bool] = {}
    for example, finding in _findings():
        if finding.related:
            key = (finding.rule.id, finding.message_id.removesuffix("-when"))
            shown[key] = shown.get(key, False) or example.related is not None
    assert [key for key, is_stated in shown.items() if not is_stated] == []
