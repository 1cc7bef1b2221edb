"""Examples in docs/editors.md are well formed and name existing files."""

from __future__ import annotations

import json
import re

import pytest
import yaml

from tests.helpers.paths import ROOT

PAGE = ROOT / "docs" / "editors.md"
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


def test_configuration_examples_are_valid_json_and_yaml() -> None:
    assert len([json.loads(text) for text in blocks("json")]) == 4
    assert all(isinstance(yaml.safe_load(text), (dict, list)) for text in blocks("yaml"))


def test_toml_starts_the_server() -> None:
    tomllib = pytest.importorskip("tomllib", reason="Python 3.10 reads no TOML")
    (text,) = blocks("toml")
    read = tomllib.loads(text)
    assert read["language-server"]["relint"] == {"command": "relint", "args": ["lsp"]}
    assert {language["name"] for language in read["language"]} == {"yaml", "json"}


def test_links_lead_to_existing_files() -> None:
    links = re.findall(r"\]\((\.\./[^)]+)\)", PAGE.read_text(encoding="utf-8"))
    assert len(links) == 2
    assert all((PAGE.parent / link).is_file() for link in links)
