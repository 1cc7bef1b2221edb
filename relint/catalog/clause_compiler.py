"""Clauses of a rule file, checked and turned into the plain data that `evaluate.clauses` walks.

A clause is one of
  {path: $.A.B, default: ..., <test>: operand}                 a value of the resource
  {zones: $.A.B, <test>: operand}                              the number of Availability Zones that a list spans
  {fact: name, with: {...}, <test>: operand}                   what `relint/checks/<name>.py` works out
  {count: $.A[*] or {related: ...}, where: [...], <test>: n}   how many items or resources there are
  {every | some | none: <same>, where: [...], satisfy: [...]}  what they satisfy
  {related: {type: T, by: $.A}}                                another resource refers to this one from A
  {related: {type: T, through: $.A}}                           this one refers to another resource from A
  {all | any | not: clauses}, {if: clauses, then: clauses, else: clauses}
  {unknown: "why"}                                             what these files cannot tell
An operand may be {threshold: name}, a number that a team may set (`catalog.thresholds`).
Each may have `level`, `message` and `at` (the path that a finding points to).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from relint.catalog.jsonpath import Step, parse_path
from relint.catalog.regex_cost import PatternError, max_safe_length
from relint.errors import RuleError

TESTS = ("exists", "known", "equals", "in", "matches", "min", "max", "above", "below", "contains", "distinct")
_MODES = ("every", "some", "none", "count")
_COMMON = {"level", "message", "at"}

Where = tuple[str | int, ...]


class ClauseCompiler:
    """Compiles the clauses of one rule file; `fail(message, path)` raises the RuleError with its place.

    Messages written into clauses are collected in `messages` under ids of their own.
    """

    def __init__(self, fail: Callable[[str, Where], RuleError], messages: dict[str, str]) -> None:
        self.fail = fail
        self.messages = messages

    def clauses(self, raw: Any, place: Where) -> list[dict[str, Any]]:
        """The compiled clauses of a list (or of one clause)."""
        items = raw if isinstance(raw, list) else [raw]
        return [self.clause(item, (*place, index) if items is raw else place) for index, item in enumerate(items)]

    def clause(self, raw: Any, place: Where) -> dict[str, Any]:
        """One compiled clause."""
        if not isinstance(raw, dict):
            raise self.fail("a clause is a mapping such as {path: $.Properties.MultiAZ, equals: true}", place)
        compiled = self._body(raw, place)
        if "level" in raw:
            if raw["level"] not in ("error", "warning", "note"):
                raise self.fail("'level' must be error, warning or note", (*place, "level"))
            compiled["level"] = raw["level"]
        if "message" in raw:
            compiled["message"] = self.message(raw["message"], (*place, "message"))
        if "at" in raw:
            compiled["at"] = self.path(raw["at"], (*place, "at"))
        return compiled

    def message(self, text: Any, place: Where) -> str:
        """The id under which a message is kept; a text that is already an id stays one."""
        if not isinstance(text, str):
            raise self.fail("a message is a sentence", place)
        if text in self.messages:
            return text
        if " " not in text:
            raise self.fail(f"there is no message '{text}'; 'messages' has {', '.join(self.messages)}", place)
        for key, known in self.messages.items():
            if known == text:
                return key
        key = f"case-{len(self.messages)}"
        self.messages[key] = text
        return key

    def path(self, raw: Any, place: Where) -> list[Step]:
        """The steps of a path."""
        try:
            return list(parse_path(raw if isinstance(raw, str) else repr(raw)))
        except ValueError as error:
            raise self.fail(str(error), place) from error

    def _body(self, raw: dict[str, Any], place: Where) -> dict[str, Any]:
        for op in ("all", "any", "not"):
            if op in raw:
                self._only(raw, {op}, place)
                return {"op": op, "clauses": self.clauses(raw[op], (*place, op))}
        if "unknown" in raw:
            self._only(raw, {"unknown"}, place)
            return {"op": "unknown", "reason": str(raw["unknown"])}
        if "if" in raw:
            self._only(raw, {"if", "then", "else"}, place)
            return {
                "op": "if",
                "when": self.clauses(raw["if"], (*place, "if")),
                "then": self.clauses(raw.get("then", []), (*place, "then")),
                "else": self.clauses(raw.get("else", []), (*place, "else")),
            }
        for mode in _MODES:
            if mode in raw:
                return self._each(raw, mode, place)
        for source in ("path", "zones", "fact"):
            if source in raw:
                return self._test(raw, source, place)
        if "related" in raw:
            test = self._operand_of(raw, {"related"}, place, required=False) or {"test": "exists", "value": True}
            members = self._members({"related": raw["related"]}, place)
            return {"op": "related", "source": members, **test}
        raise self.fail(
            "a clause needs path, zones, fact, count, every, some, none, related, all, any, not, if or unknown", place
        )

    def _each(self, raw: dict[str, Any], mode: str, place: Where) -> dict[str, Any]:
        compiled: dict[str, Any] = {"op": "each", "mode": mode, "source": self._members(raw[mode], (*place, mode))}
        compiled["where"] = self.clauses(raw.get("where", []), (*place, "where"))
        if mode == "count":
            compiled.update(self._operand_of(raw, {mode, "where"}, place))
        else:
            self._only(raw, {mode, "where", "satisfy"}, place)
            compiled["clauses"] = self.clauses(raw.get("satisfy", []), (*place, "satisfy"))
        return compiled

    def _members(self, raw: Any, place: Where) -> dict[str, Any]:
        """What a quantifier runs over: the values at a path, or related resources."""
        if isinstance(raw, str):
            return {"path": self.path(raw, place)}
        if isinstance(raw, dict) and isinstance(raw.get("related"), dict):
            related = raw["related"]
            if unknown := set(related) - {"type", "by", "through"}:
                raise self.fail(f"'related' has no '{min(unknown)}': it takes type, by, through", (*place, "related"))
            types = related.get("type", [])
            direction = "through" if "through" in related else "by"
            if "[?" in str(related.get(direction)):
                raise self.fail("'related' cannot filter; use [*]", (*place, "related", direction))
            steps = self.path(related[direction], (*place, "related", direction)) if direction in related else []
            compiled: dict[str, Any] = {"types": types if isinstance(types, list) else [types], direction: steps}
            if "path" in raw:
                compiled["path"] = self.path(raw["path"], (*place, "path"))
            return compiled
        raise self.fail("give a path, or {related: {type: ..., by: ...}}", place)

    def _test(self, raw: dict[str, Any], source: str, place: Where) -> dict[str, Any]:
        compiled: dict[str, Any] = {"op": source}
        if source == "path":
            compiled["path"] = self.path(raw["path"], (*place, "path"))
        elif source == "zones":
            zones = raw["zones"] if isinstance(raw["zones"], list) else [raw["zones"]]
            compiled["sources"] = [self._members(item, (*place, "zones")) for item in zones]
        else:
            compiled.update(self._fact(raw, place))
        if "default" in raw:
            compiled["default"] = self._default(raw["default"], (*place, "default"))
        compiled.update(self._operand_of(raw, {source, "default", "with"}, place))
        return compiled

    def _fact(self, raw: dict[str, Any], place: Where) -> dict[str, Any]:
        arguments = raw.get("with", {})
        if not isinstance(arguments, dict):
            raise self.fail("'with' is a mapping of arguments", (*place, "with"))
        known = {name: self.argument(value, (*place, "with", name)) for name, value in arguments.items()}
        return {"fact": raw["fact"], "with": known}

    def argument(self, raw: Any, place: Where) -> Any:
        """An argument of coded checks and facts: an operand, in which each path is a tuple of its steps."""
        if isinstance(raw, str) and raw.startswith("$."):
            return tuple(self.path(raw, place))
        if isinstance(raw, dict) and raw.keys().isdisjoint(("path", "fact", "threshold")):
            return {key: self.argument(value, (*place, key)) for key, value in raw.items()}
        if isinstance(raw, list):
            return [self.argument(item, (*place, index)) for index, item in enumerate(raw)]
        return self._operand(raw, place)

    def _default(self, raw: Any, place: Where) -> Any:
        if isinstance(raw, dict):
            if set(raw) == {"unknown"} and isinstance(raw["unknown"], str):
                return raw
            if "path" in raw:
                return self._operand(raw, place)
            raise self.fail("a default is a value, {unknown: why} or {path: ...}", place)
        return raw

    def _operand_of(self, raw: dict[str, Any], known: set[str], place: Where, required: bool = True) -> dict[str, Any]:
        tests = [key for key in raw if key.removeprefix("not_") in TESTS]
        self._only(raw, known | set(tests[:1]), place)
        if not tests:
            if required:
                raise self.fail(f"the clause says no test: add one of {', '.join(TESTS)}, or not_ before it", place)
            return {}
        test = tests[0].removeprefix("not_")
        value = self._operand(raw[tests[0]], (*place, tests[0]))
        if test == "matches":
            try:
                value = (value, max_safe_length(value))
            except PatternError as error:
                raise self.fail(f"the pattern '{value}' cannot be used: {error}", (*place, tests[0])) from error
        compiled = {"test": test, "value": value}
        if tests[0] != test:
            compiled["negate"] = True
        return compiled

    def _operand(self, raw: Any, place: Where) -> Any:
        if isinstance(raw, dict) and "path" in raw:
            self._only(raw, {"path", "default"}, place)
            return {"path": self.path(raw["path"], (*place, "path")), "default": raw.get("default")}
        if isinstance(raw, dict) and "fact" in raw:
            self._only(raw, {"fact", "with"}, place)
            return self._fact(raw, place)
        if isinstance(raw, dict) and "threshold" in raw:
            self._only(raw, {"threshold"}, place)
            return raw
        if isinstance(raw, list):
            return [self._operand(item, (*place, index)) for index, item in enumerate(raw)]
        return raw

    def _only(self, raw: dict[str, Any], known: set[str], place: Where) -> None:
        for key in raw:
            if key not in known and key not in _COMMON:
                raise self.fail(
                    f"'{key}' is not known here; known are {', '.join(sorted(known | _COMMON))}", (*place, key)
                )
