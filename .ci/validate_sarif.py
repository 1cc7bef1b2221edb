"""Validates SARIF logs: python .ci/validate_sarif.py LOG...

First against the JSON schema, then against the rules of the SARIF multitool, if it is there: those for SARIF, those for
SARIF and GitHub, and, for files named *.azure.sarif, those for Azure DevOps. The multitool comes by npm install
@microsoft/sarif-multitool; its binary must be made executable, and SARIF_MULTITOOL may name it where it is elsewhere.
Prints what is wrong; exits 1 if there is any error, warning or note.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parent / "tests" / "data" / "sarif_schema" / "sarif-2.1.0.json"
BINARY = Path("node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool")
RULE_KINDS = ("Sarif", "Sarif;Ghas")


def main(files: list[str]) -> int:
    """Validates the logs and returns the exit code."""
    if not files:
        print(__doc__)
        return 2
    tool = multitool()
    if tool is None:
        print("SARIF multitool not found: only the JSON schema is checked", file=sys.stderr)
    wrong = 0
    for file in map(Path, files):
        problems = list(schema_problems(file))
        kinds = (*RULE_KINDS, "GHAzDO") if file.name.endswith(".azure.sarif") else RULE_KINDS
        for kind in kinds if tool else ():
            problems += multitool_problems(tool, file, kind)
        for problem in problems:
            print(f"{file}: {problem}")
        wrong += len(problems)
    print(f"{len(files)} logs, {wrong or 'no'} problems")
    return 1 if wrong else 0


def multitool() -> str | None:
    """The path of the multitool's binary, None if there is none."""
    named = os.environ.get("SARIF_MULTITOOL")
    if named:
        return named
    return next((str(root / BINARY) for root in (Path.cwd(), HERE.parent) if (root / BINARY).is_file()), None)


def schema_problems(file: Path) -> Iterator[str]:
    """What the JSON schema finds wrong."""
    from jsonschema import Draft202012Validator, FormatChecker

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    log = json.loads(file.read_text(encoding="utf-8"))
    for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(log):
        yield f"schema: {error.json_path}: {error.message[:300]}"


def multitool_problems(tool: str, file: Path, kind: str) -> Iterator[str]:
    """What the multitool says about a log with one set of rules.

    It says nothing about a log that it cannot read, one with a value of a wrong type for instance. So silence counts
    only if the same log without its `$schema`, which every set of rules asks for, does not meet with silence.
    """
    with tempfile.TemporaryDirectory() as folder:
        found = list(_run(tool, file, kind, Path(folder) / "output.sarif"))
        if not found:
            log = json.loads(file.read_text(encoding="utf-8"))
            log.pop("$schema", None)
            faulty = Path(folder) / "faulty.sarif"
            faulty.write_text(json.dumps(log), encoding="utf-8")
            if not list(_run(tool, faulty, kind, Path(folder) / "output.sarif")):
                found = [f"{kind}: error: the multitool is silent, but has not read the log"]
    yield from found


def _run(tool: str, file: Path, kind: str, output: Path) -> Iterator[str]:
    """One run. The exit code is 0 whatever is found: the log that the multitool writes is read."""
    output.unlink(missing_ok=True)
    command = [
        tool,
        "validate",
        str(file.resolve()),
        "--rule-kind",
        kind,
        "--config",
        str(HERE / "sarif-multitool-rules.xml"),
    ]
    command += ["--level", "Error;Warning;Note", "--kind", "Fail", "--max-file-size-in-kb", "1000000"]
    command += ["--output", str(output), "--log", "ForceOverwrite"]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if not output.is_file():
        yield f"{kind}: error: the multitool wrote nothing: {done.stdout[-500:]} {done.stderr[-500:]}"
        return
    run = json.loads(output.read_text(encoding="utf-8-sig"))["runs"][0]
    rules = run["tool"]["driver"].get("rules", [])
    for result in run.get("results", []):
        rule = rules[result["ruleIndex"]] if "ruleIndex" in result else {}
        level = result.get("level") or rule.get("defaultConfiguration", {}).get("level", "warning")
        yield f"{kind}: {level}: {result['ruleId']}: {_filled(result['message'], rule)}"
    for invocation in run.get("invocations", []):
        for key in ("toolExecutionNotifications", "toolConfigurationNotifications"):
            for notification in invocation.get(key, []):
                if notification.get("descriptor", {}).get("id") != "WRN999.RuleExplicitlyDisabled":
                    yield f"{kind}: {notification.get('level', 'warning')}: {notification['message'].get('text')}"


def _filled(message: dict[str, Any], rule: dict[str, Any]) -> str:
    text: str = message.get("text") or rule.get("messageStrings", {}).get(message.get("id"), {}).get("text", "")
    for number, argument in enumerate(message.get("arguments", [])):
        text = text.replace(f"{{{number}}}", argument)
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
