from __future__ import annotations

import json
import re

import pytest

from relint.finding import Failure, Suppression
from relint.report.sarif.log import to_sarif, write_sarif
from relint.report.sarif.rules import pascal_case
from relint.source.location import Position, Span
from tests.helpers.report_builder import (
    ONE_LINE,
    ORDERS,
    RDS,
    S3,
    SQS,
    a_finding,
    a_queue_finding,
    a_report,
    a_rule,
    span,
)

PROFILES = ("full", "github", "gitlab", "azure")


def run_of(report, **options):
    return to_sarif(report, **options)["runs"][0]


def results_of(report, **options):
    return run_of(report, **options)["results"]


def region_of(result):
    return result["locations"][0]["physicalLocation"]["region"]


def units(text: str, start: int, end: int) -> str:
    """The text between two columns that count UTF-16 units from 1."""
    return text.encode("utf-16-le")[2 * (start - 1) : 2 * (end - 1)].decode("utf-16-le")


@pytest.mark.parametrize("profile", PROFILES)
def test_streamed_log_equals_the_log(mixed, profile):
    written: list[str] = []
    write_sarif(mixed, written.append, profile=profile)
    assert json.loads("".join(written)) == to_sarif(mixed, profile=profile)
    assert max(map(len, written[1:])) < 10_000


def test_streamed_log_without_results_equals_the_log():
    written: list[str] = []
    write_sarif(a_report(), written.append)
    assert json.loads("".join(written)) == to_sarif(a_report())


@pytest.mark.parametrize(
    ("finding", "kind", "level"),
    [
        pytest.param(a_finding(), "fail", "error", id="a failure has its level"),
        pytest.param(a_finding(scenario="IsProd is false"), "review", "none", id="a review has no level"),
        pytest.param(a_finding(reason="no default"), "open", "none", id="an open finding has no level"),
    ],
)
def test_kind_of_a_result_is_the_verdict(finding, kind, level):
    (result,) = results_of(a_report([finding]))
    assert (result["kind"], result["level"]) == (kind, level)


def test_reason_scenario_and_level_are_properties():
    review, undecided = results_of(a_report([a_finding(scenario="IsProd is false"), a_finding(reason="no default")]))
    assert review["properties"]["relint/scenario"] == "IsProd is false"
    assert undecided["properties"]["relint/reason"] == "no default"
    assert undecided["properties"]["relint/level"] == "error"


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("verdict", ["pass", "notApplicable"])
def test_passing_rules_have_no_result(verdict, profile):
    assert results_of(a_report([a_finding(verdict=verdict)]), profile=profile) == []


def test_log_for_github_has_notes_for_other_verdicts_and_nothing_suppressed(mixed):
    results = results_of(mixed, profile="github")
    assert [(result["kind"], result["level"]) for result in results] == [
        ("fail", "error"),
        ("fail", "note"),
        ("fail", "note"),
        ("fail", "warning"),
    ]
    assert not any("suppressions" in result for result in results)


def test_suppressed_result_has_a_reason_and_others_an_empty_list():
    findings = [a_finding(), a_finding(S3, suppression=Suppression("rebuilt nightly"))]
    first, second = results_of(a_report(findings))
    assert first["suppressions"] == []
    assert second["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "rebuilt nightly"}]


def test_log_without_suppressed_results_has_no_suppressions():
    assert "suppressions" not in results_of(a_report([a_finding()]))[0]


def test_log_for_gitlab_has_no_context_regions():
    assert "contextRegion" not in json.dumps(to_sarif(a_report([a_finding()]), profile="gitlab"))


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


def test_log_for_azure_names_the_pipeline():
    details = run_of(a_report(), profile="azure", build=BUILD)["automationDetails"]
    assert details == {
        "id": "azuredevops/pipeline/build/acme/shop/42/3dc8fd7e-4368-5a92-293e-d53cefc8c4b3/refs-heads-main/981",
        "properties": {
            "azuredevops/pipeline/build/buildDefinitionId": "42",
            "azuredevops/pipeline/build/buildDefinitionName": "shop-ci",
            "azuredevops/pipeline/build/phaseId": "3dc8fd7e-4368-5a92-293e-d53cefc8c4b3",
            "azuredevops/pipeline/build/phaseName": "lint",
        },
    }


def test_azure_organization_can_be_a_host_name():
    build = {**BUILD, "SYSTEM_COLLECTIONURI": "https://acme.visualstudio.com/"}
    assert "/build/acme/shop/" in run_of(a_report(), profile="azure", build=build)["automationDetails"]["id"]


def test_missing_variables_are_empty_parts_of_the_id():
    details = run_of(a_report(), profile="azure")["automationDetails"]
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
def test_repository_is_read_from_the_pipeline(build, repository):
    (provenance,) = run_of(a_report(), build=build)["versionControlProvenance"]
    assert provenance["repositoryUri"] == repository
    assert provenance["mappedTo"] == {"uriBaseId": "%SRCROOT%"}


@pytest.mark.parametrize(
    "build", [{}, {"BUILD_REPOSITORY_URI": "git@example.com:a/b"}], ids=["none is known", "it has no web address"]
)
def test_repository_is_omitted(build):
    assert "versionControlProvenance" not in run_of(a_report(), build=build)


@pytest.mark.parametrize("category", ["mine", "mine/"])
def test_category_ends_in_a_slash(category):
    assert run_of(a_report(), category=category)["automationDetails"] == {"id": "mine/"}


TEXTS = [
    pytest.param(ORDERS, "MultiAZ: false", id="YAML"),
    pytest.param(ORDERS, "Value: orders", id="after an emoji"),
    pytest.param("A:\n\tB: 1\n\tC: 2\n", "C: 2", id="after a tab"),
    pytest.param("A:\r\n  B: 1\r\n  C: 2\r\n", "B: 1", id="with CRLF"),
    pytest.param(ONE_LINE, '"B":{"Type"', id="in one-line JSON"),
    pytest.param('{\n  "A": "\N{PACKAGE}\N{PACKAGE}", "B": 1\n}\n', '"B": 1', id="in JSON after two emojis"),
    pytest.param("A: 1\nB: 2", "B: 2", id="on a last line without line break"),
]


@pytest.mark.parametrize(("text", "piece"), TEXTS)
def test_region_equals_the_snippet(text, piece):
    (result,) = results_of(a_report([a_finding(file="t", place=span(text, piece))], sources={"t": text}))
    region = region_of(result)
    line = re.split(r"\r\n|\r|\n", text)[region["startLine"] - 1]
    assert region["startLine"] == region["endLine"]
    assert units(line, region["startColumn"], region["endColumn"]) == region["snippet"]["text"] == piece


@pytest.mark.parametrize(("text", "piece"), TEXTS)
def test_context_contains_the_snippet(text, piece):
    (result,) = results_of(a_report([a_finding(file="t", place=span(text, piece))], sources={"t": text}))
    context = result["locations"][0]["physicalLocation"]["contextRegion"]
    assert piece in context["snippet"]["text"] in text
    assert len(context["snippet"]["text"]) > len(piece)


def test_context_has_two_lines_on_either_side():
    text = "".join(f"L{n}: {n}\n" for n in range(1, 10))
    (result,) = results_of(a_report([a_finding(file="t", place=span(text, "L5"))], sources={"t": text}))
    assert result["locations"][0]["physicalLocation"]["contextRegion"] == {
        "startLine": 3,
        "endLine": 7,
        "snippet": {"text": "L3: 3\nL4: 4\nL5: 5\nL6: 6\nL7: 7"},
    }


@pytest.mark.parametrize("text", ["A: 1", "A: 1\n"], ids=["without line break", "with a line break"])
def test_file_of_one_line_has_no_context(text):
    (result,) = results_of(a_report([a_finding(file="t", place=span(text, "A: 1"))], sources={"t": text}))
    assert "contextRegion" not in result["locations"][0]["physicalLocation"]


def test_context_of_a_very_long_line_is_cut_around_the_finding():
    text = '{"A":"' + "x" * 5000 + '","B":1,"C":"' + "\N{PACKAGE}" * 5000 + '"}'
    (result,) = results_of(a_report([a_finding(file="t", place=span(text, '"B":1'))], sources={"t": text}))
    context = result["locations"][0]["physicalLocation"]["contextRegion"]
    assert context["snippet"]["text"] == text[text.index('"B":1') - 100 : text.index('"B":1') + 105]
    assert units(text, context["startColumn"], context["endColumn"]) == context["snippet"]["text"]


def test_span_of_several_lines_is_reported_on_its_first():
    text = "A:\n  B:  \n    C: 1\n"
    place = Span(Position(2, 3), Position(3, 9))
    region = region_of(results_of(a_report([a_finding(file="t", place=place)], sources={"t": text}))[0])
    assert region == {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 5, "snippet": {"text": "B:"}}


def test_no_column_is_past_the_end_of_the_line():
    place = Span(Position(1, 3), Position(1, 99))
    region = region_of(results_of(a_report([a_finding(file="t", place=place)], sources={"t": "A: 1\n"}))[0])
    assert region["endColumn"] == 5


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        pytest.param("stacks/a b#1.yaml", "stacks/a%20b%231.yaml", id="is percent-encoded"),
        pytest.param("st\N{LATIN SMALL LETTER A WITH DIAERESIS}.yaml", "st%C3%A4.yaml", id="is UTF-8"),
        pytest.param("./a.yaml", "a.yaml", id="has no dot"),
        pytest.param("../other/a.yaml", "other/a.yaml", id="stays within the root"),
        pytest.param("/home/someone/a.yaml", "a.yaml", id="tells nobody's home"),
        pytest.param("C:/Users/Someone/a.yaml", "a.yaml", id="tells nobody's home on Windows"),
        pytest.param("a:b.yaml", "a%3Ab.yaml", id="has no scheme"),
    ],
)
def test_file_name_becomes_a_uri(file, uri):
    location = results_of(a_report([a_finding(file=file)], sources={file: ORDERS}))[0]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}


def test_absolute_paths_stay_distinct():
    files = ["/home/someone/x/a.yaml", "/home/someone/xy/a.yaml"]
    results = results_of(a_report([a_finding(file=file) for file in files], sources=dict.fromkeys(files, ORDERS)))
    assert [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results] == [
        "x/a.yaml",
        "xy/a.yaml",
    ]


def test_failures_contain_no_home_directory():
    failure = Failure("/home/someone/a.yaml", "load", "'/home/someone/a.yaml' is empty.")
    assert "someone" not in json.dumps(to_sarif(a_report(failures=[failure])))


def test_resources_and_constructs_are_logical_locations():
    (result,) = results_of(a_report([a_finding(cdk_path="Orders/Db/Resource")]))
    assert result["locations"][0]["logicalLocations"] == [
        {"name": "OrdersDb", "fullyQualifiedName": "Resources.OrdersDb", "kind": "resource"},
        {"name": "Resource", "fullyQualifiedName": "Orders/Db/Resource", "kind": "cdkConstruct"},
    ]


def filled(result, run):
    """The message string of a result with its arguments."""
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    template = rule["messageStrings"][result["message"]["id"]]["text"]
    return re.sub(r"\{(\d+)\}", lambda match: result["message"]["arguments"][int(match[1])], template)


@pytest.mark.parametrize("profile", PROFILES)
def test_message_is_its_template_with_arguments(mixed, profile):
    run = run_of(mixed, profile=profile)
    for result in run["results"]:
        assert result["message"]["text"] == filled(result, run)
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_placeholders_of_messages_are_quoted(mixed):
    for rule in run_of(mixed)["tool"]["driver"]["rules"]:
        for message in rule["messageStrings"].values():
            assert message["text"].endswith(".")
            assert re.findall(r"\{\d+\}", message["text"]) == [
                m[1:-1] for m in re.findall(r"'\{\d+\}'", message["text"])
            ]


def test_related_locations_are_linked_and_part_of_the_code_flow():
    (result,) = results_of(a_report([a_queue_finding()]))
    assert result["message"]["text"].endswith("gets it twice. See '[OrdersWorker, line 17](1)'.")
    (related,) = result["relatedLocations"]
    assert related["id"] == 1
    assert related["message"]["text"] == "The consumer may run for '120' seconds."
    assert related["physicalLocation"]["region"]["snippet"]["text"] == "Timeout: 120"
    flow = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["physicalLocation"]["region"]["startLine"] for step in flow] == [13, 17]


def test_at_most_five_related_locations_are_linked():
    queue = a_queue_finding()
    (result,) = results_of(a_report([a_finding(related=queue.related * 7)]))
    assert result["message"]["text"].endswith("[OrdersWorker, line 17](5) and 2 more'.")
    assert len(result["relatedLocations"]) == 7


def test_link_syntax_in_a_template_is_escaped():
    (result,) = results_of(a_report([a_finding(RDS, "t", None, "[x](1)")]))
    assert result["message"]["text"].startswith("'[x] (1)' has no standby")


def test_message_length_is_limited():
    report = a_report([a_finding(RDS, "stacks/orders.yaml", None, "x" * 5000)])
    run = run_of(report)
    assert len(run["results"][0]["message"]["text"]) == 2048
    assert run["results"][0]["message"]["text"] == filled(run["results"][0], run)


def test_findings_of_a_rule_on_one_line_have_different_fingerprints():
    findings = [a_finding(file="t.json", place=span(ONE_LINE, piece)) for piece in ('"A"', '"B"')]
    other = a_finding(SQS, "t.json", span(ONE_LINE, '"B"'), "B", "1", "C", "2")
    results = results_of(a_report([*findings, other], sources={"t.json": ONE_LINE}))
    first, second, third = (result["partialFingerprints"]["primaryLocationLineHash"] for result in results)
    assert first.endswith(":1")
    assert second == f"{first}.2"
    assert third == first, "the result of another rule keeps GitHub's own value"


def test_fingerprints_equal_those_of_github():
    results = results_of(a_report([a_finding(file=file) for file in ("a", "b")], sources={"a": ORDERS, "b": ORDERS}))
    hashes = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    assert hashes[0] == hashes[1]
    assert hashes[0].endswith(":1")


def test_fingerprint_does_not_depend_on_the_line():
    moved = a_report([a_finding(place=span("\n" * 7 + ORDERS, "MultiAZ: false"))])
    prints = [results_of(report)[0]["partialFingerprints"] for report in (a_report([a_finding()]), moved)]
    assert prints[0]["relintLogicalPath/v1"] == prints[1]["relintLogicalPath/v1"]


def test_rules_of_a_log_are_sorted_by_id():
    rules = run_of(a_report([a_finding(SQS, "t", None, "A", "1", "B", "2")], rules=(S3, RDS)))["tool"]["driver"][
        "rules"
    ]
    assert [rule["id"] for rule in rules] == ["RDS-701", "S3-601", "SQS-702"]


def test_rule_has_a_description_in_text_and_markdown():
    (rule,) = run_of(a_report(rules=(RDS,)))["tool"]["driver"]["rules"]
    assert rule["name"] == "RdsMultiAz"
    assert rule["shortDescription"]["text"] == "Run database instances Multi-AZ."
    assert rule["fullDescription"]["text"].startswith("A zone fails about once a year. Then the service")
    assert rule["helpUri"] == RDS.references[0]
    assert rule["defaultConfiguration"] == {"level": "error", "rank": 75.0}
    assert rule["properties"] == {
        "tags": ["reliability", "rds", "REL10-BP01", "REL11-BP02"],
        "precision": "high",
        "problem.severity": "error",
    }
    assert set(rule["messageStrings"]) == {"default", "default-when", "open"}


def test_help_marks_yaml_as_yaml():
    (rule,) = run_of(a_report(rules=(RDS,)))["tool"]["driver"]["rules"]
    assert "which interrupts nothing:\n\n```yaml\n  Zones: 2\n```\n\n### References" in rule["help"]["markdown"]
    assert "[REL10-BP01 Deploy the workload to multiple locations](https://docs" in rule["help"]["markdown"]


def test_fence_ends_before_the_blank_line_that_follows_the_yaml():
    rule = a_rule("RDS-702", "x-y", "X", "note", fix="Set it:\n\n  A: 1\n\n  B: 2\n\nIt interrupts nothing.")
    (described,) = run_of(a_report(rules=(rule,)))["tool"]["driver"]["rules"]
    fenced = "Set it:\n\n```yaml\n  A: 1\n\n  B: 2\n```\n\nIt interrupts nothing.\n\n### References"
    assert fenced in described["help"]["markdown"]


def test_long_rationale_is_cut_after_a_sentence():
    long = a_rule("RDS-702", "x-y", "X", "note", rationale="This is a sentence. " * 80)
    (rule,) = run_of(a_report(rules=(long,)))["tool"]["driver"]["rules"]
    assert 900 < len(rule["fullDescription"]["text"]) <= 1024
    assert rule["fullDescription"]["text"].endswith("a sentence.")


def test_taxonomy_lists_only_best_practices_of_the_rules():
    run = run_of(a_report(rules=(RDS, SQS)))
    (taxonomy,) = run["taxonomies"]
    assert [taxon["id"] for taxon in taxonomy["taxa"]] == ["REL05-BP03", "REL10-BP01", "REL11-BP02"]
    for rule in run["tool"]["driver"]["rules"]:
        for relationship in rule["relationships"]:
            target = relationship["target"]
            assert taxonomy["taxa"][target["index"]]["id"] == target["id"]
            assert target["toolComponent"]["guid"] == taxonomy["guid"]
            assert relationship["kinds"] == ["superset"]


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("rds-multi-az", "RdsMultiAz"),
        ("s3-versioning", "S3Versioning"),
        ("a-b", "Ab"),
        ("spread-over-3-az", "SpreadOver3Az"),
        ("tier-a", "Tiera"),
        ("a-b-cde", "Abcde"),
        ("2-zones", "Rule2Zones"),
        ("x", "Rulex"),
    ],
)
def test_names_are_in_pascal_case_without_runs_of_capitals(slug, name):
    assert pascal_case(slug) == name
    assert re.fullmatch("([A-Z][a-z0-9]+)*", name)


def test_failure_is_a_notification_with_a_location(mixed):
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


@pytest.mark.parametrize(
    ("stage", "successful"),
    [
        pytest.param("load", True, id="an unreadable template is no failure of the tool"),
        pytest.param("check", False, id="a rule that crashes is a failure of the tool"),
    ],
)
def test_invocation_is_unsuccessful_only_after_a_failure(stage, successful):
    report = a_report(failures=[Failure("a.yaml", stage, "No.")])
    assert run_of(report)["invocations"][0]["executionSuccessful"] is successful


def test_braces_and_quotes_in_a_failure_are_text():
    report = a_report(failures=[Failure("a{0}.yaml", "load", "Key '{1}' is {bad}.")])
    (notification,) = run_of(report)["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"] == "In 'a{0}.yaml': 'Key \"{1}\" is {bad}'."


def test_lone_surrogate_does_not_break_the_log():
    text = 'A: "\ud800"\nB: 1\n'
    written: list[str] = []
    write_sarif(a_report([a_finding(file="t", place=span(text, "B: 1"))], sources={"t": text}), written.append)
    "".join(written).encode("utf-8")


def test_levels_and_ranks_agree():
    findings = [a_finding(level=level) for level in ("error", "warning", "note")]
    assert [result["rank"] for result in results_of(a_report(findings))] == [75.0, 50.0, 20.0]
