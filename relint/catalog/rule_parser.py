"""One rule file, checked and compiled. Imported only when rules are compiled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from relint.catalog.clause_compiler import ClauseCompiler, Where
from relint.catalog.rule import Body, Case, Rule
from relint.catalog.rule_table import filled, rows_of, types_of
from relint.catalog.thresholds import THRESHOLDS, thresholds_used
from relint.catalog.well_architected import PILLAR
from relint.errors import RuleError

if TYPE_CHECKING:
    from relint.source.document import Document

REQUIRED = ("id", "name", "title", "severity", "pillar", "resources", "rationale", "fix", "references", "examples")
RULE_KEYS = {
    *REQUIRED,
    "priority",
    "scope",
    "attributes",
    "mentions",
    "deployments",
    "table",
    "when",
    "assert",
    "check",
    "params",
    "cases",
    "message",
    "messages",
    "equivalents",
    "yields_to",
}
CASE_KEYS = {"resources", "when", "assert", "check", "params", "level", "message"}
ID = re.compile(r"[A-Z][A-Z0-9]{1,7}-\d{3}")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


def read_rule(document: Document) -> Rule:
    """The rule of a rule file; raises RuleError with file, line and remedy."""
    raw = document.data

    def fail(message: str, path: Where) -> RuleError:
        return RuleError(message, document.file, document.span_of(path))

    if not isinstance(raw, dict):
        raise RuleError("a rule file is a mapping with id, name, title and so on", document.file)
    for duplicate in document.duplicates:
        raise RuleError(f"'{duplicate.key}' stands twice; remove one", document.file, duplicate.second)
    for key in raw:
        if key not in RULE_KEYS:
            raise fail(f"'{key}' is no part of a rule; known are {', '.join(sorted(RULE_KEYS))}", (key,))
    rows = rows_of(raw, fail)
    if rows:
        raw = {"resources": [kind for row in rows for kind in types_of(row)], **raw}
    for key in REQUIRED:
        if key not in raw:
            raise fail(f"the rule has no '{key}'", ())
    messages = _messages(raw, fail)
    compiler = ClauseCompiler(fail, messages)
    cases = _cases(raw, rows, compiler, fail)
    for key, text in messages.items():
        _check_message(text, fail, ("messages", key) if "messages" in raw else ("message",))
    resources = tuple(_strings(raw, "resources", fail))
    thresholds = thresholds_used([case[1:] for case in cases])
    for name in sorted(thresholds - THRESHOLDS.keys()):
        raise fail(f"there is no threshold '{name}'; known are {', '.join(THRESHOLDS)}", ())
    return Rule(
        id=_matching(raw, "id", ID, "capital letters, a hyphen and three digits, such as RDS-701", fail),
        name=_matching(raw, "name", NAME, "lower case words with hyphens, such as rds-multi-az", fail),
        title=_string(raw, "title", fail),
        level=_one_of(raw, "severity", ("error", "warning", "note"), fail),
        priority=_one_of(raw, "priority", ("P1", "P2", "P3"), fail) if "priority" in raw else "P1",
        pillar=tuple(_pillar(raw, fail)),
        resources=resources,
        file=document.file,
        body=Body(
            cases=cases,
            messages=messages,
            rationale=_string(raw, "rationale", fail),
            fix=_string(raw, "fix", fail),
            references=tuple(_references(raw, fail)),
            equivalents={
                tool: tuple(_strings(raw["equivalents"], tool, fail, ("equivalents",)))
                for tool in raw.get("equivalents") or {}
            },
        ),
        deployments=_one_of(raw, "deployments", ("all", "assumed"), fail) if "deployments" in raw else "all",
        mentions=tuple(_strings(raw, "mentions", fail)) if "mentions" in raw else (),
        attributes=tuple(_strings(raw, "attributes", fail)) if "attributes" in raw else (),
        yields_to=tuple(_strings(raw, "yields_to", fail)) if "yields_to" in raw else (),
        thresholds=tuple(sorted(thresholds)),
        scope=_one_of(raw, "scope", ("resource", "template", "suppression"), fail) if "scope" in raw else "resource",
    )


def _cases(raw: dict[str, Any], rows: list[dict[str, Any]], compiler: ClauseCompiler, fail: Any) -> tuple[Case, ...]:
    """The cases as written, or those of each row of the table."""
    single = {key: raw[key] for key in ("when", "assert", "check", "params") if key in raw}
    if "cases" not in raw:
        written: list[tuple[Any, Where]] = [(single, ())]
        shared: list[Any] = []
    else:
        for key in single.keys() - {"when"}:
            raise fail(f"'{key}' belongs into one of the cases", (key,))
        if not isinstance(raw["cases"], list) or not raw["cases"]:
            raise fail("'cases' is a list of mappings with when and assert", ("cases",))
        written = [(case, ("cases", index)) for index, case in enumerate(raw["cases"])]
        shared = raw.get("when", [])
    found: list[Case] = []
    for row in rows or (None,):
        for case, place in written:
            own, common = [case, shared] if row is None else filled([case, shared], row, rows, fail, place)
            read = _case(own, compiler, place, fail)
            kinds = read.resources if row is None else tuple(types_of(row))
            found.append(read._replace(resources=kinds, when=(*compiler.clauses(common, ("when",)), *read.when)))
    return tuple(found)


def _case(raw: Any, compiler: ClauseCompiler, place: Where, fail: Any) -> Case:
    if not isinstance(raw, dict):
        raise fail("a case is a mapping with when and assert", place)
    for key in raw:
        if key not in CASE_KEYS:
            raise fail(f"'{key}' is no part of a case; known are {', '.join(sorted(CASE_KEYS))}", (*place, key))
    if "assert" not in raw and "check" not in raw:
        raise fail("nothing is asserted: add 'assert' (clauses) or 'check' (the name of a coded check)", place)
    level = raw.get("level")
    if level not in (None, "error", "warning", "note"):
        raise fail("'level' must be error, warning or note", (*place, "level"))
    check = raw.get("check")
    if check is not None and not isinstance(check, str):
        raise fail("'check' is the name of a file in relint/checks", (*place, "check"))
    resources = raw.get("resources", [])
    params = raw.get("params", {})
    if not isinstance(params, dict):
        raise fail("'params' is a mapping of arguments for the check", (*place, "params"))
    return Case(
        resources=tuple(resources if isinstance(resources, list) else [resources]),
        when=tuple(compiler.clauses(raw.get("when", []), (*place, "when"))),
        asserts=tuple(compiler.clauses(raw.get("assert", []), (*place, "assert"))),
        check=check,
        params={name: compiler.argument(value, (*place, "params", name)) for name, value in params.items()},
        level=level,
        message=compiler.message(raw["message"], (*place, "message")) if "message" in raw and place else "default",
    )


def _messages(raw: dict[str, Any], fail: Any) -> dict[str, str]:
    messages = dict(raw["messages"]) if isinstance(raw.get("messages"), dict) else {}
    if "message" in raw:
        messages["default"] = _string(raw, "message", fail)
    if "default" not in messages:
        raise fail("the rule has no 'message' (or 'messages' without 'default')", ())
    return messages


def _check_message(text: Any, fail: Any, place: Where) -> None:
    if not isinstance(text, str) or not text.rstrip().endswith("."):
        raise fail(f"a message is a sentence that ends with a period: {text!r}", place)
    for match in _PLACEHOLDER.finditer(text):
        if not re.fullmatch(r"\{[a-z_]+\}", match[0]):
            raise fail(f"placeholder {match[0]} must be lower case letters, such as {{resource}}", place)
        if text[match.start() - 1 : match.start()] != "'" or text[match.end() : match.end() + 1] != "'":
            raise fail(f"put {match[0]} between single quotes, as SARIF wants it", place)


def _pillar(raw: dict[str, Any], fail: Any) -> list[str]:
    ids = _strings(raw, "pillar", fail)
    for best_practice in ids:
        if best_practice not in PILLAR:
            raise fail(
                f"'{best_practice}' is no best practice of the Reliability pillar, such as REL10-BP01", ("pillar",)
            )
    return ids


def _references(raw: dict[str, Any], fail: Any) -> list[str]:
    urls = _strings(raw, "references", fail)
    for url in urls:
        if not url.startswith("https://"):
            raise fail(f"reference '{url}' must begin with https://", ("references",))
    return urls


def _strings(raw: dict[str, Any], key: str, fail: Any, place: Where = ()) -> list[str]:
    value = raw[key]
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(item, str) for item in items):
        raise fail(f"'{key}' is a text or a list of texts", (*place, key))
    return list(items)


def _string(raw: dict[str, Any], key: str, fail: Any) -> str:
    if not isinstance(raw[key], str) or not raw[key].strip():
        raise fail(f"'{key}' is a text", (key,))
    return str(raw[key]).strip()


def _matching(raw: dict[str, Any], key: str, pattern: re.Pattern[str], shape: str, fail: Any) -> str:
    value = _string(raw, key, fail)
    if not pattern.fullmatch(value):
        raise fail(f"'{key}' is {shape}, not '{value}'", (key,))
    return value


def _one_of(raw: dict[str, Any], key: str, options: tuple[str, ...], fail: Any) -> Any:
    if raw[key] not in options:
        raise fail(f"'{key}' is one of {', '.join(options)}, not '{raw[key]}'", (key,))
    return raw[key]
