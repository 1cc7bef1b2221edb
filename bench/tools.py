"""What is compared: relint, the tools that a user would pick instead, and the floors."""

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
    """A name with its version, the command for a path, and the exit codes that mean it has done its work."""

    name: str
    version: str
    command: Callable[[Path], list[str]]
    codes: frozenset[int] = frozenset({0, 1})


class Tools(NamedTuple):
    """What runs on every workload; and what shows the throughput of one core, and what a second one brings."""

    every: list[Tool]
    throughput: list[Tool]
    processes: list[Tool]
    python: Path


def tools(project: Path, folder: Path, binary: str | None, rules: Path | None) -> Tools:
    """What is measured; the environments are made below `folder` unless they stand there already."""
    relint = environment(folder / "relint", str(project), refresh=True)
    python, mine = relint / "python", version(relint, "relint")
    bare = [str(python), "-I", "-c"]

    def own(name: str, ruleset: str, form: str, *options: str) -> Tool:
        check = [str(relint / "relint"), "check", "--ruleset", ruleset, "--format", form, *options]
        return Tool(name, mine, lambda path: [*check, str(path)])

    load = Tool(YAML, version(relint, "PyYAML"), lambda path: [*bare, _LOAD, str(path)])
    floors = [Tool(PASS, sys.version.split()[0], lambda _: [*bare, "pass"]), load]
    anew, alone = "--no-cache", ("--no-cache", "--jobs", "1")
    relints = [
        own(RELINT, "recommended", "text", anew),
        own(ALL, "all", "text", anew),
        own(SARIF, "all", "sarif", anew),
        own("relint, known files", "all", "text"),
    ]
    one = [own(RELINT, "recommended", "text", *alone), own(ALL, "all", "text", *alone)]
    two = own(TWO, "recommended", "text", anew, "--jobs", "2")
    loops = [
        Tool(ONE_LOOP, "", lambda _: [*bare, _LOOP]),
        Tool(TWO_LOOPS, "", lambda _: [*bare, f"import os\nchild = os.fork()\n{_LOOP}\nif child: os.wait()"]),
    ]
    every = [*floors, *relints, *_peers(folder), *_guard(folder, binary, rules)]
    return Tools(every, [load, *one], [one[0], two, *loops], python)


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
    found = rules and (binary or guard(folder))
    if not found or not rules:
        return []
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    count = sum(line.startswith("rule ") for line in rules.read_text().splitlines())
    return [
        Tool(
            GUARD,
            f"{said} ({count} rules of {rules.name})",
            lambda path: [found, "validate", "-r", str(rules), "-d", str(path)],
            frozenset({0, 19}),
        )
    ]
