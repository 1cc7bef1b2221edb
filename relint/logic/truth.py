"""Three-valued logic: True, False, or the Unknown that prevents an answer."""

from __future__ import annotations

from collections.abc import Iterable

from relint.resolve.value import Unknown

Truth = bool | Unknown


def any_of(truths: Iterable[Truth]) -> Truth:
    """Return True if a truth is true, else the first Unknown among them, else False."""
    first_unknown: Unknown | None = None
    for truth in truths:
        if truth is True:
            return True
        if first_unknown is None and isinstance(truth, Unknown):
            first_unknown = truth
    return False if first_unknown is None else first_unknown


def all_of(truths: Iterable[Truth]) -> Truth:
    """Return False if a truth is false, else the first Unknown among them, else True."""
    first_unknown: Unknown | None = None
    for truth in truths:
        if truth is False:
            return False
        if first_unknown is None and isinstance(truth, Unknown):
            first_unknown = truth
    return True if first_unknown is None else first_unknown


def negate(truth: Truth) -> Truth:
    """Return the opposite of True or False; an Unknown stays as it is."""
    return truth if isinstance(truth, Unknown) else not truth
