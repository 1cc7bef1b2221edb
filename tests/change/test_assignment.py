"""The deployment in which two templates are compared, where no value decides it."""

from __future__ import annotations

import pytest

from tests.helpers.comparisons import compared

PRODUCTION_ONLY = """\
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Conditions: {IsProduction: !Equals [!Ref Stage, prod]}
Resources:
  Queue: {Type: AWS::SQS::Queue, Condition: IsProduction, Properties: {QueueName: orders}}
  Topic: {Type: AWS::SNS::Topic}
"""


@pytest.mark.parametrize(
    "template",
    [
        pytest.param(PRODUCTION_ONLY, id="with allowed values"),
        pytest.param(PRODUCTION_ONLY.replace(", AllowedValues: [dev, prod]", ""), id="without"),
    ],
)
def test_resources_of_any_stage_are_compared_without_a_default(template: str) -> None:
    assert list(compared(template, template.replace("orders", "others")).by_id()) == ["Queue"]


def test_default_decides_against_a_resource() -> None:
    template = PRODUCTION_ONLY.replace("Type: String", "Type: String, Default: dev")
    assert compared(template, template.replace("orders", "others")).changes == ()


def test_given_value_decides_against_a_resource() -> None:
    assert compared(PRODUCTION_ONLY, PRODUCTION_ONLY.replace("orders", "others"), Stage="dev").changes == ()


def test_resource_goes_together_with_its_parameter() -> None:
    new = "Resources: {Topic: {Type: AWS::SNS::Topic}}"
    assert [change.kind for change in compared(PRODUCTION_ONLY, new).changes] == ["removed"]
    assert [change.kind for change in compared(new, PRODUCTION_ONLY).changes] == ["added"]
