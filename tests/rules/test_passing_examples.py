"""The passing examples of every rule, which users copy, judged by all rules of level error."""

from __future__ import annotations

from collections.abc import Iterator

from relint.api import load_rules
from relint.catalog.examples import Example, read_examples
from relint.catalog.loader import builtin_rules_directory, find_rule_files
from relint.catalog.selection import select_rules
from relint.discover.candidate import Candidate
from relint.run.runner import RunOptions, run
from relint.settings.lint_config import LintConfig, index_by_type

ANOTHER_RULE_REPORTS = {
    "AAS-302: bounds in the wrong order are another matter": "ASG-311",
    "ASG-301: bounds in the wrong order are another matter": "ASG-311",
    "CFN-601: CFN-603 speaks of snapshots where there are none": "CFN-603",
    "CFN-602: CFN-603 speaks of snapshots where there are none": "CFN-603",
    "CW-404: CW-402 speaks of an alarm whose actions are switched off": "CW-402",
    "CW-404: no alarm publishes to it, so that WIRE-702 judges it": "WIRE-702",
    "KMS-601: KMS-602 speaks of a key whose data is kept": "KMS-602",
    "NET-216: one zone on purpose, and one for trials": "TOPO-702",
    "NET-216: the VPC has one zone, which another rule reports": "TOPO-702",
    "RDS-602: none at all is the concern of another rule": "RDS-601",
    "RDS-605: without backups there is nothing to keep": "RDS-601",
    "S3-601: whether both ends of a replication keep versions is the concern of another rule": "S3-804",
    "TOPO-801: one target for both sides and aliases in a circle are the concern of another rule": "R53-802",
    "WIRE-702: the topic of an alarm is judged by CW-404": "CW-404",
}
"""Examples that pass because another rule reports the same defect: the point of the example."""


def _errors_by_example() -> Iterator[tuple[str, str]]:
    """Yield each passing example with the id of a rule that reports an error in it."""
    rules = load_rules()
    selection = select_rules(rules, ruleset="all")
    rules_by_type = index_by_type(selection.rules)
    files = find_rule_files(builtin_rules_directory())
    for example in (example for file in files for example in read_examples(file)):
        if example.verdict == "pass":
            config = LintConfig(
                all_rules=rules,
                selection=selection,
                rules_by_type=rules_by_type,
                parameters=example.parameters,
                today="2026-11-28",
            )
            for rule_id in _errors(example, config):
                yield f"{example.rule_id}: {example.name}", rule_id


def _errors(example: Example, config: LintConfig) -> list[str]:
    report = run([Candidate("example.yaml", example.template, is_explicit=True)], lambda _: config, RunOptions())
    errors = [finding for finding in report.findings if finding.level == "error" and finding.affects_exit_code]
    return sorted({finding.rule.id for finding in errors})


def test_passing_example_has_no_error_of_another_rule() -> None:
    assert sorted(_errors_by_example()) == sorted(ANOTHER_RULE_REPORTS.items())
