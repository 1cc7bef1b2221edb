"""Templates are untrusted: no content of a template crashes a rule."""

from __future__ import annotations

import copy
import json
import random
import time
from pathlib import Path
from typing import Any

import pytest

from relint.api import check, load_rules
from relint.catalog.examples import read_examples
from relint.catalog.loader import builtin_rules_directory, find_rule_files
from relint.discover.candidate import Candidate
from relint.run.runner import RunOptions, run
from relint.settings.configuration import Configuration
from relint.settings.lint_config import build_lint_config
from relint.source.read import read_document
from tests.helpers.paths import DATA

RULES = load_rules()
ALL = build_lint_config(Configuration({"ruleset": "all"}, find=False).settings_for(""), RULES, "2026-11-24")
FUZZ_CASES = DATA / "fuzz_regressions"
STRANGE: tuple[Any, ...] = (
    None,
    [],
    {},
    "",
    -1,
    True,
    [[]],
    [{}],
    {"Ref": "Nope"},
    {"Ref": None},
    {"Fn::If": ["A", 1]},
    {"Fn::Equals": 7},
    {"Fn::GetAtt": []},
    {"Fn::Sub": "${X},b"},
    {"Fn::Select": [0, {"Ref": "Free"}]},
    {"Ref": "AWS::NoValue"},
    {"Fn::Join": [",", {"Ref": "FreeList"}]},
    {"Fn::FindInMap": ["a", {"Ref": "AWS::Region"}, "c"]},
    {"Fn::Transform": {"Name": "Macro"}},
    {"Fn::ImportValue": {"Fn::Sub": "${AWS::StackName}"}},
    {"Fn::GetAZs": ""},
)


def places(node: Any) -> list[tuple[Any, Any]]:
    """Every container and key below a value."""
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [entry for key, value in members for entry in ((node, key), *places(value))]


@pytest.mark.parametrize("seed", range(4))
def test_no_rule_crashes_on_a_mutilated_template(seed: int) -> None:
    templates = [
        read_document(example.template, example.name).data
        for file in find_rule_files(builtin_rules_directory())[seed::4]
        for example in read_examples(file)
    ]
    draw = random.Random(seed)
    for _ in range(300):
        template = copy.deepcopy(draw.choice(templates))
        template.setdefault("Parameters", {})["Free"] = {"Type": "String"}
        template["Parameters"]["FreeList"] = {"Type": "CommaDelimitedList"}
        for _ in range(draw.randint(1, 3)):
            container, key = draw.choice(places(template))
            container[key] = copy.deepcopy(draw.choice(STRANGE))
        text = json.dumps(template)
        report = run([Candidate("t.json", text, is_explicit=True)], lambda file: ALL, RunOptions())
        assert [failure.message for failure in report.failures if failure.stage == "check"] == [], text


@pytest.mark.parametrize(
    ("resource_type", "properties"),
    [
        pytest.param("AWS::S3::Bucket", '"BucketName": {"Fn::Sub": "%s"}', id="in a name"),
        pytest.param("AWS::SNS::Subscription", '"TopicArn": "eu-west-1 %s"', id="in a text about a Region"),
        pytest.param("AWS::StepFunctions::StateMachine", '"DefinitionString": "%s"', id="in a definition"),
    ],
)
@pytest.mark.parametrize("piece", ["${", "arn:${"])
def test_unterminated_placeholders_are_read_in_linear_time(resource_type: str, properties: str, piece: str) -> None:
    """Each of 20,000 was once read to the end of the text; a second leaves room for a slow machine."""
    long_properties = properties.replace("%s", piece * 20_000)
    text = f'{{"Resources": {{"A": {{"Type": "{resource_type}", "Properties": {{{long_properties}}}}}}}}}'
    start = time.process_time()
    run([Candidate("t.json", text, is_explicit=True)], lambda file: ALL, RunOptions())
    assert time.process_time() - start < 1


@pytest.mark.parametrize("case", sorted(FUZZ_CASES.iterdir()), ids=lambda case: case.name)
def test_regression_found_by_fuzzing_crashes_no_rule(case: Path) -> None:
    report = run([Candidate(case.name, case.read_bytes(), is_explicit=True)], lambda file: ALL, RunOptions())
    assert not [failure for failure in report.failures if failure.stage == "check"]


def test_template_that_cannot_be_expanded_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def expand(*_: object) -> None:
        raise IndexError("index out of range")

    monkeypatch.setattr("relint.model.serverless.expand", expand)
    (tmp_path / "a.yaml").write_text("Resources: {T: {Type: AWS::Serverless::SimpleTable}}")
    (tmp_path / "b.yaml").write_text("Resources: {D: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}}")
    report = check(tmp_path, config=None)
    assert [failure.message for failure in report.failures] == [
        "relint cannot expand 'T' (IndexError: index out of range); this is a defect of relint, "
        "please report it at https://github.com/cfn-relint/cfn-relint/issues."
    ]
    assert report.findings
