"""The log as objects of sarif_om, for programs that work with those."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relint.report.sarif.log import to_sarif

if TYPE_CHECKING:
    from sarif_om import SarifLog

    from relint.finding import Report
    from relint.report.sarif.log import Profile

_CLASSES = {
    "SarifLog": {"runs": "Run"},
    "Run": {
        "tool": "Tool",
        "taxonomies": "ToolComponent",
        "automationDetails": "RunAutomationDetails",
        "invocations": "Invocation",
        "versionControlProvenance": "VersionControlDetails",
        "results": "Result",
    },
    "VersionControlDetails": {"mappedTo": "ArtifactLocation"},
    "Tool": {"driver": "ToolComponent"},
    "ToolComponent": {
        "shortDescription": "MultiformatMessageString",
        "rules": "ReportingDescriptor",
        "notifications": "ReportingDescriptor",
        "taxa": "ReportingDescriptor",
        "supportedTaxonomies": "ToolComponentReference",
    },
    "ReportingDescriptor": {
        "shortDescription": "MultiformatMessageString",
        "fullDescription": "MultiformatMessageString",
        "help": "MultiformatMessageString",
        "defaultConfiguration": "ReportingConfiguration",
        "relationships": "ReportingDescriptorRelationship",
    },
    "ReportingDescriptorRelationship": {"target": "ReportingDescriptorReference"},
    "ReportingDescriptorReference": {"toolComponent": "ToolComponentReference"},
    "Invocation": {"toolExecutionNotifications": "Notification", "toolConfigurationNotifications": "Notification"},
    "Notification": {
        "descriptor": "ReportingDescriptorReference",
        "message": "Message",
        "locations": "Location",
    },
    "Result": {
        "message": "Message",
        "locations": "Location",
        "relatedLocations": "Location",
        "codeFlows": "CodeFlow",
        "suppressions": "Suppression",
    },
    "Location": {"message": "Message", "physicalLocation": "PhysicalLocation", "logicalLocations": "LogicalLocation"},
    "PhysicalLocation": {"artifactLocation": "ArtifactLocation", "region": "Region", "contextRegion": "Region"},
    "ArtifactLocation": {"description": "Message"},
    "Region": {"snippet": "ArtifactContent"},
    "CodeFlow": {"threadFlows": "ThreadFlow"},
    "ThreadFlow": {"locations": "ThreadFlowLocation"},
    "ThreadFlowLocation": {"location": "Location"},
}
"""The class of each property that is an object or a list of objects; other properties hold plain values."""

_MAPPINGS = {
    ("ReportingDescriptor", "messageStrings"): "MultiformatMessageString",
    ("Run", "originalUriBaseIds"): "ArtifactLocation",
}
"""The class of the values of those properties that are maps with free keys."""

_ALWAYS = ("kind", "level")
"""Properties that stand in the log although they have a default: readers disagree about it."""


def to_sarif_om(
    report: Report,
    *,
    profile: Profile = "full",
    category: str = "relint/reliability/",
    build: Mapping[str, str] | None = None,
) -> SarifLog:
    """The log of `to_sarif` as a `sarif_om.SarifLog`.

    sarif_om 1.0.4 calls the `status` of a suppression `state`, so suppressions are of a subclass that has both; turn
    the log into JSON values with `to_dict`, which knows that.
    """
    log: SarifLog = _build(to_sarif(report, profile=profile, category=category, build=build), "SarifLog", _types())
    return log


def to_dict(log: SarifLog) -> dict[str, Any]:
    """The JSON values of a log made of sarif_om objects: properties with their default value are left out."""
    found: dict[str, Any] = _plain(log)
    return found


def _types() -> dict[str, Any]:
    """The classes of sarif_om by name."""
    import attr
    import sarif_om

    @attr.s
    class Suppression(sarif_om.Suppression):  # type: ignore[misc]
        status: Any = attr.ib(default=None, metadata={"schema_property_name": "status"})

    return {**vars(sarif_om), "Suppression": Suppression}


def _build(value: Any, name: str, types: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_build(item, name, types) for item in value]
    nested = _CLASSES.get(name, {})
    arguments = {}
    for attribute in types[name].__attrs_attrs__:
        key = attribute.metadata["schema_property_name"]
        if key not in value:
            continue
        arguments[attribute.name] = value[key]
        if key in nested:
            arguments[attribute.name] = _build(value[key], nested[key], types)
        elif (name, key) in _MAPPINGS:
            of = _MAPPINGS[name, key]
            arguments[attribute.name] = {free: _build(item, of, types) for free, item in value[key].items()}
    return types[name](**arguments)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    attributes = getattr(type(value), "__attrs_attrs__", None)
    if attributes is None:
        return value
    found = {}
    for attribute in attributes:
        key = attribute.metadata["schema_property_name"]
        held = getattr(value, attribute.name)
        if held is not None and (key in _ALWAYS or held != _default(attribute)):
            found[key] = _plain(held)
    return found


def _default(attribute: Any) -> Any:
    factory = getattr(attribute.default, "factory", None)
    return factory() if factory else attribute.default
