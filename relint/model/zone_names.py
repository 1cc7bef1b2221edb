"""Names for zones and lists of zones, as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.resolve.value import Expression

if TYPE_CHECKING:
    pass


def describe_expression(form: Expression) -> str:
    """An expression as people name it: a logical id, a parameter, or the function that makes it."""
    if isinstance(form, str):
        return form
    if not isinstance(form, tuple) or not form:
        return "?"
    head, *rest = form
    if head in ("Ref", "Items", "List", "Zone", "Id", "Anywhere"):
        return describe_expression(rest[0]) if rest else head
    if head == "GetAtt":
        return f"{rest[0]}.{rest[1]}"
    if head == "Select":
        return f"item {rest[0]} of {describe_expression(rest[1])}"
    if head == "GetAZs":
        return "the zones of the Region"
    if head == "ImportValue":
        return f"import {describe_expression(rest[0])}"
    if head == "Concat":
        return "".join("${" + describe_expression(part) + "}" if isinstance(part, tuple) else part for part in rest)
    return str(head)
