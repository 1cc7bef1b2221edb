"""The tools that are compared, each in a virtual environment of its own, and the floors."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

_LOAD = """
import os, sys, yaml
class Loader(yaml.CSafeLoader): pass
def build(loader, suffix, node):
    kind = type(node).__name__
    if kind == 'ScalarNode': return loader.construct_scalar(node)
    return loader.construct_sequence(node, True) if kind == 'SequenceNode' else loader.construct_mapping(node, True)
Loader.add_multi_constructor('!', build)
path = sys.argv[1]
for file in sorted(os.scandir(path), key=lambda e: e.name) if os.path.isdir(path) else [path]:
    with open(file, 'rb') as stream: yaml.load(stream, Loader=Loader)
"""

_VALIDATE = """
import os, sys
from cloudformation_validate import CompositeEngine
engine, path = CompositeEngine(), sys.argv[1]
for file in sorted(entry.path for entry in os.scandir(path)) if os.path.isdir(path) else [path]:
    for one in engine.validate_template(file).diagnostics: print(one.severity.name, one.rule_id, one.message)
"""


_MOST = 1_000_000


class Tool(NamedTuple):
    """A name with its version, the command for a path, and the exit codes that mean it has done its work.

    It is not asked about workloads of over `most` bytes, so that the whole run ends within half an hour.
    """

    name: str
    version: str
    command: Callable[[Path], list[str]]
    codes: frozenset[int] = frozenset({0, 1})
    is_floor: bool = False
    most: int = sys.maxsize


def tools(project: Path, folder: Path, guard: str | None, guard_rules: str | None) -> list[Tool]:
    """What is measured; environments are made below `folder` unless they stand there already."""
    relint = _environment(folder / "relint", str(project), refresh=True)
    lint = _environment(folder / "cfn-lint", "cfn-lint")
    checkov = _environment(folder / "checkov", "checkov")
    validate = _environment(folder / "cloudformation-validate", "cloudformation-validate")
    own, python = [str(relint / "relint"), "check"], str(relint / "python")
    found = [
        Tool("python -c pass", sys.version.split()[0], lambda _: [python, "-I", "-c", "pass"], is_floor=True),
        Tool(
            "yaml.load", _version(relint, "PyYAML"), lambda path: [python, "-I", "-c", _LOAD, str(path)], is_floor=True
        ),
        Tool("relint", _version(relint, "relint"), lambda path: [*own, str(path), "--format", "text", "--no-cache"]),
        Tool("relint, SARIF", "the same", lambda path: [*own, str(path), "--format", "sarif", "--no-cache"]),
        Tool(
            "relint, one process",
            "the same",
            lambda path: [*own, str(path), "--format", "text", "--no-cache", "--jobs", "1"],
        ),
        Tool("relint, known files", "the same", lambda path: [*own, str(path), "--format", "text"]),
        Tool(
            "cfn-lint",
            _version(lint, "cfn-lint"),
            lambda path: [str(lint / "cfn-lint"), str(path / "*.yaml") if path.is_dir() else str(path)],
            frozenset({0, 2, 4, 6, 8, 10, 12, 14}),
            most=_MOST,
        ),
        Tool("checkov", _version(checkov, "checkov"), lambda path: _checkov(checkov, path), most=_MOST),
        Tool(
            "cloudformation-validate",
            _version(validate, "cloudformation-validate"),
            lambda path: [str(validate / "python"), "-I", "-c", _VALIDATE, str(path)],
        ),
    ]
    binary = guard or shutil.which("cfn-guard")
    if binary and guard_rules:
        said = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
        found.append(
            Tool(
                "cfn-guard",
                said,
                lambda path: [binary, "validate", "-r", guard_rules, "-d", str(path)],
                frozenset({0, 5, 19}),
            )
        )
    return found


def _checkov(binaries: Path, path: Path) -> list[str]:
    asked = ["-d", str(path)] if path.is_dir() else ["-f", str(path)]
    return [str(binaries / "checkov"), *asked, "--framework", "cloudformation", "--compact", "--quiet"]


def _environment(folder: Path, package: str, *, refresh: bool = False) -> Path:
    """The folder of the programs of a virtual environment that has a package."""
    binaries = folder / "bin"
    if not binaries.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        refresh = True
    if refresh:
        pip = [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--force-reinstall", package], check=True)
    return binaries


def _version(binaries: Path, package: str) -> str:
    program = f"from importlib.metadata import version; print(version({package!r}))"
    done = subprocess.run([binaries / "python", "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()
