"""Regular expressions of relint take linear time on hostile texts."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

import relint
from relint.discover.candidate import Candidate
from relint.model.text.wildcards import matches_wildcards
from relint.stacks.related_files import related_templates

LONG = 40_000


def seconds(template: Any) -> float:
    text = template if isinstance(template, str) else json.dumps(template)
    began = time.process_time()
    report = relint.check_text(text, "a.json", ruleset="all", allow_empty=True)
    assert not [failure for failure in report.failures if failure.stage == "check"]
    return time.process_time() - began


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[{"a":' + "9" * 5_000 + ',"' + '\\"' * LONG, id="behind a long number"),
        pytest.param('\\"' * LONG + "[" * 300, id="before deep nesting"),
        pytest.param('[NaN,"' + '\\"' * LONG, id="behind NaN"),
    ],
)
def test_escapes_in_an_unterminated_text_are_read_in_linear_time(text: str) -> None:
    assert seconds(text) < 3


def test_registry_host_is_matched_in_linear_time() -> None:
    for image in (".dkr.ecr.aa-a-1." * LONG, ".dkr.ecr.aa" + "-a" * LONG + "/x"):
        properties = {"ContainerDefinitions": [{"Name": "a", "Image": image}]}
        task = {"Type": "AWS::ECS::TaskDefinition", "Properties": properties}
        policy = {
            "Type": "AWS::ResilienceHub::ResiliencyPolicy",
            "Properties": {"Policy": {"Region": {"RtoInSecs": 9}}},
        }
        assert seconds({"Resources": {"T": task, "P": policy}}) < 3


def test_image_tag_with_many_unknown_parts_is_matched_in_linear_time() -> None:
    image = "a:" + "${Free}" * 200 + "x"
    properties = {"ContainerDefinitions": [{"Name": "a", "Image": {"Fn::Sub": image}}]}
    parameters = {"Free": {"Type": "String"}}
    resources = {"T": {"Type": "AWS::ECS::TaskDefinition", "Properties": properties}}
    assert seconds({"Parameters": parameters, "Resources": resources}) < 3


def test_many_wildcards_are_matched_in_linear_time() -> None:
    began = time.process_time()
    assert not matches_wildcards("a" * 2_000, "*a" * 1_000 + "*b")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [("abc", "a*c", True), ("abc", "*", True), ("a\nc", "a*c", True), ("abc", "a?c", False), ("[a]", "[a]", True)],
)
def test_only_the_star_is_a_wildcard(text: str, pattern: str, expected: bool) -> None:
    assert matches_wildcards(text, pattern) is expected


def test_long_state_definition_is_read_in_linear_time() -> None:
    definition = {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": ":states:" * LONG, "End": True}}}
    machine = {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"Definition": definition}}
    assert seconds({"Resources": {"M": machine}}) < 3


def test_long_words_are_searched_for_file_names_in_linear_time() -> None:
    began = time.process_time()
    parent = Candidate("parent.yaml", "TemplateURL: ./child.yaml\n" + "a" * 1_000_000, is_explicit=True)
    found = related_templates(
        [parent, Candidate("child.yaml", "", is_explicit=True), Candidate("other.yaml", "", is_explicit=True)]
    )
    assert time.process_time() - began < 1
    assert [one.file for one in found] == ["parent.yaml", "child.yaml"]
