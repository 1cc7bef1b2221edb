"""Metrics of metric filters and the alarms on them, told apart by namespace, name and dimensions."""

from __future__ import annotations

from typing import Any

import pytest

from relint.checks.logs.metric_filter_alarm import check
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

GIVEN = {"Ref": "Name"}
OPEN = "the name of a metric is not known"


def made(name: Any, *dimensions: str, namespace: str = "Shop") -> dict[str, Any]:
    keys = [{"Key": key, "Value": "$.x"} for key in dimensions]
    return {"MetricNamespace": namespace, "MetricName": name, "MetricValue": "1", "Dimensions": keys}


def judged(filters: list[dict[str, Any]], name: Any, *dimensions: str, namespace: str = "Shop") -> list[str]:
    """Return message and metrics of each problem of an alarm beside metric filters, and the reasons if open."""
    asked = [{"Name": key, "Value": "x"} for key in dimensions]
    alarm = {"Namespace": namespace, "MetricName": name, "Dimensions": asked}
    resources = {
        "Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": alarm},
        **{
            f"Filter{number}": {"Type": "AWS::Logs::MetricFilter", "Properties": {"MetricTransformations": [item]}}
            for number, item in enumerate(filters)
        },
    }
    view = view_of(resources, Parameters={"Name": {"Type": "String"}})
    found = check(view.template.resources["Alarm"], view)
    return [each.reason if isinstance(each, Unknown) else f"{each.message} {each.values['made']}" for each in found]


@pytest.mark.parametrize(
    ("filters", "name", "dimensions", "expected"),
    [
        pytest.param([made("Errors")], "Errors", [], [], id="the metric of the filter"),
        pytest.param([made("Faults"), made("Errors")], "Errors", [], [], id="the metric of the second filter"),
        pytest.param([made("Faults"), made("Errors")], "Error", [], ["None Errors, Faults"], id="a misspelt metric"),
        pytest.param([made("Faults", namespace="Other")], "Errors", [], [], id="a filter of another namespace"),
        pytest.param([made("Errors", "Shop")], "Errors", ["Shop"], [], id="the same dimension"),
        pytest.param([made("Errors", "Shop")], "Errors", ["Till"], ["dimensions Errors"], id="another dimension"),
        pytest.param([made("Errors", "Shop")], "Errors", [], ["dimensions Errors"], id="no dimension"),
        pytest.param([made("Errors")], "Errors", ["Shop"], ["dimensions Errors"], id="a dimension too many"),
        pytest.param([made(GIVEN)], "Errors", [], [OPEN], id="the filter is named by a parameter"),
        pytest.param([made("Errors")], GIVEN, [], [OPEN], id="the alarm is named by a parameter"),
        pytest.param([made(GIVEN)], GIVEN, [], [], id="both are named by one parameter"),
    ],
)
def test_alarms_watch_a_metric_of_the_filters(
    filters: list[dict[str, Any]], name: Any, dimensions: list[str], expected: list[str]
) -> None:
    assert judged(filters, name, *dimensions) == expected


def test_namespaces_of_aws_have_other_metrics_than_those_of_filters() -> None:
    filters = [made("Errors", namespace="AWS/Lambda")]
    assert judged(filters, "Throttles", namespace="AWS/Lambda") == []
