"""Fixes of the rules' examples, however these are written: nothing but the edited values changes."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from relint.api import Linter
from relint.catalog.examples import read_examples
from relint.errors import TemplateError
from relint.finding import Report
from relint.fixes.apply import fix_document
from relint.fixes.edit import Edit, replace_text
from relint.fixes.write import encode_like
from relint.source.encoding import decode
from relint.source.location import Path
from relint.source.read import read_document
from tests.helpers.edit_trials import rules_with_edits
from tests.helpers.paths import ROOT
from tests.properties.hostile_text import rewrite
from tests.properties.strategies import examples

_COMMENT = re.compile(r"# (?:behind|above) \d+\b")


@cache
def failing_examples() -> list[tuple[str, str]]:
    """The rule and the text of each failing example that an edit may mend."""
    return [
        (rule.id, example.template)
        for rule in rules_with_edits()
        for example in read_examples(rule.file)
        if example.verdict == "fail" and not example.parameters and not example.thresholds
    ]


@cache
def systems() -> list[tuple[str, str]]:
    """The texts of the fixtures, for all rules."""
    return [("", path.read_text(encoding="utf-8")) for path in sorted((ROOT / "fixtures").rglob("*.yaml"))]


@cache
def linter_of(rule_id: str) -> Linter:
    """The linter with one rule; with all rules without a rule."""
    return Linter(select=[rule_id] if rule_id else (), ruleset=None if rule_id else "all", config=None)


def leaves(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    members = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else None
    if members is None or not data:
        yield path, data
    else:
        for step, value in members:
            yield from leaves(value, (*path, step))


def is_touched(path: Path, edits: list[Edit]) -> bool:
    """Whether an edit is at, above or below a path; the removal of an item moves those behind it."""
    for edit in edits:
        touched = edit.path[:-1] if edit.action == "remove" and isinstance(edit.path[-1], int) else edit.path
        if path[: len(touched)] == touched or touched[: len(path)] == path:
            return True
    return False


def check_fixes(rule_id: str, text: str, choice: random.Random) -> int:
    """Fix a text and check what has changed; return the number of edits."""
    linter = linter_of(rule_id)

    def check(edited: str) -> Report:
        return linter.check_text(edited, allow_empty=True)

    document = read_document(text, "template.yaml")
    findings = list(check(text).findings)
    fixed = fix_document(document, findings, check, unsafe=True)
    after = fixed.document.source.text
    edits = [edit for one in fixed.applied for edit in one.fix.edits]
    assert replace_text(text, fixed.text_edits) == after
    assert set(_COMMENT.findall(text)) == set(_COMMENT.findall(after))
    before_leaves, after_leaves = dict(leaves(document.data)), dict(leaves(read_document(after, "template.yaml").data))
    different = [
        path
        for path in before_leaves.keys() | after_leaves.keys()
        if path not in before_leaves or path not in after_leaves or before_leaves[path] != after_leaves[path]
    ]
    assert [path for path in different if not is_touched(path, edits)] == []
    again = fix_document(fixed.document, check(after).findings, check, unsafe=True)
    assert again.document.source.text == after
    choice.shuffle(findings)
    assert fix_document(document, findings, check, unsafe=True).document.source.text == after
    return len(edits)


def test_examples_are_fixed() -> None:
    choices = [random.Random(seed) for seed in range(10)]
    texts = [(*choice.choice(failing_examples()), choice) for choice in choices]
    assert sum(check_fixes(rule_id, text, choice) for rule_id, text, choice in texts) > 0


@examples(1)
@given(st.integers(0, 2**32))
def test_fixes_change_the_edited_values_only(seed: int) -> None:
    choice = random.Random(seed)
    rule_id, template = choice.choice(systems() if choice.random() < 0.1 else failing_examples())
    text, ways = rewrite(template, choice)
    try:
        read_document(text, "template.yaml")
    except TemplateError:
        return
    try:
        check_fixes(rule_id, text, choice)
    except AssertionError as error:
        error.add_note(f"{rule_id}, {ways}:\n{text}") if hasattr(error, "add_note") else None
        raise


@examples(1)
@given(st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16"]))
def test_text_that_is_not_edited_keeps_its_bytes(text: str, encoding: str) -> None:
    content = text.encode(encoding, "replace")
    if encoding in ("utf-16-le", "utf-16-be"):
        content = "\ufeff".encode(encoding) + content
    try:
        decoded = decode(content, "a.yaml")
    except TemplateError:
        return
    assert encode_like(content, decoded.text) == content
