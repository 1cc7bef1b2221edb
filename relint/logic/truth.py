"""Three-valued logic: True, False, or the Unknown that prevents an answer."""

from __future__ import annotations

from collections.abc import Iterable

from relint.resolve.value import Unknown

Truth = bool | Unknown


def any_of(answers: Iterable[Truth]) -> Truth:
    """True if an answer is true, else an Unknown among them, else False."""
    unknown: Truth = False
    for answer in answers:
        if answer is True:
            return True
        if isinstance(answer, Unknown):
            unknown = answer
    return unknown


def all_of(answers: Iterable[Truth]) -> Truth:
    """False if an answer is false, else an Unknown among them, else True."""
    unknown: Truth = True
    for answer in answers:
        if answer is False:
            return False
        if isinstance(answer, Unknown):
            unknown = answer
    return unknown


def every(*answers: Truth) -> Truth:
    """False if one is false, else the first Unknown, else True."""
    if False in answers:
        return False
    return next((answer for answer in answers if isinstance(answer, Unknown)), True)
