"""Compiler of the clauses in a rule file: checks them, and returns the data that `relint.evaluate` reads.

A clause is one of
  {path: $.A.B, default: ..., <test>: operand}                 values of the resource
  {zones: $.A.B, <test>: operand}                              the number of Availability Zones that a list spans
  {fact: name, with: {...}, <test>: operand}                   a value that `relint/checks/<name>.py` computes
  {count: $.A[*] or {related: ...}, where: [...], <test>: n}   the number of items or resources
  {every | some | none: <same>, where: [...], satisfy: [...]}  clauses that items or resources satisfy
  {related: {type: T, by: $.A}}                                another resource refers to this one from A
  {related: {type: T, through: $.A}}                           this resource refers to another one from A
  {all | any | not: clauses}, {if: clauses, then: clauses, else: clauses}
  {unknown: "why"}                                             a question that a template cannot answer
An operand may be {threshold: name}, a number that a team may set (`catalog.thresholds`).
Each clause may have `level`, `message` and `at` (the path that a finding points to).
"""

from __future__ import annotations

from collections.abc import Callable

from relint._typing import TYPE_CHECKING, Any, Literal
from relint.catalog.jsonpath import parse_path
from relint.catalog.regex_cost import PatternError, max_safe_length
from relint.errors import RuleError
from relint.level import LEVELS

if TYPE_CHECKING:
    from relint.catalog.clause import (
        Clause,
        CountClause,
        FactClause,
        FactOperand,
        IfClause,
        Operand,
        PathClause,
        PathOperand,
        QuantifierClause,
        RelatedClause,
        RelatedSource,
        Source,
        Steps,
        UnknownClause,
        ValueTest,
        ZonesClause,
    )
    from relint.catalog.rule_fields import RulePath

_PATTERN_TESTS = ("matches", "reserved")
TESTS = ("exists", "known", "equals", "in", *_PATTERN_TESTS, "min", "max", "above", "below", "contains", "distinct")
_OPTIONS = {"level", "message", "at"}
_LOGIC: tuple[Literal["all", "any", "not"], ...] = ("all", "any", "not")
_QUANTIFIERS: tuple[Literal["every", "some", "none"], ...] = ("every", "some", "none")


class ClauseCompiler:
    """Compiles the clauses of one rule file.

    `error_at(path, message)` returns a RuleError that points to a line of the rule file. Messages in clauses are added
    to `messages` under generated ids.
    """

    def __init__(self, error_at: Callable[[RulePath, str], RuleError], messages: dict[str, str]) -> None:
        self._error_at = error_at
        self._messages = messages

    def compile_clauses(self, raw: Any, path: RulePath) -> list[Clause]:
        """Return the compiled clauses in a list, or the one clause that stands alone."""
        if not isinstance(raw, list):
            return [self._compile_clause(raw, path)]
        return [self._compile_clause(item, (*path, index)) for index, item in enumerate(raw)]

    def add_message(self, text: Any, path: RulePath) -> str:
        """Return the id of a message, adding the message if it is new; a text that is an id is returned as it is."""
        if not isinstance(text, str):
            raise self._error_at(path, "a message is a sentence")
        if text in self._messages:
            return text
        if " " not in text:
            raise self._error_at(path, f"there is no message '{text}'; 'messages' has {', '.join(self._messages)}")
        for message_id, message in self._messages.items():
            if message == text:
                return message_id
        message_id = f"case-{len(self._messages)}"
        self._messages[message_id] = text
        return message_id

    def compile_argument(self, raw: Any, path: RulePath) -> Operand:
        """Return an argument of a coded check or fact: an operand, in which each path is a tuple of its steps."""
        if isinstance(raw, str) and raw.startswith("$."):
            return tuple(self._parse_path(raw, path))
        if isinstance(raw, dict) and raw.keys().isdisjoint(("path", "fact", "threshold")):
            return {key: self.compile_argument(value, (*path, key)) for key, value in raw.items()}
        if isinstance(raw, list):
            return [self.compile_argument(item, (*path, index)) for index, item in enumerate(raw)]
        return self._compile_operand(raw, path)

    def _compile_clause(self, raw: Any, path: RulePath) -> Clause:
        if not isinstance(raw, dict):
            raise self._error_at(path, "a clause is a mapping such as {path: $.Properties.MultiAZ, equals: true}")
        clause = self._compile_operator(raw, path)
        if "level" in raw:
            if raw["level"] not in LEVELS:
                raise self._error_at((*path, "level"), "'level' must be error, warning or note")
            clause["level"] = raw["level"]
        if "message" in raw:
            clause["message"] = self.add_message(raw["message"], (*path, "message"))
        if "at" in raw:
            clause["at"] = self._parse_path(raw["at"], (*path, "at"))
        return clause

    def _compile_operator(self, raw: dict[str, Any], path: RulePath) -> Clause:
        for operator in _LOGIC:
            if operator in raw:
                self._reject_other_keys(raw, {operator}, path)
                return {"op": operator, "clauses": self.compile_clauses(raw[operator], (*path, operator))}
        if "unknown" in raw:
            self._reject_other_keys(raw, {"unknown"}, path)
            unknown: UnknownClause = {"op": "unknown", "reason": str(raw["unknown"])}
            return unknown
        if "if" in raw:
            return self._compile_if(raw, path)
        for quantifier in _QUANTIFIERS:
            if quantifier in raw:
                return self._compile_quantifier(raw, quantifier, path)
        if "count" in raw:
            return self._compile_count(raw, path)
        if "path" in raw:
            return self._compile_path(raw, path)
        if "zones" in raw:
            return self._compile_zones(raw, path)
        if "fact" in raw:
            return self._compile_fact(raw, path)
        if "related" in raw:
            return self._compile_related(raw, path)
        raise self._error_at(
            path, "a clause needs path, zones, fact, count, every, some, none, related, all, any, not, if or unknown"
        )

    def _compile_if(self, raw: dict[str, Any], path: RulePath) -> IfClause:
        self._reject_other_keys(raw, {"if", "then", "else"}, path)
        return {
            "op": "if",
            "when": self.compile_clauses(raw["if"], (*path, "if")),
            "then": self.compile_clauses(raw.get("then", []), (*path, "then")),
            "otherwise": self.compile_clauses(raw.get("else", []), (*path, "else")),
        }

    def _compile_quantifier(
        self, raw: dict[str, Any], quantifier: Literal["every", "some", "none"], path: RulePath
    ) -> QuantifierClause:
        source = self._compile_source(raw[quantifier], (*path, quantifier))
        where = self.compile_clauses(raw.get("where", []), (*path, "where"))
        self._reject_other_keys(raw, {quantifier, "where", "satisfy"}, path)
        clauses = self.compile_clauses(raw.get("satisfy", []), (*path, "satisfy"))
        return {"op": quantifier, "source": source, "where": where, "clauses": clauses}

    def _compile_count(self, raw: dict[str, Any], path: RulePath) -> CountClause:
        source = self._compile_source(raw["count"], (*path, "count"))
        where = self.compile_clauses(raw.get("where", []), (*path, "where"))
        return {"op": "count", "source": source, "where": where, **self._compile_test(raw, {"count", "where"}, path)}

    def _compile_path(self, raw: dict[str, Any], path: RulePath) -> PathClause:
        steps = self._parse_path(raw["path"], (*path, "path"))
        return {"op": "path", "path": steps, **self._compile_test_with_default(raw, "path", path)}

    def _compile_zones(self, raw: dict[str, Any], path: RulePath) -> ZonesClause:
        zones = raw["zones"] if isinstance(raw["zones"], list) else [raw["zones"]]
        sources = [self._compile_source(item, (*path, "zones")) for item in zones]
        return {"op": "zones", "sources": sources, **self._compile_test_with_default(raw, "zones", path)}

    def _compile_fact(self, raw: dict[str, Any], path: RulePath) -> FactClause:
        fact = self._compile_fact_operand(raw, path)
        return {"op": "fact", **fact, **self._compile_test_with_default(raw, "fact", path)}

    def _compile_related(self, raw: dict[str, Any], path: RulePath) -> RelatedClause:
        test: ValueTest = {"test": "exists", "value": True}
        if _tests_in(raw):
            test = self._compile_test(raw, {"related"}, path)
        self._reject_other_keys(raw, {"related", *_tests_in(raw)}, path)
        return {"op": "related", "source": self._compile_related_source({"related": raw["related"]}, path), **test}

    def _compile_source(self, raw: Any, path: RulePath) -> Source:
        """Return the members of a quantifier: the values at a path, or related resources."""
        if isinstance(raw, str):
            return {"path": self._parse_path(raw, path)}
        return self._compile_related_source(raw, path)

    def _compile_related_source(self, raw: Any, path: RulePath) -> RelatedSource:
        if not isinstance(raw, dict) or not isinstance(raw.get("related"), dict):
            raise self._error_at(path, "give a path, or {related: {type: ..., by: ...}}")
        related = raw["related"]
        if unknown := set(related) - {"type", "by", "through"}:
            message = f"'related' has no '{min(unknown)}': it takes type, by, through"
            raise self._error_at((*path, "related"), message)
        types = related.get("type", [])
        direction: Literal["through", "by"] = "through" if "through" in related else "by"
        if "[?" in str(related.get(direction)):
            raise self._error_at((*path, "related", direction), "'related' cannot filter; use [*]")
        source: RelatedSource = {"types": types if isinstance(types, list) else [types]}
        source[direction] = (
            self._parse_path(related[direction], (*path, "related", direction)) if direction in related else []
        )
        if "path" in raw:
            source["path"] = self._parse_path(raw["path"], (*path, "path"))
        return source

    def _compile_test_with_default(self, raw: dict[str, Any], operator: str, path: RulePath) -> ValueTest:
        if "default" not in raw:
            return self._compile_test(raw, {operator, "default", "with"}, path)
        default = self._compile_default(raw["default"], (*path, "default"))
        test = self._compile_test(raw, {operator, "default", "with"}, path)
        test["default"] = default
        return test

    def _compile_test(self, raw: dict[str, Any], other_keys: set[str], path: RulePath) -> ValueTest:
        """Return the test of a clause; raises RuleError for a second test and for keys besides `other_keys`."""
        tests = _tests_in(raw)
        self._reject_other_keys(raw, other_keys | set(tests[:1]), path)
        if not tests:
            raise self._error_at(path, f"the clause says no test: add one of {', '.join(TESTS)}, or not_ before it")
        key = tests[0]
        name = key.removeprefix("not_")
        value = self._compile_operand(raw[key], (*path, key))
        if name in _PATTERN_TESTS:
            try:
                value = (value, max_safe_length(value))
            except PatternError as error:
                raise self._error_at((*path, key), f"the pattern '{value}' cannot be used: {error}") from error
        test: ValueTest = {"test": name, "value": value}
        if key != name:
            test["negate"] = True
        return test

    def _compile_default(self, raw: Any, path: RulePath) -> Operand:
        if not isinstance(raw, dict) or (set(raw) == {"unknown"} and isinstance(raw["unknown"], str)):
            return raw
        if "path" in raw:
            return self._compile_operand(raw, path)
        raise self._error_at(path, "a default is a value, {unknown: why} or {path: ...}")

    def _compile_operand(self, raw: Any, path: RulePath) -> Operand:
        if isinstance(raw, list):
            return [self._compile_operand(item, (*path, index)) for index, item in enumerate(raw)]
        if not isinstance(raw, dict):
            return raw
        if "path" in raw:
            self._reject_other_keys(raw, {"path", "default"}, path)
            steps = self._parse_path(raw["path"], (*path, "path"))
            operand: PathOperand = {"path": steps, "default": raw.get("default")}
            return operand
        if "fact" in raw:
            self._reject_other_keys(raw, {"fact", "with"}, path)
            return self._compile_fact_operand(raw, path)
        if "threshold" in raw:
            self._reject_other_keys(raw, {"threshold"}, path)
        return raw

    def _compile_fact_operand(self, raw: dict[str, Any], path: RulePath) -> FactOperand:
        arguments = raw.get("with", {})
        if not isinstance(arguments, dict):
            raise self._error_at((*path, "with"), "'with' is a mapping of arguments")
        return {
            "fact": raw["fact"],
            "arguments": {
                name: self.compile_argument(value, (*path, "with", name)) for name, value in arguments.items()
            },
        }

    def _parse_path(self, raw: Any, path: RulePath) -> Steps:
        try:
            return list(parse_path(raw if isinstance(raw, str) else repr(raw)))
        except ValueError as error:
            raise self._error_at(path, str(error)) from error

    def _reject_other_keys(self, raw: dict[str, Any], keys: set[str], path: RulePath) -> None:
        for key in raw:
            if key not in keys and key not in _OPTIONS:
                message = f"'{key}' is not known here; known are {', '.join(sorted(keys | _OPTIONS))}"
                raise self._error_at((*path, key), message)


def _tests_in(raw: dict[str, Any]) -> list[str]:
    return [key for key in raw if key.removeprefix("not_") in TESTS]
