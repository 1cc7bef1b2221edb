"""Findings about values in the Globals of SAM: one for all functions, which can be accepted once."""

from __future__ import annotations

from pathlib import Path

import pytest

import relint
from relint.finding import Finding
from relint.report.baseline import build_baseline

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: python3.13
    AutoPublishAlias: live
    DeploymentPreference:
      Type: AllAtOnce
Resources:
  First:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: a/, Handler: a.h}
  Second:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: b/, Handler: b.h}
"""
AT_TYPE = ("Globals", "Function", "DeploymentPreference", "Type")


def check(text: str, rule: str, suppressions: tuple[dict[str, str], ...] = ()) -> list[Finding]:
    report = relint.check_text(text, select=[rule], settings={"suppressions": suppressions} if suppressions else None)
    assert not report.failures
    return [finding for finding in report.findings if finding.rule.id == rule]


def test_value_in_globals_is_reported_once_where_it_stands() -> None:
    (finding,) = check(TEMPLATE, "CDP-503")
    assert (finding.path, finding.span.start.line) == (AT_TYPE, 7)
    assert [related.message for related in finding.related] == ["'Second' takes this value from Globals, too."]


def test_function_with_a_value_of_its_own_has_its_own_finding() -> None:
    text = TEMPLATE.replace("Handler: b.h", "Handler: b.h, DeploymentPreference: {Type: AllAtOnce}")
    paths = [finding.path[:2] for finding in check(text, "CDP-503")]
    assert paths == [("Globals", "Function"), ("Resources", "Second")]


def test_function_that_ignores_the_globals_takes_no_part() -> None:
    text = TEMPLATE.replace("    Properties: {CodeUri: b/", '    IgnoreGlobals: "*"\n    Properties: {CodeUri: b/')
    (finding,) = check(text, "CDP-503")
    assert (finding.path, finding.related) == (AT_TYPE, ())


def test_property_that_is_missing_everywhere_is_reported_at_each_function() -> None:
    paths = [finding.path for finding in check(TEMPLATE, "LAM-401")]
    assert paths == [("Resources", "First"), ("Resources", "Second")]


def test_another_function_changes_neither_fingerprint_nor_baseline(tmp_path: Path) -> None:
    before = check(TEMPLATE, "CDP-503")
    new = "  Earlier:\n    Type: AWS::Serverless::Function\n    Properties: {CodeUri: c/, Handler: c.h}\n"
    after = check(TEMPLATE.replace("Resources:\n", "Resources:\n" + new), "CDP-503")
    assert before[0].fingerprint == after[0].fingerprint
    assert build_baseline(before, str(tmp_path)) == build_baseline(after, str(tmp_path))


@pytest.mark.parametrize(
    ("before", "comment_line", "is_accepted"),
    [
        pytest.param("      Type: AllAtOnce", "      ", True, id="above the line in Globals"),
        pytest.param("  Function:", "  ", True, id="above the section of Globals"),
        pytest.param("  First:", "  ", False, id="above one of two functions"),
    ],
)
def test_comment_accepts_for_all_who_take_the_value(before: str, comment_line: str, *, is_accepted: bool) -> None:
    text = TEMPLATE.replace(before, f"{comment_line}# relint: ignore[CDP-503] Few users.\n{before}")
    (finding,) = check(text, "CDP-503")
    assert bool(finding.suppression) == is_accepted


def test_finding_names_the_functions_that_do_not_accept_it() -> None:
    (finding,) = check(TEMPLATE.replace("  First:", "  First:  # relint: ignore[CDP-503] Few users."), "CDP-503")
    assert (finding.arguments[0], finding.related) == ("Second.DeploymentPreference", ())


def test_value_that_each_function_accepts_is_accepted() -> None:
    metadata = "    Metadata: {relint: {ignore: {CDP-503: Few users.}}}\n    Properties"
    (finding,) = check(TEMPLATE.replace("    Properties", metadata), "CDP-503")
    assert finding.suppression


@pytest.mark.parametrize(
    ("section", "defaults", "properties", "rule"),
    [
        pytest.param(
            "Function", "{Timeout: 900, ReservedConcurrentExecutions: 0}", "{Handler: a.h}", "LAM-103", id="functions"
        ),
        pytest.param(
            "Api", "{MethodSettings: [{ThrottlingBurstLimit: 0}]}", "{StageName: v1}", "API-301", id="REST APIs"
        ),
        pytest.param("HttpApi", "{DefaultRouteSettings: {ThrottlingBurstLimit: 0}}", "{}", "API-301", id="HTTP APIs"),
        pytest.param(
            "SimpleTable", "{ProvisionedThroughput: {ReadCapacityUnits: 1}}", "{TableName: a}", "DDB-301", id="tables"
        ),
        pytest.param(
            "StateMachine",
            "{Logging: {Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: 'arn:aws:logs:eu-west-1:1:log:a'}}]}}",
            "{}",
            "CFN-801",
            id="state machines",
        ),
    ],
)
def test_globals_of_each_type_are_reported_once(section: str, defaults: str, properties: str, rule: str) -> None:
    resource = f"{{Type: AWS::Serverless::{section}, Properties: {properties}}}"
    text = f"""\
Transform: AWS::Serverless-2016-10-31
Globals: {{{section}: {defaults}}}
Resources:
  A: {resource}
  B: {resource}
"""
    (finding,) = check(text, rule)
    assert finding.path[:2] == ("Globals", section)


def test_repeated_item_is_reported_at_the_function_that_repeats_it() -> None:
    text = """\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: {Runtime: python3.13, VpcConfig: {SecurityGroupIds: [sg-0a1b2c3d], SubnetIds: [subnet-0a1b2c3d]}}
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: a/, Handler: a.h, VpcConfig: {SubnetIds: [subnet-0a1b2c3d]}}
"""
    (finding,) = check(text, "TOPO-702")
    assert finding.path[:2] == ("Resources", "Worker")
