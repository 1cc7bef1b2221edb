"""relint's rules as cfn-lint rules: `cfn-lint --append-rules relint.cfnlint`, or `append_rules` in .cfnlintrc.

cfn-lint instantiates every rule class in a module, and reads the severity from the first letter of an id. Each rule of
relint therefore has three ids: RDS-701 is ERDS701 if it reports an error, WRDS701 for a warning and IRDS701 for an
info. relint's own configuration selects the rules and sets parameter values.
https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/custom_rules.md
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from weakref import WeakKeyDictionary

from cfnlint.rules import CloudFormationLintRule, RuleMatch

from relint._typing import TYPE_CHECKING, Any
from relint.api import Linter
from relint.errors import RelintError
from relint.report.severity import effective_severity, visible_findings

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.finding import Finding, Report

SEVERITY_LETTERS = {"error": "E", "warning": "W", "info": "I"}
"""The first letter of an id, by the severity of a finding."""

_LINTER = Linter()


class _ReportCache:
    """The report on each template, so that relint runs once per template for all of its rules in cfn-lint."""

    def __init__(self) -> None:
        self._results: WeakKeyDictionary[Any, tuple[Report | None, str]] = WeakKeyDictionary()

    def report_for(self, template: Any) -> tuple[Report | None, str]:
        """Return the report on a cfn-lint template, or None and the error that the user must correct."""
        if template not in self._results:
            try:
                self._results[template] = (_check_template(template), "")
            except RelintError as error:
                self._results[template] = (None, error.message)
        return self._results[template]


def _check_template(template: Any) -> Report:
    file = template.filename
    if file and os.path.isfile(file):
        with open(file, "rb") as stream:
            report = _LINTER.check_text(stream.read(), file, allow_empty=True)
    else:  # standard input, which cfn-lint has already read
        file = "template.json"
        report = _LINTER.check_text(json.dumps(template.template, default=str), name=file, allow_empty=True)
    # a nested stack has its findings when cfn-lint reads its own template; an included file is no template
    results = (_at_include(result, file) if result.file in report.included else result for result in report.results)
    return report._replace(results=tuple(result for result in results if result.file == file))


def _at_include(finding: Finding, template: str) -> Finding:
    """Return a finding in an included file at the include, because cfn-lint knows no other place."""
    place = f"line {finding.span.start.line} of '{finding.file}'"
    return finding._replace(file=template, path=finding.related[-1].path, message=f"{finding.message} It is {place}.")


def cfn_lint_id(rule: Rule, letter: str) -> str:
    """Return the id of a rule in cfn-lint; `letter` stands for the severity."""
    return letter + rule.id.replace("-", "")


def rule_classes(rules: Iterable[Rule], module: str) -> dict[str, type[CloudFormationLintRule]]:
    """Return a class for each rule and severity, by class name, and one for failures of relint.

    `module` is the name of the module that exports the classes.
    """
    reports = _ReportCache()
    classes = {"RelintFailure": _failure_class(reports, module)}
    for rule in rules:
        for severity in SEVERITY_LETTERS:
            rule_class = _rule_class(rule, severity, reports, module)
            classes[rule_class.__name__] = rule_class
    return classes


def _failure_class(reports: _ReportCache, module: str) -> type[CloudFormationLintRule]:
    def match(self: CloudFormationLintRule, cfn: Any) -> list[RuleMatch]:
        report, error = reports.report_for(cfn)
        failures = [error] if report is None else [failure.message for failure in report.failures]
        return [RuleMatch([], f"relint: {message}") for message in failures if message]

    title = "relint could not check the template"
    namespace = {
        "id": "ERELINT",
        "shortdesc": title,
        "description": title,
        "source_url": "",
        "tags": ["relint", "reliability"],
        "match": match,
        "__module__": module,
    }
    return type("RelintFailure", (CloudFormationLintRule,), namespace)


def _rule_class(rule: Rule, severity: str, reports: _ReportCache, module: str) -> type[CloudFormationLintRule]:
    def match(self: CloudFormationLintRule, cfn: Any) -> list[RuleMatch]:
        report, _ = reports.report_for(cfn)
        if report is None:
            return []
        return [
            RuleMatch(list(finding.path), f"{finding.message} ({finding.rule.id})")
            for finding in visible_findings(report, show_open=False)
            if finding.rule.id == rule_id and effective_severity(finding) == severity
        ]

    rule_id = rule.id
    class_id = cfn_lint_id(rule, SEVERITY_LETTERS[severity])
    namespace = {
        "id": class_id,
        "shortdesc": rule.title,
        "description": " ".join(rule.rationale.split()) or rule.title,
        "source_url": next(iter(rule.references), ""),
        "tags": ["relint", "reliability", rule_id],
        "match": match,
        "__module__": module,
    }
    return type(f"Relint{class_id}", (CloudFormationLintRule,), namespace)
