"""Runs of the examples in rule files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING
from relint.catalog.examples import read_examples
from relint.catalog.loader import load_rule_files
from relint.errors import TemplateError

if TYPE_CHECKING:
    from relint.catalog.examples import Example
    from relint.catalog.rule import Rule
    from relint.finding import Finding, Related, Report

OLD_FILE, NEW_FILE = "old.yaml", "example.yaml"
"""Names of the templates of an example; only those of rules about changes have an old one."""


def run_examples(files: Sequence[str], known: tuple[Rule, ...]) -> Iterator[tuple[Example, list[str]]]:
    """Yield every example in some rule files with its errors; raises RuleError for a rule file with a mistake.

    `known` are further rules, which examples may name in suppressions.
    """
    for rule in load_rule_files(files):
        for example in read_examples(rule.file):
            yield example, list(example_errors(rule, example, (rule, *known)))


def example_errors(rule: Rule, example: Example, all_rules: tuple[Rule, ...]) -> Iterator[str]:
    """Yield a sentence for each difference between what the rule reports and what the example states."""
    try:
        report = _run(rule, example, all_rules)
    except TemplateError as error:
        yield f"the example cannot be read: {error.message}"
        return
    yield from (failure.message for failure in report.failures)
    findings = [finding for finding in report.results if finding.rule.id == rule.id]
    if example.verdict == "pass":
        yield from (f"nothing was expected, but {_describe(finding)}" for finding in findings)
        return
    expected = [finding for finding in findings if finding.verdict == example.verdict]
    yield from (
        f"{example.verdict} was expected, but {_describe(finding)}" for finding in findings if finding not in expected
    )
    yield from _errors_of_expected(example, expected)


def _run(rule: Rule, example: Example, all_rules: tuple[Rule, ...]) -> Report:
    """Return the report on the template of an example; for a rule about changes, on the comparison of its templates."""
    from relint.discover.candidate import Candidate
    from relint.settings.lint_config import config_for_single_rule
    from relint.system import today

    config = config_for_single_rule(rule, all_rules, example.parameters, today(), example.thresholds)
    candidate = Candidate(NEW_FILE, example.template, is_explicit=True)
    if example.old is None:
        from relint.run.runner import RunOptions, run

        return run([candidate], lambda file: config, RunOptions(search_label=rule.file))
    from relint.run.comparison.compare_files import compare_files
    from relint.run.comparison.file_pairs import FilePair, FilePairs

    pair = FilePair(old=Candidate(OLD_FILE, example.old, is_explicit=True), new=candidate)
    if rule.scope == "recovery":
        from relint.run.comparison.compare_recovery import compare_recovery

        return compare_recovery(FilePairs([pair]), lambda file: config, rule.file).report
    return compare_files(FilePairs([pair]), lambda file: config, rule.file).report


def _errors_of_expected(example: Example, expected: list[Finding]) -> Iterator[str]:
    """Yield errors in the lines, levels, messages and related places of the findings with the expected verdict."""
    expected_lines = {OLD_FILE: example.old_lines, NEW_FILE: example.lines}
    has_lines = any(expected_lines.values())
    for file, marked_lines in expected_lines.items() if has_lines else ():
        reported_lines = tuple(sorted({finding.span.start.line for finding in expected if finding.file == file}))
        if reported_lines != marked_lines:
            of_old = " of the old template" if file == OLD_FILE else ""
            lines = f"{_format_lines(marked_lines)}{of_old}, but found on {_format_lines(reported_lines)}"
            yield f"{example.verdict} was expected on {lines}"
    if not (expected or has_lines):
        yield f"{example.verdict} was expected, but the rule found nothing"
    for finding in expected:
        if example.level and finding.level != example.level:
            yield f"level {example.level} was expected, but {_describe(finding)}"
    yield from _errors_of_texts(example, expected)


def _errors_of_texts(example: Example, expected: list[Finding]) -> Iterator[str]:
    """Yield errors in the messages and the related places, where the example states them."""
    messages = [finding.message for finding in expected]
    for message in example.messages:
        if message not in messages:
            yield f"the message was expected to be: {message} It is: {' '.join(messages)}"
    if example.related is not None:
        yield from _errors_of_related(example.related, [place for finding in expected for place in finding.related])


def _errors_of_related(expected: Mapping[int, str | None], places: list[Related]) -> Iterator[str]:
    lines = {place.span.start.line for place in places}
    if lines != expected.keys():
        difference = f"{_format_lines(sorted(expected))}, but found on {_format_lines(sorted(lines))}"
        yield f"related places were expected on {difference}"
    for place in places:
        sentence = expected.get(place.span.start.line)
        if sentence is not None and place.message != sentence:
            yield f"the related place was expected to say: {sentence} It says: {place.message}"


def _describe(finding: Finding) -> str:
    return f"line {finding.span.start.line} has {finding.verdict} ({finding.level}): {finding.message}"


def _format_lines(lines: Sequence[int]) -> str:
    return "no line" if not lines else f"line {', '.join(map(str, lines))}"
