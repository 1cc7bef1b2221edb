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
    report = relint.check_text(
        "Transform: Mine\nResources:\n"
        "  A: {Type: 'Custom::A'}\n  B: {Type: 'Custom::A'}\n  C: {Type: 'Custom::C'}\n  D: {Type: 'X::Y::Z::MODULE'}"
    )
    expected = "3 resources of 2 types have no rule; 1 macro hides what it makes; 1 module is not expanded"
    assert format_unjudged(report) == f"not judged: {expected}: -v lists them"
    assert list(unjudged_lines(report)) == [
        "template.yaml:1: not judged: 1 macro hides what it makes (Mine)",
        "template.yaml:6: not judged: 1 module is not expanded (X::Y::Z::MODULE)",
        "template.yaml:3: not judged: 2 resources of the type Custom::A, which has no rule",
        "template.yaml:5: not judged: 1 resource of the type Custom::C, which has no rule",
    ]
    assert format_unjudged(relint.check_text("Resources: {A: {Type: AWS::S3::Bucket}}")) == ""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Resources:\n  A: {Type: AWS::S3::Bucket}\n  B:\n    Type: Custom::B\n  C: {Type: Custom::B}", 3),
        ('{"Transform": "AWS::LanguageExtensions",\n"Resources": {\n"B": {"Type": "Custom::B"}}}', 3),
        ("Transform:\n  - Mine\nResources: {A: {Type: AWS::S3::Bucket}}", 1),
        ("Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      Fn::Transform: {Name: Mine}", 5),
        ("Resources:\n  A: {Type: AWS::S3::Bucket}\nModules:\n  M: {Source: a.yaml}", 4),
        (f"Resources:\n  A: {{Type: {STACK}, Properties: {{TemplateURL: a.yaml}}}}", 2),
        ("Resources:\n  A: {Type: !Rain::Module a.yaml}\n  B: {Type: AWS::S3::Bucket}", 2),
    ],
)
def test_part_without_a_judgement_has_the_line_where_it_first_stands(text: str, line: int) -> None:
    report = relint.check_text(text)
    assert [entry.line for entry in report.unjudged] == [line]
    (notification,) = to_sarif(report)["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert notification["locations"][0]["physicalLocation"]["region"] == {"startLine": line}


def test_sarif_has_a_notification_of_level_note_for_each_part() -> None:
    log = to_sarif(relint.check_text("Transform: Mine\nResources: {A: {Type: 'Custom::A'}}"))
    notifications = log["runs"][0]["invocations"][0]["toolExecutionNotifications"]
    assert [(entry["level"], entry["descriptor"]["id"]) for entry in notifications] == [("note", "RELINT-008")] * 2
    assert "1 macro hides what it makes (Mine)" in notifications[0]["message"]["text"]
