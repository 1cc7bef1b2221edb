"""A template with a slip is not passed over, and the slip is named with what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

import relint

VERSION = 'AWSTemplateFormatVersion: "2010-09-09"\n'
BUCKET = "{Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (VERSION + f"Resource:\n  A: {BUCKET}\n", 2, "'Resource' is no section of a template; write 'Resources'."),
        (VERSION + f"resources:\n  A: {BUCKET}\n", 2, "'resources' is no section of a template; write 'Resources'."),
        (VERSION + f"Ressources:\n  A: {BUCKET}\n", 2, "'Ressources' is no section of a template; write 'Resources'."),
        (f"Transform: AWS::Serverless-2016-10-31\nResource:\n  A: {BUCKET}\n", 2, "write 'Resources'."),
        (f"Transform: [AWS::LanguageExtensions]\nResource:\n  A: {BUCKET}\n", 2, "write 'Resources'."),
        (VERSION + "Resources: []\n", 2, "'Resources' is a list; write a mapping"),
        (VERSION + "Resources:\n", 2, "'Resources' is empty; write a mapping"),
        (VERSION + "Resources: {}\n", 2, "'Resources' is empty; CloudFormation takes no template without a resource."),
        (VERSION + "Description: Nothing\n", 1, "The template has no 'Resources'; write a section"),
        (
            VERSION + "Resources:\n  A:\n    Typ: AWS::S3::Bucket\n",
            4,
            "Resource 'A' has 'Typ' for 'Type'; write 'Type'.",
        ),
        (VERSION + "Resources:\n  A:\n    type: AWS::S3::Bucket\n", 4, "has 'type' for 'Type'"),
        ("Resources:\n  A:\n    Kind: AWS::S3::Bucket\n", 3, "has 'Kind' for 'Type'"),
        (VERSION + "Resources:\n  A:\n    Properties: {BucketName: a}\n", 3, "Resource 'A' has no 'Type'"),
        (VERSION + "Resources:\n  A:\n    Type: [AWS::S3::Bucket]\n", 4, "The Type of resource 'A' is no text"),
        (VERSION + "Resources:\n  A:\n", 3, "Resource 'A' is no mapping"),
        (
            VERSION + "Resources:\n  A:\n    Type: AWS:S3:Bucket\n",
            4,
            "'AWS:S3:Bucket', the Type of resource 'A', is none",
        ),
        (f"Resources:\n  A:\n    Type: aws::s3::bucket\n  B: {BUCKET}\n", 3, "write it like AWS::S3::Bucket"),
        ("Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Propertys: {}\n", 4, "has 'Propertys'; write 'Properties'."),
        (f"Ressources:\n  A: {BUCKET}\n", 1, "'Ressources' is no section of a template; write 'Resources'."),
        ('{"resource": {"A": {"Type": "AWS::S3::Bucket"}}}', 1, "'resource' is no section of a template"),
        (VERSION + "Resources:\n  Fn::Transform: [{Name: AWS::Include}]\n", 3, "'Fn::Transform' takes a mapping"),
        (VERSION + "Resources:\n  Fn::ForEach::A: {Type: AWS::S3::Bucket}\n", 3, "'Fn::ForEach::A' is no loop"),
        ("Transform: Mine\n" + VERSION + "Resources: []\n", 1, "The template has no resource that relint can read"),
    ],
)
def test_slip_beside_a_good_template_is_a_failure_at_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    (tmp_path / "good.yaml").write_text(f"Resources: {{A: {BUCKET}}}\n")
    (tmp_path / "slip.yaml").write_text(text)
    report = relint.check(tmp_path)
    failure = next(iter(report.failures))
    assert len(report.failures) == 1 and failure.file.endswith("slip.yaml") and message in failure.message
    assert (failure.span.start.line if failure.span else 1) == line


@pytest.mark.parametrize(
    "text",
    [
        'version: "3"\nservices: {web: {image: nginx}}\n',
        "apiVersion: v1\nkind: Pod\nspec: {Resources: {limits: {cpu: 1}}}\n",
        "openapi: 3.0.0\ninfo: {title: AWSTemplateFormatVersion of Resources}\npaths: {}\n",
        'service: shop\nresources:\n  AWSTemplateFormatVersion: "2010-09-09"\n  Resources: {A: {Type: T}}\n',
        "Resources: [{Type: person}]\nTransform: rotate\n",
        "service: shop\nresources:\n  Resources: {A: {Type: AWS::S3::Bucket}}\n",
        "resources: {A: {Type: 'aws:s3:Bucket'}}\n# Type: AWS::S3::Bucket\n",
        "Uploads: {Type: AWS::S3::Bucket}\nregion: [Type: AWS::S3::Bucket]\n",
    ],
    ids=["compose", "kubernetes", "openapi", "serverless", "another", "serverless 2", "pulumi", "part to include"],
)
def test_files_of_other_tools_are_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "good.yaml").write_text(f"Resources: {{A: {BUCKET}}}\n")
    (tmp_path / "other.yaml").write_text(text)
    report = relint.check(tmp_path)
    assert report.failures == () and list(report.skipped.values()) == ["not a CloudFormation template"]


def test_rest_of_a_template_with_a_slip_is_judged() -> None:
    report = relint.check_text("Resource: {B: {Type: X}}\nResources: {A: {Type: AWS::S3::Bucket}, C: {Typ: X}}\n")
    assert [finding.rule.id for finding in report.findings] == ["S3-601"]
    assert [failure.span.start.line for failure in report.failures if failure.span] == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "Resources: {A: {Type: AWS::SNS::Topic}}\nx-anchors: {a: 1}\n",
        "Resources: {A: {Type: AWS::SNS::Topic}, B: {Type: !Rain::Module b.yaml}}\n",
        "Resources: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: 's3://b/p.yaml'}}}\n",
        "Transform: Mine\nResources: {A: {Type: AWS::SNS::Topic}, B: {Kind: queue}}\n",
        VERSION + "Resources: {A: {'Fn::Transform': {Name: AWS::Include, Parameters: {Location: 's3://b/p.yaml'}}}}\n",
        VERSION + "Resources: {A: {Type: !Rain::Module b.yaml}}\n",
    ],
    ids=["key of one's own", "module", "nothing but an include", "macro", "one include", "nothing but a module"],
)
def test_template_that_a_tool_or_macro_completes_has_no_slip(text: str) -> None:
    report = relint.check_text(text)
    assert report.failures == () and report.templates
