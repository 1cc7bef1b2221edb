"""Names and helpers of the tests, and docstrings of the package, follow the style of the project."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.helpers.paths import ROOT

PACKAGE = sorted((ROOT / "relint").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
RIDDLES = {
    "told",
    "tells",
    "said",
    "says",
    "hears",
    "is_none",
    "is_no",
    "ours",
    "theirs",
    "what",
    "nobody",
    "otherwise",
}
"""Words that make a test name a riddle: programs report and return, and a claim names its subject."""
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def definitions(path: Path) -> Iterator[Definition]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Definition):
            yield node


def functions_of_module(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]


def test_docstrings_begin_with_a_noun_or_a_verb() -> None:
    nodes = [node for path in PACKAGE for node in (ast.parse(path.read_text(encoding="utf-8")), *definitions(path))]
    docstrings = [docstring for node in nodes if (docstring := ast.get_docstring(node))]
    assert [text.splitlines()[0] for text in docstrings if re.match(r"(What|Where|How)\b", text)] == []


def test_test_names_are_plain_claims() -> None:
    riddles = re.compile(f"_({'|'.join(RIDDLES)})(?=_|$)")
    names = [node.name for path in TESTS for node in functions_of_module(path) if node.name.startswith("test_")]
    assert [name for name in names if riddles.search(name)] == []


def test_long_helpers_are_defined_once() -> None:
    """Helpers of two modules belong into tests/helpers; a statement or two may be repeated."""
    modules = defaultdict(list)
    for path in TESTS:
        for node in functions_of_module(path):
            statements = node.body[1:] if ast.get_docstring(node) else node.body
            if not node.name.startswith("test_") and len(statements) > 2:
                body = ast.unparse(ast.Module(statements, []))
                modules[body].append(f"{path.relative_to(ROOT).as_posix()}: {node.name}")
    assert [places for places in modules.values() if len(places) > 1] == []


def test_test_files_are_short() -> None:
    assert [path.name for path in TESTS if path.read_text(encoding="utf-8").count("\n") > 300] == []
