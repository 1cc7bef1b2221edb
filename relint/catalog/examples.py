"""Examples in rule files: templates that a rule reports, accepts, or cannot decide."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import Any, NamedTuple
from relint.catalog.loader import read_rule_document
from relint.catalog.rule import SCOPES_OF_CHANGES
from relint.catalog.rule_fields import RuleFields
from relint.catalog.thresholds import THRESHOLDS
from relint.level import LEVELS

VERDICTS = ("fail", "review", "open", "pass")
EXAMPLE_KEYS = ("name", "template", "old", "new", "lines", "level", "message", "related", "parameters", "thresholds")
_TEMPLATE_KEYS = ("template", "old", "new")
LINE_MARKER = "# <- here"


class Example(NamedTuple):
    """One example: a template, and the lines (from 1) on which findings with this verdict are expected.

    An example of a rule about changes has the `old` template, too, with its own `old_lines`; `template` is the new one.

    `level` is the expected level, if the example states one. `messages` are sentences that the findings have, with the
    scenario or the reason. `related` are the lines of their related places, each with its sentence (None if any will
    do); None if the example states no places.
    `line` is the line of the rule file where it begins.
    """

    rule_id: str
    verdict: str
    name: str
    template: str
    lines: tuple[int, ...]
    level: str | None
    messages: tuple[str, ...]
    related: Mapping[int, str | None] | None
    parameters: Mapping[str, str]
    thresholds: Mapping[str, int]
    file: str
    line: int
    old: str | None = None
    old_lines: tuple[int, ...] = ()


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
    is_change = fields.values.get("scope") in SCOPES_OF_CHANGES
    keys = ("old", "new") if is_change else ("template",)
    if not isinstance(raw, dict) or "name" not in raw or not all(isinstance(raw.get(key), str) for key in keys):
        texts = "templates 'old' and 'new' (texts)" if is_change else "a template (a text)"
        raise fields.error_at(path, f"an example has a name and {texts}")
    example = RuleFields(fields.document, raw, path)
    example.reject_other_keys([key for key in EXAMPLE_KEYS if key in keys or key not in _TEMPLATE_KEYS], "an example")
    template = raw[keys[-1]]
    old = raw["old"] if is_change else None
    lines = _read_lines(example, "lines") if "lines" in raw else _marked_lines(template)
    old_lines = _marked_lines(old or "")
    if verdict in ("fail", "review") and not (lines or old_lines):
        raise fields.error_at(path, f"mark the line to be reported with '{LINE_MARKER}'")
    return Example(
        rule_id=str(fields.values.get("id")),
        verdict=verdict,
        name=str(raw["name"]),
        template=template,
        lines=lines,
        level=example.one_of("level", LEVELS) if "level" in raw else None,
        messages=example.texts("message"),
        related=_read_related(example) if "related" in raw else None,
        parameters={name: str(value) for name, value in example.mapping("parameters").items()},
        thresholds=_read_thresholds(example),
        file=fields.document.file,
        line=fields.document.span_of((*path, "name")).start.line,
        old=old,
        old_lines=old_lines,
    )


def _read_lines(example: RuleFields, key: str) -> tuple[int, ...]:
    lines = example.values[key]
    if not isinstance(lines, list) or not all(type(line) is int for line in lines):
        raise example.error_at((key,), f"'{key}' is a list of lines of the template, such as [3, 7]")
    return tuple(sorted(lines))


def _read_related(example: RuleFields) -> Mapping[int, str | None]:
    related = example.values["related"]
    if not isinstance(related, dict):
        return dict.fromkeys(_read_lines(example, "related"))
    for line, sentence in related.items():
        if not line.isdecimal() or not isinstance(sentence, str):
            raise example.error_at(("related",), "'related' is a list of lines, or a mapping of lines to sentences")
    return {int(line): sentence for line, sentence in related.items()}


def _read_thresholds(example: RuleFields) -> dict[str, int]:
    thresholds = example.mapping("thresholds")
    for name, value in thresholds.items():
        if name not in THRESHOLDS:
            message = f"there is no threshold '{name}'; known are {', '.join(THRESHOLDS)}"
            raise example.error_at(("thresholds", name), message)
        if type(value) is not int:
            raise example.error_at(("thresholds", name), f"'{name}' is a whole number")
    return thresholds


def _marked_lines(template: str) -> tuple[int, ...]:
    lines = enumerate(template.splitlines(), 1)
    return tuple(number for number, text in lines if text.rstrip().endswith(LINE_MARKER))
