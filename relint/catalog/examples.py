"""The examples of a rule file: what it reports, what it accepts, and what it cannot tell."""

from __future__ import annotations

from collections.abc import Mapping

from relint._named_tuple import NamedTuple
from relint.catalog.loader import read_rule_document
from relint.errors import RuleError

VERDICTS = ("fail", "review", "open", "pass")
LINE_MARKER = "# <- here"


class Example(NamedTuple):
    """One example of a rule file: a template, and the lines (from 1) on which a finding of this kind is expected.

    `level` is the expected level where the example states one; `line` is the line of the rule file where it begins.
    """

    rule: str
    verdict: str
    name: str
    template: str
    lines: tuple[int, ...]
    level: str | None
    parameters: Mapping[str, str]
    file: str
    line: int


def read_examples(file: str) -> list[Example]:
    """The examples of a rule file; raises RuleError when they are not as they must be."""
    document = read_rule_document(file)
    groups = document.data.get("examples") if isinstance(document.data, dict) else None

    def fail(message: str, *path: str | int) -> RuleError:
        return RuleError(message, file, document.span_of(("examples", *path)))

    if not isinstance(groups, dict):
        raise fail("'examples' is a mapping with fail and pass, and open where a value may be unknown")
    for kind in groups:
        if kind not in VERDICTS:
            raise fail(f"'{kind}' is no kind of example; known are {', '.join(VERDICTS)}", kind)
    found = []
    for kind in VERDICTS:
        for index, raw in enumerate(groups.get(kind) or ()):
            if not isinstance(raw, dict) or not isinstance(raw.get("template"), str) or "name" not in raw:
                raise fail("an example has a name and a template (a text)", kind, index)
            lines = tuple(
                number
                for number, text in enumerate(raw["template"].splitlines(), 1)
                if text.rstrip().endswith(LINE_MARKER)
            )
            lines = tuple(raw.get("lines", lines))
            if kind in ("fail", "review") and not lines:
                raise fail(f"mark the line to be reported with '{LINE_MARKER}'", kind, index)
            parameters = {name: str(value) for name, value in (raw.get("parameters") or {}).items()}
            line = document.span_of(("examples", kind, index, "name")).start.line
            found.append(
                Example(
                    str(document.data.get("id")),
                    kind,
                    str(raw["name"]),
                    raw["template"],
                    lines,
                    raw.get("level"),
                    parameters,
                    file,
                    line,
                )
            )
    return found


def _marked_lines(template: str) -> list[int]:
    return [number for number, text in enumerate(template.splitlines(), 1) if text.rstrip().endswith(LINE_MARKER)]
