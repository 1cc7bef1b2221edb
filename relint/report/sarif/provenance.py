"""Description of the pipeline and the repository of a log, from the variables that the pipeline sets."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import Any
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
"""Variables of Azure Pipelines, GitLab and GitHub Actions that contain repository, commit and branch."""

VARIABLES = (
    *("SYSTEM_COLLECTIONURI", "SYSTEM_TEAMPROJECT", "BUILD_SOURCEBRANCH", "BUILD_BUILDID", *_PROPERTIES.values()),
    *("GITHUB_SERVER_URL", *(variable for host in _HOSTS for variable in host)),
)
"""All variables that this module reads."""


def build_azure_details(build: Mapping[str, str]) -> dict[str, Any]:
    """Return the automationDetails for GitHub Advanced Security for Azure DevOps.

    The id is organization/project/definition/phase/branch/build below a fixed prefix, with a hyphen for a missing
    step. Source of the format: rules GHAzDO1019 and GHAzDO1020 of the SARIF multitool 5.7.0; of the variables:
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


def build_provenance(build: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the versionControlProvenance: repository, commit and branch.

    The list is empty without a repository that has a web address. The user name that Azure adds to it is removed.
    """
    for repository, commit, branch in _HOSTS:
        uri = build.get(repository, "")
        if repository == "GITHUB_REPOSITORY" and uri:
            uri = f"{build.get('GITHUB_SERVER_URL', 'https://github.com')}/{uri}"
        scheme, _, address = uri.partition("://")
        host, slash, path = address.partition("/")
        if scheme in ("http", "https") and host:
            details: dict[str, Any] = {"repositoryUri": f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"}
            if build.get(commit):
                details["revisionId"] = build[commit]
            if build.get(branch):
                details["branch"] = build[branch]
            return [{**details, "mappedTo": {"uriBaseId": ROOT}}]
    return []


def _organization(uri: str) -> str:
    """Return the organization in https://dev.azure.com/acme/ or https://acme.visualstudio.com/."""
    host, _, path = uri.partition("://")[2].strip("/").partition("/")
    return path or host.partition(".")[0]
