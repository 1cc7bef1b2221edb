"""SARIF logs: results, pipelines, failures."""

from __future__ import annotations

import json
from typing import Any

import pytest

from relint.finding import Failure, Finding, Report, Suppression
from relint.report.sarif.log import to_sarif, write_sarif
from tests.helpers.report_builder import (
    S3,
    find_span,
    make_finding,
    make_report,
)
from tests.helpers.sarif import results_of, run_of

PROFILES = ("full", "github", "gitlab", "azure")


@pytest.mark.parametrize("profile", PROFILES)
def test_streamed_log_equals_the_log(mixed: Report, profile: str) -> None:
    written: list[str] = []
    write_sarif(mixed, written.append, profile=profile)
    assert json.loads("".join(written)) == to_sarif(mixed, profile=profile)
    assert max(map(len, written[1:])) < 10_000


def test_streamed_log_without_results_equals_the_log() -> None:
    written: list[str] = []
    write_sarif(make_report(), written.append)
    assert json.loads("".join(written)) == to_sarif(make_report())


@pytest.mark.parametrize(
    ("finding", "kind", "level"),
    [
        pytest.param(make_finding(), "fail", "error", id="a failure has its level"),
        pytest.param(make_finding(scenario="IsProd is false"), "review", "none", id="a review has no level"),
        pytest.param(make_finding(reason="no default"), "open", "none", id="an open finding has no level"),
    ],
)
def test_kind_of_a_result_is_the_verdict(finding: Finding, kind: str, level: str) -> None:
    (result,) = results_of(make_report([finding]))
    assert (result["kind"], result["level"]) == (kind, level)


def test_reason_scenario_and_level_are_properties() -> None:
    review, undecided = results_of(
        make_report([make_finding(scenario="IsProd is false"), make_finding(reason="no default")])
    )
    assert review["properties"]["relint/scenario"] == "IsProd is false"
    assert undecided["properties"]["relint/reason"] == "no default"
    assert undecided["properties"]["relint/level"] == "error"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("verdict", ["pass", "notApplicable"])
def test_passing_rules_have_no_result(verdict: Any, profile: str) -> None:
    assert results_of(make_report([make_finding(verdict=verdict)]), profile=profile) == []


@pytest.mark.parametrize(
    ("show_open", "levels"),
    [
        pytest.param(False, ["error", "note", "warning"], id="a review is a note, an open result no alert"),
        pytest.param(True, ["error", "note", "note", "warning"], id="an open result is a note on request"),
    ],
)
def test_log_for_github_has_failures_only_and_nothing_suppressed(
    mixed: Report, show_open: bool, levels: list[str]
) -> None:
    results = results_of(mixed, profile="github", show_open=show_open)
    assert [(result["kind"], result["level"]) for result in results] == [("fail", level) for level in levels]
    assert not any("suppressions" in result for result in results)


def test_suppressed_result_has_a_reason_and_others_an_empty_list() -> None:
    findings = [make_finding(), make_finding(S3, suppression=Suppression("rebuilt nightly"))]
    first, second = results_of(make_report(findings))
    assert first["suppressions"] == []
    assert second["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "rebuilt nightly"}]


def test_suppression_has_its_owner_and_its_last_day_in_the_log() -> None:
    findings = [make_finding(suppression=Suppression("rebuilt nightly", owner="data-team", until="2027-03-01"))]
    (result,) = results_of(make_report(findings))
    properties = {"relint/owner": "data-team", "relint/until": "2027-03-01"}
    assert result["suppressions"][0]["properties"] == properties


def test_log_without_suppressed_results_has_no_suppressions() -> None:
    assert "suppressions" not in results_of(make_report([make_finding()]))[0]


def test_log_for_gitlab_has_no_context_regions() -> None:
    assert "contextRegion" not in json.dumps(to_sarif(make_report([make_finding()]), profile="gitlab"))


BUILD = {
    "SYSTEM_COLLECTIONURI": "https://dev.azure.com/acme/",
    "SYSTEM_TEAMPROJECT": "shop",
    "SYSTEM_DEFINITIONID": "42",
    "SYSTEM_PHASEID": "3dc8fd7e-4368-5a92-293e-d53cefc8c4b3",
    "SYSTEM_PHASENAME": "lint",
    "BUILD_DEFINITIONNAME": "shop-ci",
    "BUILD_SOURCEBRANCH": "refs/heads/main",
    "BUILD_BUILDID": "981",
    "BUILD_REPOSITORY_URI": "https://acme@dev.azure.com/acme/shop/_git/shop",
    "BUILD_SOURCEVERSION": "0123abcd",
}


def test_log_for_azure_names_the_pipeline() -> None:
    details = run_of(make_report(), profile="azure", build=BUILD)["automationDetails"]
    assert details == {
        "id": "azuredevops/pipeline/build/acme/shop/42/3dc8fd7e-4368-5a92-293e-d53cefc8c4b3/refs-heads-main/981",
        "properties": {
            "azuredevops/pipeline/build/buildDefinitionId": "42",
            "azuredevops/pipeline/build/buildDefinitionName": "shop-ci",
            "azuredevops/pipeline/build/phaseId": "3dc8fd7e-4368-5a92-293e-d53cefc8c4b3",
            "azuredevops/pipeline/build/phaseName": "lint",
        },
    }


def test_azure_organization_can_be_a_host_name() -> None:
    build = {**BUILD, "SYSTEM_COLLECTIONURI": "https://acme.visualstudio.com/"}
    assert "/build/acme/shop/" in run_of(make_report(), profile="azure", build=build)["automationDetails"]["id"]


def test_missing_variables_are_empty_parts_of_the_id() -> None:
    details = run_of(make_report(), profile="azure")["automationDetails"]
    assert details == {"id": "azuredevops/pipeline/build/-/-/-/-/-/-"}


@pytest.mark.parametrize(
    ("build", "repository"),
    [
        pytest.param(BUILD, "https://dev.azure.com/acme/shop/_git/shop", id="Azure without the user name"),
        pytest.param({"CI_PROJECT_URL": "https://gitlab.com/a/b"}, "https://gitlab.com/a/b", id="GitLab"),
        pytest.param({"GITHUB_REPOSITORY": "a/b"}, "https://github.com/a/b", id="GitHub"),
        pytest.param(
            {"GITHUB_REPOSITORY": "a/b", "GITHUB_SERVER_URL": "https://git.acme.dev"},
            "https://git.acme.dev/a/b",
            id="GitHub Enterprise",
        ),
    ],
)
def test_repository_is_read_from_the_pipeline(build: Any, repository: Any) -> None:
    (provenance,) = run_of(make_report(), build=build)["versionControlProvenance"]
    assert provenance["repositoryUri"] == repository
    assert provenance["mappedTo"] == {"uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize(
    "build", [{}, {"BUILD_REPOSITORY_URI": "git@example.com:a/b"}], ids=["none is known", "it has no web address"]
)
def test_repository_is_omitted(build: Any) -> None:
    assert "versionControlProvenance" not in run_of(make_report(), build=build)


@pytest.mark.parametrize("category", ["mine", "mine/"])
def test_category_ends_in_a_slash(category: Any) -> None:
    assert run_of(make_report(), category=category)["automationDetails"] == {"id": "mine/"}


def test_failure_is_a_notification_with_a_location(mixed: Report) -> None:
    run = run_of(mixed)
    (invocation,) = run["invocations"]
    unread, crashed = invocation["toolExecutionNotifications"]
    (option,) = invocation["toolConfigurationNotifications"]
    assert unread["message"]["text"] == "In 'stacks/broken.yaml': 'A mapping entry is indented by 3, not by 2'."
    assert unread["locations"][0]["physicalLocation"]["region"]["startLine"] == 4
    assert [notification["level"] for notification in (unread, crashed, option)] == ["error"] * 3
    assert "locations" not in option
    for notification in (unread, crashed, option):
        descriptor = notification["descriptor"]
        assert run["tool"]["driver"]["notifications"][descriptor["index"]]["id"] == descriptor["id"]


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("stage", ["discover", "load", "options", "rule", "check", "suppress", None])
def test_invocation_is_successful_if_nothing_failed(stage: Any, profile: str) -> None:
    failures = [Failure("a.yaml", stage, "No.")] if stage else []
    (invocation,) = run_of(make_report([make_finding()], failures=failures), profile=profile)["invocations"]
    assert invocation["executionSuccessful"] is (stage is None)


def test_braces_and_quotes_in_a_failure_are_text() -> None:
    report = make_report(failures=[Failure("a{0}.yaml", "load", "Key '{1}' is {bad}.")])
    (notification,) = run_of(report)["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"] == "In 'a{0}.yaml': 'Key \"{1}\" is {bad}'."


def test_lone_surrogate_does_not_break_the_log() -> None:
    text = 'A: "\ud800"\nB: 1\n'
    written: list[str] = []
    write_sarif(make_report([make_finding(file="t", at=find_span(text, "B: 1"))], sources={"t": text}), written.append)
    "".join(written).encode("utf-8")


def test_levels_and_ranks_agree() -> None:
    findings = [make_finding(level=level) for level in ("error", "warning", "note")]
    assert [result["rank"] for result in results_of(make_report(findings))] == [75.0, 50.0, 20.0]


def test_full_log_is_the_default(mixed: Report) -> None:
    parts: list[str] = []
    write_sarif(mixed, parts.append)
    assert (
        json.loads("".join(parts)) == to_sarif(mixed) == to_sarif(mixed, profile="full", category="relint/reliability/")
    )
