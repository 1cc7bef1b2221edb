"""The CloudFormation template of the experiments of a game day.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-fis-experimenttemplate.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.assessment.gameday.tables import permissions
from relint.report.gameday.names import LogicalIds, title
from relint.report.gameday.placeholders import Placeholders
from relint.report.gameday.yaml_text import GetAtt, If, Ref, Sub, yaml_lines
from relint.report.terminal import printable

if TYPE_CHECKING:
    from relint.assessment.gameday.records import GameDayEvent, Injection
    from relint.assessment.gameday.tables import Permission

_MAX_NAME = 60
"""Characters of the name of an action or target, of which FIS takes 64."""

_MAX_DESCRIPTION = 500
_LOG = "ExperimentLog"
_EXPERIMENTS_ARN = "arn:${AWS::Partition}:fis:${AWS::Region}:${AWS::AccountId}:experiment/*"


class ExperimentTemplate:
    """The template of the experiments of some events; `names` are their logical ids by the number of the event."""

    def __init__(self, events: Sequence[GameDayEvent]) -> None:
        ids = LogicalIds()
        self.names = {event.number: ids.get(event.kind, event.name, key=event.number) for event in events}
        self._placeholders = Placeholders()
        self._needs_alarm = any(not event.stop_alarms for event in events)
        self._resources: dict[str, Any] = {_LOG: _log_group()}
        self._outputs: dict[str, Any] = {}
        for event in events:
            name = self.names[event.number]
            self._resources[f"{name}Role"] = self._role(event)
            self._resources[f"{name}Experiment"] = self._experiment(event)
            self._outputs[name] = {"Description": _title(event), "Value": Ref(f"{name}Experiment")}

    @property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """The parameters by name: those without a default first, which a deployment has to give."""
        found = dict(self._placeholders.parameters)
        if self._needs_alarm:
            found |= _STOP_PARAMETERS
        return dict(sorted(found.items(), key=lambda item: ("Default" in item[1], item[0])))

    def text(self) -> str:
        """Return the template as YAML."""
        template: dict[str, Any] = {
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": "Experiments of a game day, which nothing starts by itself",
            "Parameters": self.parameters,
        }
        if self._needs_alarm:
            template["Rules"] = _STOP_RULES
            template["Conditions"] = {"HasStopAlarm": _HAS_STOP_ALARM}
        template |= {"Resources": self._resources, "Outputs": self._outputs}
        return "\n".join(yaml_lines(template)) + "\n"

    def _experiment(self, event: GameDayEvent) -> dict[str, Any]:
        ids = LogicalIds(_MAX_NAME)
        actions, targets = {}, {}
        for injection in event.injections:
            name = ids.get(injection.action.id.rpartition(":")[2], injection.part.name if injection.part else "")
            actions[name] = self._action(event, injection, name)
            targets[name] = self._target(event, injection)
        return {
            "Type": "AWS::FIS::ExperimentTemplate",
            "Properties": {
                "Description": _title(event),
                "RoleArn": GetAtt(f"{self.names[event.number]}Role.Arn"),
                "Targets": targets,
                "Actions": actions,
                "StopConditions": list(self._stop_conditions(event)),
                "ExperimentOptions": {
                    "AccountTargeting": "single-account",
                    "EmptyTargetResolutionMode": "skip" if event.kind == "zone" else "fail",
                },
                "LogConfiguration": {
                    "LogSchemaVersion": 2,
                    "CloudWatchLogsConfiguration": {"LogGroupArn": GetAtt(f"{_LOG}.Arn")},
                },
                "Tags": {"Name": self.names[event.number]},
            },
        }

    def _action(self, event: GameDayEvent, injection: Injection, target: str) -> dict[str, Any]:
        action = injection.action
        body: dict[str, Any] = {"ActionId": action.id}
        if action.parameters:
            body["Parameters"] = self._filled(action.parameters, event, injection)
        return {**body, "Targets": {action.target_key: target}}

    def _target(self, event: GameDayEvent, injection: Injection) -> dict[str, Any]:
        action = injection.action
        body: dict[str, Any] = {"ResourceType": action.target_type, "SelectionMode": action.selection}
        if action.target_arn:
            body["ResourceArns"] = [self._placeholders.fill(action.target_arn, event, injection)]
        if action.target_tags:
            body["ResourceTags"] = self._filled(action.target_tags, event, injection)
        if action.target_parameters:
            body["Parameters"] = self._filled(action.target_parameters, event, injection)
        if action.filters:
            filters = self._filled(action.filters, event, injection)
            body["Filters"] = [{"Path": path, "Values": [value]} for path, value in filters.items()]
        return body

    def _filled(self, pairs: Sequence[tuple[str, str]], event: GameDayEvent, injection: Injection) -> dict[str, object]:
        return {name: self._placeholders.fill(value, event, injection) for name, value in pairs}

    def _stop_conditions(self, event: GameDayEvent) -> Iterator[object]:
        for alarm in event.stop_alarms:
            yield {"Source": "aws:cloudwatch:alarm", "Value": self._placeholders.alarm(alarm)}
        if not event.stop_alarms:
            alarm_of_user = {"Source": "aws:cloudwatch:alarm", "Value": Ref("StopAlarmArn")}
            yield If("HasStopAlarm", alarm_of_user, {"Source": "none"})

    def _role(self, event: GameDayEvent) -> dict[str, Any]:
        trust = {
            "Effect": "Allow",
            "Principal": {"Service": "fis.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {"aws:SourceAccount": Ref("AWS::AccountId")},
                "ArnLike": {"aws:SourceArn": Sub(_EXPERIMENTS_ARN)},
            },
        }
        document = {"Version": "2012-10-17", "Statement": self._statements(event)}
        return {
            "Type": "AWS::IAM::Role",
            "Properties": {
                "Description": f"What the experiment {self.names[event.number]} needs, and no more",
                "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [trust]},
                "Policies": [{"PolicyName": "experiment", "PolicyDocument": document}],
            },
        }

    def _statements(self, event: GameDayEvent) -> list[dict[str, Any]]:
        """Return the statements of a role: one for each resource and condition, with all actions on it."""
        grouped: dict[str, tuple[set[str], object, dict[str, Any]]] = {}
        for injection in event.injections:
            for row in permissions():
                if not _applies(row, injection):
                    continue
                resource = self._placeholders.fill(row.resource, event, injection)
                condition: dict[str, Any] = {}
                for operator, key, value in row.conditions:
                    condition.setdefault(operator, {})[key] = self._placeholders.fill(value, event, injection)
                actions, *_ = grouped.setdefault(repr((resource, condition)), (set(), resource, condition))
                actions.update(row.permissions)
        return [
            {"Effect": "Allow", "Action": sorted(actions), "Resource": resource}
            | ({"Condition": condition} if condition else {})
            for actions, resource, condition in grouped.values()
        ]


def _applies(row: Permission, injection: Injection) -> bool:
    part_type = injection.part.resource.type.removeprefix("AWS::") if injection.part else ""
    return row.action in ("*", injection.action.id) and row.type in ("", part_type)


def _title(event: GameDayEvent) -> str:
    return printable(title(event))[:_MAX_DESCRIPTION]


def _log_group() -> dict[str, Any]:
    return {
        "Type": "AWS::Logs::LogGroup",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": {"RetentionInDays": 365},
    }


_STOP_PARAMETERS: dict[str, dict[str, Any]] = {
    "StopAlarmArn": {
        "Type": "String",
        "Default": "",
        "Description": "ARN of an alarm that stops the experiments for which the system has none",
    },
    "RunWithoutStopAlarm": {
        "Type": "String",
        "Default": "no",
        "AllowedValues": ["no", "yes"],
        "Description": "Whether these experiments may run although only a person stops them",
    },
}
_HAS_STOP_ALARM = {"Fn::Not": [{"Fn::Equals": [Ref("StopAlarmArn"), ""]}]}
_STOP_RULES = {
    "SomethingStopsTheExperiments": {
        "Assertions": [
            {
                "Assert": {"Fn::Or": [_HAS_STOP_ALARM, {"Fn::Equals": [Ref("RunWithoutStopAlarm"), "yes"]}]},
                "AssertDescription": "Experiments without an alarm need StopAlarmArn, or RunWithoutStopAlarm: yes",
            }
        ]
    }
}
