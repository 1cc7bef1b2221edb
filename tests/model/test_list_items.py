"""How many items an unknown item of a list is, by every way in which a template names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.check_rule import check_one
from tests.helpers.rules import load_rule

PARAMETERS = "Parameters: {One: {Type: String}, Many: {Type: CommaDelimitedList}}"


@pytest.mark.parametrize(
    "item",
    [
        "!Ref One",
        "!Ref Topic",
        '!Sub "arn:aws:sns:eu-west-1:111122223333:${One}"',
        "!Select [0, !Ref Many]",
        "!ImportValue topic",
    ],
)
def test_one_item_counts_whatever_its_value_is(tmp_path: Path, item: str) -> None:
    assert verdict_on(tmp_path, f"[{item}, {item}]") == "pass"
    assert verdict_on(tmp_path, f"[{item}]") == "fail"


@pytest.mark.parametrize("item", ["!Ref Many", '!Split [",", !Ref One]', "!Ref AWS::NotificationARNs"])
def test_item_that_may_be_a_list_leaves_the_count_open(tmp_path: Path, item: str) -> None:
    assert verdict_on(tmp_path, f"[{item}]") == "open"


def verdict_on(tmp_path: Path, actions: str) -> str:
    """Return the verdict of a rule that wants two actions."""
    rule = load_rule(
        tmp_path,
        "assert: [{count: $.Properties.AlarmActions, min: 2}]\n",
        resources=["AWS::CloudWatch::Alarm"],
    )
    alarm = f"{{Type: AWS::CloudWatch::Alarm, Properties: {{AlarmActions: {actions}}}}}"
    text = f"{PARAMETERS}\nResources:\n  Topic: {{Type: AWS::SNS::Topic}}\n  High: {alarm}\n"
    report = check_one(text, rule, {})
    assert not report.failures
    return report.results[0].verdict if report.results else "pass"
