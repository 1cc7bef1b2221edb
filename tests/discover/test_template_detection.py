"""Templates are recognized by their resources."""

from __future__ import annotations

from typing import Any

import pytest

from relint.discover.template_detection import can_be_template, has_template_shape


@pytest.mark.parametrize(
    ("data", "is_template"),
    [
        ({"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}, True),
        ({"Resources": {"A": 1, "B": {"Type": "Custom::B"}}}, True),
        ({"Resources": {"Fn::ForEach::Buckets": ["Name", [], {}]}}, True),
        ({"Resources": {"A": {"Type": 7}}}, False),
        ({"Resources": {}}, False),
        ({"Resources": [{"Type": "A"}]}, False),
        ({"resources": {"A": {"Type": "AWS::S3::Bucket"}}}, False),
        (["Resources"], False),
        (None, False),
    ],
    ids=str,
)
def test_template_is_recognized_by_its_resources(data: Any, is_template: bool) -> None:
    assert has_template_shape(data) is is_template


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("Resources:\n  A: {}", True),
        ("{Resources: {}}", True),
        ('{"Resources" : {}}', True),
        ("'Resources': {}", True),
        ("a: Resources\n", False),
        ("MyResources: 1\n", False),
        ("resources: 1\n", False),
        ("Transform: AWS::Serverless-2016-10-31", True),
        ("Transform:\n  Name: AWS::Include\n", True),
        ("Transform: [{Name: 'AWS::Include'}]", True),
        ('{"Transform": {"Name": "AWS::Include"}}', True),
        ("Transform: {Name: Mine}", False),
    ],
    ids=str,
)
def test_text_without_the_key_resources_is_not_a_template(text: str, may_be: bool) -> None:
    assert can_be_template(text) is may_be
    assert can_be_template(text.encode()) is may_be
    assert can_be_template(text.encode("utf-16")) is may_be
