"""The folder tree is the architecture: a package imports only from its left."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "relint"
LAYERS = (
    "messages",
    "discover",
    "store",
    "source",
    "remote",
    "resolve",
    "model",
    "catalog",
    "evaluate",
    "checks",
    "report",
    "reach",
    "stacks",
    "outputs",
    "shards",
    "settings",
    "scope",
    "walk",
    "joined",
    "together",
    "results",
    "plain",
    "identity",
    "cache",
    "judge",
    "run",
    "share",
    "api",
)
EVERYWHERE = {"blake", "errors", "finding", "messages", "tuples"}
TOOLS = {"baseline", "revision", "exits", "companion", "cfnlint", "lsp", "testing"}
ABOVE = {"api", "cli", "commands", "__init__", "__main__", *TOOLS}
ALLOWED = {
    # Facts are found by name from clauses, and checks build the problems that clauses build.
    "checks": {"evaluate"},
    # What is discovered must be small enough, and look like a template, to be read.
    "discover": {"source"},
}


def layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The layers that a file imports at run time; what stands below `if TYPE_CHECKING` does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in typing_only and node.module:
            parts = node.module.split(".")
            if parts[0] == "relint":
                found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return found - {"__version__"}


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(ROOT.rglob("*.py")) if layer(path) not in ABOVE],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_package_imports_only_from_its_left(path: Path) -> None:
    own = layer(path)
    left = set(LAYERS[: LAYERS.index(own)]) if own in LAYERS else set()
    assert imports(path) <= left | EVERYWHERE | ALLOWED.get(own, set()) | {own}
