"""Parameters of a template, and the values that a deployment may give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import Any, NamedTuple
from relint.resolve.value import (
    Unknown,
    dynamic_reference,
    is_dynamic_reference,
    parts_of,
    referenced_id,
    scalar_text,
    split_parts,
)

OTHER_VALUE = "\0other"
"""The choice that represents all values with which the template does not compare the parameter."""

PSEUDO_PARAMETERS = (
    "AWS::AccountId",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
)
_SSM_TYPE_PREFIX = "AWS::SSM::Parameter::Value"
_BOOLEANS = ({"true", "false"}, {"yes", "no"})


class Parameter(NamedTuple):
    """A parameter and the values for which a run explores the template.

    `choices` are those values, the default first; without choices the value is `unknown`. With `has_default` the first
    choice is the value of a deployment without parameter values. `compared_literals` are excluded by OTHER_VALUE.
    """

    name: str
    type: str
    choices: tuple[str, ...]
    has_default: bool
    is_given: bool
    unknown: Unknown
    compared_literals: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether a Ref of the parameter is a list."""
        return self.type == "CommaDelimitedList" or "List<" in self.type

    @property
    def unknown_value(self) -> Unknown | list[Any]:
        """The value of a Ref of the parameter without choices: a list if the items that the parent passes are known."""
        parts = parts_of(self.unknown.expression)
        is_one_resource = self.unknown.named_here
        if self.is_list and (is_one_resource or any(isinstance(part, str) and "," in part for part in parts)):
            return split_parts(parts, ",", self.unknown.reason)
        return self.unknown

    def value(self, choice: str) -> Any:
        """Return the value of a Ref of the parameter if a deployment makes this choice."""
        if choice is OTHER_VALUE:
            return self.unknown
        if self.is_list and is_dynamic_reference(choice) and "," not in choice:
            return dynamic_reference(choice)  # which may be a list itself
        if self.is_list:
            return [item.strip() for item in choice.split(",")] if choice.strip() else []
        return choice

    def placeholder(self, value: Any, reason: str) -> Unknown:
        """Return the value of a Ref in a property that cannot have the one of the parameter."""
        text = ",".join(map(scalar_text, value)) if isinstance(value, list) else scalar_text(value)
        return self.unknown._replace(reason=reason, placeholder=text)


class PassedValue(NamedTuple):
    """The value that a parent stack passes to the parameter of a nested stack.

    `value` is None if it is unknown; `is_fixed` is true if the parent passes no other value in any deployment.
    `reference` is an unknown value that refers to resources of the parent, with names that mean the same in the nested
    stack.
    """

    value: str | None
    is_fixed: bool
    reference: Unknown | None = None


class Parameters(Mapping[str, Parameter]):
    """The parameters and pseudo parameters of a template by name; each is read on first access."""

    __slots__ = ("_compared_literals", "_declared", "_enumerated", "_read", "_values")

    def __init__(
        self,
        declared: Any,
        values: Mapping[str, str | PassedValue],
        compared_literals: Mapping[str, set[str]],
        enumerated: set[str],
    ) -> None:
        """Take the Parameters section and the parameter values of this run.

        `compared_literals` are the literals with which conditions and mappings compare a parameter, `enumerated` the
        parameters for which all other values are invalid.
        """
        self._declared: dict[str, Any] = dict.fromkeys(PSEUDO_PARAMETERS)
        if isinstance(declared, dict):
            self._declared.update(declared)
        self._values = values
        self._compared_literals = compared_literals
        self._enumerated = enumerated
        self._read: dict[str, Parameter] = {}

    def __getitem__(self, name: str) -> Parameter:
        if name not in self._read:
            declaration = self._declared[name]
            self._read[name] = _read_parameter(
                name,
                declaration if isinstance(declaration, dict) else {},
                self._values.get(name),
                compared_literals=sorted(self._compared_literals.get(name, ())),
                is_enumerated=name in self._enumerated,
            )
        return self._read[name]

    def disallowed_values(self) -> Iterator[tuple[str, str, list[str]]]:
        """Yield the parameter values that CloudFormation rejects: name, value, and AllowedValues of the parameter."""
        for name, passed in self._values.items():
            value = passed.value if isinstance(passed, PassedValue) else passed
            if value is None:
                continue
            declaration = self._declared.get(name)
            allowed = declaration.get("AllowedValues") if isinstance(declaration, dict) else None
            if isinstance(allowed, list) and allowed:
                texts = [scalar_text(item) for item in allowed]
                if value not in texts and not self[name].is_list:
                    yield name, value, texts

    def __contains__(self, name: object) -> bool:
        return name in self._declared

    def __iter__(self) -> Iterator[str]:
        return iter(self._declared)

    def __len__(self) -> int:
        return len(self._declared)


def _read_parameter(
    name: str,
    declaration: dict[str, Any],
    value: str | PassedValue | None,
    *,
    compared_literals: list[str],
    is_enumerated: bool,
) -> Parameter:
    type_name = str(declaration.get("Type", "String"))
    unknown = _unknown(name, type_name, declaration)
    if isinstance(value, PassedValue):
        value, declaration, unknown = _apply_passed_value(value, declaration, unknown)
    if value is not None:
        return Parameter(name=name, type=type_name, choices=(value,), has_default=True, is_given=True, unknown=unknown)
    from_ssm = type_name.startswith(_SSM_TYPE_PREFIX)
    default = None if from_ssm or "Default" not in declaration else scalar_text(declaration["Default"])
    allowed = [] if from_ssm else declaration.get("AllowedValues")
    choices = list(_choices(allowed, default, compared_literals, is_enumerated=is_enumerated))
    if default is not None:
        choices = [default, *(choice for choice in choices if choice != default)]
    return Parameter(
        name=name,
        type=type_name,
        choices=tuple(choices),
        has_default=default is not None,
        is_given=False,
        unknown=unknown,
        compared_literals=tuple(compared_literals),
    )


def _apply_passed_value(
    passed: PassedValue, declaration: dict[str, Any], unknown: Unknown
) -> tuple[str | None, dict[str, Any], Unknown]:
    """Return the value, the declaration and the unknown of a parameter to which a parent stack passes a value.

    A value that is not fixed replaces the default; an unknown value removes the default.
    """
    if passed.value is not None and passed.is_fixed:
        return passed.value, declaration, unknown
    without_default = {key: value for key, value in declaration.items() if key != "Default"}
    if passed.value is not None:
        return None, {**without_default, "Default": passed.value}, unknown
    reason = f'what the parent passes as "{referenced_id(unknown.expression)}" is known only on deployment'
    return None, without_default, (passed.reference or unknown)._replace(reason=reason)


def _choices(allowed: Any, default: str | None, compared_literals: list[str], *, is_enumerated: bool) -> Iterator[str]:
    if isinstance(allowed, list) and allowed:
        yield from (scalar_text(value) for value in allowed)
    elif default is not None and (both_values := _boolean_values(default)):
        yield from both_values
    elif compared_literals:
        yield from compared_literals
        if not is_enumerated:
            yield OTHER_VALUE
    elif default is not None:
        yield default


def _boolean_values(default: str) -> list[str] | None:
    """Return both values of a parameter whose default is one of a pair such as true and false, else None."""
    for pair in _BOOLEANS:
        if default.lower() in pair:
            spell = str.capitalize if default[:1].isupper() else str.lower
            return sorted(map(spell, pair))
    return None


def _unknown(name: str, type_name: str, declaration: dict[str, Any]) -> Unknown:
    if name in PSEUDO_PARAMETERS:
        reason = f'"{name}" is known only when the stack is deployed'
    elif type_name.startswith(_SSM_TYPE_PREFIX):
        reason = f'parameter "{name}" is read from the Parameter Store when the stack is deployed'
    else:
        reason = f'parameter "{name}" has no default'
    return Unknown(
        expression=("Ref", name),
        reason=reason,
        minimum=_parse_bound(declaration.get("MinValue")),
        maximum=_parse_bound(declaration.get("MaxValue")),
    )


def _parse_bound(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
