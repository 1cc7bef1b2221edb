"""AWS::Serverless::Function: the function, its versions and alias, its deployment, and what invokes it.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from relint.model.serverless.events import invokers
from relint.model.serverless.generated import Made, Steps, arn_of, is_function, mapping, present, renamed, without

_RENAMED = {"CodeUri": "Code", "InlineCode": "Code", "Tracing": "TracingConfig", "DeadLetterQueue": "DeadLetterConfig"}
_APPLICATION = "ServerlessDeploymentApplication"
_OTHER_RESOURCES = (
    "AutoPublishAlias",
    "AutoPublishAliasAllProperties",
    "AutoPublishCodeSha256",
    "DeploymentPreference",
    "EventInvokeConfig",
    "Events",
    "FunctionUrlConfig",
    "Policies",
    "ProvisionedConcurrencyConfig",
    "VersionDescription",
)


def function(logical_id: str, properties: dict[str, Any]) -> Iterator[Made]:
    """The resources that a serverless function becomes."""
    own, moved = renamed(without(properties, *_OTHER_RESOURCES), _RENAMED)
    if "DeadLetterConfig" in own:
        own["DeadLetterConfig"] = present(TargetArn=mapping(own["DeadLetterConfig"]).get("TargetArn"))
    if "Tracing" in properties:
        own["TracingConfig"] = {"Mode": properties["Tracing"]}
    yield Made(logical_id, "AWS::Lambda::Function", own, moved=moved)
    alias = properties.get("AutoPublishAlias")
    if alias is not None:
        yield from _published(logical_id, properties, alias)
    yield from _asynchronous(logical_id, properties)
    yield from _url(logical_id, properties)
    target = {"Ref": logical_id if alias is None else _alias_id(logical_id, alias)}
    yield from invokers(logical_id, target, mapping(properties.get("Events")))


def _alias_id(logical_id: str, alias: Any) -> str:
    return f"{logical_id}Alias{alias if isinstance(alias, str) else ''}"


def _published(logical_id: str, properties: Mapping[str, Any], alias: Any) -> Iterator[Made]:
    """A version for each change of the code, the alias that points to it, and how traffic moves between versions."""
    place = ("Properties", "AutoPublishAlias")
    version = f"{logical_id}Version"
    yield Made(version, "AWS::Lambda::Version", {"FunctionName": {"Ref": logical_id}}, place)
    preference = mapping(properties.get("DeploymentPreference"))
    deploys = "Type" in preference and preference.get("Enabled") not in (False, "false")
    group = f"{logical_id}DeploymentGroup"
    update = {"CodeDeployLambdaAliasUpdate": {"DeploymentGroupName": {"Ref": group}}}
    moved: dict[Steps, Steps] = {
        ("Properties", "ProvisionedConcurrencyConfig"): ("Properties", "ProvisionedConcurrencyConfig")
    }
    yield Made(
        _alias_id(logical_id, alias),
        "AWS::Lambda::Alias",
        present(
            Name=alias,
            FunctionName={"Ref": logical_id},
            FunctionVersion={"Fn::GetAtt": [version, "Version"]},
            ProvisionedConcurrencyConfig=properties.get("ProvisionedConcurrencyConfig"),
        ),
        place,
        {"UpdatePolicy": update} if deploys else {},
        moved,
    )
    if deploys:
        yield Made(_APPLICATION, "AWS::CodeDeploy::Application", {"ComputePlatform": "Lambda"}, place)
        yield _deployment_group(group, preference)


def _deployment_group(logical_id: str, preference: Mapping[str, Any]) -> Made:
    style = preference["Type"]
    alarms = preference.get("Alarms")
    return Made(
        logical_id,
        "AWS::CodeDeploy::DeploymentGroup",
        present(
            ApplicationName={"Ref": _APPLICATION},
            DeploymentConfigName=f"CodeDeployDefault.Lambda{style}" if isinstance(style, str) else style,
            DeploymentStyle={"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL"},
            AutoRollbackConfiguration={
                "Enabled": True,
                "Events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
            },
            AlarmConfiguration=_alarm_configuration(alarms),
        ),
        ("Properties", "DeploymentPreference"),
        moved={
            ("Properties", "DeploymentConfigName"): ("Properties", "DeploymentPreference", "Type"),
            ("Properties", "AlarmConfiguration"): ("Properties", "DeploymentPreference", "Alarms"),
        },
    )


def _alarm_configuration(alarms: Any) -> dict[str, Any] | None:
    if alarms is None:
        return None
    return {"Enabled": True, "Alarms": [{"Name": one} for one in alarms] if isinstance(alarms, list) else alarms}


def _asynchronous(logical_id: str, properties: Mapping[str, Any]) -> Iterator[Made]:
    written = properties.get("EventInvokeConfig")
    if not isinstance(written, dict) or is_function(written):
        return
    place = ("Properties", "EventInvokeConfig")
    made = f"{logical_id}EventInvokeConfig"
    destinations = mapping(written.get("DestinationConfig"))
    sent = {
        name: {"Destination": mapping(to).get("Destination", arn_of(f"{made}{name}"))}  # SAM makes a queue or topic
        for name, to in destinations.items()
    }
    own = present(
        FunctionName={"Ref": logical_id},
        Qualifier=properties.get("AutoPublishAlias", "$LATEST"),
        DestinationConfig=sent,
    )
    moved: dict[Steps, Steps] = {("Properties",): place}
    yield Made(
        made, "AWS::Lambda::EventInvokeConfig", {**without(written, "DestinationConfig"), **own}, place, {}, moved
    )


def _url(logical_id: str, properties: Mapping[str, Any]) -> Iterator[Made]:
    written = properties.get("FunctionUrlConfig")
    if isinstance(written, dict) and not is_function(written):
        target = present(TargetFunctionArn={"Ref": logical_id}, Qualifier=properties.get("AutoPublishAlias"))
        yield Made(f"{logical_id}Url", "AWS::Lambda::Url", {**written, **target}, ("Properties", "FunctionUrlConfig"))
