"""Rules that yield to another one: a place that both would report is reported by the other one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from relint.api import load_rules
from relint.catalog.examples import Example, read_examples
from relint.catalog.rule import Rule
from relint.catalog.selection import select_rules
from relint.discover.candidate import Candidate
from relint.finding import Finding, Report
from relint.run.comparison.compare_files import compare_files
from relint.run.comparison.file_pairs import FilePair, FilePairs
from relint.run.runner import RunOptions, run
from relint.settings.lint_config import LintConfig, index_by_type
from relint.source.location import Path

BY_ID = {rule.id: rule for rule in load_rules()}
PAIRS = [(rule, BY_ID[other]) for rule in BY_ID.values() for other in rule.yields_to]


@pytest.mark.parametrize(("rule", "other"), PAIRS, ids=lambda rule: rule.id)
def test_place_of_two_rules_is_reported_by_the_other_one(rule: Rule, other: Rule) -> None:
    shared: set[Path] = set()
    for example in (*failing_examples(rule), *failing_examples(other)):
        own, others = failing_paths([rule], example)[rule.id], failing_paths([other], example)[other.id]
        told = others | related_paths(other, example)
        together = failing_paths([rule, other], example)
        assert together == {rule.id: own - told, other.id: others}, example.name
        shared |= own & others
    assert shared, f"no example fails {rule.id} and {other.id} at the same place"


def failing_examples(rule: Rule) -> list[Example]:
    return [example for example in read_examples(rule.file) if example.verdict in ("fail", "review")]


def failing_paths(rules: Sequence[Rule], example: Example) -> dict[str, set[Path]]:
    """Return the paths at which each rule fails, by the id of the rule."""
    findings = findings_of(rules, example)
    return {rule.id: {finding.path for finding in findings if finding.rule.id == rule.id} for rule in rules}


def related_paths(rule: Rule, example: Example) -> set[Path]:
    """Return the further places of findings about changes, each of which tells of several changes at once."""
    if rule.scope != "change":
        return set()
    return {related.path for finding in findings_of([rule], example) for related in finding.related}


def findings_of(rules: Sequence[Rule], example: Example) -> Sequence[Finding]:
    selection = select_rules(rules, ruleset="all", thresholds=example.thresholds)
    selection = selection._replace(judging_rules=tuple(BY_ID.values()))
    config = LintConfig(
        all_rules=rules,
        selection=selection,
        rules_by_type=index_by_type(selection.rules),
        parameters=example.parameters,
        today="2026-11-28",
    )
    return report_on(example, config).findings


def report_on(example: Example, config: LintConfig) -> Report:
    """Return the report on the template of an example, or on its two templates."""
    new = Candidate("example.yaml", example.template, is_explicit=True)
    if example.old is None:
        return run([new], lambda file: config, RunOptions())
    old = Candidate("old.yaml", example.old, is_explicit=True)
    return compare_files(FilePairs([FilePair(old, new)]), lambda file: config, "example.yaml").report
