"""Trials of edits: those of each rule, applied to its failing examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import unified_diff
from functools import cache
from typing import NamedTuple

from relint.api import load_rules
from relint.catalog.examples import Example, read_examples
from relint.catalog.rule import Rule
from relint.catalog.selection import Selection, select_rules
from relint.discover.candidate import Candidate
from relint.finding import Report
from relint.fixes.apply import fix_document
from relint.fixes.edit import Edit, EditError
from relint.fixes.plan import Fix, fixes_of
from relint.fixes.text_edits import edit_document
from relint.run.runner import RunOptions, run
from relint.settings.lint_config import LintConfig, index_by_type
from relint.source.read import read_document

_TODAY = "2026-11-29"
_TRIALS: dict[str, tuple[EditTrial, ...]] = {}
"""The trials of each rule, by its id, as several tests look at them."""


class EditTrial(NamedTuple):
    """An example before and after the edits of its rule, the fixes, and why some of its findings were not fixed."""

    rule: Rule
    example: Example
    before: str
    after: str
    fixes: tuple[Fix, ...]
    reasons: tuple[str, ...]

    @property
    def diff(self) -> list[str]:
        """The lines that are different, with the sign of a unified diff."""
        lines = unified_diff(self.before.splitlines(), self.after.splitlines(), lineterm="", n=0)
        return [line for line in lines if line[:3] not in ("---", "+++") and not line.startswith("@@")]


def rules_with_edits() -> list[Rule]:
    """Return the rules that offer edits."""
    return [rule for rule in load_rules() if rule.edits]


def edit_trials(rule: Rule) -> tuple[EditTrial, ...]:
    """Return a trial for each failing example of a rule; as for users, no finding of any rule may come.

    Where the rule offers an alarm, the example gets a topic for those whom the alarm should tell.
    """
    if rule.id not in _TRIALS:
        failing = [example for example in read_examples(rule.file) if example.verdict == "fail"]
        prepare = _with_topic if "alarm_actions" in repr(rule.edits) else str
        _TRIALS[rule.id] = tuple(try_edits(rule, example, prepare(example.template)) for example in failing)
    return _TRIALS[rule.id]


def try_edits(rule: Rule, example: Example, template: str) -> EditTrial:
    """Return the trial of the edits of a rule on a template that stands in the place of that of an example."""

    def check(text: str) -> Report:
        return _check(text, example)

    own = [finding for finding in check(template).findings if finding.rule.id == rule.id]
    fixed = fix_document(read_document(template, "example.yaml"), own, check, unsafe=True)
    left = [finding for finding in check(fixed.document.source.text).findings if finding.rule.id == rule.id]
    offered = any(fixes_of(fixed.document, finding) for finding in left)
    reasons = [one.reason for one in fixed.unfixed] or (["the finding is still there"] if offered else [])
    fixes = tuple(one.fix for one in fixed.applied)
    return EditTrial(rule, example, template, fixed.document.source.text, fixes, tuple(reasons))


def _with_topic(template: str) -> str:
    topic = {
        "Type": "AWS::SNS::Topic",
        "Properties": {"Subscription": [{"Protocol": "email", "Endpoint": "a@example.com"}]},
    }
    edit = Edit("set", ("Resources", "OperationsTopic"), topic)
    try:
        return edit_document(read_document(template, "example.yaml"), [edit])[0].source.text
    except EditError:
        return template


def _check(text: str, example: Example) -> Report:
    """Return the report of all rules on a text."""
    selection, rules_by_type = _selection(tuple(sorted(example.thresholds.items())))
    config = LintConfig(
        all_rules=load_rules(),
        selection=selection,
        rules_by_type=rules_by_type,
        parameters=example.parameters,
        today=_TODAY,
    )
    candidate = Candidate(file="example.yaml", raw=text, is_explicit=True)
    return run([candidate], lambda _: config, RunOptions())


@cache
def _selection(thresholds: tuple[tuple[str, int], ...]) -> tuple[Selection, Mapping[str, Sequence[Rule]]]:
    selection = select_rules(load_rules(), ruleset="all", thresholds=dict(thresholds))
    return selection, index_by_type(selection.rules)
