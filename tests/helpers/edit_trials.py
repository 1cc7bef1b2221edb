"""Trials of edits: those of each rule, applied to its failing examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff
from functools import cache
from typing import NamedTuple

from relint.api import load_rules
from relint.catalog.examples import Example, read_examples
from relint.catalog.rule import Rule
from relint.catalog.selection import Selection, select_rules
from relint.discover.candidate import Candidate
from relint.finding import Finding
from relint.fixes.apply import fix_document
from relint.run.runner import RunOptions, run
from relint.settings.lint_config import LintConfig, config_for_single_rule, index_by_type
from relint.source.read import read_document

_TODAY = "2026-11-29"


class EditTrial(NamedTuple):
    """An example before and after the edits of its rule, and why some of its findings were not fixed."""

    rule: Rule
    example: Example
    before: str
    after: str
    reasons: tuple[str, ...]

    @property
    def diff(self) -> list[str]:
        """The lines that are different, with the sign of a unified diff."""
        lines = unified_diff(self.before.splitlines(), self.after.splitlines(), lineterm="", n=0)
        return [line for line in lines if line[:3] not in ("---", "+++") and not line.startswith("@@")]


def rules_with_edits() -> list[Rule]:
    """Return the rules that offer edits."""
    return [rule for rule in load_rules() if rule.edits]


def edit_trials(rule: Rule) -> Iterator[EditTrial]:
    """Yield a trial for each failing example of a rule."""
    for example in read_examples(rule.file):
        if example.verdict == "fail":
            config = config_for_single_rule(rule, load_rules(), example.parameters, _TODAY, example.thresholds)
            yield _try(rule, example, config)


def _try(rule: Rule, example: Example, config: LintConfig) -> EditTrial:
    def check(text: str) -> Sequence[Finding]:
        return decided_findings(text, config)

    document = read_document(example.template, "example.yaml")
    fixed = fix_document(document, check(example.template), check, unsafe=True)
    left = check(fixed.document.source.text)
    offered = [finding for finding in left if any(_is_for(offer, finding) for offer in rule.edits)]
    reasons = [one.reason for one in fixed.unfixed] or ["the finding is still there" for _ in offered]
    return EditTrial(rule, example, example.template, fixed.document.source.text, tuple(reasons))


def _is_for(offer: object, finding: Finding) -> bool:
    assert isinstance(offer, dict)
    return (not offer["resources"] or finding.resource_type in offer["resources"]) and (
        not offer["messages"] or finding.message_id in offer["messages"]
    )


def decided_findings(text: str, config: LintConfig) -> list[Finding]:
    """Return the findings of a text that fail or need a review."""
    candidate = Candidate(file="example.yaml", raw=text, is_explicit=True)
    return list(run([candidate], lambda _: config, RunOptions()).findings)


def new_findings(trial: EditTrial) -> set[tuple[str, str]]:
    """Return the errors and warnings of all rules that the edited example has and the example has not."""
    before, after = (
        {(finding.rule.id, finding.message) for finding in decided_findings(text, _config_of_all(trial.example))}
        for text in (trial.before, trial.after)
    )
    return {finding for finding in after if finding[0] not in {rule_id for rule_id, _ in before}}


def _config_of_all(example: Example) -> LintConfig:
    selection, rules_by_type = _recommended()
    return LintConfig(
        all_rules=load_rules(),
        selection=selection,
        rules_by_type=rules_by_type,
        parameters=example.parameters,
        today=_TODAY,
    )


@cache
def _recommended() -> tuple[Selection, Mapping[str, Sequence[Rule]]]:
    selection = select_rules(load_rules())
    return selection, index_by_type(selection.rules)
