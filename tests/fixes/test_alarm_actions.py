"""A new alarm tells those whom the other alarms of the template tell."""

from __future__ import annotations

from typing import Any

import pytest

from relint.fixes.alarm_actions import alarm_actions

TOPIC = {"Type": "AWS::SNS::Topic"}
RECOVER = {"Fn::Sub": "arn:aws:automate:${AWS::Region}:ec2:recover"}
OTHER_TOPIC = {"Fn::Sub": "arn:aws:sns:${AWS::Region}:123456789012:ops"}
POLICIES = {
    "Up": {"Type": "AWS::AutoScaling::ScalingPolicy"},
    "Down": {"Type": "AWS::ApplicationAutoScaling::ScalingPolicy"},
}


def actions(*lists: list[Any], **resources: dict[str, Any]) -> list[Any]:
    """The actions of a new alarm beside alarms that have some lists of actions."""
    alarms = {
        f"A{number}": {"Type": "AWS::CloudWatch::Alarm", "Properties": {"AlarmActions": each}}
        for number, each in enumerate(lists)
    }
    return alarm_actions({**alarms, **POLICIES, **resources}, None)


@pytest.mark.parametrize("action", [{"Ref": "Up"}, {"Ref": "Down"}, RECOVER, {"Fn::GetAtt": ["Up", "Arn"]}])
def test_action_that_scales_or_recovers_is_not_taken(action: Any) -> None:
    assert actions([action], [action], Alerts=TOPIC) == [{"Ref": "Alerts"}]


def test_only_the_topic_is_taken_of_an_alarm_that_also_scales() -> None:
    assert actions([{"Ref": "Up"}, OTHER_TOPIC], [OTHER_TOPIC], Alerts=TOPIC) == [OTHER_TOPIC]


def test_parameter_is_taken_for_a_topic() -> None:
    assert actions([{"Ref": "TopicArn"}], Alerts=TOPIC) == [{"Ref": "TopicArn"}]


def test_topic_of_another_alarm_under_a_condition_may_be_missing() -> None:
    assert actions([{"Ref": "Pages"}], Pages={**TOPIC, "Condition": "Large"}, Alerts=TOPIC) == [{"Ref": "Alerts"}]
