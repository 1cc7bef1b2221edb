"""Parameters: the values that a deployment may give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from relint._named_tuple import NamedTuple
from relint.resolve.value import Unknown, scalar_text

OTHER = "\0other"
"""Stands for every value that the template compares the parameter with nowhere."""

PSEUDO_PARAMETERS = (
    "AWS::AccountId",
    "AWS::NotificationARNs",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
)
_BOOLEANS = ({"true", "false"}, {"yes", "no"})


class Parameter(NamedTuple):
    """A parameter and the values that are worth looking at.

    `choices` are those a run splits on, the assumed one first; empty when the value is simply unknown. `assumed` says
    that the first choice is what a deployment gets when nobody says otherwise. `compared` are the literals that OTHER
    differs from.
    """

    name: str
    type: str
    choices: tuple[str, ...]
    assumed: bool
    given: bool
    unknown: Unknown
    compared: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether a Ref of the parameter is a list."""
        return self.type == "CommaDelimitedList" or "List<" in self.type

    def value(self, choice: str) -> Any:
        """What a Ref of the parameter is when `choice` has been made."""
        if choice is OTHER:
            return self.unknown
        if self.is_list:
            return [item.strip() for item in choice.split(",")] if choice.strip() else []
        return choice


class Passed(NamedTuple):
    """What a parent passes to the parameter of a nested stack: None if nobody knows, `fixed` if it is never another."""

    value: str | None
    fixed: bool


class Parameters(Mapping[str, Parameter]):
    """The parameters and pseudo parameters of a template by name; each is read when it is first asked for."""

    __slots__ = ("_closed", "_compared", "_declared", "_given", "_read")

    def __init__(
        self, declared: Any, given: Mapping[str, str | Passed], compared: Mapping[str, set[str]], closed: set[str]
    ) -> None:
        """Takes the Parameters section and the values given for this run.

        `compared` are the literals that conditions and mappings compare a parameter with, `closed` the parameters that
        can take no other values than those.
        """
        self._declared: dict[str, Any] = dict.fromkeys(PSEUDO_PARAMETERS)
        if isinstance(declared, dict):
            self._declared.update(declared)
        self._given = given
        self._compared = compared
        self._closed = closed
        self._read: dict[str, Parameter] = {}

    def __getitem__(self, name: str) -> Parameter:
        if name not in self._read:
            body = self._declared[name]
            self._read[name] = _parameter(
                name,
                body if isinstance(body, dict) else {},
                self._given.get(name),
                sorted(self._compared.get(name, ())),
                name in self._closed,
            )
        return self._read[name]

    def refused(self) -> Iterator[tuple[str, str, list[str]]]:
        """The given values that CloudFormation would refuse: name, value, and the AllowedValues of the parameter."""
        for name, given in self._given.items():
            value = given.value if isinstance(given, Passed) else given
            if value is None:
                continue
            body = self._declared.get(name)
            allowed = body.get("AllowedValues") if isinstance(body, dict) else None
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


def _parameter(
    name: str, body: dict[str, Any], given: str | Passed | None, compared: list[str], closed: bool
) -> Parameter:
    kind = str(body.get("Type", "String"))
    unknown = _unknown(name, kind, body)
    if isinstance(given, Passed):
        given, body, unknown = _from_parent(given, body, unknown)
    if given is not None:
        return Parameter(name, kind, (given,), True, True, unknown)
    from_store = kind.startswith("AWS::SSM::Parameter::Value")
    default = None if from_store or "Default" not in body else scalar_text(body["Default"])
    choices = list(_choices(body, default, compared, closed, from_store))
    if default is not None:
        choices = [default, *(choice for choice in choices if choice != default)]
    return Parameter(name, kind, tuple(choices), default is not None, False, unknown, tuple(compared))


def _from_parent(passed: Passed, body: dict[str, Any], unknown: Unknown) -> tuple[str | None, dict[str, Any], Unknown]:
    """The given value, the declaration and the unknown of a parameter to which a parent passes a value.

    A value that is not fixed takes the place of the default, one that is not known leaves none.
    """
    if passed.value is not None and passed.fixed:
        return passed.value, body, unknown
    rest = {key: value for key, value in body.items() if key != "Default"}
    if passed.value is not None:
        return None, {**rest, "Default": passed.value}, unknown
    name = unknown.expression[1]
    return None, rest, unknown._replace(reason=f'what the parent passes as "{name}" is known only on deployment')


def _choices(
    body: dict[str, Any], default: str | None, compared: list[str], closed: bool, from_store: bool
) -> Iterator[str]:
    allowed = body.get("AllowedValues")
    if isinstance(allowed, list) and allowed and not from_store:
        yield from (scalar_text(value) for value in allowed)
    elif default is not None and (pair := _boolean_pair(default)):
        yield from pair
    elif compared:
        yield from compared
        if not closed:
            yield OTHER
    elif default is not None:
        yield default


def _boolean_pair(default: str) -> list[str] | None:
    for pair in _BOOLEANS:
        if default.lower() in pair:
            spelled = str.capitalize if default[:1].isupper() else str.lower
            return sorted(map(spelled, pair))
    return None


def _unknown(name: str, kind: str, body: dict[str, Any]) -> Unknown:
    if name in PSEUDO_PARAMETERS:
        reason = f'"{name}" is known only when the stack is deployed'
    elif kind.startswith("AWS::SSM::Parameter::Value"):
        reason = f'parameter "{name}" is read from the Parameter Store when the stack is deployed'
    else:
        reason = f'parameter "{name}" has no default'
    return Unknown(("Ref", name), reason, _number(body.get("MinValue")), _number(body.get("MaxValue")))


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None
