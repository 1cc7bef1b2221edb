"""Limits and failures of nested stacks, and the templates that a change of one concerns."""

from __future__ import annotations

import pytest

from relint.discover.candidate import Candidate
from relint.finding import Failure
from relint.report.unjudged import format_unjudged
from relint.stacks import references, referring_stacks, traversal
from relint.stacks.boundary import search_roots
from relint.stacks.related_files import related_templates
from tests.helpers.nested_stacks import CHILD, StackProject, stack_resource


def deploy(stacks: StackProject, count: int, name: str = "parent.yaml") -> None:
    """Write a template that deploys so many different nested stacks."""
    children = (stack_resource(f"S{number}", "child.yaml", f"{{Standby: '{number}'}}") for number in range(count))
    stacks.write(name, "Resources:\n" + "".join(children))


def test_limits_are_beyond_real_systems() -> None:
    assert (traversal.MAX_NESTED_STACKS, traversal._MAX_VISITS) == (1_000, 20_000)


def test_number_of_nested_stacks_is_limited(stacks: StackProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traversal, "MAX_NESTED_STACKS", 10)
    deploy(stacks, 10)
    assert stacks.check("parent.yaml").failures == ()
    deploy(stacks, 11)
    deploy(stacks, 12, "second.yaml")
    message = "The templates deploy more than 10 nested stacks; the rest is not followed."
    report = stacks.check()
    assert report.failures == (Failure("parent.yaml", "load", message),)
    assert report.templates == ("child.yaml", "parent.yaml", "second.yaml")


EXPORTER = """Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}
  Failed: {Type: AWS::SQS::Queue}
Outputs:
  Queue: {Value: !GetAtt Queue.Arn, Export: {Name: queue}}
"""
MAPPING = "{Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: w, EventSourceArn: !ImportValue queue}}"


@pytest.mark.parametrize(
    ("module", "limit", "value", "limited"),
    [
        pytest.param(referring_stacks, "MAX_REFERRING_RESOURCES", 100, [], id="all that refers to a queue is seen"),
        pytest.param(
            *(referring_stacks, "MAX_REFERRING_RESOURCES", 2, ["a.yaml", "b.yaml", "c.yaml", "data.yaml"]),
            id="more refers to the queues than is seen",
        ),
        pytest.param(
            *(referring_stacks, "_MAX_SHARING_STACKS", 2, ["a.yaml", "b.yaml", "c.yaml"]),
            id="one more stack shares the queue",
        ),
        pytest.param(
            *(references, "MAX_LINKED_RESOURCES", 1, ["a.yaml", "b.yaml", "c.yaml"]),
            id="the queue refers to one more",
        ),
    ],
)
def test_stack_that_sees_others_in_part_is_listed_once(
    stacks: StackProject, monkeypatch: pytest.MonkeyPatch, module: object, limit: str, value: int, limited: list[str]
) -> None:
    monkeypatch.setattr(module, limit, value)
    stacks.write("data.yaml", EXPORTER)
    for name in "abc":
        stacks.write(f"{name}.yaml", f"Resources:\n  Mapping: {MAPPING}\n")
    report = stacks.check()
    assert [entry.file for entry in report.unjudged if entry.kind == "stack relations"] == limited
    sentence = f"{len(limited)} stacks have more relations to others than relint follows"
    assert (sentence in format_unjudged(report)) is bool(limited)


def test_visits_of_the_same_nested_stacks_are_limited(stacks: StackProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parents that deploy the same children again and again take no longer than those of different ones."""
    stacks.write("parent.yaml", "Resources:\n" + "".join(stack_resource(f"S{n}", "child.yaml") for n in range(20)))
    for limit, is_reported in ((39, True), (100, False)):  # one visit each to find the names, one to find the values
        monkeypatch.setattr(traversal, "_MAX_VISITS", limit)
        assert bool(stacks.check("parent.yaml").failures) is is_reported


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("missing.yaml", "'missing.yaml' does not exist."),
        ("sub", "'sub' is a folder."),
        ("README", "It is no CloudFormation template."),
        ("broken.template", "A ',' or ']' is missing here; close the list that '[' opens on line 1."),
    ],
)
def test_problem_of_a_nested_template_is_reported_at_each_parent(stacks: StackProject, url: str, problem: str) -> None:
    stacks.write("sub/other.yaml", "a: b\n").write("README", "a: b\n").write("broken.template", "Resources: [a\n")
    stacks.write_parent(url, "{}")
    stacks.write_parent(url, "{}", name="second.yaml")
    expected = f"The template '{url}' of nested stack 'Data' cannot be read: "
    failures = stacks.check("parent.yaml", "second.yaml").failures
    assert [(failure.file, failure.stage, failure.span and failure.span.start.line) for failure in failures] == [
        ("parent.yaml", "load", 2),
        ("second.yaml", "load", 2),
    ]
    assert {failure.message for failure in failures} == {expected + problem}


def test_nested_template_that_was_named_fails_once(stacks: StackProject) -> None:
    stacks.write("child.yaml", "Resources: [")
    stacks.write_parent("child.yaml")
    assert [failure.file for failure in stacks.check().failures] == ["child.yaml"]


def test_nested_template_with_too_many_resources_is_reported_at_the_parent(stacks: StackProject) -> None:
    names = ", ".join(f"'{number}'" for number in range(40_000))
    loop = f"  Fn::ForEach::L:\n    - Name\n    - [{names}]\n    - D${{Name}}: {{Type: AWS::SNS::Topic}}\n"
    stacks.write("child.template", f"Transform: AWS::LanguageExtensions\nResources:\n{loop}")
    stacks.write_parent("child.template", "{}")
    (failure,) = stacks.check("parent.yaml").failures
    assert failure.file == "parent.yaml"
    assert failure.message.startswith("The template 'child.template' of nested stack 'Data' cannot be read: ")


def test_folders_of_named_files_are_searched(stacks: StackProject) -> None:
    stacks.write("sub/child.yaml", CHILD)
    root = str(stacks.folder)
    assert search_roots(["parent.yaml", "sub", "sub/child.yaml", "s3://bucket/a.yaml", "parent.yaml"]) == [
        root,
        f"{root}/sub",
    ]
    assert search_roots(["s3://bucket/a.yaml"]) == []


@pytest.mark.parametrize("kind", [str, bytes], ids=["text", "bytes"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{Outputs: {A: {Export: {Name: x}}}}", {"a.yaml"}),
        ("{Value: {Fn::ImportValue: x}}", {"a.yaml"}),
        ("{Type: AWS::Serverless::Application, Location: sub/child.yaml}", {"a.yaml", "sub/child.yaml"}),
        ("{TemplateURL: ./child.yaml, Next: other.json}", {"a.yaml", "sub/child.yaml", "other.json"}),
        ('{"TemplateURL":"sub\\\\child.yaml"}', {"a.yaml", "sub/child.yaml"}),
        ("{TemplateURL: child.yaml.old}", {"a.yaml"}),
        ("{TemplateURL: https://s3.example.com/child.yaml?version=1}", {"a.yaml", "sub/child.yaml"}),
        ("{Url: sub/child.yaml}", set()),
    ],
)
def test_templates_that_may_affect_each_other_are_found_without_parsing(
    kind: type, text: str, expected: set[str]
) -> None:
    texts = {"a.yaml": text, "sub/child.yaml": "{}", "other.json": "{}", "unrelated.yaml": "{}"}
    candidates = [
        Candidate(file, content.encode() if kind is bytes else content, is_explicit=True)
        for file, content in texts.items()
    ]
    assert {candidate.file for candidate in related_templates(candidates)} == expected
