"""Parameters of a template of experiments, for what only the deployed system has."""

from __future__ import annotations

import re
from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.report.gameday.names import LogicalIds
from relint.report.gameday.yaml_text import Ref, Sub
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.assessment.gameday.records import GameDayEvent, Injection

_PLACEHOLDER = re.compile(r"(?<!\$)\{([a-z]+)\}")
_REFERENCE = re.compile(r"\$\{(\w+)\}")
_MAX_DESCRIPTION = 300
_DURATION = {
    "Type": "String",
    "Default": "PT30M",
    "AllowedPattern": "PT[0-9]+[MH]",
    "Description": "How long a fault lasts, in ISO 8601: longer than the recovery that you expect",
}
_SHARED: Mapping[str, tuple[str, dict[str, Any]]] = {
    "duration": ("Duration", _DURATION),
    "vpc": ("Vpc", {"Type": "AWS::EC2::VPC::Id", "Description": "The VPC of which a zone is cut off"}),
    "region": ("OtherRegion", {"Type": "String", "Description": "The Region of the copies, such as eu-west-1"}),
    "bucket": (
        "FaultBucket",
        {
            "Type": "String",
            "Description": "The bucket of AWS_FIS_CONFIGURATION_LOCATION, from which functions read faults",
        },
    ),
    "scope": (
        "NetworkScope",
        {
            "Type": "String",
            "Default": "availability-zone",
            "AllowedValues": ["availability-zone", "all"],
            "Description": "The traffic that a lost zone denies: that with other zones of the VPC, or all",
        },
    ),
}
"""By the name of a placeholder that all parts share, the parameter."""

_OF_PART = {
    "id": ("Id", "Physical id of"),
    "arn": ("Arn", "ARN of"),
    "service": ("Name", "Name of the service"),
    "cluster": ("Cluster", "Name of the cluster of"),
}


class Placeholders:
    """The parameters that a template of experiments has asked for so far, by logical id."""

    def __init__(self) -> None:
        self.parameters: dict[str, dict[str, Any]] = {}
        self._ids = LogicalIds()

    def fill(self, text: str, event: GameDayEvent, injection: Injection) -> object:
        """Return a text of the tables as a value: parameters are references in it."""
        text = text.replace("{target}", injection.action.target_arn)
        text = _PLACEHOLDER.sub(lambda match: self._value(match[1], event, injection), text)
        whole = _REFERENCE.fullmatch(text)
        return Ref(whole[1]) if whole else Sub(text) if "${" in text else text

    def alarm(self, name: str) -> Sub:
        """Return the ARN of an alarm of the system."""
        parameter = self._add(("Alarm", name, "Id"), None, f"Physical id of the alarm {name}, which is its name")
        return Sub(f"arn:${{AWS::Partition}}:cloudwatch:${{AWS::Region}}:${{AWS::AccountId}}:alarm:${{{parameter}}}")

    def _value(self, name: str, event: GameDayEvent, injection: Injection) -> str:
        if name in _SHARED:
            parameter, body = _SHARED[name]
            self.parameters[parameter] = body
            return f"${{{parameter}}}"
        if name == "zone":
            description = f"The zone of {event.name}, as in eu-west-1a"
            parameter = self._add(("Zone", event.name), event.number, description, "AWS::EC2::AvailabilityZone::Name")
            return f"${{{parameter}}}"
        part = injection.part
        assert part is not None  # a test fills each row of the tables
        if name == "name":
            return part.name.replace("${", "${!")
        suffix, words = _OF_PART[name]
        return f"${{{self._add((part.name, suffix), None, f'{words} {part.name} ({part.resource.type})')}}}"

    def _add(self, words: tuple[str, ...], key: object, description: str, parameter_type: str = "String") -> str:
        name = self._ids.get(*words, key=key)
        body: dict[str, Any] = {"Type": parameter_type}
        if parameter_type == "String":
            body["MinLength"] = 1
        self.parameters[name] = {**body, "Description": printable(description)[:_MAX_DESCRIPTION]}
        return name
