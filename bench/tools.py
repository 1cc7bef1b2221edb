"""Tools that are measured: relint, the tools that a user would choose instead, and lower bounds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from bench.environments import environment, guard, version

PASS, YAML, GUARD, LINT = "python -c pass", "yaml.load", "cfn-guard", "cfn-lint"
RELINT, ALL, SARIF = "relint", "relint, all rules", "relint, all rules, SARIF"
ONE_LOOP, TWO_LOOPS, TWO = "a loop", "two loops at once", "relint, two processes"

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

_LOOP = "for _ in range(30_000_000): pass"


class Tool(NamedTuple):
    """A name, a version, the command for a path, and the exit codes of success."""

    name: str
    version: str
    command: Callable[[Path], list[str]]
    codes: frozenset[int] = frozenset({0, 1})


class Tools(NamedTuple):
    """The tools for every workload, for the throughput of one core, and for two."""

    every: list[Tool]
    throughput: list[Tool]
    processes: list[Tool]
    python: Path


def tools(project: Path, folder: Path, binary: str | None, rules: Path | None) -> Tools:
    """Return the tools that are measured; their environments are created below `folder` if they do not exist."""
    relint = environment(folder / "relint", str(project), refresh=True)
    python, relint_version = relint / "python", version(relint, "relint")
    isolated = [str(python), "-I", "-c"]

    def relint_tool(name: str, ruleset: str, output_format: str, *options: str) -> Tool:
        check = [str(relint / "relint"), "check", "--ruleset", ruleset, "--format", output_format, *options]
        return Tool(name, relint_version, lambda path: [*check, str(path)])

    load = Tool(YAML, version(relint, "PyYAML"), lambda path: [*isolated, _LOAD, str(path)])
    floors = [Tool(PASS, sys.version.split()[0], lambda _: [*isolated, "pass"]), load]
    uncached, one_process = "--no-cache", ("--no-cache", "--jobs", "1")
    relints = [
        relint_tool(RELINT, "recommended", "text", uncached),
        relint_tool(ALL, "all", "text", uncached),
        relint_tool(SARIF, "all", "sarif", uncached),
        relint_tool("relint, known files", "all", "text"),
    ]
    single = [relint_tool(RELINT, "recommended", "text", *one_process), relint_tool(ALL, "all", "text", *one_process)]
    double = relint_tool(TWO, "recommended", "text", uncached, "--jobs", "2")
    loops = [
        Tool(ONE_LOOP, "", lambda _: [*isolated, _LOOP]),
        Tool(TWO_LOOPS, "", lambda _: [*isolated, f"import os\nchild = os.fork()\n{_LOOP}\nif child: os.wait()"]),
    ]
    every = [*floors, *relints, *_peers(folder), *_guard(folder, binary, rules)]
    return Tools(every, [load, *single], [single[0], double, *loops], python)


def _peers(folder: Path) -> list[Tool]:
    packages = (LINT, "checkov", "cloudformation-validate")
    lint, checkov, validate = (environment(folder / package, package) for package in packages)
    return [
        Tool(
            LINT,
            version(lint, LINT),
            lambda path: [str(lint / "cfn-lint"), str(path / "*.yaml") if path.is_dir() else str(path)],
            frozenset({0, 2, 4, 6, 8, 10, 12, 14}),
        ),
        Tool(
            "checkov",
            version(checkov, "checkov"),
            lambda path: [
                *(str(checkov / "checkov"), "-d" if path.is_dir() else "-f", str(path)),
                *("--framework", "cloudformation", "--compact", "--quiet"),
            ],
        ),
        Tool(
            "cloudformation-validate",
            version(validate, "cloudformation-validate"),
            lambda path: [str(validate / "python"), "-I", "-c", _VALIDATE, str(path)],
        ),
    ]


def _guard(folder: Path, binary: str | None, rules: Path | None) -> list[Tool]:
    executable = rules and (binary or guard(folder))
    if not executable or not rules:
        return []
    guard_version = subprocess.run(
        [executable, "--version"], capture_output=True, text=True, check=True
    ).stdout.split()[-1]
    count = sum(line.startswith("rule ") for line in rules.read_text().splitlines())
    return [
        Tool(
            GUARD,
            f"{guard_version} ({count} rules of {rules.name})",
            lambda path: [executable, "validate", "-r", str(rules), "-d", str(path)],
            frozenset({0, 19}),
        )
    ]
