"""The SARIF log of an assessment: results, the path from the entry to each culprit, and the graph of the system."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.assessment.result import Assessment
from relint.finding import Report, finding_sort_key
from relint.report.assessment.sarif.findings import findings_of
from relint.report.assessment.sarif.rules import RULES
from relint.report.repository_paths import paths_from_root
from relint.report.sarif.locations import build_artifact_location, relative_paths, to_uri
from relint.report.sarif.log import Profile, to_sarif

if TYPE_CHECKING:
    from relint.assessment.listed import ListedDependency, ListedPart

CATEGORY = "relint/assessment/"
_PROFILES_WITH_GRAPH = ("full", "azure")
"""Profiles of readers that accept a graph; none of them shows it, and others have limits of size."""

_GRAPH_PLANES = ("serve", "recover", "backup")


def render_sarif_assessment(
    assessment: Assessment,
    *,
    profile: Profile = "full",
    with_passes: bool = False,
    build: Mapping[str, str] | None = None,
    exit_code: int | None = None,
) -> str:
    """Return the log as JSON; `with_passes` adds the targets that are met, and the others are those of `to_sarif`."""
    log = sarif_assessment(assessment, profile=profile, with_passes=with_passes, build=build, exit_code=exit_code)
    return json.dumps(log, separators=(",", ":")) + "\n"


def sarif_assessment(
    assessment: Assessment,
    *,
    profile: Profile = "full",
    with_passes: bool = False,
    build: Mapping[str, str] | None = None,
    exit_code: int | None = None,
) -> dict[str, Any]:
    """Return the log as JSON values, built by the rooms of the log of a check."""
    report = Report(
        results=tuple(sorted(findings_of(assessment), key=finding_sort_key)),
        failures=assessment.failures,
        rules=tuple(RULES.values()),
        templates=assessment.files,
        sources=assessment.listing.sources,
    )
    log = to_sarif(
        report, profile=profile, category=CATEGORY, build=build, exit_code=exit_code, with_passes=with_passes
    )
    (run,) = log["runs"]
    for result in run["results"]:
        if "codeFlows" in result:
            result["codeFlows"] = [_code_flow(result)]
    if profile in _PROFILES_WITH_GRAPH and assessment.listing.parts:
        run["graphs"] = [_graph(assessment, report)]
    return log


def _code_flow(result: dict[str, Any]) -> dict[str, Any]:
    """Return the flow from the entry over the places that show its dependencies to the place of the result."""
    last = {key: value for key, value in result["locations"][0].items() if key == "physicalLocation"}
    message = {"text": result["message"]["text"].partition(" See '[")[0]}
    steps = [{key: value for key, value in place.items() if key != "id"} for place in result["relatedLocations"]]
    locations = [*steps, {**last, "message": message}]
    return {"threadFlows": [{"locations": [{"location": location} for location in locations]}]}


def _graph(assessment: Assessment, report: Report) -> dict[str, Any]:
    listing = assessment.listing
    names = paths_from_root(report)
    files = {part.place.template: names.get(part.place.template, part.place.template) for part in listing.parts}
    paths = relative_paths(files.values())
    uris = {file: to_uri(paths[name]) for file, name in files.items()}
    edges = [edge for edge in listing.dependencies if edge.plane in _GRAPH_PLANES]
    return {
        "description": {"text": "The resources of the system, and what each of them needs."},
        "nodes": [_node(part, uris) for part in listing.parts],
        "edges": list(_edges(edges)),
    }


def _node(part: ListedPart, uris: Mapping[str, str]) -> dict[str, Any]:
    line = part.place.line
    place = {"artifactLocation": build_artifact_location(uris[part.place.template]), "region": {"startLine": line}}
    return {"id": part.id, "label": {"text": f"{part.id} ({part.type})"}, "location": {"physicalLocation": place}}


def _edges(dependencies: list[ListedDependency]) -> Iterator[dict[str, Any]]:
    for number, dependency in enumerate(dependencies, start=1):
        yield {
            "id": f"e{number}",
            "sourceNodeId": dependency.source,
            "targetNodeId": dependency.target,
            "label": {"text": f"{dependency.verb} ({dependency.strength})"},
        }
