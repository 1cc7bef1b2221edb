"""What GitHub Advanced Security for Azure DevOps wants to know of the pipeline that made a log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PREFIX = "azuredevops/pipeline/build/"
_PROPERTIES = {
    "buildDefinitionId": "SYSTEM_DEFINITIONID",
    "buildDefinitionName": "BUILD_DEFINITIONNAME",
    "phaseId": "SYSTEM_PHASEID",
    "phaseName": "SYSTEM_PHASENAME",
}


def automation_details(build: Mapping[str, str]) -> dict[str, Any]:
    """The automationDetails of a pipeline run, from its predefined variables; a missing one is a hyphen in the id.

    The id is organization/project/definition/phase/branch/build below a fixed prefix. Source of the form: rules
    GHAzDO1019 and GHAzDO1020 of the SARIF multitool 5.7.0; of the variables:
    https://learn.microsoft.com/en-us/azure/devops/pipelines/build/variables.
    """
    steps = (
        _organization(build.get("SYSTEM_COLLECTIONURI", "")),
        build.get("SYSTEM_TEAMPROJECT"),
        build.get("SYSTEM_DEFINITIONID"),
        build.get("SYSTEM_PHASEID"),
        build.get("BUILD_SOURCEBRANCH"),
        build.get("BUILD_BUILDID"),
    )
    properties = {_PREFIX + name: build[variable] for name, variable in _PROPERTIES.items() if build.get(variable)}
    details: dict[str, Any] = {"id": _PREFIX + "/".join((step or "-").replace("/", "-") for step in steps)}
    if properties:
        details["properties"] = properties
    return details


def _organization(uri: str) -> str:
    """The organization of https://dev.azure.com/acme/ or https://acme.visualstudio.com/."""
    host, _, path = uri.partition("://")[2].strip("/").partition("/")
    return path or host.partition(".")[0]
