"""Validates SARIF logs: python .ci/validate_sarif.py LOG...

First against the JSON schema, then, if the SARIF multitool is there (npm install @microsoft/sarif-multitool; its binary,
made executable, or another that SARIF_MULTITOOL names), against the multitool's rules: SARIF, SARIF and GitHub, and for
files named *.azure.sarif Azure DevOps. Prints what is wrong; exits 1 if there is any error, warning or note.
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
SCHEMA = HERE.parent / "tests" / "sarif_schema" / "sarif-2.1.0.json"
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

    Its exit code is 0 whatever it finds, and so is that of a log too large for it: the log that it writes is read.
    """
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "output.sarif"
        command = [tool, "validate", str(file.resolve()), "--rule-kind", kind, "--config", str(HERE / "multitool.xml")]
        command += ["--level", "Error;Warning;Note", "--kind", "Fail", "--max-file-size-in-kb", "1000000"]
        command += ["--output", str(output), "--log", "ForceOverwrite"]
        environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if not output.is_file():
            yield f"{kind}: the multitool wrote nothing: {done.stdout[-500:]} {done.stderr[-500:]}"
            return
        run = json.loads(output.read_text(encoding="utf-8-sig"))["runs"][0]
    rules = run["tool"]["driver"].get("rules", [])
    for result in run.get("results", []):
        rule = rules[result["ruleIndex"]] if "ruleIndex" in result else {}
        level = result.get("level") or rule.get("defaultConfiguration", {}).get("level", "warning")
        yield f"{kind}: {level}: {result['ruleId']}: {_text(result['message'], rule)}"
    for invocation in run.get("invocations", []):
        for key in ("toolExecutionNotifications", "toolConfigurationNotifications"):
            for notification in invocation.get(key, []):
                if notification.get("descriptor", {}).get("id") != "WRN999.RuleExplicitlyDisabled":
                    yield f"{kind}: {notification.get('level', 'warning')}: {notification['message'].get('text')}"


def _text(message: dict[str, Any], rule: dict[str, Any]) -> str:
    text: str = message.get("text") or rule.get("messageStrings", {}).get(message.get("id"), {}).get("text", "")
    for number, argument in enumerate(message.get("arguments", [])):
        text = text.replace(f"{{{number}}}", argument)
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
