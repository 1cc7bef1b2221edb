"""SARIF logs are valid by the JSON schema and the multitool."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from relint.finding import Report
from relint.report.sarif.log import to_sarif, write_sarif
from tests.helpers.paths import ROOT
from tests.helpers.report_builder import ONE_LINE, find_span, make_finding, make_report

BUILD = {
    "SYSTEM_COLLECTIONURI": "https://dev.azure.com/acme/",
    "SYSTEM_TEAMPROJECT": "shop",
    "SYSTEM_DEFINITIONID": "42",
    "SYSTEM_PHASEID": "3dc8fd7e-4368-5a92-293e-d53cefc8c4b3",
    "SYSTEM_PHASENAME": "lint",
    "BUILD_DEFINITIONNAME": "shop-ci",
    "BUILD_SOURCEBRANCH": "refs/heads/main",
    "BUILD_BUILDID": "981",
    "BUILD_REPOSITORY_URI": "https://dev.azure.com/acme/shop/_git/shop",
}


def load_validator():
    spec = importlib.util.spec_from_file_location("validate_sarif", ROOT / ".ci" / "validate_sarif.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


validator = load_validator()
needs_multitool = pytest.mark.skipif(
    validator.multitool() is None,
    reason="the SARIF multitool is missing: npm install @microsoft/sarif-multitool, or set SARIF_MULTITOOL",
)


def two_on_a_line():
    findings = [make_finding(file="t.json", at=find_span(ONE_LINE, piece)) for piece in ('"A"', '"B"')]
    return make_report(findings, sources={"t.json": ONE_LINE})


def a_thousand():
    return make_report([make_finding(resource=f"Db{n}", path=("Resources", f"Db{n}")) for n in range(1000)])


@pytest.fixture(
    params=[
        pytest.param((lambda mixed: make_report(), "full"), id="no results"),
        pytest.param((lambda mixed: mixed, "full"), id="results of all kinds"),
        pytest.param((lambda mixed: mixed, "github"), id="results of all kinds for GitHub"),
        pytest.param((lambda mixed: mixed, "azure"), id="results of all kinds for Azure"),
        pytest.param((lambda mixed: two_on_a_line(), "full"), id="two results on one line"),
        pytest.param((lambda mixed: a_thousand(), "full"), id="1,000 results"),
    ]
)
def log(request, mixed, tmp_path):
    make, profile = request.param
    file = tmp_path / ("log.azure.sarif" if profile == "azure" else "log.sarif")
    with file.open("w", encoding="utf-8") as stream:
        write_sarif(make(mixed), stream.write, profile=profile, build=BUILD)
    return file


@pytest.mark.slow
def test_logs_are_valid_by_the_json_schema(log: Any) -> None:
    pytest.importorskip("jsonschema")
    assert list(validator.schema_problems(log)) == []


@pytest.mark.slow
def test_logs_for_gitlab_are_valid_by_the_json_schema(mixed: Report, tmp_path: Path) -> None:
    pytest.importorskip("jsonschema")
    assert list(validator.schema_problems(written(to_sarif(mixed, profile="gitlab"), tmp_path))) == []


@pytest.mark.slow
@needs_multitool
def test_multitool_reports_no_problem(log: Any) -> None:
    kinds = (*validator.RULE_KINDS, "GHAzDO") if log.name.endswith(".azure.sarif") else validator.RULE_KINDS
    found = [problem for kind in kinds for problem in validator.multitool_problems(validator.multitool(), log, kind)]
    assert found == []


@pytest.mark.slow
@needs_multitool
def test_multitool_misses_only_the_repository_outside_a_pipeline(mixed: Report, tmp_path: Path) -> None:
    (problem,) = validator.multitool_problems(validator.multitool(), written(to_sarif(mixed), tmp_path), "Sarif")
    assert problem.startswith("Sarif: note: SARIF2003")


def written(log, tmp_path):
    file = tmp_path / "log.sarif"
    file.write_text(json.dumps(log), encoding="utf-8")
    return file


@pytest.mark.slow
@needs_multitool
def test_validator_reports_notes_of_the_multitool(mixed: Report, tmp_path: Path) -> None:
    log = to_sarif(mixed, build=BUILD)
    log["runs"][0]["results"][0]["message"] = {"text": "There are no arguments."}
    file = written(log, tmp_path)
    (problem,) = validator.multitool_problems(validator.multitool(), file, "Sarif")
    assert problem.startswith("Sarif: note: SARIF2002")
    assert validator.main([str(file)]) == 1


@pytest.mark.slow
def test_validator_reports_a_value_of_a_wrong_type(mixed: Report, tmp_path: Path) -> None:
    pytest.importorskip("jsonschema")
    log = to_sarif(mixed, build=BUILD)
    log["runs"][0]["results"][0]["ruleIndex"] = "zero"
    (problem,) = validator.schema_problems(written(log, tmp_path))
    assert "ruleIndex" in problem


@pytest.mark.slow
@needs_multitool
def test_validator_reports_a_log_that_the_multitool_cannot_read(mixed: Report, tmp_path: Path) -> None:
    log = to_sarif(mixed, build=BUILD)
    log["runs"][0]["results"][0]["ruleIndex"] = "zero"
    (problem,) = validator.multitool_problems(validator.multitool(), written(log, tmp_path), "Sarif")
    assert problem.endswith("has not read the log")
