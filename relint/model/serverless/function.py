"""AWS::Serverless::Function: the function, its versions and alias, its deployment, and what invokes it.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from relint.model.serverless.events import generate_invokers
from relint.model.serverless.generated import (
    GeneratedResource,
    Steps,
    arn_of,
    as_mapping,
    drop_none,
    is_function,
    omit,
    rename_properties,
)

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


def generate_function(logical_id: str, properties: dict[str, Any]) -> Iterator[GeneratedResource]:
    """The resources that a serverless function becomes."""
    own_properties, source_paths = rename_properties(omit(properties, *_OTHER_RESOURCES), _RENAMED)
    if "DeadLetterConfig" in own_properties:
        own_properties["DeadLetterConfig"] = drop_none(
            TargetArn=as_mapping(own_properties["DeadLetterConfig"]).get("TargetArn")
        )
    if "Tracing" in properties:
        own_properties["TracingConfig"] = {"Mode": properties["Tracing"]}
    yield GeneratedResource(logical_id, "AWS::Lambda::Function", own_properties, source_paths=source_paths)
    alias = properties.get("AutoPublishAlias")
    if alias is not None:
        yield from _published(logical_id, properties, alias)
    yield from _asynchronous(logical_id, properties)
    yield from _url(logical_id, properties)
    target = {"Ref": logical_id if alias is None else _alias_id(logical_id, alias)}
    yield from generate_invokers(logical_id, target, as_mapping(properties.get("Events")))


def _alias_id(logical_id: str, alias: Any) -> str:
    return f"{logical_id}Alias{alias if isinstance(alias, str) else ''}"


def _published(logical_id: str, properties: Mapping[str, Any], alias: Any) -> Iterator[GeneratedResource]:
    """A version for each change of the code, the alias that points to it, and how traffic moves between versions."""
    source_path = ("Properties", "AutoPublishAlias")
    version = f"{logical_id}Version"
    yield GeneratedResource(version, "AWS::Lambda::Version", {"FunctionName": {"Ref": logical_id}}, source_path)
    preference = as_mapping(properties.get("DeploymentPreference"))
    deploys = "Type" in preference and preference.get("Enabled") not in (False, "false")
    group = f"{logical_id}DeploymentGroup"
    update = {"CodeDeployLambdaAliasUpdate": {"DeploymentGroupName": {"Ref": group}}}
    source_paths: dict[Steps, Steps] = {
        ("Properties", "ProvisionedConcurrencyConfig"): ("Properties", "ProvisionedConcurrencyConfig")
    }
    yield GeneratedResource(
        _alias_id(logical_id, alias),
        "AWS::Lambda::Alias",
        drop_none(
            Name=alias,
            FunctionName={"Ref": logical_id},
            FunctionVersion={"Fn::GetAtt": [version, "Version"]},
            ProvisionedConcurrencyConfig=properties.get("ProvisionedConcurrencyConfig"),
        ),
        source_path,
        {"UpdatePolicy": update} if deploys else {},
        source_paths,
    )
    if deploys:
        yield GeneratedResource(
            _APPLICATION, "AWS::CodeDeploy::Application", {"ComputePlatform": "Lambda"}, source_path
        )
        yield _deployment_group(group, preference)


def _deployment_group(logical_id: str, preference: Mapping[str, Any]) -> GeneratedResource:
    style = preference["Type"]
    alarms = preference.get("Alarms")
    return GeneratedResource(
        logical_id,
        "AWS::CodeDeploy::DeploymentGroup",
        drop_none(
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
        source_paths={
            ("Properties", "DeploymentConfigName"): ("Properties", "DeploymentPreference", "Type"),
            ("Properties", "AlarmConfiguration"): ("Properties", "DeploymentPreference", "Alarms"),
        },
    )


def _alarm_configuration(alarms: Any) -> dict[str, Any] | None:
    if alarms is None:
        return None
    return {"Enabled": True, "Alarms": [{"Name": one} for one in alarms] if isinstance(alarms, list) else alarms}


def _asynchronous(logical_id: str, properties: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    written = properties.get("EventInvokeConfig")
    if not isinstance(written, dict) or is_function(written):
        return
    source_path = ("Properties", "EventInvokeConfig")
    resource_id = f"{logical_id}EventInvokeConfig"
    destinations = as_mapping(written.get("DestinationConfig"))
    sent = {
        name: {
            "Destination": as_mapping(to).get("Destination", arn_of(f"{resource_id}{name}"))
        }  # SAM makes a queue or topic
        for name, to in destinations.items()
    }
    own_properties = drop_none(
        FunctionName={"Ref": logical_id},
        Qualifier=properties.get("AutoPublishAlias", "$LATEST"),
        DestinationConfig=sent,
    )
    source_paths: dict[Steps, Steps] = {("Properties",): source_path}
    yield GeneratedResource(
        resource_id,
        "AWS::Lambda::EventInvokeConfig",
        {**omit(written, "DestinationConfig"), **own_properties},
        source_path,
        {},
        source_paths,
    )


def _url(logical_id: str, properties: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    written = properties.get("FunctionUrlConfig")
    if isinstance(written, dict) and not is_function(written):
        target = drop_none(TargetFunctionArn={"Ref": logical_id}, Qualifier=properties.get("AutoPublishAlias"))
        yield GeneratedResource(
            f"{logical_id}Url", "AWS::Lambda::Url", {**written, **target}, ("Properties", "FunctionUrlConfig")
        )
