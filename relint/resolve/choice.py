"""Choices that a deployment makes: values of parameters and results of comparisons."""

from __future__ import annotations

from relint._typing import Any, NamedTuple


class Choice(NamedTuple):
    """A choice that a deployment makes: a parameter, or a comparison that depends on no parameter.

    With `has_default` the first of `options` is the one that a deployment without parameter values makes.
    """

    name: str
    options: tuple[Any, ...]
    has_default: bool


class Undecided(Exception):
    """A strict scenario depends on a choice that neither the caller nor a default decides."""
