"""Dated tables of rules: the page of each row, what it means before, on and after its days, and what cfn-lint says."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from relint.catalog.loader import builtin_rules_directory, load_rule_files
from relint.checks.rds.engine_support import _is_rejected
from relint.model.aws.metrics import _MODULES, described_namespace
from relint.model.aws.rds_engines import EXCLUSIONS
from tests.helpers.check_rule import check_one
from tests.helpers.resource_schemas import files_by_type, schema, schema_folder
from tests.helpers.rules import rule_content

RULES = Path(builtin_rules_directory())
RUNTIMES, SERVICES, ENGINES = (
    *("awslambda/lambda-runtime-supported", "cloudformation/service-lifecycle"),
    "rds/db-engine-version-supported",
)
PAGES = ("https://docs.aws.amazon.com/", "https://aws.amazon.com/", "https://pkg.go.dev/github.com/aws/")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
YEAR = timedelta(days=366)


def params_of(name: str) -> dict[str, Any]:
    params: dict[str, Any] = rule_content(name)["params"]
    return params


def tables_in(node: Any) -> Iterator[dict[str, Any]]:
    """The dated tables within the arguments of a check."""
    if isinstance(node, dict):
        if isinstance(node.get("rows"), list):
            yield node
        else:
            for value in node.values():
                yield from tables_in(value)


def rows() -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of all rules, each with what its table states once for all."""
    for path in sorted(RULES.rglob("*.yaml")):
        content = rule_content(f"{path.parent.name}/{path.stem}")
        for case in [content, *content.get("cases", ())]:
            for table in tables_in(case.get("params")):
                shared = {key: value for key, value in table.items() if key != "rows"}
                yield from ((path.stem, {**shared, **row}) for row in table["rows"])


ROWS = list(rows())


def test_tables_are_found() -> None:
    assert {name for name, _ in ROWS} == {Path(name).name for name in (RUNTIMES, SERVICES, ENGINES)}


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name} {row['what']}" for name, row in ROWS])
def test_row_has_states_a_page_and_a_day(name: str, row: dict[str, Any]) -> None:
    assert row["states"] and all(day == "" or ISO_DAY.fullmatch(str(day)) for day in row["states"].values())
    assert row["source"].startswith(PAGES), "a row needs the page of AWS that says so"
    looked_up = date.fromisoformat(str(row["looked_up"]))
    if date.today() - looked_up > YEAR:
        warnings.warn(f"{name}, {row['what']}: looked up on {looked_up}; look again at {row['source']}", stacklevel=1)


@pytest.mark.parametrize(("name", "row"), ROWS, ids=[f"{name} {row['what']}" for name, row in ROWS])
def test_states_of_a_row_have_messages(name: str, row: dict[str, Any]) -> None:
    [path] = RULES.rglob(f"{name}.yaml")
    content = rule_content(f"{path.parent.name}/{path.stem}")
    texts = {**content["messages"], **({"default": content["message"]} if "message" in content else {})}
    unnamed = {RUNTIMES: "rejected", SERVICES: "ended"}.get(f"{path.parent.name}/{name}")
    for state, day in row["states"].items():
        text = texts["default" if state == unnamed and day else state if day else f"{state}-undated"]
        assert not day or "{date}" in text or f"{{{state}}}" in text, "a message says the day"


@pytest.mark.parametrize("exclusion", EXCLUSIONS, ids=lambda exclusion: f"{exclusion.feature} {exclusion.engines[0]}")
def test_exclusion_has_a_page_and_a_day(exclusion: Any) -> None:
    assert exclusion.source.startswith(PAGES)
    if date.today() - date.fromisoformat(exclusion.checked) > YEAR:
        warnings.warn(f"{exclusion.feature}: look again at {exclusion.source}", stacklevel=1)


@pytest.mark.parametrize("name", _MODULES)
def test_namespace_has_pages_and_a_day(name: str) -> None:
    namespace = described_namespace(name)
    assert namespace is not None and namespace.sources
    assert all(source.startswith(PAGES) for source in namespace.sources)
    if date.today() - date.fromisoformat(namespace.looked_up) > YEAR:
        warnings.warn(f"{name}: looked up on {namespace.looked_up}; look again at {namespace.sources}", stacklevel=1)


def function(runtime: str) -> str:
    properties = {"Role": "arn:aws:iam::123456789012:role/a", "Code": {"ZipFile": "x"}, "Runtime": runtime}
    return json.dumps({"Resources": {"F": {"Type": "AWS::Lambda::Function", "Properties": properties}}})


def database(engine: str, version: str) -> str:
    disabled = "open-source-rds-extended-support-disabled"
    properties = {"Engine": engine, "EngineVersion": version, "EngineLifecycleSupport": disabled}
    return json.dumps({"Resources": {"D": {"Type": "AWS::RDS::DBInstance", "Properties": properties}}})


def resource(resource_type: str) -> str:
    return json.dumps({"Resources": {"R": {"Type": resource_type}}})


NODE = function("nodejs22.x")
NO_SECURITY = "which is deprecated since 2027-04-30"
NO_CREATION = "has created no functions since 2027-06-01"
NO_UPDATE = "nor updated them since 2027-07-01"


@pytest.mark.parametrize(
    ("name", "template", "day", "level", "words"),
    [
        (RUNTIMES, NODE, "2027-04-29", None, ""),
        (RUNTIMES, NODE, "2027-04-30", "note", NO_SECURITY),
        (RUNTIMES, NODE, "2027-05-01", "note", NO_SECURITY),
        (RUNTIMES, NODE, "2027-05-31", "note", NO_SECURITY),
        (RUNTIMES, NODE, "2027-06-01", "warning", NO_CREATION),
        (RUNTIMES, NODE, "2027-06-02", "warning", NO_CREATION),
        (RUNTIMES, NODE, "2027-06-30", "warning", NO_CREATION),
        (RUNTIMES, NODE, "2027-07-01", "warning", NO_UPDATE),
        (RUNTIMES, NODE, "2027-07-02", "warning", NO_UPDATE),
        (RUNTIMES, function("dotnetcore2.0"), "2019-04-29", None, ""),  # creation ended before the deprecation
        (RUNTIMES, function("dotnetcore2.0"), "2019-04-30", "warning", "has created no functions since 2019-04-30"),
        (SERVICES, resource("AWS::AppMesh::Mesh"), "2026-09-29", None, ""),
        (SERVICES, resource("AWS::AppMesh::Mesh"), "2026-09-30", "error", "shut down on 2026-09-30"),
        (SERVICES, resource("AWS::AppMesh::Mesh"), "2026-10-01", "error", "shut down on 2026-09-30"),
        (SERVICES, resource("AWS::AuditManager::Assessment"), "2026-04-29", None, ""),
        (SERVICES, resource("AWS::AuditManager::Assessment"), "2026-04-30", "note", "before 2026-04-30"),
        (SERVICES, resource("AWS::AuditManager::Assessment"), "2026-05-01", "note", "before 2026-04-30"),
        (SERVICES, resource("AWS::CodeGuruReviewer::RepositoryAssociation"), "2025-11-06", None, ""),
        (SERVICES, resource("AWS::CodeGuruReviewer::RepositoryAssociation"), "2025-11-07", "error", "since 2025-11-07"),
        (SERVICES, resource("AWS::CodeGuruReviewer::RepositoryAssociation"), "2025-11-08", "error", "since 2025-11-07"),
        (ENGINES, database("mysql", "8.0.45"), "2026-07-30", None, ""),
        (ENGINES, database("mysql", "8.0.45"), "2026-07-31", "note", "ended on 2026-07-31"),
        (ENGINES, database("mysql", "8.0.45"), "2026-08-01", "note", "ended on 2026-07-31"),
    ],
)
def test_rule_follows_the_days_of_its_table(
    name: str, template: str, day: str, level: str | None, words: str, tmp_path: Path
) -> None:
    content = re.sub(r'as_of: "?[\d-]+"?', f'as_of: "{day}"', (RULES / f"{name}.yaml").read_text(), count=1)
    (tmp_path / "rule.yaml").write_text(content)
    [rule] = load_rule_files([str(tmp_path / "rule.yaml")])
    findings = check_one(template, rule, {}).findings
    assert [finding.level for finding in findings] == ([] if level is None else [level])
    assert all(words in finding.message for finding in findings)


def cfn_lint_data(path: str) -> Any:
    return json.loads((schema_folder().parent / path).read_text())


def test_days_of_runtimes_are_those_of_cfn_lint() -> None:
    theirs = cfn_lint_data("AdditionalSpecs/LmbdRuntimeLifecycle.json")
    keys = {"deprecated": "deprecated", "rejected": "create-block", "frozen": "update-block"}
    assert {
        row["what"]: {state: str(day) for state, day in row["states"].items()}
        for row in params_of(RUNTIMES)["table"]["rows"]
    } == {
        runtime: {state: days[key] for state, key in keys.items()}
        for runtime, days in theirs.items()
        if days["create-block"] is not None  # dotnet9, which only images have
    }


OTHER_DAYS = {
    "AWS CodeStar": "the guide names the last day of the month",
    "CloudWatch Evidently": "the notice of AWS names the day before",
    "AWS IoT Greengrass Version 1": "the notice of AWS names a later day",
    "CodeGuru Reviewer": "the notice of AWS names a later day",
}
"""Services for which the page of the row and cfn-lint name different days."""


def test_days_of_retired_services_are_those_of_cfn_lint() -> None:
    different = set()
    for row in params_of(SERVICES)["table"]["rows"]:
        for name in files_by_type():
            theirs = schema(name).get("lifecycle", {}).get("date")
            if {name, "::".join((*name.split("::")[:2], "*"))} & set(row["types"]) and theirs:
                different |= {row["what"]} - {row["what"] for day in row["states"].values() if day in ("", theirs)}
    assert different == set(OTHER_DAYS)


@pytest.mark.parametrize("resource_type", ["aws_rds_dbinstance", "aws_rds_dbcluster"])
def test_rejected_versions_are_those_of_cfn_lint(resource_type: str) -> None:
    engines = params_of(ENGINES)["engines"]
    for branch in cfn_lint_data(f"schemas/extensions/{resource_type}/engine_version_deprecated.json")["allOf"]:
        condition = branch["if"]["properties"]
        engine, theirs = condition["Engine"]["const"], set(condition["EngineVersion"]["enum"])
        versions = set(versions_of_cfn_lint(resource_type)[engine])
        minor = {version for version in versions if re.search(r"\d\.\d+(\.|$|-)|mysql_aurora", version)} - {
            "5.7",
            "8.0",
        }
        ours = {version for version in minor if _is_rejected(version, engines[engine])}
        assert ours == theirs & minor - {"5.7.12"}, engine  # the name of all versions 2 of Aurora MySQL


def versions_of_cfn_lint(resource_type: str) -> dict[str, list[str]]:
    """The versions that RDS has had, by engine."""
    return {
        branch["if"]["properties"]["Engine"]["const"]: branch["then"]["properties"]["EngineVersion"]["enum"]
        for branch in cfn_lint_data(f"schemas/extensions/{resource_type}/engine_version.json")["allOf"]
        if "const" in branch["if"]["properties"]["Engine"]
    }
