"""Reports on whole stacks equal the reviewed ones; `python -m tests.rules.test_fixtures` writes new ones."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import relint
from relint.finding import Report
from relint.report.sarif.log import write_sarif
from relint.report.text import render_text
from tests.helpers.paths import ROOT

FIXTURES = ROOT / "fixtures"
STACK_NAMES = {"exported-data": {"prod-data": "fixtures/exported-data/data.yaml"}}
"""The names of stacks in the graph of a fixture, by fixture."""
STORIES = sorted(path for path in FIXTURES.iterdir() if path.is_dir())


def templates_of(story: Path) -> list[Path]:
    return [path for path in sorted(story.iterdir()) if path.suffix in (".yaml", ".json")]


def report_of(story: Path) -> Report:
    """Return the default report on the template of a fixture and its nested templates.

    The names of the files do not depend on the folder.
    """
    templates = templates_of(story)
    if len(templates) > 1:
        return relint.check(*(path.relative_to(FIXTURES.parent).as_posix() for path in templates), config=None)
    (template,) = templates
    return relint.check_text(template.read_bytes(), f"fixtures/{story.name}/{template.name}")


def outputs(story: Path) -> Iterator[tuple[str, str]]:
    report = report_of(story)
    yield "expected.txt", "\n".join(render_text(report, show_open=True)) + "\n"
    parts: list[str] = []
    write_sarif(report, parts.append)
    yield "expected.sarif", json.dumps(json.loads("".join(parts)), indent=1, ensure_ascii=False) + "\n"
    files = (path.relative_to(FIXTURES.parent).as_posix() for path in templates_of(story))
    graph = relint.graph(*files, stacks=STACK_NAMES.get(story.name), config=None)
    yield "graph.mmd", relint.render_graph(graph)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_report_equals_the_reviewed_report(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIXTURES.parent)
    for name, text in outputs(story):
        assert text == (story / name).read_text(encoding="utf-8"), f"{story.name}/{name} differs"


def test_available_web_has_no_findings() -> None:
    template = FIXTURES / "available-web" / "template.yaml"
    assert relint.check(template).findings == ()


def test_fragile_web_has_a_finding_for_each_difference() -> None:
    found = {finding.rule.id for finding in relint.check(FIXTURES / "fragile-web" / "template.yaml").findings}
    assert {"RDS-701", "ASG-701", "ASG-702", "CACHE-701", "S3-601"} <= found


if __name__ == "__main__":
    os.chdir(FIXTURES.parent)
    for one in STORIES:
        for name, text in outputs(one):
            (one / name).write_text(text, encoding="utf-8", newline="\n")
