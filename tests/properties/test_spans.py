"""Findings point to the text that their messages quote."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import relint
from relint.catalog.message_template import OPEN, SCENARIO, find_placeholders
from relint.evaluate.descriptions import format_value, to_single_line
from relint.finding import Finding, Report
from relint.source.document import Document
from relint.source.location import Span
from relint.source.read import read_document
from tests.properties.strategies import TEMPLATES, examples
from tests.properties.template_text import as_json, as_yaml
from tests.properties.vocabulary import vocabulary

WRITERS = st.sampled_from([(as_json, "a.json"), (as_yaml, "a.yaml")])


def text_at(text: str, span: Span) -> str:
    """Return the text between two positions. A line ends with LF, CR LF or CR, and not as in `str.splitlines`."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    assert 1 <= span.start.line <= span.end.line <= len(lines)
    if span.start.line == span.end.line:
        assert 1 <= span.start.column <= span.end.column <= len(lines[span.start.line - 1]) + 1
        return lines[span.start.line - 1][span.start.column - 1 : span.end.column - 1]
    inner = lines[span.start.line : span.end.line - 1]
    first, last = lines[span.start.line - 1], lines[span.end.line - 1]
    return "".join([first[span.start.column - 1 :], *inner, last[: span.end.column - 1]])


def written_at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def quoted_facts(finding: Finding) -> dict[str, str]:
    """Return the value of each placeholder in a message."""
    text = OPEN if finding.message_id == "open" else finding.rule.messages[finding.message_id.removesuffix("-when")]
    if finding.message_id.endswith("-when"):
        text += SCENARIO
    return dict(zip(find_placeholders(text), finding.arguments, strict=True))


def examine(document: Document, report: Report) -> None:
    """Fails where a finding points elsewhere than to what it quotes."""
    text = document.text
    for finding in report.results:
        where = text_at(text, finding.span)
        value = written_at(document.data, finding.path)
        facts = quoted_facts(finding)
        assert finding.span == document.span_of(finding.path)
        if finding.path and isinstance(finding.path[-1], str):
            assert where.startswith(text_at(text, document.key_span(finding.path))), "it begins with the key"
        if finding.path[:1] == ("Resources",) and len(finding.path) > 1:
            owner = document.key_span(finding.path[:2])
            block = document.value_span(finding.path[:2])
            assert owner.start <= finding.span.start <= finding.span.end <= max(block.end, owner.end)
        if not isinstance(value, dict | list) and facts.get("value") == format_value(value) and "\n" not in where:
            assert to_single_line(where).endswith(to_single_line(text_at(text, document.value_span(finding.path)))), (
                "it ends with the value"
            )
        if isinstance(value, dict) and not (facts.get("value", "") in repr(finding.rule.cases) or is_function(value)):
            assert facts["value"] not in map(format_value, value.values()), (
                "it points to the value, not to what holds it"
            )
        for related in finding.related:
            assert related.span == document.span_of(related.path)
            text_at(text, related.span)


def is_function(value: dict[str, Any]) -> bool:
    """Whether a mapping is a function, whose argument is no member."""
    return any(key == "Ref" or key.startswith("Fn::") for key in value)


def test_findings_of_rule_examples_are_at_the_quoted_text() -> None:
    for template in vocabulary().templates[::20]:
        text = as_yaml(template)
        examine(read_document(text, "a.yaml"), relint.check_text(text, "a.yaml", ruleset="all"))


@examples(0.6)
@given(TEMPLATES, WRITERS)
def test_finding_is_at_the_quoted_text(template: Any, writer: Any) -> None:
    """The span is the key, with the value where it fits on the line, of the very place that the finding names.

    It lies within the resource whose logical id the message quotes, and holds the value that the message quotes.
    """
    write, file = writer
    text = write(template)
    report = relint.check_text(text, file, ruleset="all", allow_empty=True)
    if report.results:
        examine(read_document(text, file), report)
