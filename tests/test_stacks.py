"""Nested stacks and exported values: real folders, followed no further than they may be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import relint

CHILD = """Parameters: {Standby: {Type: String, Default: 'true'}}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {Engine: mysql, BackupRetentionPeriod: 14, DeletionProtection: true, MultiAZ: !Ref Standby}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    write("relint.yaml", "root: true\nselect: [RDS-701]\n")
    write("child.yaml", CHILD)
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def parent(url: str, parameters: str = "{Standby: 'false'}", head: str = "", name: str = "parent.yaml") -> None:
    properties = f"{{TemplateURL: {url}, Parameters: {parameters}}}"
    write(name, f"{head}Resources:\n  Data: {{Type: AWS::CloudFormation::Stack, Properties: {properties}}}\n")


def found(*paths: str) -> list[tuple[str, str, str | None]]:
    report = relint.check(*(paths or (".",)))
    assert not report.failures
    return [(one.file, one.verdict, one.scenario) for one in report.findings]


def test_child_is_judged_with_what_its_parent_passes(folder: Path) -> None:
    assert found("child.yaml") == [("child.yaml", "review", 'Standby is "false"')]
    parent("child.yaml")
    assert found() == [("child.yaml", "fail", 'it is deployed as "Data" of "parent.yaml"')]
    parent("./child.yaml", "{Standby: 'true'}")
    assert found() == []


def test_child_outside_of_the_set_is_followed_from_its_parent(folder: Path) -> None:
    write("child.template", CHILD)
    parent("child.template")
    assert [file for file, *_ in found("parent.yaml")] == ["child.template"]


def test_message_names_the_parent(folder: Path) -> None:
    parent("child.yaml")
    (finding,) = relint.check("parent.yaml").findings
    assert finding.message.endswith('This happens when \'it is deployed as "Data" of "parent.yaml"\'.')
    relint.to_sarif(relint.check("parent.yaml"))


def test_value_that_the_parent_may_choose_otherwise_is_a_review(folder: Path) -> None:
    head = "Parameters: {Standby: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}}\n"
    parent("child.yaml", "{Standby: !Ref Standby}", head)
    assert [verdict for _, verdict, _ in found()] == ["review"]


def test_value_that_nobody_knows_leaves_no_default(folder: Path) -> None:
    write("child.yaml", CHILD.replace("'true'", "'no'").replace("Default: 'no'", "Default: 'true'"))
    parent("child.yaml", "{Standby: !ImportValue standby}")
    assert [verdict for _, verdict, _ in found()] == ["open"]


def test_each_deployment_of_a_child_is_looked_at_once(folder: Path) -> None:
    parent("child.yaml", "{Standby: 'true'}")
    parent("child.yaml", "{Standby: 'false'}", name="second.yaml")
    parent("child.yaml", "{Standby: 'false'}", name="third.yaml")
    assert found() == [("child.yaml", "fail", 'it is deployed as "Data" of "second.yaml"')]


def test_grandchildren_are_followed_and_circles_end(folder: Path) -> None:
    parent("sub/middle.yaml", "{Standby: 'false'}")
    parent("../child.yaml", "{Standby: !Ref Standby}", "Parameters: {Standby: {Type: String}}\n", "sub/middle.yaml")
    assert ("child.yaml", "fail", 'it is deployed as "Data" of "sub/middle.yaml"') in found()
    parent("parent.yaml")
    assert found("parent.yaml") == []
    parent("b.yaml", name="a.yaml")
    parent("a.yaml", name="b.yaml")
    found()


@pytest.mark.parametrize("url", ["../outside.yaml", "link.yaml", "sub/../../outside.yaml"])
def test_paths_never_leave_the_named_roots(folder: Path, url: str) -> None:
    write("../outside.yaml", CHILD)
    os.symlink("../outside.yaml", "link.yaml")
    parent(url)
    report = relint.check("parent.yaml")
    assert report.templates == ("parent.yaml",)
    assert not report.findings
    assert not report.failures


@pytest.mark.parametrize("url", ["https://example.com/child.yaml", "s3://bucket/child.yaml", "/etc/passwd", '"a\\0b"'])
def test_addresses_are_not_followed(folder: Path, url: str) -> None:
    parent(url)
    assert found("parent.yaml") == []


def test_child_that_cannot_be_read_is_told_at_the_parent(folder: Path) -> None:
    write("child.template", "Resources: [")
    parent("child.template")
    (failure,) = relint.check("parent.yaml").failures
    assert failure.file == "parent.yaml"
    assert failure.span is not None
    assert failure.span.start.line == 2
    assert "child.template" in failure.message


def test_output_of_cdk_names_the_child_in_its_metadata(folder: Path) -> None:
    write("cdk.out/nested.json", CHILD)
    write(
        "cdk.out/app.yaml",
        "Resources:\n  Data:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n"
        "      TemplateURL: {'Fn::Join': ['', ['https://s3.', {Ref: AWS::URLSuffix}, /x.json]]}\n"
        "      Parameters: {Standby: 'false'}\n"
        "    Metadata: {'aws:asset:path': nested.json, 'aws:asset:property': TemplateURL}\n",
    )
    assert found("cdk.out/app.yaml") == [
        ("cdk.out/nested.json", "fail", 'it is deployed as "Data" of "cdk.out/app.yaml"')
    ]


def test_exported_value_reaches_who_imports_it(folder: Path) -> None:
    write("child.yaml", CHILD.replace("!Ref Standby", "!ImportValue standby"))
    assert [verdict for _, verdict, _ in found()] == ["open"]
    output = "Outputs: {A: {Value: 'false', Export: {Name: standby}}}\n"
    write("base.yaml", f"Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}\n{output}")
    assert [verdict for _, verdict, _ in found()] == ["fail"]
    write("second.yaml", f"Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}\n{output}")
    assert [verdict for _, verdict, _ in found()] == ["open"]


def test_construct_of_cdk_is_shown_and_is_a_logical_location(folder: Path) -> None:
    from relint.report.formats import lines

    construct = "    Metadata: {'aws:cdk:path': Shop/Data/Database}\n    DeletionPolicy"
    write("child.yaml", CHILD.replace("    DeletionPolicy", construct).replace("!Ref Standby", "false"))
    report = relint.check("child.yaml")
    assert "Shop/Data/Database" in "\n".join(lines(report, "text"))
    (result,) = relint.to_sarif(report)["runs"][0]["results"]
    names = [place["fullyQualifiedName"] for place in result["locations"][0]["logicalLocations"]]
    assert any("Shop/Data/Database" in name for name in names)
