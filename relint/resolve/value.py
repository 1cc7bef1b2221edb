"""What a value can be once a deployment has been assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple

if TYPE_CHECKING:
    from relint.source.location import Path

Expression = Any
"""A hashable canonical form: ("Ref", "Subnet"), ("Select", 0, ("GetAZs", ...)). Equal forms are equal values."""


class Unknown(NamedTuple):
    """A value that only a deployment can tell.

    `expression` is its canonical form, `reason` says in a clause why it is not known. A number may be known to lie
    between `minimum` and `maximum`, both inclusive. `optional` says that it may turn out to be absent.
    """

    expression: Expression
    reason: str
    minimum: float | None = None
    maximum: float | None = None
    optional: bool = False


class Absent:
    """The type of ABSENT, the value of a property that was left out or set to AWS::NoValue."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT = Absent()


class Located(NamedTuple):
    """A value and where it was written.

    `value` is a scalar, a dict or list with members yet to be resolved, an Unknown, or ABSENT; then `path` is where the
    value would stand.
    """

    value: Any
    path: Path


def expression_of(value: Any) -> Expression:
    """The canonical form of a resolved value: of an Unknown its expression, of a scalar its text."""
    if isinstance(value, Unknown):
        return value.expression
    if isinstance(value, list):
        return ("List", *(expression_of(item) for item in value))
    if isinstance(value, dict):
        return ("Map", *((key, expression_of(item)) for key, item in value.items()))
    return scalar_text(value)


def scalar_text(value: Any) -> str:
    """A scalar as CloudFormation hands it to a service: true and 7 become "true" and "7"."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def marked_text(form: Expression) -> str:
    """An expression as text in which each unknown part stands between NULs, so that equal texts are equal values."""
    if isinstance(form, str):
        return form
    if isinstance(form, tuple) and form and form[0] == "Concat":
        return "".join(marked_text(part) for part in form[1:])
    return f"\0{form!r}\0"


def concat(parts: list[Any], reason: str) -> Any:
    """The text of `parts` set side by side, or an Unknown ("Concat", ...) with neighbouring literals joined."""
    merged: list[Expression] = []
    for part in parts:
        form = expression_of(part)
        pieces = form[1:] if isinstance(form, tuple) and form and form[0] == "Concat" else (form,)
        for piece in pieces:
            if isinstance(piece, str) and merged and isinstance(merged[-1], str):
                merged[-1] += piece
            elif piece != "":
                merged.append(piece)
    if not merged:
        return ""
    if len(merged) == 1:
        only = merged[0]
        return only if isinstance(only, str) else Unknown(only, reason)
    return Unknown(("Concat", *merged), reason)


def split_parts(parts: tuple[Expression, ...], delimiter: str, reason: str) -> list[Any]:
    """A text of known and unknown parts, split where a known part holds the delimiter."""
    pieces: list[list[Any]] = [[]]
    for part in parts:
        if isinstance(part, str):
            first, *rest = part.split(delimiter)
            pieces[-1].append(first)
            pieces.extend([item] for item in rest)
        else:
            pieces[-1].append(Unknown(part, reason))
    return [concat(piece, reason) for piece in pieces]


def references(expression: Expression) -> set[str]:
    """The logical ids and parameter names that an expression mentions."""
    found: set[str] = set()
    stack = [expression]
    while stack:
        form = stack.pop()
        if isinstance(form, tuple) and form:
            if form[0] in ("Ref", "GetAtt") and isinstance(form[1], str):
                found.add(form[1])
            else:
                stack.extend(form[1:])
    return found
