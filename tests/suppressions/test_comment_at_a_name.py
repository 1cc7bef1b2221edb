"""Comments at the name of a resource apply to the whole resource, comments at a property to its line."""

from __future__ import annotations

import pytest

import relint

BUCKET = """\
Transform: [AWS::LanguageExtensions]
Resources:
#1
  Scratch:  #2
    #3
    Type: AWS::S3::Bucket
    Properties:
      #4
      VersioningConfiguration:
        #5
        Status: Suspended
  #6
  Fn::ForEach::Nightly:
    - Name
    - [A, B]
    #7
    - ${Name}Bucket:
        Type: AWS::S3::Bucket
        Properties: {VersioningConfiguration: {
          Status: Suspended}}
      #8
      ${Name}Copy:
        Type: AWS::S3::Bucket
        Properties: {VersioningConfiguration: {
          Status: Suspended}}
"""
ALL = {"Scratch", "ABucket", "ACopy", "BBucket", "BCopy"}


@pytest.mark.parametrize(
    ("place", "accepted"),
    [
        pytest.param(1, {"Scratch"}, id="above a resource"),
        pytest.param(2, {"Scratch"}, id="behind the name of a resource"),
        pytest.param(3, set(), id="above the type"),
        pytest.param(4, set(), id="above a property whose value has further lines"),
        pytest.param(5, {"Scratch"}, id="above the reported line"),
        pytest.param(6, ALL - {"Scratch"}, id="above a loop"),
        pytest.param(7, {"ABucket", "BBucket"}, id="above the first resource in the body of a loop"),
        pytest.param(8, {"ACopy", "BCopy"}, id="above the next resource in the body of a loop"),
    ],
)
def test_comment_accepts(place: int, accepted: set[str]) -> None:
    text = BUCKET.replace(f"#{place}\n", "# relint: ignore[S3-601] Filled anew every night.\n")
    findings = relint.check_text(text, select=["S3-601"], settings={"report-unused": True}).findings
    assert {
        finding.logical_id for finding in findings if finding.rule.id == "S3-601" and finding.suppression
    } == accepted
    assert {finding.logical_id for finding in findings if finding.rule.id == "S3-601"} == ALL


def test_comment_behind_the_mark_of_a_list_applies_to_the_next_line() -> None:
    comment = "# relint: ignore[S3-601] Filled anew every night."
    loop = BUCKET[BUCKET.index("  Fn::ForEach") :].replace(
        "    - ${Name}Bucket:", f"    - {comment}\n      ${{Name}}Bucket:"
    )
    text = f"Transform: [AWS::LanguageExtensions]\nResources:\n{loop}"
    findings = relint.check_text(text, select=["S3-601"]).findings
    assert {finding.logical_id for finding in findings if finding.suppression} == {"ABucket", "BBucket"}


def test_unused_comment_at_a_resource_is_reported_on_request() -> None:
    text = (
        "Resources:\n  # relint: ignore[S3-601] Why not.\n  Jobs: {Type: AWS::SQS::Queue}\n"
        + BUCKET.partition("#1\n")[2]
    )
    findings = relint.check_text(text, select=["S3-601", "CFN-000"], settings={"report-unused": True}).findings
    assert [finding.logical_id for finding in findings if finding.rule.id == "CFN-000"] == ["Jobs"]


def test_comment_above_a_line_of_several_resources_applies_to_the_first_and_to_the_line() -> None:
    text = """\
Resources: {
  # relint: ignore[S3-601] Filled anew every night.
  First: {Type: AWS::S3::Bucket}, Second: {Type: AWS::S3::Bucket, Properties: {
    VersioningConfiguration: {Status: Suspended}}}}
"""
    findings = relint.check_text(text, select=["S3-601"]).findings
    assert {finding.logical_id: bool(finding.suppression) for finding in findings} == {"First": True, "Second": False}
