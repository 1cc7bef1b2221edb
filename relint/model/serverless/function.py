"""AWS::Serverless::Function: the function, its versions and alias, its deployment, and its invokers.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import Any
from relint.model.serverless.events import generate_invokers
from relint.model.serverless.generated import (
    GeneratedResource,
    arn_of,
    as_mapping,
    drop_none,
    is_function,
    omit,
    rename_properties,
)

_RENAMED = {"CodeUri": "Code", "InlineCode": "Code", "Tracing": "TracingConfig", "DeadLetterQueue": "DeadLetterConfig"}
_APPLICATION = "ServerlessDeploymentApplication"
_PROPERTIES_OF_OTHER_RESOURCES = (
    "AutoPublishAlias",
    "AutoPublishAliasAllProperties",
    "AutoPublishCodeSha256",
    "DeploymentPreference",
    "EventInvokeConfig",
    "Events",
    "FunctionUrlConfig",
    "ProvisionedConcurrencyConfig",
    "VersionDescription",
)
"""Properties that other resources take; Policies stay, as those of the role are those of the function."""


def generate_function(logical_id: str, properties: dict[str, Any]) -> Iterator[GeneratedResource]:
    """Yield the resources that SAM generates from a serverless function."""
    function_properties, source_paths = rename_properties(omit(properties, *_PROPERTIES_OF_OTHER_RESOURCES), _RENAMED)
    if "DeadLetterConfig" in function_properties:
        dead_letter_queue = as_mapping(function_properties["DeadLetterConfig"])
        function_properties["DeadLetterConfig"] = drop_none(TargetArn=dead_letter_queue.get("TargetArn"))
    if "Tracing" in properties:
        function_properties["TracingConfig"] = {"Mode": properties["Tracing"]}
    yield GeneratedResource(logical_id, "AWS::Lambda::Function", function_properties, source_paths=source_paths)
    alias = properties.get("AutoPublishAlias")
    if alias is not None:
        yield from _version_and_alias(logical_id, properties, alias)
    yield from _event_invoke_config(logical_id, properties)
    yield from _function_url(logical_id, properties)
    target = {"Ref": logical_id if alias is None else _alias_id(logical_id, alias)}
    yield from generate_invokers(logical_id, target, as_mapping(properties.get("Events")))


def _alias_id(logical_id: str, alias: Any) -> str:
    return f"{logical_id}Alias{alias if isinstance(alias, str) else ''}"


def _version_and_alias(logical_id: str, properties: Mapping[str, Any], alias: Any) -> Iterator[GeneratedResource]:
    """Yield the published version, its alias, and the CodeDeploy resources that shift traffic between versions."""
    source_path = ("Properties", "AutoPublishAlias")
    concurrency_path = ("Properties", "ProvisionedConcurrencyConfig")
    version_id = f"{logical_id}Version"
    yield GeneratedResource(version_id, "AWS::Lambda::Version", {"FunctionName": {"Ref": logical_id}}, source_path)
    preference = as_mapping(properties.get("DeploymentPreference"))
    uses_code_deploy = "Type" in preference and preference.get("Enabled") not in (False, "false")
    group_id = f"{logical_id}DeploymentGroup"
    update_policy = {"CodeDeployLambdaAliasUpdate": {"DeploymentGroupName": {"Ref": group_id}}}
    yield GeneratedResource(
        logical_id=_alias_id(logical_id, alias),
        type="AWS::Lambda::Alias",
        properties=drop_none(
            Name=alias,
            FunctionName={"Ref": logical_id},
            FunctionVersion={"Fn::GetAtt": [version_id, "Version"]},
            ProvisionedConcurrencyConfig=properties.get("ProvisionedConcurrencyConfig"),
        ),
        source_path=source_path,
        attributes={"UpdatePolicy": update_policy} if uses_code_deploy else {},
        source_paths={concurrency_path: concurrency_path},
    )
    if uses_code_deploy:
        application_properties = {"ComputePlatform": "Lambda"}
        yield GeneratedResource(_APPLICATION, "AWS::CodeDeploy::Application", application_properties, source_path)
        yield _deployment_group(group_id, preference)


def _deployment_group(logical_id: str, preference: Mapping[str, Any]) -> GeneratedResource:
    deployment_type = preference["Type"]
    preference_path = ("Properties", "DeploymentPreference")
    return GeneratedResource(
        logical_id=logical_id,
        type="AWS::CodeDeploy::DeploymentGroup",
        properties=drop_none(
            ApplicationName={"Ref": _APPLICATION},
            DeploymentConfigName=(
                f"CodeDeployDefault.Lambda{deployment_type}" if isinstance(deployment_type, str) else deployment_type
            ),
            DeploymentStyle={"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL"},
            AutoRollbackConfiguration={
                "Enabled": True,
                "Events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
            },
            AlarmConfiguration=_alarm_configuration(preference.get("Alarms")),
        ),
        source_path=preference_path,
        source_paths={
            ("Properties", "DeploymentConfigName"): (*preference_path, "Type"),
            ("Properties", "AlarmConfiguration"): (*preference_path, "Alarms"),
        },
    )


def _alarm_configuration(alarms: Any) -> dict[str, Any] | None:
    if alarms is None:
        return None
    return {"Enabled": True, "Alarms": [{"Name": alarm} for alarm in alarms] if isinstance(alarms, list) else alarms}


def _event_invoke_config(logical_id: str, properties: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    settings = properties.get("EventInvokeConfig")
    if not isinstance(settings, dict) or is_function(settings):
        return
    source_path = ("Properties", "EventInvokeConfig")
    config_id = f"{logical_id}EventInvokeConfig"
    destinations = {
        # SAM generates a queue or topic for a destination without an ARN.
        name: {"Destination": as_mapping(destination).get("Destination", arn_of(f"{config_id}{name}"))}
        for name, destination in as_mapping(settings.get("DestinationConfig")).items()
    }
    yield GeneratedResource(
        logical_id=config_id,
        type="AWS::Lambda::EventInvokeConfig",
        properties={
            **omit(settings, "DestinationConfig"),
            "FunctionName": {"Ref": logical_id},
            **drop_none(Qualifier=properties.get("AutoPublishAlias", "$LATEST")),
            "DestinationConfig": destinations,
        },
        source_path=source_path,
        source_paths={("Properties",): source_path},
    )


def _function_url(logical_id: str, properties: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    settings = properties.get("FunctionUrlConfig")
    if isinstance(settings, dict) and not is_function(settings):
        target = drop_none(TargetFunctionArn={"Ref": logical_id}, Qualifier=properties.get("AutoPublishAlias"))
        source_path = ("Properties", "FunctionUrlConfig")
        yield GeneratedResource(f"{logical_id}Url", "AWS::Lambda::Url", {**settings, **target}, source_path)
