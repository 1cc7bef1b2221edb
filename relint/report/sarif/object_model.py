"""Conversion of a log to the object model of sarif_om and back."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any
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
"""The class of each property that is an object or a list of objects; other properties are JSON values."""

_MAP_VALUE_CLASSES = {
    ("ReportingDescriptor", "messageStrings"): "MultiformatMessageString",
    ("Run", "originalUriBaseIds"): "ArtifactLocation",
}
"""The class of the values of properties that are maps with free keys."""

_ALWAYS_WRITTEN = ("kind", "level")
"""Properties that the log contains even with their default values, because readers assume different defaults."""


def to_sarif_om(
    report: Report,
    *,
    profile: Profile = "full",
    category: str = "relint/reliability/",
    build: Mapping[str, str] | None = None,
    show_open: bool = False,
    exit_code: int | None = None,
) -> SarifLog:
    """Return the log of `to_sarif` as a `sarif_om.SarifLog`.

    sarif_om 1.0.4 calls the `status` of a suppression `state`, so suppressions belong to a subclass with both
    attributes; `to_dict` converts them correctly.
    """
    values = to_sarif(report, profile=profile, category=category, build=build, show_open=show_open, exit_code=exit_code)
    log: SarifLog = _build_object(values, "SarifLog", _sarif_om_classes())
    return log


def to_dict(log: SarifLog) -> dict[str, Any]:
    """Return a log of sarif_om objects as JSON values, without properties that have their default value."""
    values: dict[str, Any] = _to_json_values(log)
    return values


def _sarif_om_classes() -> dict[str, Any]:
    import attr
    import sarif_om

    @attr.s
    class Suppression(sarif_om.Suppression):  # type: ignore[misc]
        status: Any = attr.ib(default=None, metadata={"schema_property_name": "status"})

    return {**vars(sarif_om), "Suppression": Suppression}


def _build_object(value: Any, class_name: str, classes: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_build_object(item, class_name, classes) for item in value]
    property_classes = _CLASSES.get(class_name, {})
    arguments = {}
    for attribute in classes[class_name].__attrs_attrs__:
        key = attribute.metadata["schema_property_name"]
        if key not in value:
            continue
        arguments[attribute.name] = value[key]
        if key in property_classes:
            arguments[attribute.name] = _build_object(value[key], property_classes[key], classes)
        elif (class_name, key) in _MAP_VALUE_CLASSES:
            value_class = _MAP_VALUE_CLASSES[class_name, key]
            arguments[attribute.name] = {
                name: _build_object(item, value_class, classes) for name, item in value[key].items()
            }
    return classes[class_name](**arguments)


def _to_json_values(value: Any) -> Any:
    if isinstance(value, list):
        return [_to_json_values(item) for item in value]
    if isinstance(value, dict):
        return {key: _to_json_values(item) for key, item in value.items()}
    attributes = getattr(type(value), "__attrs_attrs__", None)
    if attributes is None:
        return value
    properties = {}
    for attribute in attributes:
        key = attribute.metadata["schema_property_name"]
        property_value = getattr(value, attribute.name)
        if property_value is not None and (key in _ALWAYS_WRITTEN or property_value != _default_value(attribute)):
            properties[key] = _to_json_values(property_value)
    return properties


def _default_value(attribute: Any) -> Any:
    factory = getattr(attribute.default, "factory", None)
    return factory() if factory else attribute.default
