"""Hostile input ends in a report, within bounds of time and memory."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

import relint
from relint.report.formats import render
from tests.helpers.command_line import run_relint_process

SUBNET = '{"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "V"}}}'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "relint.yaml").write_text("root: true\n", encoding="utf-8")
    return tmp_path


def failures(content: bytes, name: str = "a.yaml") -> list[str]:
    Path(name).write_bytes(content)
    started = time.process_time()
    report = relint.check(name, ruleset="all")
    assert time.process_time() - started < 20
    return [failure.message for failure in report.failures]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"Resources: {A: {Type: \x00}}", "U+0000", id="NUL bytes"),
        pytest.param(b"Resources: {A: {Type: \xff\xfe}}", "UTF-8", id="no UTF-8"),
        pytest.param("Resources: {A: {Type: AWS::S3::Bucket}}".encode("utf-16")[:-1], "UTF-16", id="half of UTF-16"),
        pytest.param(b"Resources: " + b"[" * 100_000, "nested", id="deep nesting"),
        pytest.param(b'{"Resources": ' + b'{"a":' * 100_000, "", id="deep JSON"),
        pytest.param(b"#" * 13_000_000, "bytes", id="a large file"),
    ],
)
def test_invalid_bytes_are_reported_in_one_sentence(folder: Path, content: bytes, said: str) -> None:
    (message,) = failures(content, "a.json" if content.startswith(b"{") else "a.yaml")
    assert said in message


def test_large_sparse_file_is_not_read(folder: Path) -> None:
    with open("a.yaml", "wb") as stream:
        stream.write(b"Resources:\n")
        stream.truncate(100_000_000)
    started = time.process_time()
    (failure,) = relint.check("a.yaml").failures
    assert "100,000,000 bytes" in failure.message
    assert time.process_time() - started < 1


def test_cyclic_links_end(folder: Path) -> None:
    os.symlink("loop", "loop")
    os.symlink(".", "again")
    Path("a.yaml").write_text("Resources: {T: {Type: AWS::SNS::Topic}}\n", encoding="utf-8")
    assert relint.check(".", config=None).templates == ("a.yaml",)
    (failure,) = relint.check("loop").failures
    assert "loop" in failure.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_and_devices_are_not_opened(folder: Path) -> None:
    os.mkfifo("pipe.yaml")
    (failure,) = relint.check("pipe.yaml").failures
    assert failure.message == "'pipe.yaml' is not a regular file."
    (failure,) = relint.check("/dev/zero").failures
    assert failure.message == "'/dev/zero' is not a regular file."
    os.mkfifo("relint.json")
    result = run_relint_process("check", ".", "--no-cache", seconds=20)
    assert result.exit_code == 2


@pytest.mark.parametrize(
    "name", ["__class__", "__proto__", "constructor", "a.b", "a/b~c", "", "\u202eevil", "x" * 5_000]
)
def test_logical_ids_are_only_names(folder: Path, name: str) -> None:
    bucket = {"Type": "AWS::S3::Bucket", "Properties": {"Tags": [{"Key": "backup", "Value": "yes"}]}}
    data = {
        "Resources": {name: bucket, "Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": {"Ref": name}}}}
    }
    report = relint.check_text(json.dumps(data), "a.json", ruleset="all")
    assert not report.failures
    for kind in ("text", "concise", "json", "junit", "gitlab", "github", "markdown"):
        assert "\u202e" not in "\n".join(render(report, kind)), kind
    json.dumps(relint.to_sarif(report))


@pytest.mark.parametrize("url", ["../../etc/passwd", "file:///etc/passwd", "http://127.0.0.1:1/x", "\\\\host\\x"])
def test_urls_in_a_template_are_not_opened(folder: Path, url: str) -> None:
    include = {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": url}}}
    stack = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}
    Path("a.json").write_text(
        json.dumps({"Resources": {"S": stack, "T": {"Type": "AWS::SNS::Topic", "Properties": include}}})
    )
    report = relint.check("a.json")
    assert report.templates == ("a.json",)
    assert not report.failures


@pytest.mark.parametrize("kind", ["Fn::Sub", "Fn::Join", "Fn::If", "Fn::And", "Fn::FindInMap", "Fn::Cidr", "Fn::Split"])
def test_recursive_functions_end(folder: Path, kind: str) -> None:
    value: object = {"Ref": "A"}
    for _ in range(60):
        value = {kind: [value, value]} if len(json.dumps(value)) < 10_000 else {kind: [value]}
    data = {
        "Conditions": {"C": {"Condition": "C"}},
        "Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": {"X": value}}},
    }
    assert not [one for one in failures(json.dumps(data).encode(), "a.json") if "crashed" in one]


def test_cyclic_conditions_end(folder: Path) -> None:
    conditions = {
        f"C{n}": {"Fn::And": [{"Condition": f"C{(n + 1) % 50}"}, {"Condition": f"C{(n + 2) % 50}"}]} for n in range(50)
    }
    database = {
        "Type": "AWS::RDS::DBInstance",
        "Condition": "C0",
        "Properties": {"MultiAZ": {"Fn::If": ["C1", True, False]}},
    }
    data = {"Conditions": conditions, "Resources": {"D": database}}
    assert not [one for one in failures(json.dumps(data).encode(), "a.json") if "crashed" in one]


def test_time_for_forty_conditions_is_bounded(folder: Path) -> None:
    names = [f"P{number}" for number in range(40)]
    parameters = {name: {"Type": "String", "Default": "a", "AllowedValues": ["a", "b"]} for name in names}
    conditions = {f"C{name}": {"Fn::Equals": [{"Ref": name}, "a"]} for name in names}
    value: object = True
    for name in names:
        value = {"Fn::If": [f"C{name}", value, {"Ref": "AWS::NoValue"}]}
    database = {"Type": "AWS::RDS::DBInstance", "Properties": {"MultiAZ": value, "BackupRetentionPeriod": value}}
    data = {"Parameters": parameters, "Conditions": conditions, "Resources": {f"D{n}": database for n in range(20)}}
    assert not failures(json.dumps(data).encode(), "a.json")
