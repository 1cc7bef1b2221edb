"""Examples and links in documents are correct."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from relint.testing import run_examples
from relint.testing.mutation import find_mutations
from tests.helpers.command_line import run_python, run_relint
from tests.helpers.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_report_in_the_readme_is_that_of_its_template(tmp_path: Path) -> None:
    template = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    shown = re.search(r"says what breaks:\n\n```\n(.*?)\n```", README, re.DOTALL)
    assert template is not None
    assert shown is not None
    (tmp_path / "shop.yaml").write_text(template[1], encoding="utf-8")
    done = run_relint("check", "shop.yaml", "--format", "text", cwd=tmp_path, COLUMNS=None, FORCE_COLOR=None)
    assert done.stdout == f"{shown[1]}\n"


def test_flowchart_in_the_readme_is_that_of_its_template() -> None:
    shown = re.search(r"```mermaid\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    assert shown[1] == (ROOT / "fixtures" / "serverless-orders" / "graph.mmd").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_rule_in_a_document_can_be_copied_as_it_stands(page: str, tmp_path: Path) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    (rule,) = re.findall(r"```yaml\n(id: .*?)```", text, re.DOTALL)
    file = tmp_path / "rule.yaml"
    file.write_text(rule, encoding="utf-8")

    results = list(run_examples([str(file)], ()))

    assert len(results) >= 2
    assert [errors for _, errors in results if errors] == []
    assert [mutation.change for mutation in find_mutations(str(file), ()) if not mutation.is_noticed] == []


def test_links_in_documents_lead_to_files() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "integrations").glob("*.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in re.findall(r"\]\((?!https?:)([^)#\s]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]

    assert broken == []


def test_screenshots_are_those_of_the_program_and_in_the_readme(tmp_path: Path) -> None:
    run_python(str(ROOT / "scripts" / "screenshots.py"), str(tmp_path))
    images = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    committed = {
        path.name: path.read_text(encoding="utf-8")
        for path in (ROOT / "docs" / "images").iterdir()
        if path.name != "assessment.svg"
    }
    assert images == committed, "write new ones: python scripts/screenshots.py"
    assert len(images) == 2
    assert all(f"(docs/images/{name})" in README for name in images)


def test_picture_of_an_assessment_is_that_of_the_program_and_in_its_page(tmp_path: Path) -> None:
    run_python(str(ROOT / "scripts" / "assessment_picture.py"), str(tmp_path))
    page = (ROOT / "docs" / "assess.md").read_text(encoding="utf-8")

    image = (tmp_path / "assessment.svg").read_text(encoding="utf-8")

    written = (ROOT / "docs" / "images" / "assessment.svg").read_text(encoding="utf-8")
    assert image == written, "write a new one: python scripts/assessment_picture.py"
    assert "(images/assessment.svg)" in page
