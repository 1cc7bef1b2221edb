"""Resources under another logical id: those that SAM names after a property."""

from __future__ import annotations

from tests.helpers.comparisons import compared

API = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: v1, DefinitionBody: {paths: {}}}}
"""


def test_stage_of_a_sam_api_is_renamed_with_its_name() -> None:
    changes = compared(API, API.replace("v1", "v2")).by_id()
    assert changes["Shopv2Stage"].kind == "renamed"
    assert changes["Shopv2Stage"] is changes["Shopv1Stage"]
