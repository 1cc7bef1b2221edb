"""Parser of rule files: checks a file and compiles its clauses. Imported only when rules are compiled."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any
from relint.catalog.clause_compiler import ClauseCompiler
from relint.catalog.message_template import is_placeholder
from relint.catalog.rule import Body, Case, Rule
from relint.catalog.rule_edits import read_edits
from relint.catalog.rule_fields import RuleFields
from relint.catalog.rule_sets import is_release
from relint.catalog.rule_table import RowExpander, read_rows, resource_types
from relint.catalog.thresholds import THRESHOLDS, thresholds_used
from relint.catalog.update_effects import read_update_effects
from relint.catalog.well_architected import PILLAR
from relint.errors import RuleError

if TYPE_CHECKING:
    from relint.catalog.rule import Deployments, Priority, Scope
    from relint.catalog.rule_fields import RulePath
    from relint.level import Level
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
    "update",
    "edits",
    "equivalent",
    "since",
    "preview",
    "aliases",
}
CASE_KEYS = {"resources", "when", "assert", "check", "params", "level", "message"}
ID = re.compile(r"[A-Z][A-Z0-9]{1,7}-\d{3}")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_LEVELS: tuple[Level, ...] = ("error", "warning", "note")
_PRIORITIES: tuple[Priority, ...] = ("P1", "P2", "P3")
_SCOPES: tuple[Scope, ...] = ("resource", "template", "document", "suppression", "change", "comparison", "recovery")
_DEPLOYMENTS: tuple[Deployments, ...] = ("all", "assumed")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


def read_rule(document: Document) -> Rule:
    """Return the rule in a rule file; raises RuleError with file, line and remedy."""
    fields = _read_fields(document)
    rows = read_rows(fields)
    if rows:
        fields.values = {"resources": [name for row in rows for name in resource_types(row)], **fields.values}
    for key in REQUIRED:
        if key not in fields.values:
            raise fields.error_at((), f"the rule has no '{key}'")
    messages = _read_messages(fields)
    cases = _read_cases(fields, rows, ClauseCompiler(fields.error_at, messages))
    for message_id, text in messages.items():
        _check_message(fields, text, ("messages", message_id) if "messages" in fields.values else ("message",))
    return _build_rule(fields, cases, messages)


def _read_fields(document: Document) -> RuleFields:
    if not isinstance(document.data, dict):
        raise RuleError("a rule file is a mapping with id, name, title and so on", document.file)
    for duplicate in document.duplicates:
        raise RuleError(f"'{duplicate.key}' stands twice; remove one", document.file, duplicate.second)
    fields = RuleFields(document, document.data)
    fields.reject_other_keys(RULE_KEYS, "a rule")
    return fields


def _build_rule(fields: RuleFields, cases: tuple[Case, ...], messages: dict[str, str]) -> Rule:
    resources = fields.texts("resources")
    thresholds = thresholds_used([case[1:] for case in cases])
    for name in sorted(thresholds - THRESHOLDS.keys()):
        raise fields.error_at((), f"there is no threshold '{name}'; known are {', '.join(THRESHOLDS)}")
    return Rule(
        id=fields.text_like("id", ID, "capital letters, a hyphen and three digits, such as RDS-701"),
        name=fields.text_like("name", NAME, "lower case words with hyphens, such as rds-multi-az"),
        title=fields.text("title"),
        level=fields.one_of("severity", _LEVELS),
        priority=fields.one_of("priority", _PRIORITIES, default="P1"),
        pillar=_read_pillar(fields),
        resources=resources,
        file=fields.document.file,
        body=Body(
            cases=cases,
            messages=messages,
            rationale=fields.text("rationale"),
            fix=fields.text("fix"),
            references=_read_references(fields),
            equivalents={
                tool: fields.texts(tool, parent="equivalents") for tool in fields.values.get("equivalents") or {}
            },
            update=read_update_effects(fields),
            edits=read_edits(fields, messages),
        ),
        deployments=fields.one_of("deployments", _DEPLOYMENTS, default="all"),
        mentions=fields.texts("mentions"),
        attributes=fields.texts("attributes"),
        yields_to=fields.texts("yields_to"),
        thresholds=tuple(sorted(thresholds)),
        scope=fields.one_of("scope", _SCOPES, default="resource"),
        since=_read_since(fields),
        preview=_read_preview(fields),
        aliases=_read_aliases(fields),
    )


def _read_cases(fields: RuleFields, rows: list[dict[str, Any]], compiler: ClauseCompiler) -> tuple[Case, ...]:
    """Return the cases of the rule file; with a table, those for each row."""
    raw_cases, shared_when = _raw_cases(fields)
    if not rows:
        return tuple(_read_case(fields, compiler, raw, shared_when, path) for raw, path in raw_cases)
    cases: list[Case] = []
    for row in rows:
        expander = RowExpander(fields, row, rows)
        for raw, path in raw_cases:
            expanded, expanded_when = expander.expand([raw, shared_when], path)
            case = _read_case(fields, compiler, expanded, expanded_when, path)
            cases.append(case._replace(resources=tuple(resource_types(row))))
    return tuple(cases)


def _raw_cases(fields: RuleFields) -> tuple[list[tuple[Any, RulePath]], Any]:
    """Return the cases with their paths, and the `when` that applies to all of them."""
    raw = fields.values
    single_case = {key: raw[key] for key in ("when", "assert", "check", "params") if key in raw}
    if "cases" not in raw:
        return [(single_case, ())], []
    for key in single_case.keys() - {"when"}:
        raise fields.error_at((key,), f"'{key}' belongs into one of the cases")
    if not isinstance(raw["cases"], list) or not raw["cases"]:
        raise fields.error_at(("cases",), "'cases' is a list of mappings with when and assert")
    return [(case, ("cases", index)) for index, case in enumerate(raw["cases"])], raw.get("when", [])


def _read_case(fields: RuleFields, compiler: ClauseCompiler, raw: Any, shared_when: Any, path: RulePath) -> Case:
    if not isinstance(raw, dict):
        raise fields.error_at(path, "a case is a mapping with when and assert")
    RuleFields(fields.document, raw, path).reject_other_keys(CASE_KEYS, "a case")
    if "assert" not in raw and "check" not in raw:
        message = "nothing is asserted: add 'assert' (clauses) or 'check' (the name of a coded check)"
        raise fields.error_at(path, message)
    level = raw.get("level")
    if level is not None and level not in _LEVELS:
        raise fields.error_at((*path, "level"), "'level' must be error, warning or note")
    check = raw.get("check")
    if check is not None and not isinstance(check, str):
        raise fields.error_at((*path, "check"), "'check' is the name of a file in relint/checks")
    resources = raw.get("resources", [])
    params = raw.get("params", {})
    if not isinstance(params, dict):
        raise fields.error_at((*path, "params"), "'params' is a mapping of arguments for the check")
    when = compiler.compile_clauses(raw.get("when", []), (*path, "when"))
    case = Case(
        resources=tuple(resources if isinstance(resources, list) else [resources]),
        asserts=tuple(compiler.compile_clauses(raw.get("assert", []), (*path, "assert"))),
        check=check,
        params={name: compiler.compile_argument(value, (*path, "params", name)) for name, value in params.items()},
        level=level,
        message=compiler.add_message(raw["message"], (*path, "message")) if "message" in raw and path else "default",
    )
    return case._replace(when=(*compiler.compile_clauses(shared_when, ("when",)), *when))


def _read_messages(fields: RuleFields) -> dict[str, str]:
    raw = fields.values.get("messages")
    messages = dict(raw) if isinstance(raw, dict) else {}
    if "message" in fields.values:
        messages["default"] = fields.text("message")
    if "default" not in messages:
        raise fields.error_at((), "the rule has no 'message' (or 'messages' without 'default')")
    return messages


def _check_message(fields: RuleFields, text: Any, path: RulePath) -> None:
    if not isinstance(text, str) or not text.rstrip().endswith("."):
        raise fields.error_at(path, f"a message is a sentence that ends with a period: {text!r}")
    for match in _PLACEHOLDER.finditer(text):
        if not is_placeholder(match[0]):
            raise fields.error_at(path, f"placeholder {match[0]} must be lower case letters, such as {{resource}}")
        is_opened, is_closed = text[: match.start()].endswith("'"), text[match.end() :].startswith("'")
        if is_opened != is_closed:
            raise fields.error_at(path, f"put {match[0]} between single quotes if it is a name, else between none")


def _read_since(fields: RuleFields) -> str:
    if "since" not in fields.values:
        return ""
    since = fields.values["since"]
    if not isinstance(since, str) or not is_release(since):
        raise fields.error_at(("since",), "'since' is a release in quotes, such as \"2026.1\"")
    return since


def _read_preview(fields: RuleFields) -> bool:
    preview = fields.values.get("preview", False)
    if not isinstance(preview, bool):
        raise fields.error_at(("preview",), "'preview' is true or false")
    return preview


def _read_aliases(fields: RuleFields) -> tuple[str, ...]:
    aliases = fields.texts("aliases")
    for alias in aliases:
        if not (ID.fullmatch(alias) or NAME.fullmatch(alias)):
            raise fields.error_at(("aliases",), f"'{alias}' is neither an id, such as RDS-701, nor a name")
    return aliases


def _read_pillar(fields: RuleFields) -> tuple[str, ...]:
    best_practices = fields.texts("pillar")
    for best_practice in best_practices:
        if best_practice not in PILLAR:
            message = f"'{best_practice}' is no best practice of the Reliability pillar, such as REL10-BP01"
            raise fields.error_at(("pillar",), message)
    return best_practices


def _read_references(fields: RuleFields) -> tuple[str, ...]:
    urls = fields.texts("references")
    for url in urls:
        if not url.startswith("https://"):
            raise fields.error_at(("references",), f"reference '{url}' must begin with https://")
    return urls
