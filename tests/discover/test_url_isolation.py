"""Templates never make relint open a URL or a file outside of the named ones."""

from __future__ import annotations

from pathlib import Path

import pytest

import relint
from relint.stacks.boundary import search_roots
from tests.helpers.command_line import run_relint_process
from tests.helpers.s3_bucket import ALL, BUCKET, Server

WATCH = """
import sys
def watch(event, arguments):
    far = event == "import" and arguments[0] in ("fsspec", "s3fs", "botocore", "relint.discover.urls")
    if far or event.startswith("socket."):
        print("OPENED", event, arguments, file=sys.stderr)
sys.addaudithook(watch)
"""


NAMED_BY_TEMPLATE = """
Transform: {Name: AWS::Include, Parameters: {Location: 's3://stacks/t/a.yaml'}}
Resources:
  One: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 's3://stacks/t/a.yaml'}}
  Two: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 's3:/stacks/t/a.yaml'}}
  Three:
    Type: AWS::CloudFormation::Stack
    Metadata: {'aws:asset:path': 's3://stacks/t/a.yaml'}
    Properties: {TemplateURL: 'https://stacks.s3.amazonaws.com/t/a.yaml'}
  Four: {Type: AWS::Serverless::Application, Properties: {Location: 's3://stacks/t/a.yaml'}}
  Five: {Type: AWS::Lambda::Function, Properties: {Code: 's3://stacks/t/a.zip'}}
  Fn::Transform: {Name: AWS::Include, Parameters: {Location: 's3://stacks/t/a.yaml'}}
"""


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["check", ".", "--no-cache"], id="templates"),
        pytest.param(["check", ".", "--jobs", "1", "--parameters", "s3://stacks/t/p.json"], id="a file of parameters"),
        pytest.param(["check", ".", "--rules", "s3://stacks/rules/"], id="a folder of rules"),
        pytest.param(["check", ".", "--config", "s3://stacks/relint.yaml"], id="a configuration"),
        pytest.param(["check", ".", "--baseline", "s3://stacks/baseline.json"], id="a baseline"),
        pytest.param(["check", ".", "--no-cache", "--jobs", "2"], id="templates, in other processes"),
        pytest.param(["merge", "s3://stacks/t/a.sarif"], id="a log"),
        pytest.param(["suppressions", "."], id="suppressions"),
        pytest.param(["config", "s3://stacks/t/"], id="what is configured"),
        pytest.param(["check", "a.yaml", "--env", "far"], id="a configuration that names URLs"),
    ],
)
def test_only_urls_on_the_command_line_are_opened(server: Server, arguments: list[str]) -> None:
    server.put({"t/a.yaml": BUCKET})
    Path("a.yaml").write_text(NAMED_BY_TEMPLATE, encoding="utf-8")
    far = "rules: ['s3://stacks/rules/'], parameters: ['s3://stacks/t/p.json']"
    Path("relint.yaml").write_text(f"root: true\nenvironments: {{far: {{{far}}}}}\n", encoding="utf-8")
    done = run_relint_process(*arguments, code=WATCH)
    assert "OPENED" not in done.stderr


def test_watch_sees_the_named_url_opened(server: Server) -> None:
    server.put({"t/a.yaml": BUCKET})

    done = run_relint_process("check", "s3://stacks/t/", code=WATCH)

    assert "OPENED import" in done.stderr
    assert "OPENED socket.connect" in done.stderr


def test_remote_template_never_opens_a_local_file(server: Server) -> None:
    """A parent in a bucket names neither files of this machine nor objects, and a local one no objects."""
    Path("child.yaml").write_bytes(b"Resources: [")
    Path("s3:", "stacks", "t").mkdir(parents=True)
    Path("s3:", "stacks", "t", "child.yaml").write_bytes(b"Resources: [")
    Path("web.yaml").write_text(NAMED_BY_TEMPLATE.replace("s3:/stacks/t/a", "s3:/stacks/t/parent"), encoding="utf-8")
    names = ["child.yaml", "../../../child.yaml", str(Path("child.yaml").resolve()), "s3://stacks/u/child.yaml"]
    nested = "".join(
        f"  S{number}: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: '{name}'}}}}\n"
        for number, name in enumerate(names)
    )
    server.put({"t/parent.yaml": b"Resources:\n" + nested.encode(), "t/child.yaml": BUCKET, "u/child.yaml": BUCKET})
    server.requests_since_last_call()
    report = relint.check("s3://stacks/t/", "web.yaml")
    assert report.templates == ("s3://stacks/t/child.yaml", "s3://stacks/t/parent.yaml", "web.yaml")
    (failure,) = report.failures
    assert (failure.file, failure.message.count("'s3:/stacks/t/parent.yaml'")) == ("web.yaml", 2)
    assert server.requests_since_last_call() == {"/stacks/t/child.yaml": ALL, "/stacks/t/parent.yaml": ALL}
    assert search_roots(["s3://stacks/t/", "s3://stacks/t/a.yaml"]) == []
