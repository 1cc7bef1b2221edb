"""relint is installed and linked under a name of its own, because another tool on the index is called relint."""

from __future__ import annotations

import re
import subprocess

import pytest

from relint._about import DISTRIBUTION, REPOSITORY, __version__
from tests.helpers.paths import ROOT

OTHER_TOOL = re.compile(
    r"pypi\.org/(?:project|simple|pypi)/relint\b"
    r"|\b(?:uvx|uv tool (?:install|run)|uv add|pipx (?:run|install)|pipx run --spec)\s+(?:-\S+\s+)*['\"]?relint\b"
    r"|\bpip3? install\s+(?:-\S+\s+)*['\"]?relint\b(?!/)"
    r"|(?<![\w/-])relint\[\w+\](?!\()"
)
"""Commands and addresses that lead to the other tool."""
EXPLANATIONS = {"relint/_about.py", "tests/repository/test_distribution.py"}
"""Files that say which tool the other one is."""


def _texts() -> dict[str, str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("the files of a checkout are listed by git")
    files = [name for name in listed.stdout.splitlines() if not name.startswith("rules/") and (ROOT / name).is_file()]
    return {name: (ROOT / name).read_text(encoding="utf-8", errors="replace") for name in files}


def test_nothing_leads_to_the_other_tool_of_that_name() -> None:
    found = [
        f"{name}: {match[0]}"
        for name, text in _texts().items()
        if name not in EXPLANATIONS
        for match in OTHER_TOOL.finditer(text)
    ]

    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "pip install relint",
        "pip install --quiet relint==1.0",
        "pip3 install -U 'relint[lsp]'",
        "uvx relint check .",
        "pipx run relint",
        "https://pypi.org/project/relint/",
        "needs relint[lsp]",
    ],
)
def test_each_way_to_the_other_tool_is_noticed(line: str) -> None:
    assert OTHER_TOOL.search(line)


@pytest.mark.parametrize("line", ["pip install cfn-relint", "uvx cfn-relint check .", "# relint: ignore[RDS-701] why"])
def test_ways_to_this_tool_are_no_mistakes(line: str) -> None:
    assert not OTHER_TOOL.search(line)


def test_tags_in_documents_are_those_of_this_version() -> None:
    pinned = re.compile(r"(?:rev: |cfn-relint@|cfn-relint\.git#)v([\d.]+\d)")
    tags = {(name, tag) for name, text in _texts().items() for tag in pinned.findall(text)}

    assert {name for name, _ in tags} >= {"README.md", "docs/integrations/github.md", "docs/integrations/pre-commit.md"}
    assert {tag for _, tag in tags} == {__version__}


def test_repository_in_documents_is_the_one_in_the_code() -> None:
    addresses = {
        address
        for name in ("README.md", "CONTRIBUTING.md", "pyproject.toml", "docs/integrations/pre-commit.md")
        for address in re.findall(r"https://github\.com/[\w-]*relint[\w-]*/[\w-]+", (ROOT / name).read_text("utf-8"))
    }

    assert addresses == {REPOSITORY}


def test_package_has_the_name_and_both_commands() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    scripts = text.partition("[project.scripts]")[2].partition("\n[")[0]

    assert f'name = "{DISTRIBUTION}"' in text
    assert re.findall(r"^([\w-]+) = ", scripts, re.MULTILINE) == ["relint", DISTRIBUTION]


@pytest.mark.parametrize("argument", ["", "2026.2", "v2026.2.0", "2026.10.0", "next"])
def test_release_of_no_version_changes_nothing(argument: str) -> None:
    before = (ROOT / "relint" / "_about.py").read_bytes()
    done = subprocess.run(["bash", ".ci/release", argument], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stdout.startswith("usage: .ci/release YEAR.RELEASE.CORRECTION")
    assert (ROOT / "relint" / "_about.py").read_bytes() == before
