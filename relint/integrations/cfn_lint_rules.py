"""relint's rules as rules of cfn-lint: `cfn-lint --append-rules relint.cfnlint`, or `append_rules` in .cfnlintrc.

cfn-lint makes a rule of every class that it finds in this module, and takes the first letter of an id for the severity,
so each rule of relint has three ids: RDS-701 is ERDS701 where it finds an error, WRDS701 for a warning and IRDS701 for
what informs only. Which rules run, and on which values, is said by relint's own configuration.
https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/custom_rules.md
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from cfnlint.rules import CloudFormationLintRule, RuleMatch

from relint.api import Linter
from relint.errors import RelintError
from relint.report.severity import effective_severity, visible_findings

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.finding import Finding, Report

SEVERITY_LETTERS = {"error": "E", "warning": "W", "info": "I"}
"""The first letter of an id, by the severity of a finding."""

_LINTER = Linter()


class _Reports:
    """One run of relint for each template, whatever number of rules asks for it."""

    def __init__(self) -> None:
        self._made: WeakKeyDictionary[Any, tuple[Report | None, str]] = WeakKeyDictionary()

    def of(self, template: Any) -> tuple[Report | None, str]:
        """The report on a template of cfn-lint, or None and what the user must correct."""
        if template not in self._made:
            try:
                self._made[template] = (_report(template), "")
            except RelintError as error:
                self._made[template] = (None, error.message)
        return self._made[template]


def _report(template: Any) -> Report:
    name = template.filename
    if name and os.path.isfile(name):
        with open(name, "rb") as stream:
            text: str | bytes = stream.read()
    else:  # standard input: cfn-lint has read it already
        name, text = "template.json", json.dumps(template.template, default=str)
    return _LINTER.check_text(text, name, allow_empty=True)


def cfn_lint_id(rule: Rule, letter: str) -> str:
    """The id that cfn-lint knows a rule by."""
    return letter + rule.id.replace("-", "")


def rule_classes(rules: Iterable[Rule], module: str) -> dict[str, type[CloudFormationLintRule]]:
    """A class for each rule and severity, by its name; and one for what relint could not do."""
    reports = _Reports()
    title = "relint could not check the template"
    made = {"RelintFailure": _class("RelintFailure", "ERELINT", title, "", "", reports, None, module)}
    for rule in rules:
        for kind, letter in SEVERITY_LETTERS.items():
            name = f"Relint{cfn_lint_id(rule, letter)}"
            url = next(iter(rule.references), "")
            own = (rule.id, kind)
            made[name] = _class(name, cfn_lint_id(rule, letter), rule.title, rule.rationale, url, reports, own, module)
    return made


def _class(
    name: str,
    own_id: str,
    title: str,
    why: str,
    url: str,
    reports: _Reports,
    own: tuple[str, str] | None,
    module: str,
) -> type[CloudFormationLintRule]:
    def match(self: CloudFormationLintRule, cfn: Any) -> list[RuleMatch]:
        report, problem = reports.of(cfn)
        if own is None:
            failures = [problem] if report is None else [failure.message for failure in report.failures]
            return [RuleMatch([], f"relint: {message}") for message in failures if message]
        if report is None:
            return []
        return [
            RuleMatch(list(finding.path), _message(finding))
            for finding in visible_findings(report, show_open=False)
            if (finding.rule.id, effective_severity(finding)) == own
        ]

    body = {
        "id": own_id,
        "shortdesc": title,
        "description": " ".join(why.split()) or title,
        "source_url": url,
        "tags": ["relint", "reliability", *([own[0]] if own else [])],
        "match": match,
        "__module__": module,
    }
    return type(name, (CloudFormationLintRule,), body)


def _message(finding: Finding) -> str:
    return f"{finding.message} ({finding.rule.id})"
