"""Errors of rule files, each with the remedy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from relint.catalog.loader import load_rule_files
from relint.errors import RuleError
from tests.helpers.rules import load_rule

HOLDS = {"path": "$.A", "min": 1}
TESTS = "exists, known, equals, in, matches, reserved, min, max, above, below, contains, distinct"
KNOWN_TEST = f"the clause says no test: add one of {TESTS}, or not_ before it"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": None}, "the rule has no 'title'"),
        ({"unheard": 1}, "'unheard' is no part of a rule; known are "),
        ({"id": "RDS-1"}, "'id' is capital letters, a hyphen and three digits, such as RDS-701, not 'RDS-1'"),
        ({"name": "Name"}, "'name' is lower case words with hyphens, such as rds-multi-az, not 'Name'"),
        ({"title": " "}, "'title' is a text"),
        ({"title": 7}, "'title' is a text"),
        ({"severity": "high"}, "'severity' is one of error, warning, note, not 'high'"),
        ({"priority": "P4"}, "'priority' is one of P1, P2, P3, not 'P4'"),
        (
            {"scope": "all"},
            "'scope' is one of resource, template, document, suppression, change, comparison, recovery, not 'all'",
        ),
        ({"deployments": "none"}, "'deployments' is one of all, assumed, not 'none'"),
        ({"pillar": ["SEC01"]}, "'SEC01' is no best practice of the Reliability pillar, such as REL10-BP01"),
        ({"references": ["http://a"]}, "reference 'http://a' must begin with https://"),
        ({"references": []}, "'references' is a text or a list of texts"),
        ({"mentions": [7]}, "'mentions' is a text or a list of texts"),
        ({"equivalents": {"checkov": [7]}}, "'checkov' is a text or a list of texts"),
        ({"message": None}, "the rule has no 'message' (or 'messages' without 'default')"),
        ({"message": "No period"}, "a message is a sentence that ends with a period: 'No period'"),
        ({"message": "{Value} is."}, "placeholder {Value} must be lower case letters, such as {resource}"),
        ({"message": "'{value} is."}, "put {value} between single quotes if it is a name, else between none"),
        ({"message": "{value}' is."}, "put {value} between single quotes if it is a name, else between none"),
        ({"messages": {"few": "No"}}, "a message is a sentence that ends with a period: 'No'"),
        ({"assert": None}, "nothing is asserted: add 'assert' (clauses) or 'check' (the name of a coded check)"),
        ({"check": 7}, "'check' is the name of a file in relint/checks"),
        ({"params": [7]}, "'params' is a mapping of arguments for the check"),
        ({"cases": []}, "'assert' belongs into one of the cases"),
        ({"assert": None, "cases": []}, "'cases' is a list of mappings with when and assert"),
        ({"assert": None, "cases": [7]}, "a case is a mapping with when and assert"),
        ({"assert": None, "cases": [{"asert": []}]}, "'asert' is no part of a case; known are "),
        ({"assert": None, "cases": [{"assert": [], "level": "high"}]}, "'level' must be error, warning or note"),
        (
            {"assert": None, "cases": [{"assert": [], "message": "few"}]},
            "there is no message 'few'; 'messages' has default",
        ),
        (
            {"assert": [{"path": "$.A", "min": {"threshold": "few"}}]},
            "there is no threshold 'few'; known are ",
        ),
        ({"assert": ["a"]}, "a clause is a mapping such as {path: $.Properties.MultiAZ, equals: true}"),
        (
            {"assert": [{"min": 1}]},
            "a clause needs path, zones, fact, count, every, some, none, related, all, any, not, if or unknown",
        ),
        ({"assert": [{**HOLDS, "level": "high"}]}, "'level' must be error, warning or note"),
        ({"assert": [{**HOLDS, "message": 7}]}, "a message is a sentence"),
        ({"assert": [{"path": "$.A"}]}, KNOWN_TEST),
        ({"assert": [{"count": "$.A", "where": []}]}, KNOWN_TEST),
        ({"assert": [{"every": 7, "satisfy": []}]}, "give a path, or {related: {type: ..., by: ...}}"),
        ({"assert": [{"some": {"related": "a"}}]}, "give a path, or {related: {type: ..., by: ...}}"),
        ({"assert": [{"related": {"typ": "a"}}]}, "'related' has no 'typ': it takes type, by, through"),
        ({"assert": [{"related": {"type": "a", "by": "$.A[?(@.B=='c')]"}}]}, "'related' cannot filter; use [*]"),
        ({"assert": [{"fact": "a/b", "with": [7], "min": 1}]}, "'with' is a mapping of arguments"),
        ({"assert": [{**HOLDS, "default": {"a": 1}}]}, "a default is a value, {unknown: why} or {path: ...}"),
    ],
    ids=lambda item: str(item)[:80],
)
def test_error_in_a_rule_file_has_the_remedy(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(RuleError) as error:
        load_rule(tmp_path, **{"assert": [HOLDS], **change})
    if message.endswith(" "):
        assert error.value.message.startswith(message)
    else:
        assert error.value.message == message


@pytest.mark.parametrize(
    ("clause", "key", "known"),
    [
        ({**HOLDS, "max": 3}, "max", "at, default, level, message, min, path, with"),
        ({"all": [HOLDS], "any": []}, "any", "all, at, level, message"),
        ({"unknown": "why", "min": 1}, "min", "at, level, message, unknown"),
        ({"if": HOLDS, "thn": []}, "thn", "at, else, if, level, message, then"),
        ({"every": "$.A", "satisfies": []}, "satisfies", "at, every, level, message, satisfy, where"),
        ({"count": "$.A", "wher": [], "min": 1}, "wher", "at, count, level, message, min, where"),
        ({"related": {"type": "a"}, "default": 1}, "default", "at, level, message, related"),
        ({"path": "$.A", "min": {"path": "$.B", "max": 1}}, "max", "at, default, level, message, path"),
        ({"path": "$.A", "min": {"fact": "a/b", "max": 1}}, "max", "at, fact, level, message, with"),
        ({"path": "$.A", "min": {"threshold": "min_azs", "max": 1}}, "max", "at, level, message, threshold"),
    ],
    ids=str,
)
def test_other_key_is_an_error(tmp_path: Path, clause: dict[str, Any], key: str, known: str) -> None:
    with pytest.raises(RuleError) as error:
        load_rule(tmp_path, **{"assert": [clause]})
    assert error.value.message == f"'{key}' is not known here; known are {known}"


def test_key_that_stands_twice_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as error:
        load_rule(tmp_path, "assert: []\ntitle: Another\n")
    assert error.value.message == "'title' stands twice; remove one"


def test_rule_file_is_a_mapping(tmp_path: Path) -> None:
    (tmp_path / "rule.yaml").write_text("- a\n")
    with pytest.raises(RuleError) as error:
        load_rule_files([str(tmp_path / "rule.yaml")])
    assert error.value.message == "a rule file is a mapping with id, name, title and so on"
