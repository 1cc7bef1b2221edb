"""What each type of the Serverless Application Model becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from relint.model.serverless.apis import (
    generate_http_api,
    generate_implicit_apis,
    generate_rest_api,
    generate_websocket_api,
)
from relint.model.serverless.events import generate_schedules
from relint.model.serverless.function import generate_function
from relint.model.serverless.generated import GeneratedResource, as_mapping, omit, rename_properties
from relint.model.serverless.merge import with_globals


def expand(logical_id: str, body: dict[str, Any], data: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    """The resources that a SAM resource becomes, Globals merged; a type that is not known here stays what it is."""
    merged = with_globals(body, data)
    properties = merged.get("Properties")
    properties = properties if isinstance(properties, dict) else {}
    make = _TYPES.get(merged["Type"])
    if make is None:
        yield GeneratedResource(logical_id, merged["Type"], properties)
    else:
        yield from make(logical_id, properties)
        yield from generate_implicit_apis(as_mapping(properties.get("Events")), data)


def _table(logical_id: str, properties: dict[str, Any]) -> Iterator[GeneratedResource]:
    key = as_mapping(properties.get("PrimaryKey"))
    name, kind = key.get("Name", "id"), key.get("Type", "String")
    own_properties, source_paths = rename_properties(omit(properties, "PrimaryKey"), {})
    own_properties = {
        **({} if "ProvisionedThroughput" in properties else {"BillingMode": "PAY_PER_REQUEST"}),
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": kind[0] if isinstance(kind, str) else kind}],
        "KeySchema": [{"AttributeName": name, "KeyType": "HASH"}],
        **own_properties,
    }
    yield GeneratedResource(logical_id, "AWS::DynamoDB::Table", own_properties, source_paths=source_paths)


def _state_machine(logical_id: str, properties: dict[str, Any]) -> Iterator[GeneratedResource]:
    names = {
        "DefinitionUri": "DefinitionS3Location",
        "Logging": "LoggingConfiguration",
        "Name": "StateMachineName",
        "Role": "RoleArn",
        "Tracing": "TracingConfiguration",
        "Type": "StateMachineType",
    }
    other = ("Events", "Policies", "AutoPublishAlias", "DeploymentPreference")
    own_properties, source_paths = rename_properties(omit(properties, *other), names)
    yield GeneratedResource(logical_id, "AWS::StepFunctions::StateMachine", own_properties, source_paths=source_paths)
    for name, event in as_mapping(properties.get("Events")).items():
        kind = as_mapping(event).get("Type")
        if isinstance(kind, str):
            written = as_mapping(event.get("Properties"))
            source_path = ("Properties", "Events", name)
            yield from generate_schedules(f"{logical_id}{name}", {"Ref": logical_id}, kind, written, source_path)


_TYPES: dict[str, Callable[[str, dict[str, Any]], Iterator[GeneratedResource]]] = {
    "AWS::Serverless::Api": generate_rest_api,
    "AWS::Serverless::Function": generate_function,
    "AWS::Serverless::HttpApi": generate_http_api,
    "AWS::Serverless::SimpleTable": _table,
    "AWS::Serverless::StateMachine": _state_machine,
    "AWS::Serverless::WebSocketApi": generate_websocket_api,
}
