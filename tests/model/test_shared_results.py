"""Results that scenarios share: computed once where nothing differs, and right in each scenario."""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.view import View
from relint.resolve.scenario import Scenario
from tests.helpers.views import view_of

PARAMETERS = {"Stage": {"Type": "String", "Default": "test", "AllowedValues": ["test", "preprod", "prod"]}}
CONDITIONS = {
    "IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]},
    "IsTest": {"Fn::Equals": [{"Ref": "Stage"}, "test"]},
    "IsBetween": {"Fn::And": [{"Fn::Not": [{"Condition": "IsProd"}]}, {"Fn::Not": [{"Condition": "IsTest"}]}]},
}


@pytest.mark.parametrize(
    ("name", "expected", "computations"),
    [
        pytest.param("queue", ["queue", "queue", "queue"], 1, id="a text"),
        pytest.param({"Fn::If": ["IsProd", "p", "other"]}, ["other", "other", "p"], 2, id="a condition"),
        pytest.param({"Fn::If": ["IsBetween", "b", "other"]}, ["other", "b", "other"], 3, id="conditions in another"),
        pytest.param(
            {"Fn::If": ["IsProd", "p", {"Fn::If": ["IsTest", "t", "b"]}]}, ["t", "b", "p"], 3, id="one after another"
        ),
        pytest.param({"Ref": "Stage"}, ["test", "preprod", "prod"], None, id="the value of a parameter"),
        pytest.param(
            {"Fn::If": ["IsProd", "p", {"Ref": "Stage"}]}, ["test", "preprod", "p"], None, id="a condition and a value"
        ),
    ],
)
def test_result_is_right_in_each_scenario(name: Any, expected: list[str], computations: int | None) -> None:
    queue = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name}}
    template = view_of({"Queue": queue}, Parameters=PARAMETERS, Conditions=CONDITIONS).template
    computed = 0

    def compute(view: View) -> Any:
        nonlocal computed
        computed += 1
        return view.get(view.template.resources["Queue"], "Properties", "QueueName").value

    for stage, result in zip(("test", "preprod", "prod") * 2, expected * 2, strict=True):
        view = View(template, Scenario(template.deployments, {"Stage": (stage,)}))
        alone = View(template, Scenario(template.deployments, {"Stage": (stage,)}))
        assert view.cached("name", compute) == result
        alone.get(template.resources["Queue"], "Properties", "QueueName")
        assert view.scenario.choices_made == alone.scenario.choices_made, "the choices that the result depends on"
    assert computations is None or computed == computations
