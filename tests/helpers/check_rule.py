"""Check one template with one rule."""

from __future__ import annotations

from collections.abc import Mapping

from relint.catalog.rule import Rule
from relint.discover.candidate import Candidate
from relint.finding import Finding, Report
from relint.run.runner import RunOptions, run
from relint.settings.lint_config import config_for_single_rule


def check_one(text: str, rule: Rule, parameters: Mapping[str, str]) -> Report:
    """The report of a rule, notes included, on a template."""
    config = config_for_single_rule(rule, [rule], parameters, "2026-11-24")
    return run([Candidate("t.yaml", text, is_explicit=True)], lambda file: config, RunOptions())


def judge(rule: Rule, head: str, value: str, attributes: str = "", **given: str) -> Finding | None:
    """Return the finding of a rule on the database of a template whose MultiAZ is `value`, None if it passes."""
    database = f"  Db:\n    Type: AWS::RDS::DBInstance\n{attributes}    Properties:\n      MultiAZ: {value}\n"
    text = f"{head}\nResources:\n{database}"
    report = check_one(text, rule, given)
    assert not report.failures
    return report.results[0] if report.results else None
