"""Values of a deployment: literals, unknown values, and the canonical expressions of both."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from relint.source.location import Path

Expression = Any
"""A hashable canonical form of a value: a text, or a call such as ("Ref", "Subnet") or ("Select", 0, ("GetAZs", "")).

Equal expressions are equal values. The functions below read calls, so that no other module needs to index them.
"""

_NAME_ENDINGS = ("Arn", "ARN", "Id", "ID", "Name", "Version", "VersionNumber")
_HOSTED_ZONE_ENDINGS = tuple(f"HostedZone{ending}" for ending in _NAME_ENDINGS)


class Unknown(NamedTuple):
    """A value that is decided on deployment.

    `expression` is its canonical form, `reason` a clause that says why the value is unknown. A number may have bounds:
    `minimum` and `maximum`, both inclusive. `optional` is true if the value may turn out to be absent, `named_here` if
    it is the name, id or ARN of a resource of the template, which equals no constant of AWS. `placeholder` is the value
    of a parameter that cannot be what the property wants, so that a deployment passes another one, or "".
    """

    expression: Expression
    reason: str
    minimum: float | None = None
    maximum: float | None = None
    optional: bool = False
    named_here: bool = False
    placeholder: str = ""


class Absent:
    """The type of ABSENT, the value of a property that was left out or set to AWS::NoValue."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "ABSENT"

    def __bool__(self) -> bool:
        return False


ABSENT = Absent()


class Located(NamedTuple):
    """A value and its path in the template.

    `value` is a scalar, a dict or list with unresolved members, an Unknown, or ABSENT. The path of an absent value is
    the one at which a template would set it.
    """

    value: Any
    path: Path


def is_call(expression: Expression, *names: str) -> bool:
    """Whether an expression is a call of one of the named functions."""
    return expression.__class__ is tuple and len(expression) > 0 and expression[0] in names


def is_concat(expression: Expression) -> bool:
    """Whether an expression is a text that is assembled from literal and unknown parts."""
    return expression.__class__ is tuple and len(expression) > 0 and expression[0] == "Concat"


def function_name(expression: Expression) -> str:
    """Return the name of the called function ("Ref", "Concat"), or an empty text for a literal."""
    return str(expression[0]) if expression.__class__ is tuple and expression else ""


def arguments_of(expression: Expression) -> tuple[Any, ...]:
    """Return the arguments of a call; a literal has none."""
    return expression[1:] if expression.__class__ is tuple else ()


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """Return the parts of an assembled text; any other expression is its own only part."""
    if expression.__class__ is tuple and expression and expression[0] == "Concat":
        return expression[1:]
    return (expression,)


def referenced_id(expression: Expression) -> str | None:
    """Return the logical id or parameter name to which a Ref or Fn::GetAtt refers, or None."""
    if expression.__class__ is tuple and len(expression) > 1 and expression[0] in ("Ref", "GetAtt"):
        return expression[1]  # type: ignore[no-any-return]
    return None


def referenced_name(node: Any) -> str | None:
    """Return the name in the Ref function of an unresolved template node, or None."""
    name = node.get("Ref") if isinstance(node, dict) and len(node) == 1 else None
    return name if isinstance(name, str) else None


def is_dynamic_reference(value: Any) -> bool:
    """Whether a value is a text with a dynamic reference, which a deployment replaces: ssm, ssm-secure, secretsmanager.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
    """
    return value.__class__ is str and "{{resolve:" in value


def dynamic_reference(text: str) -> Unknown:
    """Return the value of a text with a dynamic reference."""
    return Unknown(("Dynamic", text), "a dynamic reference is resolved on deployment")


def malformed(name: str, argument: Any) -> Unknown:
    """Return the Unknown for a call of an intrinsic function that CloudFormation rejects."""
    return Unknown((name, repr(argument)[:200]), f'"{name}" is malformed')


def attribute_name(expression: Expression) -> str | None:
    """Return the attribute that a Fn::GetAtt returns, if it is a literal; None for any other expression."""
    if expression.__class__ is tuple and len(expression) > 2 and expression[0] == "GetAtt":
        return expression[2] if isinstance(expression[2], str) else None
    return None


def expression_of(value: Any) -> Expression:
    """Return the canonical expression of a resolved value: for an Unknown its expression, for a scalar its text."""
    if isinstance(value, Unknown):
        return value.expression
    if isinstance(value, list):
        return ("List", *(expression_of(item) for item in value))
    if isinstance(value, dict):
        return ("Map", *((key, expression_of(item)) for key, item in value.items()))
    return scalar_text(value)


def scalar_text(value: Any) -> str:
    """Return a scalar as CloudFormation passes it to a service: true and 7 become "true" and "7"."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def text_with_markers(expression: Expression) -> str:
    """Return an expression as text with unknown parts between NULs, so that equal texts are equal values."""
    if isinstance(expression, str):
        return expression
    if is_concat(expression):
        return "".join(text_with_markers(part) for part in expression[1:])
    return f"\0{expression!r}\0"


def literal_text(expression: Expression) -> str:
    """Return the literal parts of a text, joined without its unknown parts."""
    return "".join(part for part in parts_of(expression) if isinstance(part, str))


def concat(values: list[Any], reason: str) -> Any:
    """Return the values joined to one text, or an Unknown ("Concat", ...) whose neighbouring literals are merged."""
    merged: list[Expression] = []
    for value in values:
        for part in parts_of(expression_of(value)):
            if isinstance(part, str) and merged and isinstance(merged[-1], str):
                merged[-1] += part
            elif part != "":
                merged.append(part)
    if not merged:
        return ""
    if len(merged) == 1:
        (expression,) = merged
        return expression if isinstance(expression, str) else Unknown(expression, reason)
    return Unknown(("Concat", *merged), reason)


def can_be_split(text: Unknown, delimiter: str) -> bool:
    """Whether the items of a text are known in part: it is assembled, or an id, which contains no comma."""
    return delimiter != "" and (is_concat(text.expression) or (text.named_here and delimiter == ","))


def split_parts(parts: tuple[Expression, ...], delimiter: str, reason: str) -> list[Any]:
    """Split a text of literal and unknown parts at each delimiter in a literal part.

    `reason` is the reason of the items that are Unknown.
    """
    items: list[list[Any]] = [[]]
    for part in parts:
        if isinstance(part, str):
            end_of_item, *next_items = part.split(delimiter)
            items[-1].append(end_of_item)
            items.extend([item] for item in next_items)
        else:
            items[-1].append(Unknown(part, reason))
    return [concat(item, reason) for item in items]


def references(expression: Expression) -> set[str]:
    """Return the logical ids and parameter names to which an expression refers at any depth."""
    return {reference[1] for reference in reference_calls(expression)}


def reference_calls(expression: Expression) -> Iterator[Expression]:
    """Yield the calls of Ref and Fn::GetAtt in an expression, in order, without those in their own arguments."""
    stack = [expression]
    while stack:
        current = stack.pop()
        if isinstance(current, tuple) and current:
            if current[0] in ("Ref", "GetAtt") and isinstance(current[1], str):
                yield current
            else:
                stack.extend(reversed(current[1:]))


def contains_unknown(value: Any) -> bool:
    """Whether a resolved value is Unknown, or has an Unknown among its members at any depth."""
    if isinstance(value, dict | list):
        return any(contains_unknown(member) for member in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, Unknown)


def names_resource(attribute: Any) -> bool:
    """Whether an attribute names its resource. Outputs are any values, and a hosted zone may be that of everybody."""
    return (
        isinstance(attribute, str)
        and attribute.endswith(_NAME_ENDINGS)
        and not attribute.startswith("Outputs.")
        and not attribute.endswith(_HOSTED_ZONE_ENDINGS)
    )
