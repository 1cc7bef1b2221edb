"""Choices that a deployment makes: values of parameters and results of comparisons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple

if TYPE_CHECKING:
    pass


class Atom(NamedTuple):
    """Something that a deployment decides: a parameter, or a comparison that cannot be traced to one.

    The first of `choices` is what is assumed, if anything `assumed` is.
    """

    name: str
    choices: tuple[Any, ...]
    assumed: bool


class Undecided(Exception):
    """A strict scenario met an atom that nothing decides."""
