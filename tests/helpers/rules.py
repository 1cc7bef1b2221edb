"""Rule files that tests write, with all that a rule needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from relint.catalog.loader import builtin_rules_directory, load_rule_files, read_rule_document
from relint.catalog.rule import Rule

RULE: dict[str, Any] = {
    "id": "TST-701",
    "name": "tested-rule",
    "title": "Test this rule",
    "severity": "warning",
    "pillar": ["REL10-BP01"],
    "resources": ["AWS::RDS::DBInstance"],
    "message": "'{resource}' is reported.",
    "rationale": "The test needs it.",
    "fix": "Change the template.",
    "references": ["https://docs.aws.amazon.com/"],
    "examples": {},
}


def rule_text(body: str = "", **overrides: Any) -> str:
    """Return a rule file: the stub with other values, None removing a key, and then `body`, which is YAML."""
    fields = {key: value for key, value in {**RULE, **overrides}.items() if value is not None}
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items()) + body


def load_rule(folder: Path, body: str = "", **overrides: Any) -> Rule:
    """Return the rule that a file with the text of `rule_text` contains."""
    file = folder / "rule.yaml"
    file.write_text(rule_text(body, **overrides), encoding="utf-8")
    return load_rule_files([str(file)])[0]


def rule_content(name: str) -> dict[str, Any]:
    """Return what the file of a rule contains, by its folder and name, such as "rds/rds-multi-az"."""
    content: dict[str, Any] = read_rule_document(str(Path(builtin_rules_directory()) / f"{name}.yaml")).data
    return content
