"""Parts that no rule judges are listed: types without a rule, macros, includes, modules, nested stacks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import relint
from relint.report.sarif.log import to_sarif
from relint.report.unjudged import format_unjudged, unjudged_lines

STACK = "AWS::CloudFormation::Stack"


@pytest.mark.parametrize(
    ("text", "unjudged"),
    [
        ("Resources: {A: {Type: AWS::S3::Bucket}}", []),
        ("Resources: {A: {Type: 'Custom::A'}, B: {Type: 'Custom::A'}}", [("type", "Custom::A", 2)]),
        ("Resources: {A: {Type: 'AWS::S3::Bukcet'}}", [("type", "AWS::S3::Bukcet", 1)]),
        ("Transform: Mine\nResources: {A: {Type: AWS::S3::Bucket}}", [("macro", "Mine", 1)]),
        (
            "Transform: [AWS::LanguageExtensions, {Name: Mine}]\nResources: {A: {Type: AWS::SNS::Topic}}",
            [("macro", "Mine", 1)],
        ),
        (
            "Resources: {A: {Type: AWS::S3::Bucket, Properties: {'Fn::Transform': {Name: Mine}}}}",
            [("macro", "Mine", 1)],
        ),
        ("Resources: {A: {Type: AWS::S3::Bucket, Properties: !Transform {Name: Mine}}}", [("macro", "Mine", 1)]),
        (
            "Resources: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/p.yaml}}}",
            [("include", "s3://b/p.yaml", 1)],
        ),
        ("Transform: AWS::Serverless-2016-10-31\nResources: {A: {Type: AWS::Serverless::SimpleTable}}", []),
        ("Resources: {A: {Type: 'My::Own::Queue::MODULE'}}", [("module", "My::Own::Queue::MODULE", 1)]),
        ("Modules: {A: {Source: a.yaml}}\nResources: {B: {Type: AWS::S3::Bucket}}", [("module", "A", 1)]),
        ("Resources: {A: {Type: !Rain::Module a.yaml}, B: {Type: AWS::S3::Bucket}}", [("module", "a.yaml", 1)]),
        (
            f"Resources: {{A: {{Type: {STACK}, Properties: {{TemplateURL: 'https://s3/x'}}}}}}",
            [("nested stack", "https://s3/x", 1)],
        ),
        (
            f"Resources: {{A: {{Type: {STACK}, Properties: {{TemplateURL: !ImportValue X}}}}}}",
            [("nested stack", "", 1)],
        ),
        (f"Resources: {{A: {{Type: {STACK}, Properties: {{TemplateURL: a.yaml}}}}}}", [("nested stack", "a.yaml", 1)]),
    ],
)
def test_part_without_a_judgement_is_in_the_report(text: str, unjudged: list[tuple[str, str, int]]) -> None:
    report = relint.check_text(text)
    assert [(entry.kind, entry.name, entry.number) for entry in report.unjudged] == unjudged
    assert report.failures == ()


def test_nested_stack_that_is_followed_is_judged_and_one_outside_of_the_folder_is_listed(tmp_path: Path) -> None:
    folder = tmp_path / "stacks"
    folder.mkdir()
    for file in (folder / "child.yaml", tmp_path / "outside.yaml"):
        file.write_text("Resources: {A: {Type: AWS::S3::Bucket}}")
    resources = [
        f"{name}: {{Type: {STACK}, Properties: {{TemplateURL: {location}}}}}"
        for name, location in (("A", "child.yaml"), ("B", "../outside.yaml"))
    ]
    (folder / "root.yaml").write_text(f"Resources: {{{', '.join(resources)}}}")
    assert [entry.name for entry in relint.check(folder).unjudged] == ["../outside.yaml"]


def test_cache_and_workers_keep_the_parts_without_a_judgement(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("Transform: Mine\nResources: {A: {Type: 'Custom::A'}}")
    cache = str(tmp_path / "cache")
    plain, first, second = (relint.check(tmp_path, cache=folder) for folder in (None, cache, cache))
    with ThreadPoolExecutor(2) as executor:
        parallel = relint.check(tmp_path, executor=executor)
    assert len(plain.unjudged) == 4
    assert plain.unjudged == first.unjudged == second.unjudged == parallel.unjudged


def test_numbers_are_one_line_and_the_list_is_complete() -> None:
    resources = "A: {Type: 'Custom::A'}, B: {Type: 'Custom::A'}, C: {Type: 'Custom::C'}, D: {Type: 'X::Y::Z::MODULE'}"
    report = relint.check_text(f"Transform: Mine\nResources: {{{resources}}}")
    expected = "3 resources of 2 types have no rule; 1 macro hides what it makes; 1 module is not expanded"
    assert format_unjudged(report) == f"not judged: {expected}: -v lists them"
    assert list(unjudged_lines(report)) == [
        "template.yaml: not judged: 1 macro hides what it makes (Mine)",
        "template.yaml: not judged: 1 module is not expanded (X::Y::Z::MODULE)",
        "template.yaml: not judged: 2 resources of the type Custom::A, which has no rule",
        "template.yaml: not judged: 1 resource of the type Custom::C, which has no rule",
    ]
    assert format_unjudged(relint.check_text("Resources: {A: {Type: AWS::S3::Bucket}}")) == ""


def test_sarif_has_a_notification_of_level_note_for_each_template() -> None:
    log = to_sarif(relint.check_text("Transform: Mine\nResources: {A: {Type: 'Custom::A'}}"))
    (notification,) = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "note" and notification["descriptor"]["id"] == "RELINT-008"
    assert "1 macro hides what it makes (Mine)" in notification["message"]["text"]
