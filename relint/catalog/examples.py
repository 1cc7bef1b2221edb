"""Examples in rule files: templates that a rule reports, accepts, or cannot decide."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import Any, NamedTuple
from relint.catalog.loader import read_rule_document
from relint.catalog.rule_fields import RuleFields

VERDICTS = ("fail", "review", "open", "pass")
LINE_MARKER = "# <- here"


class Example(NamedTuple):
    """One example: a template, and the lines (from 1) on which findings with this verdict are expected.

    `level` is the expected level, if the example states one. `line` is the line of the rule file where it begins.
    """

    rule_id: str
    verdict: str
    name: str
    template: str
    lines: tuple[int, ...]
    level: str | None
    parameters: Mapping[str, str]
    file: str
    line: int


def read_examples(file: str) -> list[Example]:
    """Return the examples in a rule file; raises RuleError for an example with a mistake."""
    document = read_rule_document(file)
    fields = RuleFields(document, document.data if isinstance(document.data, dict) else {})
    groups = fields.values.get("examples")
    if not isinstance(groups, dict):
        message = "'examples' is a mapping with fail and pass, and open where a value may be unknown"
        raise fields.error_at(("examples",), message)
    for verdict in groups:
        if verdict not in VERDICTS:
            message = f"'{verdict}' is no kind of example; known are {', '.join(VERDICTS)}"
            raise fields.error_at(("examples", verdict), message)
    return [
        _read_example(fields, verdict, index, raw)
        for verdict in VERDICTS
        for index, raw in enumerate(groups.get(verdict) or ())
    ]


def _read_example(fields: RuleFields, verdict: str, index: int, raw: Any) -> Example:
    path = ("examples", verdict, index)
    if not isinstance(raw, dict) or not isinstance(raw.get("template"), str) or "name" not in raw:
        raise fields.error_at(path, "an example has a name and a template (a text)")
    lines = tuple(raw.get("lines", _marked_lines(raw["template"])))
    if verdict in ("fail", "review") and not lines:
        raise fields.error_at(path, f"mark the line to be reported with '{LINE_MARKER}'")
    return Example(
        rule_id=str(fields.values.get("id")),
        verdict=verdict,
        name=str(raw["name"]),
        template=raw["template"],
        lines=lines,
        level=raw.get("level"),
        parameters={name: str(value) for name, value in (raw.get("parameters") or {}).items()},
        file=fields.document.file,
        line=fields.document.span_of((*path, "name")).start.line,
    )


def _marked_lines(template: str) -> list[int]:
    return [number for number, text in enumerate(template.splitlines(), 1) if text.rstrip().endswith(LINE_MARKER)]
