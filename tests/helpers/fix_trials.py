"""Trials of fixes: each pasted into the failing examples of its rule, and the result judged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations
from typing import Any, NamedTuple

from relint.api import load_rules
from relint.catalog.examples import Example, read_examples
from relint.catalog.rule import Rule
from relint.catalog.selection import select_rules
from relint.discover.candidate import Candidate
from relint.finding import Finding
from relint.run.runner import RunOptions, run
from relint.settings.lint_config import LintConfig, config_for_single_rule, index_by_type
from relint.source.read import read_document
from tests.helpers.pasted_fixes import Fix, Plan, paste, read_fix
from tests.helpers.valid_templates import schema_errors

MOST_PASTES = 4
"""How often one fix may have to be pasted for a resource, which may have several defects of one kind."""
MOST_TRIALS = 2
"""How many resources of one example with the same defect are tried."""

Defect = tuple[str, str, str]
"""A rule, the reported resource type, and the id of the message."""


class Trials(NamedTuple):
    """The result for one rule: what its fix does not mend, the blocks that mend nothing, and why.

    `defects` are all that its failing examples show.
    """

    rule_id: str
    defects: frozenset[Defect]
    not_mended: Mapping[Defect, str]
    idle_blocks: tuple[int, ...]


def try_fix(rule_id: str) -> Trials:
    """Return what the fix of a rule does to the failing examples of the rule.

    A plan mends a defect if the rule reports the resource no longer, the template is as valid as before, and no rule
    reports an error that was not there before.
    """
    rule = _rules()[rule_id]
    fix = read_fix(rule.fix)
    not_mended: dict[Defect, str] = {}
    defects: set[Defect] = set()
    tried: dict[tuple[str, Defect], int] = {}
    mended: set[Defect] = set()
    idle = set(range(len(fix.blocks)))
    if not fix.blocks or rule.compares_templates:  # what a change does to data, no block undoes
        return Trials(rule_id, frozenset(), {}, ())
    for example in read_examples(rule.file):
        for finding in _findings(rule, example, example.template) if example.verdict == "fail" else ():
            defect = rule_id, str(finding.resource_type), finding.message_id
            defects.add(defect)
            tried[example.name, defect] = tried.get((example.name, defect), 0) + 1
            if (defect in mended and not idle) or tried[example.name, defect] > MOST_TRIALS:
                continue
            for used, plan in _plans(fix):
                if defect in mended and not used & idle:
                    continue
                problem = _problem(rule, example, finding, plan)
                if problem is None:
                    mended.add(defect)
                    idle -= used
                elif problem:
                    not_mended[defect] = f"{example.name}: {problem}"
    remaining = {defect: not_mended.get(defect, "fits nowhere") for defect in sorted(defects - mended)}
    return Trials(rule_id, frozenset(defects), remaining, tuple(sorted(idle)))


def _plans(fix: Fix) -> Iterator[tuple[set[int], Plan]]:
    """Yield the ways to follow a fix, with the numbers of their blocks: each block alone, pairs, all together."""
    parts = [*fix.blocks, *fix.inline]
    choices = [(index,) for index in range(len(parts))]
    choices += list(combinations(range(len(parts)), 2))
    if len(fix.blocks) > 2:
        choices.append(tuple(range(len(fix.blocks))))
    for choice in ((), *choices):
        for removed in _removals(fix, is_alone=not choice):
            for changes_existing in (False, True):
                plan = Plan(tuple(parts[index] for index in choice), removed, changes_existing)
                yield {index for index in choice if index < len(fix.blocks)}, plan


def _removals(fix: Fix, *, is_alone: bool) -> list[frozenset[str | None]]:
    """Return the sets of properties that a user may take out; nothing at all only if something is pasted."""
    reported = frozenset({None}) & fix.removed
    removals = [frozenset[str | None](), reported, fix.removed - reported, fix.removed]
    return [removed for removed in dict.fromkeys(removals) if removed or not is_alone]


def _problem(rule: Rule, example: Example, finding: Finding, plan: Plan) -> str | None:
    """Return None if a plan mends a defect, "" if it fits nowhere, else what is wrong then."""
    old_ids = {(other.logical_id, other.message_id) for other in _findings(rule, example, example.template)}
    template = read_document(example.template, "example.yaml").data
    for _ in range(MOST_PASTES):
        pasted = paste(template, plan, finding)
        if pasted is None:
            return ""
        if pasted == template:
            return finding.message
        template, text = pasted, json.dumps(pasted)
        findings = _findings(rule, example, text)
        own = [
            other
            for other in findings
            if other.logical_id == finding.logical_id or (other.logical_id, other.message_id) not in old_ids
        ]
        if not own:
            return _new_error(example, text)
        finding = own[0]
    return finding.message


def _new_error(example: Example, text: str) -> str | None:
    """Return an error of another rule or of cfn-lint that the example does not have, or None."""
    known = _errors(example, example.template)
    for place, message in _errors(example, text).items():
        if place not in known:
            return f"{place[0]} {message}"
    known_problems = schema_errors(example.template)
    return next((problem for problem in schema_errors(text) if problem not in known_problems), None)


def _findings(rule: Rule, example: Example, text: str) -> list[Finding]:
    config = config_for_single_rule(rule, tuple(_rules().values()), example.parameters, "2026-11-28")
    return [finding for finding in _check(text, config) if finding.verdict in ("fail", "review")]


@cache
def _rules() -> dict[str, Rule]:
    return {rule.id: rule for rule in load_rules()}


@cache
def _error_rules() -> Any:
    selection = select_rules(tuple(_rules().values()), ruleset="all")
    return selection, index_by_type(selection.rules)


def _errors(example: Example, text: str) -> dict[tuple[str, str | None], str]:
    selection, rules_by_type = _error_rules()
    config = LintConfig(
        all_rules=tuple(_rules().values()),
        selection=selection,
        rules_by_type=rules_by_type,
        parameters=example.parameters,
        today="2026-11-28",
    )
    errors = [finding for finding in _check(text, config) if finding.level == "error" and finding.affects_exit_code]
    return {(finding.rule.id, finding.logical_id): finding.message for finding in errors}


def _check(text: str, config: LintConfig) -> tuple[Finding, ...]:
    name = "example.json" if text.startswith("{") else "example.yaml"
    report = run([Candidate(name, text, is_explicit=True)], lambda _: config, RunOptions())
    return report.results  # of a paste that is no template there are none, and cfn-lint refuses it
