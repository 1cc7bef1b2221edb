"""Choices that a deployment makes: values of parameters and results of comparisons."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import Any, NamedTuple


class Choice(NamedTuple):
    """A choice that a deployment makes: a parameter, or a comparison that depends on no parameter.

    With `has_default` the first of `options` is the one that a deployment without parameter values makes.
    """

    name: str
    options: tuple[Any, ...]
    has_default: bool


class Split(NamedTuple):
    """A point at which a scenario takes some options of a choice, and other scenarios take others.

    `taken` are the options that nothing has told apart so far, the one that the scenario evaluates first; `others` are
    the other classes of such options.
    """

    name: str
    taken: tuple[Any, ...]
    others: tuple[tuple[Any, ...], ...]


class ConditionResults(NamedTuple):
    """The results of a condition by the options of the only choice on which it depends.

    Without a choice there is one result, that of None. A result that is a Choice depends on that one as well.
    """

    choice: Choice | None
    by_option: Mapping[Any, bool | Choice]


class Undecided(Exception):
    """A strict scenario depends on a choice that neither the evaluation before nor a default has decided."""
