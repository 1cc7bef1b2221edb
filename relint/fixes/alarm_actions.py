"""Actions by which a template tells people that an alarm fires."""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.fixes.edit import EditError

if TYPE_CHECKING:
    from collections.abc import Mapping

_ALARMS = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")
_FOR_PEOPLE = re.compile(
    r"(?:^(?:alarm|alert|oncall|onCall|operation|operator|ops|pager)"
    r"|(?:^|(?<=[a-z0-9]))(?:Alarm|Alert|Oncall|OnCall|Operation|Operator|Ops|Pager))(?:s|ing)?(?![a-z])"
)
"""Words in the logical id of a topic that people listen to, in contrast to one that programs publish orders to."""


def alarm_actions(resources: Mapping[str, Any], condition: str | None) -> list[Any]:
    """Return the actions for a new alarm: those that all alarms of a template share, else its one topic for people.

    `condition` is that under which the alarm is created; a topic under another one may be missing. Alarms that only do
    something, such as to scale, are none to learn from. Raises EditError if the template does not have exactly one such
    list or topic.
    """
    told = [[one for one in each if _tells(one, resources, condition)] for each in _lists_of_actions(resources)]
    lists = [actions for actions in told if actions]
    if lists and all(actions == lists[0] for actions in lists):
        return lists[0]
    topics = [name for name, resource in _of_types(resources, ("AWS::SNS::Topic",)) if _FOR_PEOPLE.search(name)]
    topics = [name for name in topics if resources[name].get("Condition") in (None, condition)]
    if not topics:
        raise EditError("it needs an alarm, and the template has no topic for alarms, such as Alerts")
    if len(topics) > 1:
        raise EditError(f"it needs an alarm, and its author knows which of {', '.join(topics)} that should tell")
    return [{"Ref": topics[0]}]


def _lists_of_actions(resources: Mapping[str, Any]) -> Iterator[list[Any]]:
    for _, alarm in _of_types(resources, _ALARMS):
        properties = alarm.get("Properties")
        actions = properties.get("AlarmActions") if isinstance(properties, dict) else None
        if isinstance(actions, list):
            yield actions


def _tells(action: Any, resources: Mapping[str, Any], condition: str | None) -> bool:
    """Whether an action tells somebody, as far as the template shows, rather than to scale or recover something."""
    function, argument = next(iter(action.items())) if isinstance(action, dict) and len(action) == 1 else ("", action)
    if function == "Fn::GetAtt":
        argument = argument[0] if isinstance(argument, list) and argument else str(argument).partition(".")[0]
    if function in ("Ref", "Fn::GetAtt"):
        resource = resources.get(argument) if isinstance(argument, str) else None
        if not isinstance(resource, dict):
            return True  # a parameter
        return resource.get("Type") == "AWS::SNS::Topic" and resource.get("Condition") in (None, condition)
    text = argument[0] if function == "Fn::Sub" and isinstance(argument, list) and argument else argument
    return not (isinstance(text, str) and text.startswith("arn:")) or ":sns:" in text


def _of_types(resources: Mapping[str, Any], types: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, resource in resources.items():
        if isinstance(resource, dict) and resource.get("Type") in types:
            yield name, resource
