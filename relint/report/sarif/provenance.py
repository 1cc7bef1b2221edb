"""What a log says of the pipeline that made it, told by the variables that the pipeline sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from relint.report.sarif.locations import ROOT

_PREFIX = "azuredevops/pipeline/build/"
_PROPERTIES = {
    "buildDefinitionId": "SYSTEM_DEFINITIONID",
    "buildDefinitionName": "BUILD_DEFINITIONNAME",
    "phaseId": "SYSTEM_PHASEID",
    "phaseName": "SYSTEM_PHASENAME",
}
_HOSTS = (
    ("BUILD_REPOSITORY_URI", "BUILD_SOURCEVERSION", "BUILD_SOURCEBRANCHNAME"),
    ("CI_PROJECT_URL", "CI_COMMIT_SHA", "CI_COMMIT_REF_NAME"),
    ("GITHUB_REPOSITORY", "GITHUB_SHA", "GITHUB_REF_NAME"),
)
"""Repository, commit and branch as Azure Pipelines, GitLab and GitHub Actions call them."""

VARIABLES = (
    *("SYSTEM_COLLECTIONURI", "SYSTEM_TEAMPROJECT", "BUILD_SOURCEBRANCH", "BUILD_BUILDID", *_PROPERTIES.values()),
    *("GITHUB_SERVER_URL", *(variable for host in _HOSTS for variable in host)),
)
"""All variables that are read here."""


def azure_details(build: Mapping[str, str]) -> dict[str, Any]:
    """The automationDetails that GitHub Advanced Security for Azure DevOps wants; a missing step is a hyphen in the id.

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


def provenance(build: Mapping[str, str]) -> list[dict[str, Any]]:
    """The versionControlProvenance: repository, commit and branch; an empty list if no pipeline tells the repository.

    Only web addresses are given, and without the user name that Azure puts into them.
    """
    for repository, commit, branch in _HOSTS:
        uri = build.get(repository, "")
        if repository == "GITHUB_REPOSITORY" and uri:
            uri = f"{build.get('GITHUB_SERVER_URL', 'https://github.com')}/{uri}"
        scheme, _, rest = uri.partition("://")
        host, slash, path = rest.partition("/")
        if scheme in ("http", "https") and host:
            found: dict[str, Any] = {"repositoryUri": f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"}
            if build.get(commit):
                found["revisionId"] = build[commit]
            if build.get(branch):
                found["branch"] = build[branch]
            return [{**found, "mappedTo": {"uriBaseId": ROOT}}]
    return []


def _organization(uri: str) -> str:
    """The organization of https://dev.azure.com/acme/ or https://acme.visualstudio.com/."""
    host, _, path = uri.partition("://")[2].strip("/").partition("/")
    return path or host.partition(".")[0]
