"""Local files that a template includes with AWS::Include, as CloudFormation expands them.

Where AWS says how: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
"""

from __future__ import annotations

from pathlib import Path

import pytest

import relint
from relint.stacks import includes
from tests.helpers.includes import CALL, DATABASE, IN_PROPERTIES, NO_STANDBY, OTHER_CALL, Place, places
from tests.helpers.nested_stacks import StackProject


@pytest.mark.parametrize(
    ("template", "part", "expected"),
    [
        (IN_PROPERTIES, NO_STANDBY, [("part.yaml", 2, "Database")]),
        (IN_PROPERTIES, "MultiAZ: true", []),
        (IN_PROPERTIES, "Engine: mariadb", [("main.yaml", 2, "Database")]),  # the resource lacks the property
        (IN_PROPERTIES, '{"Engine": "mysql",\n "MultiAZ": false}', [("part.yaml", 2, "Database")]),
        (IN_PROPERTIES.replace("Engine: mysql", "MultiAZ: true"), NO_STANDBY, [("part.yaml", 2, "Database")]),
        (f"Resources:\n  A: {{{DATABASE}, Properties: !Transform {CALL}}}", NO_STANDBY, [("part.yaml", 2, "A")]),
        (f"Resources:\n  Fn::Transform: {CALL}", f"\nA: {{{DATABASE}}}", [("part.yaml", 2, "A")]),
        (f"Resources:\n  A: {{Fn::Transform: {CALL}}}", "Type: AWS::RDS::DBInstance", [("main.yaml", 2, "A")]),
        (f"Transform: {CALL}", f"Resources:\n  A: {{{DATABASE}}}", [("part.yaml", 2, "A")]),
        (
            f"Transform: [AWS::LanguageExtensions, {CALL}]\nResources:\n  A: {{{DATABASE}}}",
            f"Description: ''\nResources:\n  B: {{{DATABASE}}}",
            [("main.yaml", 3, "A"), ("part.yaml", 3, "B")],
        ),
        (
            f"Resources:\n  A: {{{DATABASE}, Properties: {{Fn::Transform: [{CALL}, {OTHER_CALL}]}}}}",
            NO_STANDBY,
            [("part.yaml", 2, "A")],
        ),
        (
            f"Mappings: {{Standby: {{Fn::Transform: {CALL}}}}}\n"
            f"Resources:\n  A: {{{DATABASE}, Properties: {{MultiAZ: !FindInMap [Standby, X, Is]}}}}",
            "X: {Is: false}",
            [("main.yaml", 3, "A")],
        ),
        (
            f"Conditions: {{Fn::Transform: {CALL}}}\n"
            f"Resources:\n  A: {{{DATABASE}, Properties: {{MultiAZ: !If [Is, true, false]}}}}",
            "Is: {Fn::Equals: [a, b]}",
            [("main.yaml", 3, "A")],
        ),
        (
            "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Loop:\n  - Name\n  - [One, Two]\n"
            f"  - 'A${{Name}}': {{{DATABASE}, Properties: {{Fn::Transform: {CALL}}}}}",
            NO_STANDBY,
            [("part.yaml", 2, "AOne"), ("part.yaml", 2, "ATwo")],
        ),
        (
            f"Transform: AWS::LanguageExtensions\nResources:\n  Fn::Transform: {CALL}",
            f"Fn::ForEach::Loop: [Name, [One], {{'A${{Name}}': {{\n{DATABASE}}}}}]",
            [("part.yaml", 1, "AOne")],
        ),
    ],
)
def test_included_values_are_judged_where_they_are_written(
    parts: StackProject, template: str, part: str, expected: list[Place]
) -> None:
    parts.write("main.yaml", template).write("part.yaml", part).write("other.yaml", "Port: '3306'")
    assert places(parts.check("main.yaml")) == expected
    assert parts.check("main.yaml").unjudged == ()


def test_item_of_a_list_can_be_included(parts: StackProject) -> None:
    parts.configure("select: [S3-302]\n")
    rules = f"Rules: [{{Status: Enabled, Id: a}}, {{Fn::Transform: {CALL}}}]"
    bucket = f"Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {{LifecycleConfiguration: {{{rules}}}}}"
    parts.write("main.yaml", bucket).write("part.yaml", "Status: Enabled\nExpirationInDays: 1")
    template = relint.check_text(bucket, str(parts.folder / "main.yaml"), config=None)
    assert template.unjudged == () and template.failures == ()


def at(location: str) -> str:
    return IN_PROPERTIES.replace("part.yaml", location)


@pytest.mark.parametrize(
    "location",
    ["s3://bucket/part.yaml", "https://example.com/part.yaml", "../outside.yaml", "/etc/passwd", "link.yaml"],
)
def test_file_outside_is_not_read_and_listed_as_not_judged(parts: StackProject, location: str) -> None:
    parts.write("../outside.yaml", NO_STANDBY).write("main.yaml", at(location))
    (parts.folder / "link.yaml").symlink_to(parts.folder.parent / "outside.yaml")
    report = parts.check("main.yaml")
    assert (report.findings, report.failures) == ((), ())
    assert [(entry.kind, entry.name) for entry in report.unjudged] == [("include", location)]


def test_location_that_the_deployment_decides_is_listed_as_not_judged(parts: StackProject) -> None:
    parts.write("main.yaml", at("!Sub 's3://${Bucket}/part.yaml'"))
    report = parts.check("main.yaml")
    assert [(entry.kind, entry.name) for entry in report.unjudged] == [("include", "")]
    assert report.failures == ()


def test_excluded_file_is_not_included(parts: StackProject) -> None:
    parts.configure("select: [RDS-701]\nexclude: [part.yaml]\n")
    parts.write("main.yaml", IN_PROPERTIES).write("part.yaml", NO_STANDBY)
    report = parts.check("main.yaml")
    assert (report.findings, report.failures, len(report.unjudged)) == ((), (), 1)


NESTED = f"X: {{Fn::Transform: {CALL}}}"


@pytest.mark.parametrize(
    ("location", "part", "line", "message"),
    [
        ("none.yaml", "", 6, "'none.yaml' cannot be included: 'none.yaml' does not exist."),
        ("folder", "", 6, "'folder' cannot be included: 'folder' is a folder."),
        ("part.yaml", "- a", 6, "'part.yaml' cannot be included: it is no mapping of keys to values."),
        ("part.yaml", "A: [1,\nB: 2", 6, "'part.yaml' cannot be included: line "),
        ("part.yaml", NESTED, 6, "'part.yaml' cannot be included: line 1: it has an include of its own, which "),
        ("main.yaml", "", 6, "'main.yaml' cannot be included: line 6: it has an include of its own, which "),
        ("part.yaml", "[" * 199 + "]" * 199, 6, "'part.yaml' cannot be included: "),
        ("part.yaml", "{A: " + "[" * 197 + "]" * 197 + "}", 6, "would be nested more than 200 levels deep."),
    ],
)
def test_file_that_cannot_be_included_is_one_failure_at_the_include(
    parts: StackProject, location: str, part: str, line: int, message: str
) -> None:
    (parts.folder / "folder").mkdir()
    parts.write("part.yaml", part).write("main.yaml", at(location))
    result = parts.run("check", "main.yaml", "--format", "concise", "--no-cache")
    assert result.exit_code == 2
    assert f"main.yaml:{line}:7: error RELINT " in result.stdout and message in result.stdout
    assert [entry.kind for entry in parts.check("main.yaml").unjudged] == ["include"]


def test_short_form_in_an_included_file_is_a_failure_there(parts: StackProject) -> None:
    parts.write("main.yaml", IN_PROPERTIES).write("part.yaml", "Text: |\n  not !Sub\n'MultiAZ': !Equals [a, b]\n")
    report = parts.check("main.yaml")
    assert [(failure.file, failure.span and failure.span.start, failure.message) for failure in report.failures] == [
        (
            "part.yaml",
            (3, 12),
            "CloudFormation reads no short forms in included files; write 'Fn::Equals:' instead of '!Equals'.",
        )
    ]


def test_parameters_take_no_include(parts: StackProject) -> None:
    parts.write("part.yaml", "A: {Type: String}")
    parts.write("main.yaml", f"Parameters:\n  Fn::Transform: {CALL}\nResources: {{A: {{{DATABASE}}}}}")
    (failure,) = parts.check("main.yaml").failures
    assert "expands no include in Parameters" in failure.message
    assert failure.span and failure.span.start.line == 2


@pytest.mark.parametrize(
    ("limit", "value", "message"),
    [
        ("MAX_INCLUDED_FILES", 1, "The template includes more than 1 files; the rest is left out."),
        ("MAX_EXPANSION", 3, "The includes expand to more than 3 values; the rest is left out."),
        ("MAX_TEMPLATE_BYTES", 15, "with it, the included files have more than 15 bytes."),
    ],
)
def test_work_of_one_template_is_limited(
    parts: StackProject, limit: str, value: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(includes, limit, value)
    template = f"Resources:\n  A: {{{DATABASE}, Properties: {{Fn::Transform: [{CALL}, {OTHER_CALL}, {OTHER_CALL}]}}}}"
    parts.write("main.yaml", template).write("part.yaml", "MultiAZ: false").write("other.yaml", "Engine: mysql")
    report = parts.check("main.yaml")
    assert len(report.failures) == 1 and message in report.failures[0].message
    assert [(entry.kind, entry.name) for entry in report.unjudged] == [("include", "other.yaml")]


def test_nested_stack_has_its_includes(parts: StackProject, tmp_path: Path) -> None:
    parts.write_parent("deep/main.yaml", "{}")
    parts.write("deep/main.yaml", IN_PROPERTIES).write("deep/part.yaml", NO_STANDBY)
    assert places(parts.check("parent.yaml")) == [("deep/part.yaml", 2, "Database")]
