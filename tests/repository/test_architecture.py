"""The folder tree is the architecture: a package imports only from its left, and no imports form a circle."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.helpers.paths import ROOT

PACKAGE = ROOT / "relint"
STAGES = (
    "discover",
    "source",
    "resolve",
    "logic",
    "model",
    "assessment",
    "change",
    "catalog",
    "checks",
    "evaluate",
    "fixes",
    "suppressions",
    "settings",
    "stacks",
    "run",
    "report",
    "api",
    "template_diff",
    "integrations",
    "testing",
    "lsp",
    "commands",
    "cli",
)
"""The pipeline from left to right."""
BASE = {"errors", "finding", "level", "storage", "system", "_typing", "_about"}
"""Modules that every stage may import; they import nothing of the pipeline at run time."""
DOORS = {"__init__", "__main__", "cfnlint"}
"""Modules in which a program enters, so that nothing imports them."""
MUTUAL_RECURSION = {
    "relint.resolve.conditions",
    "relint.resolve.intrinsics",
    "relint.resolve.mappings",
    "relint.resolve.scenario",
}
"""A scenario resolves functions and conditions, whose operands it resolves in turn."""


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported_modules(path: Path, *, for_typing: bool) -> set[str]:
    """The modules of relint that a file imports, inside functions too; with or without those below TYPE_CHECKING."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    ignored = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and getattr(block.test, "id", "") == "TYPE_CHECKING" and not for_typing
        for statement in block.body
        for node in ast.walk(statement)
    }
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in ignored and (node.module or "").startswith("relint"):
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                modules.add(submodule if submodule in MODULES else str(node.module))
    return modules


def stage(module: str) -> str:
    """The package or module directly below relint that a module belongs to."""
    return [*module.split("."), "__init__"][1]


@pytest.mark.parametrize("module", [name for name in MODULES if stage(name) not in DOORS])
def test_package_imports_only_from_its_left(module: str) -> None:
    own_stage = stage(module)
    left = set(STAGES[: STAGES.index(own_stage) + 1]) if own_stage in STAGES else set()

    imported_stages = {stage(name) for name in imported_modules(MODULES[module], for_typing=own_stage in STAGES)}

    assert imported_stages <= left | BASE


def test_imports_have_no_cycle() -> None:
    imports = {name: imported_modules(path, for_typing=True) for name, path in MODULES.items()}
    circles = [circle - MUTUAL_RECURSION for circle in strongly_connected(imports)]

    assert [circle for circle in circles if circle] == []


def test_typing_is_imported_for_type_checkers_only() -> None:
    importing = [name for name, path in MODULES.items() if "\nfrom typing import" in path.read_text(encoding="utf-8")]

    assert importing == ["relint.catalog.clause"], "import from relint._typing; a run does not import the clause types"


def test_package_root_has_few_modules() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= 12
    assert [path.name for path in (PACKAGE / "checks").glob("*.py")] == ["__init__.py", "problem.py"]


def test_modules_and_functions_are_short() -> None:
    for path in MODULES.values():
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 300, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                assert (node.end_lineno or 0) - node.lineno < 60, (path, node.name)


def strongly_connected(imports: dict[str, set[str]]) -> list[set[str]]:
    """Groups of two or more modules each of which imports every other, perhaps by way of further modules."""
    reachable = {name: reached_from(name, imports) for name in imports}
    groups = {frozenset(other for other in reachable[name] if name in reachable[other]) for name in imports}
    return [set(group) for group in groups if len(group) > 1]


def reached_from(start: str, imports: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [start]
    while waiting:
        for name in imports.get(waiting.pop(), set()) - reached:
            reached.add(name)
            waiting.append(name)
    return reached
