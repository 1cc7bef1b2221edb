"""Changes of the clauses in a rule file."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.catalog.clause_compiler import TESTS
from relint.catalog.thresholds import THRESHOLDS
from relint.level import LEVELS
from relint.testing.change import drop, drop_each, replace, rewrite, vary_values
from relint.testing.pattern_changes import loosen

if TYPE_CHECKING:
    from relint.catalog.rule_fields import RulePath
    from relint.testing.change import Change

_OPTIONS = ("level", "message", "at")
_PARTS = ("any", "all", "not", "where", "satisfy", "if", "then", "else")
_OPPOSITES = {"some": "none", "none": "some", "any": "all", "all": "any"}
_BOUNDS = ("min", "max", "above", "below", "equals")


def change_clauses(path: RulePath, clauses: Any) -> Iterator[Change]:
    """Yield the changes of a list of clauses, or of a clause that stands alone."""
    if not isinstance(clauses, list):
        yield rewrite(path, [], "dropped")
        yield from _change_clause(path, clauses)
        return
    for index, clause in enumerate(clauses):
        yield drop((*path, index))
        yield from _change_clause((*path, index), clause)


def change_level(path: RulePath, level: str) -> Iterator[Change]:
    """Yield the change to the next lower level, from the lowest to the next higher one; none for a placeholder."""
    if level in LEVELS:
        yield replace(path, "warning" if level == "note" else LEVELS[LEVELS.index(level) - 1], level)


def change_message(path: RulePath) -> Change:
    """Return the change that gives a case or a clause the message of the rule instead of its own."""
    return rewrite((*path, "message"), "default", "the message of the rule instead of its own")


def _change_clause(path: RulePath, clause: Any) -> Iterator[Change]:
    if not isinstance(clause, dict):
        return  # a placeholder for a clause of the table
    yield from _negate(path, clause)
    if "level" in clause:
        yield from change_level((*path, "level"), clause["level"])
    if "message" in clause:
        yield change_message(path)
    if "at" in clause:
        yield drop((*path, "at"))
    for key in _PARTS:
        if key in clause and isinstance(clause[key], list | dict):
            yield from change_clauses((*path, key), clause[key])
    for key in clause:
        if key.removeprefix("not_") in TESTS:
            yield from _change_test(path, clause, key)
    if "default" in clause:
        yield from _change_default(path, clause)
    yield from vary_values((*path, "with"), clause.get("with") or {})


def _negate(path: RulePath, clause: dict[str, Any]) -> Iterator[Change]:
    """Yield the changes that turn the meaning of a clause around, and those of any into all."""
    test = next((key for key in clause if key.removeprefix("not_") in TESTS), None)
    operator = next((key for key in clause if key in _OPPOSITES), None)
    if test:
        opposite = test.removeprefix("not_") if test.startswith("not_") else f"not_{test}"
        yield rewrite(path, _rename(clause, test, opposite), f"{opposite} instead of {test}")
    elif operator:
        opposite = _OPPOSITES[operator]
        yield rewrite(path, _rename(clause, operator, opposite), f"{opposite} instead of {operator}")
    elif "not" in clause:
        yield rewrite(path, _rename(clause, "not", "all"), "all instead of not")
    elif "every" in clause or "related" in clause:
        options = {key: clause[key] for key in _OPTIONS if key in clause}
        negated = {"not": [{key: value for key, value in clause.items() if key not in options}], **options}
        yield rewrite(path, negated, "negated")


def _change_test(path: RulePath, clause: dict[str, Any], key: str) -> Iterator[Change]:
    operand, name = clause[key], key.removeprefix("not_")
    place = (*path, key)
    if name in _BOUNDS and isinstance(operand, int | float) and not isinstance(operand, bool):
        yield from vary_values(place, operand)
    elif name in ("in", "contains"):
        yield from drop_each(place, operand)
    elif name in ("matches", "reserved") and isinstance(operand, str):
        for pattern in loosen(operand):
            yield replace(place, pattern, operand)
    elif isinstance(operand, dict) and operand.get("threshold") in THRESHOLDS:
        default = THRESHOLDS[operand["threshold"]].default
        yield rewrite(place, default, f"{default} instead of the threshold {operand['threshold']}")


def _change_default(path: RulePath, clause: dict[str, Any]) -> Iterator[Change]:
    """Yield the change of a default that turns the result of the test around where the value is absent."""
    default = clause["default"]
    place = (*path, "default")
    if isinstance(default, dict):
        yield drop(place)
        return
    key = next(key for key in clause if key.removeprefix("not_") in TESTS)
    for value in _other_defaults(default, key.removeprefix("not_"), clause[key]):
        yield replace(place, value, default)


def _other_defaults(default: Any, test: str, operand: Any) -> Iterator[Any]:
    if isinstance(default, bool):
        yield not default
    elif test in ("min", "below") and _is_number(operand) and _is_number(default):
        yield operand - 1 if default >= operand else operand
    elif test in ("max", "above") and _is_number(operand) and _is_number(default):
        yield operand if default > operand else operand + 1
    elif test == "equals" and not isinstance(operand, dict | list):
        yield operand if operand != default else f"not {operand}"
    elif test == "in" and isinstance(operand, list):
        yield operand[0] if default not in operand else f"not {default}"
    elif _is_number(default):
        yield default - 1
        yield default + 1
    else:
        yield f"not {default}"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _rename(clause: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    return {new if key == old else key: value for key, value in clause.items()}
