"""Hostile files on the command line are rejected within seconds and a bounded memory."""

from __future__ import annotations

import json
import os
import resource
import time
from pathlib import Path

import pytest

import relint
from tests.helpers.command_line import CommandResult, run_python, run_relint_process
from tests.helpers.rules import rule_text

MEMORY = 1_000_000_000
"""Bytes of address space; a plain run takes a tenth."""


def run(folder: Path, *arguments: str) -> CommandResult:
    """Check files in a process that gets no more than MEMORY."""
    (folder / "relint.yaml").write_text("root: true\n", encoding="utf-8")
    options = ("--no-cache", "--format", "concise", "--ruleset", "all")
    return run_relint_process("check", *arguments, *options, cwd=folder, seconds=60, before=limit_memory)


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_named_pipes_and_devices_are_rejected_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    os.symlink("/dev/null", tmp_path / "link.yaml")
    done = run(tmp_path, "pipe.yaml", "/dev/zero", "link.yaml")
    assert done.exit_code == 2
    assert done.stdout.count("is not a regular file") == 3


def test_file_of_a_hundred_megabytes_is_rejected_at_once(tmp_path: Path) -> None:
    with open(tmp_path / "a.yaml", "wb") as stream:
        stream.writelines(b"A%d: {Type: AWS::S3::Bucket}\n" % number for number in range(3_500_000))
    done = run(tmp_path, "a.yaml")
    assert done.exit_code == 2
    assert "bytes; relint reads up to 12,000,000" in done.stdout


@pytest.mark.parametrize(
    ("file", "text"),
    [
        pytest.param("a.json", '{"Resources":{' + ",".join(f'"{n}":{{"Type":"A"}}' for n in range(120_000)) + "}}"),
        pytest.param("a.yaml", "Resources:\n" + "".join(f" {n}: {{Type: A}}\n" for n in range(120_000))),
        pytest.param(
            "a.yaml",
            "Resources:\n Fn::ForEach::A: [A, [" + "x," * 100 + "x], {Fn::ForEach::B: [B, ["
            + ",".join(map(str, range(100))) + "], {Fn::ForEach::C: [C, ["
            + ",".join(map(str, range(100))) + "], {'R${A}${B}${C}': {Type: A}}]}]}]\n",
        ),
        pytest.param("a.yaml", "A: &a {Type: A}\nResources:\n" + "".join(f" {n}: *a\n" for n in range(120_000))),
    ],
    ids=["JSON", "YAML", "a million by loops", "aliases"],
)  # fmt: skip
def test_hundreds_of_thousands_of_resources_are_rejected(tmp_path: Path, file: str, text: str) -> None:
    assert len(text) < 5_000_000
    (tmp_path / file).write_text(text, encoding="utf-8")
    done = run(tmp_path, file)
    assert done.exit_code == 2, done.stderr
    assert "resources" in done.stdout
    assert "CloudFormation takes 500" in done.stdout


def test_million_resources_are_rejected_by_size(tmp_path: Path) -> None:
    body = ",".join(f'"R{number}":{{"Type":"A"}}' for number in range(1_000_000))
    (tmp_path / "a.json").write_text(f'{{"Resources":{{{body}}}}}', encoding="utf-8")
    done = run(tmp_path, "a.json")
    assert done.exit_code == 2
    assert "bytes; relint reads up to 12,000,000" in done.stdout


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("surrogate", ["\ud800x", "\udc00", "\ud800"])
def test_invalid_utf_16_is_rejected(order: str, surrogate: str) -> None:
    text = "\ufeffResources: {A: {Type: '" + surrogate + "'}}"
    report = relint.check_text(text.encode(order, "surrogatepass"), "a.yaml")
    (failure,) = report.failures
    assert "UTF-16" in failure.message
    assert "save the file as UTF-8" in failure.message


def test_cyclic_links_are_searched_once(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    os.symlink("..", inner / "up")
    os.symlink("../b", inner / "self")
    os.symlink("loop.yaml", inner / "loop.yaml")
    (inner / "t.yaml").write_text("Resources: {T: {Type: AWS::SNS::Topic}}\n", encoding="utf-8")
    done = run(tmp_path, ".", "a", "a/b/up/b/t.yaml")
    lines = [line for line in done.stdout.splitlines() if "SNS" in line or "'Topic'" in line or "t.yaml:" in line]
    assert len(lines) == len(set(lines))
    assert not [line for line in done.stdout.splitlines() if "up/up" in line]


WATCHED = """
import json, sys
seen = []
def watch(event, arguments):
    if event == "open" or event.startswith(("socket.", "urllib.", "subprocess.", "os.system", "http.")):
        seen.append([event, str(arguments[0])])
sys.addaudithook(watch)
import relint
from tests.helpers.rules import rule_text
report = relint.check("inside", config=None, ruleset="all")
print(json.dumps({"seen": seen, "templates": report.templates, "failures": [one.message for one in report.failures]}))
"""
URLS = (
    "../secret.yaml",
    "../../../../../../../../etc/passwd",
    "file:///etc/passwd",
    "http://127.0.0.1:1/x.yaml",
    "s3://bucket/key",
    "https://bucket.s3.amazonaws.com/secret.yaml",
    "//127.0.0.1/secret.yaml",
    "link.yaml",
)


def test_templates_open_no_file_outside_of_the_checked_folder(tmp_path: Path) -> None:
    """Files are opened below the checked folder only, after links are resolved; nothing else is called."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.yaml").write_text("Resources: {T: {Type: AWS::SNS::Topic}}\n", encoding="utf-8")
    (inside / "child.yaml").write_text("Resources: {T: {Type: AWS::SNS::Topic}}\n", encoding="utf-8")
    (inside / "elsewhere").mkdir()
    os.symlink("../../secret.yaml", inside / "elsewhere" / "link.txt")
    resources: dict[str, object] = {
        "Good": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "./child.yaml"}}
    }
    for number, url in enumerate((*URLS, "elsewhere/link.txt")):
        include = {"Name": "AWS::Include", "Parameters": {"Location": url}}
        resources[f"Stack{number}"] = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}
        resources[f"Topic{number}"] = {"Type": "AWS::SNS::Topic", "Properties": {"Fn::Transform": include}}
        resources[f"App{number}"] = {"Type": "AWS::Serverless::Application", "Properties": {"Location": url}}
        function = {"Handler": "a.b", "Runtime": "python3.13", "CodeUri": url}
        resources[f"Code{number}"] = {"Type": "AWS::Serverless::Function", "Properties": function}
        api = {"StageName": "x", "DefinitionUri": url, "DefinitionBody": {"Fn::Transform": include}}
        resources[f"Api{number}"] = {"Type": "AWS::Serverless::Api", "Properties": api}
    data = {"Transform": {"Name": "AWS::Include", "Parameters": {"Location": "../secret.yaml"}}, "Resources": resources}
    (inside / "parent.json").write_text(json.dumps(data), encoding="utf-8")
    log = json.loads(run_python("-c", WATCHED, cwd=tmp_path, seconds=60).stdout)
    assert "inside/child.yaml" in log["templates"]
    assert not [seen for seen in log["seen"] if seen[0] != "open"]
    opened = [seen[1] for seen in log["seen"]]
    assert any(name.endswith("child.yaml") for name in opened)
    reached = {os.path.realpath(tmp_path / name) for name in opened}
    assert str(tmp_path / "secret.yaml") not in reached
    assert "/etc/passwd" not in reached


def test_exponential_regex_in_a_rule_is_reported_with_its_location(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    rule = rule_text("assert: [{path: $.Properties.Engine, matches: '(a+)+$'}]\n")
    (folder / "own.yaml").write_text(rule, encoding="utf-8")
    engine = "a" * 5_000 + "!"
    (tmp_path / "t.yaml").write_text(
        f"Resources: {{D: {{Type: AWS::RDS::DBInstance, Properties: {{Engine: {engine}}}}}}}\n", encoding="utf-8"
    )
    began = time.monotonic()
    done = run(tmp_path, "t.yaml", "--rules", "rules")
    assert time.monotonic() - began < 50
    assert done.exit_code == 2
    assert "'(a+)+$' cannot be used" in done.stdout + done.stderr
    assert "own.yaml:" in done.stdout + done.stderr
