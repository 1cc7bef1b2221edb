"""The JSON report of an assessment: its schema, its ids, its zones and its facts, for all fixtures."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import relint
from relint import render_assessment
from relint.report.assessment.json_schema import assessment_schema
from tests.helpers.paths import ROOT

FIXTURES = sorted(folder.name for folder in (ROOT / "fixtures").iterdir())


@cache
def document_of(folder: str) -> Any:
    return json.loads(render_assessment(relint.assess(ROOT / "fixtures" / folder, config=None), "json"))


def relation(document: Any, first: str, second: str) -> Any:
    return next(one for one in document["az"]["relations"] if {one["a"], one["b"]} == {first, second})


@pytest.mark.parametrize("folder", FIXTURES)
def test_report_follows_its_schema(folder: str) -> None:
    jsonschema.Draft7Validator(assessment_schema()).validate(document_of(folder))


@pytest.mark.parametrize("folder", FIXTURES)
def test_names_in_results_are_those_of_the_graph(folder: str) -> None:
    document = document_of(folder)
    nodes = {node["id"] for node in document["graph"]["nodes"]}
    labels = {token["label"] for token in document["az"]["tokens"]}
    named = [*document["without_backend"], *(unknown["resource"] for unknown in document["unknowns"])]
    for entry in document["entries"]:
        named += [entry["id"], *entry["path"], *(name for names in entry["spof"].values() for name in names)]
        named += [name for event in entry["events"] for name in (*event["hit"], *event["down"])]

    assert set(named) <= nodes
    assert {name for edge in document["graph"]["edges"] for name in (edge["src"], edge["dst"])} <= nodes
    assert len(nodes) == len(document["graph"]["nodes"])
    assert len(labels) == len(document["az"]["tokens"])
    assert {zone for node in document["graph"]["nodes"] for unit in node["units"] for zone in unit["az"]} <= labels


@pytest.mark.parametrize("folder", FIXTURES)
def test_each_number_has_a_fact_with_source_and_date(folder: str) -> None:
    document = document_of(folder)
    for entry in document["entries"]:
        for result in entry["results"]:
            facts = [document["facts"][reason["fact"]] for reason in result["reasons"] if reason["fact"]]
            for reason in result["reasons"]:
                if reason["rto"]["lo_s"] or reason["rto"]["hi_s"]:
                    assert reason["fact"] in document["facts"]
            numbers = [
                value for key in ("rto", "rpo") if isinstance(result[key], dict) for value in result[key].values()
            ]
            if any(isinstance(number, int) and number for number in numbers):
                assert any(fact["source"].startswith("https://") and fact["as_of"] for fact in facts)


def test_zones_say_why_they_differ() -> None:
    document = document_of("available-web")
    listed = relation(document, "zone of PublicSubnetA", "zone of PublicSubnetB")
    members = {token["label"]: token["members"] for token in document["az"]["tokens"]}
    canons = {token["label"]: token["canon"] for token in document["az"]["tokens"]}

    assert (listed["rel"], listed["basis"], listed["rule"]) == ("NEQ", "deployability", "D2")
    assert members["zone of PublicSubnetA"] == ["PublicSubnetA", "AppSubnetA"]
    assert canons["zone of PublicSubnetA"] == "idx(AWS::Region,0)"
    assert document["facts"]["D2"]["source"].startswith("https://docs.aws.amazon.com/")


SHARED = """\
Parameters:
  First: {Type: AWS::EC2::Subnet::Id}
  Second: {Type: AWS::EC2::Subnet::Id}
Resources:
  Files: {Type: AWS::EFS::FileSystem}
  FirstTarget: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: !Ref Files, SubnetId: !Ref First}}
  SecondTarget: {Type: AWS::EFS::MountTarget, Properties: {FileSystemId: !Ref Files, SubnetId: !Ref Second}}
"""


def test_two_mount_targets_prove_two_zones(tmp_path: Path) -> None:
    (tmp_path / "files.yaml").write_text(SHARED)
    document = json.loads(render_assessment(relint.assess(tmp_path, config=None), "json"))
    (shared,) = document["az"]["relations"]
    (entry,) = document["entries"]

    assert (shared["rel"], shared["rule"]) == ("NEQ", "D4")
    assert shared["why"] == "two mount targets of Files cannot share a zone"
    (zones,) = (result for result in entry["results"] if result["disruption"] == "AZ")
    assert any("(D4)" in fact for fact in zones["deciding_facts"])


def test_secret_parameter_is_not_printed(tmp_path: Path) -> None:
    parameters = (
        "Parameters: {Password: {Type: String, NoEcho: true, Default: s3cret}, Name: {Type: String, Default: a}}"
    )
    (tmp_path / "t.yaml").write_text(f"{parameters}\nResources: {{Table: {{Type: AWS::DynamoDB::Table}}}}\n")
    text = render_assessment(relint.assess(tmp_path, config=None), "json")
    values = {parameter["name"]: parameter["value"] for parameter in json.loads(text)["parameters"]}

    assert values == {"Name": "a", "Password": None}
    assert "s3cret" not in text
