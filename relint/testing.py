"""Rule files against their own examples: ours, and those of users."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from relint.catalog.examples import read_examples
from relint.catalog.loader import load_rule_files
from relint.errors import TemplateError

if TYPE_CHECKING:
    from relint.catalog.examples import Example
    from relint.catalog.rule import Rule
    from relint.finding import Finding


def example_errors(rule: Rule, example: Example, known: tuple[Rule, ...]) -> Iterator[str]:
    """Sentences that say how the rule's verdict differs from what the example claims; none if the example holds."""
    from relint.discover.candidate import Candidate
    from relint.run.runner import RunOptions, run
    from relint.settings.lint_config import config_for_single_rule
    from relint.system import today

    try:
        candidate = Candidate("example.yaml", example.template, is_explicit=True)
        config = config_for_single_rule(rule, known, example.parameters, today())
        report = run([candidate], lambda file: config, RunOptions(search_label=rule.file))
    except TemplateError as error:
        yield f"the example cannot be read: {error.message}"
        return
    yield from (failure.message for failure in report.failures)
    findings = [finding for finding in report.findings if finding.rule.id == rule.id]
    if example.verdict == "pass":
        yield from (f"nothing was expected, but {_describe(finding)}" for finding in findings)
        return
    expected = [finding for finding in findings if finding.verdict == example.verdict]
    yield from (
        f"{example.verdict} was expected, but {_describe(finding)}" for finding in findings if finding not in expected
    )
    seen = tuple(sorted({finding.span.start.line for finding in expected}))
    if example.lines and seen != example.lines:
        yield f"{example.verdict} was expected on {_lines(example.lines)}, but found on {_lines(seen)}"
    elif not expected:
        yield f"{example.verdict} was expected, but the rule found nothing"
    for finding in expected:
        if example.level and finding.level != example.level:
            yield f"level {example.level} was expected, but {_describe(finding)}"


def run_examples(files: Sequence[str], known: tuple[Rule, ...]) -> Iterator[tuple[Example, list[str]]]:
    """Every example of some rule files with its mistakes; raises RuleError when a file is wrong."""
    for rule in load_rule_files(files):
        for example in read_examples(rule.file):
            yield example, list(example_errors(rule, example, (rule, *known)))


def _describe(finding: Finding) -> str:
    return f"line {finding.span.start.line} has {finding.verdict} ({finding.level}): {finding.message}"


def _lines(lines: tuple[int, ...]) -> str:
    return "no line" if not lines else f"line {', '.join(map(str, lines))}"
