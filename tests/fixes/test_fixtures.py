"""Fixes of the systems in the fixtures: findings go, none comes, comments stay, and the templates stay valid."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from relint.api import Linter
from relint.finding import Report
from relint.fixes.apply import FixedDocument, fix_document
from relint.source.read import read_document
from tests.helpers.paths import ROOT
from tests.helpers.valid_templates import schema_errors

TEMPLATES = sorted(path for path in (ROOT / "fixtures").rglob("*") if path.suffix in (".yaml", ".json"))
NAMES = [str(path.relative_to(ROOT)) for path in TEMPLATES]
LINTER = Linter(ruleset="all", config=None)


@cache
def fixed(name: str, *, unsafe: bool) -> FixedDocument:
    path = ROOT / name

    def check(text: str) -> Report:
        return LINTER.check_text(text, str(path))

    content = path.read_bytes()
    return fix_document(
        read_document(content, str(path)), LINTER.check_text(content, str(path)).findings, check, unsafe=unsafe
    )


def kinds(name: str, text: str) -> Counter[tuple[str, str | None]]:
    report = LINTER.check_text(text, str(ROOT / name))
    return Counter((finding.rule.id, finding.logical_id) for finding in report.findings)


def text_of(name: str) -> str:
    return read_document(Path(ROOT / name).read_bytes(), name).source.text


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "all"])
@pytest.mark.parametrize("name", NAMES)
def test_findings_go_and_none_comes(name: str, unsafe: bool) -> None:
    result = fixed(name, unsafe=unsafe)
    before, after = kinds(name, text_of(name)), kinds(name, result.document.source.text)
    assert after - before == Counter()
    applied = Counter((one.finding.rule.id, one.finding.logical_id) for one in result.applied)
    assert before - after == applied & before  # the others are fixes of what a fix has brought


@pytest.mark.parametrize("name", NAMES)
def test_lines_of_the_author_stay_in_their_order(name: str) -> None:
    result = fixed(name, unsafe=True)
    edited = {line for edit in result.text_edits for line in text_of(name)[edit.start : edit.end].splitlines()}
    lines = iter(result.document.source.text.splitlines())
    comments = [line for line in text_of(name).splitlines() if line.lstrip().startswith("#") and line not in edited]
    assert [comment for comment in comments if not any(line == comment for line in lines)] == []


@pytest.mark.slow
@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "all"])
@pytest.mark.parametrize("name", NAMES)
def test_fixed_template_is_as_valid_as_before(name: str, unsafe: bool) -> None:
    known = schema_errors(text_of(name))
    after = schema_errors(fixed(name, unsafe=unsafe).document.source.text)
    assert [error for error in after if error not in known] == []
