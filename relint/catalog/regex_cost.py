"""Upper bound on the time that a regular expression can take. Imported only to compile rules.

Python's `re` backtracks, so some expressions take exponential time for a text that nearly matches. The analysis walks
the syntax tree of the standard library's parser and bounds the number of attempts: a choice (an alternative, or one
more iteration of a repeat) costs nothing where the next character decides it, and otherwise multiplies the cost of
what follows. Within an unlimited repeat, a choice that the next character does not decide has no bound.
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from itertools import combinations

from relint._typing import Any, NamedTuple
from relint.catalog.regex_first_set import first_and_empty, first_set, inner_flags

MAX_STEPS = 1 << 24
"""Steps that one search may take; a step takes some nanoseconds."""

LENGTHS = tuple(1 << power for power in range(20, 9, -1))
"""Limits for the length of a text, one of which applies to each expression; a longer text is `open`.

Names, types and ARNs are shorter than the last limit, the body of a template is shorter than the first.
"""

_UNBOUNDED = 1 << 64
"""Stands for all larger numbers of attempts, which would take memory."""

_REMEDY = 'begin it with "^", or let the next character decide, such as "[^:]*:" for ".*:"'


class PatternError(ValueError):
    """A regular expression that is rejected; the message says why, and what to write instead."""


class _Cost(NamedTuple):
    """Upper bounds for a part of an expression: the ways in which it can match, and the steps of all of them.

    `per_iteration` is the number of steps as the body of a loop in which the next character decides every choice:
    then the iterations share the characters of the text.
    """

    ways: int = 1
    steps: int = 1
    per_iteration: int = 1


class _Context(NamedTuple):
    """The flags of `re` that apply, and the length of the text."""

    flags: int
    length: int

    def within(self, group: Any) -> _Context:
        """Return the context inside a group."""
        return self._replace(flags=inner_flags(self.flags, group))


def max_safe_length(pattern: str) -> int:
    """Return the largest of LENGTHS for which a search takes at most MAX_STEPS steps, whatever the text is.

    Raises PatternError if there is none, and for an invalid expression.
    """
    try:
        re.compile(pattern)
        tree = import_module("re._parser" if sys.version_info >= (3, 11) else "sre_parse").parse(pattern)
        for length in LENGTHS:
            if _search_steps(list(tree), _Context(flags=tree.state.flags, length=length)) <= MAX_STEPS:
                return length
    except RecursionError:
        raise PatternError("it is nested too deeply; write it flatter") from None
    except (re.error, TypeError, OverflowError) as error:
        raise PatternError(f"it is no regular expression: {error}") from error
    raise PatternError(f"it could take too long, because several of its repeats match the same text; {_REMEDY}")


def _search_steps(items: list[Any], context: _Context) -> int:
    """Return the steps of a search, which starts at every character unless the expression is anchored."""
    if len(items) == 1 and items[0][0].name == "BRANCH":
        return sum(_search_steps(list(branch), context) for branch in items[0][1][1])
    starts = 1 if _is_anchored(items, context.flags) else context.length
    return _sequence_cost(items, 0, context).steps * starts


def _sequence_cost(items: list[Any], follow: int, context: _Context) -> _Cost:
    """Return the cost of a sequence; `follow` is the FIRST set of what follows, empty at the end of the expression."""
    costs = []
    for item in reversed(items):
        costs.append(_item_cost(item, follow, context))
        follow = first_set([item], follow, context.flags)
    ways, steps = 1, 0
    for cost in reversed(costs):
        steps += ways * cost.steps
        ways *= cost.ways
    per_iteration = max(sum(cost.per_iteration for cost in costs), 1)
    return _Cost(ways=ways, steps=max(steps, 1), per_iteration=per_iteration)


def _item_cost(item: Any, follow: int, context: _Context) -> _Cost:
    opcode, value = item[0].name, item[1]
    if opcode in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
        return _Cost()
    if opcode == "AT":  # "$" matches at the end and before a line break at the end
        return _Cost(ways=2 if value.name == "AT_END" else 1)
    if opcode == "SUBPATTERN":
        return _sequence_cost(list(value[3]), follow, context.within(value))
    if opcode == "BRANCH":
        return _branch_cost(value[1], follow, context)
    if opcode in ("MAX_REPEAT", "MIN_REPEAT"):
        return _repeat_cost(value, follow, context)
    if opcode in ("ASSERT", "ASSERT_NOT"):  # `re` does not backtrack into an assertion
        steps = _sequence_cost(list(value[1]), 0, context).steps
        return _Cost(ways=1, steps=steps, per_iteration=steps)
    raise PatternError(f"'{opcode.lower().replace('_', ' ')}' has no bound of time; write it without")


def _branch_cost(branches: Any, follow: int, context: _Context) -> _Cost:
    costs = [_sequence_cost(list(branch), follow, context) for branch in branches]
    first_sets = [first_set(list(branch), follow, context.flags) for branch in branches]
    is_decided = not any(left & right for left, right in combinations(first_sets, 2))
    ways = [cost.ways for cost in costs]
    steps = [cost.steps for cost in costs]
    per_iteration = [cost.per_iteration for cost in costs]
    if not is_decided:
        return _Cost(ways=sum(ways), steps=sum(steps), per_iteration=sum(per_iteration))
    return _Cost(ways=max(ways), steps=len(costs) + max(steps), per_iteration=len(costs) + max(per_iteration))


def _repeat_cost(value: Any, follow: int, context: _Context) -> _Cost:
    minimum, maximum, body = int(value[0]), int(value[1]), list(value[2])
    first, can_be_empty = first_and_empty(body, context.flags)
    cost = _sequence_cost(body, first | follow if maximum > 1 else follow, context)
    is_decided = not (first | (follow if can_be_empty else 0)) & follow
    if maximum > context.length:
        if cost.ways > 1 or can_be_empty:
            raise PatternError(f"a repeat within a repeat matches the same text in many ways; {_REMEDY}")
        return _Cost(
            ways=1 if is_decided else context.length + 1,
            steps=context.length * cost.per_iteration,
            per_iteration=cost.per_iteration,
        )
    if cost.ways == 1:
        return _Cost(
            ways=1 if is_decided else maximum - minimum + 1,
            steps=max(maximum, 1) * cost.steps,
            per_iteration=max(maximum, 1) * cost.per_iteration,
        )
    ways_by_iterations = [min(cost.ways**count, _UNBOUNDED) for count in range(min(maximum, 64) + 1)]
    ways = max(ways_by_iterations) if is_decided else sum(ways_by_iterations[min(minimum, 64) :])
    return _Cost(
        ways=min(ways, _UNBOUNDED),
        steps=sum(ways_by_iterations[:-1]) * cost.steps,
        per_iteration=maximum * cost.per_iteration,
    )


def _is_anchored(items: list[Any], flags: int) -> bool:
    """Whether a search can only succeed at the beginning of the text."""
    if not items:
        return False
    opcode, value = items[0][0].name, items[0][1]
    if opcode == "SUBPATTERN":
        return _is_anchored(list(value[3]), inner_flags(flags, value))
    if opcode == "BRANCH":
        return all(_is_anchored(list(branch), flags) for branch in value[1])
    return opcode == "AT" and (
        value.name == "AT_BEGINNING_STRING" or (value.name == "AT_BEGINNING" and not flags & re.M)
    )
