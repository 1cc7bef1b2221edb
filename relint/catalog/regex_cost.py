"""How long a regular expression of a rule can take, worked out before it is run. Imported only to compile rules.

Python's `re` tries one way after the other, so some expressions take exponential time for a text that nearly matches.
The analysis walks the tree of the standard library's own parser and bounds the ways that may be tried: a choice (an
alternative, another turn of a repeat) costs nothing where the next character decides it, and else multiplies what
comes behind it. A choice that the next character does not decide has no bound within an endless repeat.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from itertools import combinations
from typing import Any

from relint._named_tuple import NamedTuple
from relint.catalog.regex_first_set import first_of, inner_flags, may_begin

MAX_STEPS = 1 << 24
"""Steps that one search may take; a step takes some nanoseconds."""

LENGTHS = tuple(1 << power for power in range(20, 9, -1))
"""The characters that a text may have, one of these for each expression; a longer text is `open`. Names, types and
ARNs have fewer than the last, the body of a template fewer than the first."""

_ENDLESS = 1 << 64
"""More ways than anybody waits for; larger numbers would take memory."""

_NARROW = 'begin it with "^", or let the next character decide, such as "[^:]*:" for ".*:"'


class PatternError(ValueError):
    """A regular expression that is refused: a clause that says why, and what to write instead."""


class _Part(NamedTuple):
    """A bound of the ways through a part and of the steps they take together; `turn`: of the steps in a loop's turn.

    In a loop the next character decides every choice, so that its turns share the characters of the text.
    """

    ways: int = 1
    steps: int = 1
    turn: int = 1


class _Setting(NamedTuple):
    """The flags of `re` that hold, and the length of the text."""

    flags: int
    length: int

    def within(self, group: Any) -> _Setting:
        """The setting inside of a group."""
        return self._replace(flags=inner_flags(self.flags, group))


def max_safe_length(pattern: str) -> int:
    """The characters of the longest text in LENGTHS for which a search takes at most MAX_STEPS steps whatever it says.

    Raises PatternError when there is none, and for what is no regular expression.
    """
    try:
        re.compile(pattern)
        tree = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse").parse(pattern)
        for length in LENGTHS:
            if _search(list(tree), _Setting(tree.state.flags, length)) <= MAX_STEPS:
                return length
    except RecursionError:
        raise PatternError("it is nested too deeply; write it flatter") from None
    except (re.error, TypeError, OverflowError) as error:
        raise PatternError(f"it is no regular expression: {error}") from error
    raise PatternError(f"it could take too long, because several of its repeats match the same text; {_NARROW}")


def _search(items: list[Any], setting: _Setting) -> int:
    """The steps of a search that begins at every character, or at the first for what can only match there."""
    if len(items) == 1 and items[0][0].name == "BRANCH":
        return sum(_search(list(branch), setting) for branch in items[0][1][1])
    starts = 1 if _anchored(items, setting.flags) else setting.length
    return _sequence(items, 0, setting).steps * starts


def _sequence(items: list[Any], follow: int, setting: _Setting) -> _Part:
    """The bound for one item behind the other; `follow` is what may come behind them, and is empty for a match."""
    parts = []
    for item in reversed(items):
        parts.append(_part(item, follow, setting))
        first, empty = first_of([item], setting.flags)
        follow = first | follow if empty else first
    ways, steps = 1, 0
    for part in reversed(parts):
        steps += ways * part.steps
        ways *= part.ways
    return _Part(ways, max(steps, 1), max(sum(part.turn for part in parts), 1))


def _part(item: Any, follow: int, setting: _Setting) -> _Part:
    kind, value = item[0].name, item[1]
    if kind in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
        return _Part()
    if kind == "AT":  # "$" holds at the end and before a last line break
        return _Part(ways=2 if value.name == "AT_END" else 1)
    if kind == "SUBPATTERN":
        return _sequence(list(value[3]), follow, setting.within(value))
    if kind == "BRANCH":
        return _branch(value[1], follow, setting)
    if kind in ("MAX_REPEAT", "MIN_REPEAT"):
        return _repeat(value, follow, setting)
    if kind in ("ASSERT", "ASSERT_NOT"):  # tried once a time: its own ways end with it
        steps = _sequence(list(value[1]), 0, setting).steps
        return _Part(1, steps, steps)
    raise PatternError(f"'{kind.lower().replace('_', ' ')}' has no bound of time; write it without")


def _branch(branches: Any, follow: int, setting: _Setting) -> _Part:
    parts = [_sequence(list(branch), follow, setting) for branch in branches]
    firsts = [may_begin(list(branch), follow, setting.flags) for branch in branches]
    decided = not any(one & other for one, other in combinations(firsts, 2))
    ways = [part.ways for part in parts]
    steps = [part.steps for part in parts]
    if not decided:
        return _Part(sum(ways), sum(steps), sum(part.turn for part in parts))
    return _Part(max(ways), len(parts) + max(steps), len(parts) + max(part.turn for part in parts))


def _repeat(value: Any, follow: int, setting: _Setting) -> _Part:
    least, most, body = int(value[0]), int(value[1]), list(value[2])
    first, empty = first_of(body, setting.flags)
    part = _sequence(body, first | follow if most > 1 else follow, setting)
    decided = not (first | (follow if empty else 0)) & follow
    if most > setting.length:
        if part.ways > 1 or empty:
            raise PatternError(f"a repeat within a repeat matches the same text in many ways; {_NARROW}")
        return _Part(1 if decided else setting.length + 1, setting.length * part.turn, part.turn)
    if part.ways == 1:
        return _Part(1 if decided else most - least + 1, max(most, 1) * part.steps, max(most, 1) * part.turn)
    turns = [min(part.ways**turn, _ENDLESS) for turn in range(min(most, 64) + 1)]
    ways = max(turns) if decided else sum(turns[min(least, 64) :])
    return _Part(min(ways, _ENDLESS), sum(turns[:-1]) * part.steps, most * part.turn)


def _anchored(items: list[Any], flags: int) -> bool:
    """Whether a search can only succeed where the text begins."""
    if not items:
        return False
    kind, value = items[0][0].name, items[0][1]
    if kind == "SUBPATTERN":
        return _anchored(list(value[3]), inner_flags(flags, value))
    if kind == "BRANCH":
        return all(_anchored(list(branch), flags) for branch in value[1])
    return kind == "AT" and (value.name == "AT_BEGINNING_STRING" or (value.name == "AT_BEGINNING" and not flags & re.M))
