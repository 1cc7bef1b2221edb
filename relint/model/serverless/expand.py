"""What each type of the Serverless Application Model becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from relint.model.serverless.apis import http_api, implicit_apis, rest_api, websocket_api
from relint.model.serverless.events import schedules
from relint.model.serverless.function import function
from relint.model.serverless.generated import Made, mapping, renamed, without
from relint.model.serverless.merge import with_globals


def expand(logical_id: str, body: dict[str, Any], data: Mapping[str, Any]) -> Iterator[Made]:
    """The resources that a SAM resource becomes, Globals merged; a type that is not known here stays what it is."""
    merged = with_globals(body, data)
    properties = merged.get("Properties")
    properties = properties if isinstance(properties, dict) else {}
    make = _TYPES.get(merged["Type"])
    if make is None:
        yield Made(logical_id, merged["Type"], properties)
    else:
        yield from make(logical_id, properties)
        yield from implicit_apis(mapping(properties.get("Events")), data)


def _table(logical_id: str, properties: dict[str, Any]) -> Iterator[Made]:
    key = mapping(properties.get("PrimaryKey"))
    name, kind = key.get("Name", "id"), key.get("Type", "String")
    own, moved = renamed(without(properties, "PrimaryKey"), {})
    own = {
        **({} if "ProvisionedThroughput" in properties else {"BillingMode": "PAY_PER_REQUEST"}),
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": kind[0] if isinstance(kind, str) else kind}],
        "KeySchema": [{"AttributeName": name, "KeyType": "HASH"}],
        **own,
    }
    yield Made(logical_id, "AWS::DynamoDB::Table", own, moved=moved)


def _state_machine(logical_id: str, properties: dict[str, Any]) -> Iterator[Made]:
    names = {
        "DefinitionUri": "DefinitionS3Location",
        "Logging": "LoggingConfiguration",
        "Name": "StateMachineName",
        "Role": "RoleArn",
        "Tracing": "TracingConfiguration",
        "Type": "StateMachineType",
    }
    other = ("Events", "Policies", "AutoPublishAlias", "DeploymentPreference")
    own, moved = renamed(without(properties, *other), names)
    yield Made(logical_id, "AWS::StepFunctions::StateMachine", own, moved=moved)
    for name, event in mapping(properties.get("Events")).items():
        kind = mapping(event).get("Type")
        if isinstance(kind, str):
            written = mapping(event.get("Properties"))
            place = ("Properties", "Events", name)
            yield from schedules(f"{logical_id}{name}", {"Ref": logical_id}, kind, written, place)


_TYPES: dict[str, Callable[[str, dict[str, Any]], Iterator[Made]]] = {
    "AWS::Serverless::Api": rest_api,
    "AWS::Serverless::Function": function,
    "AWS::Serverless::HttpApi": http_api,
    "AWS::Serverless::SimpleTable": _table,
    "AWS::Serverless::StateMachine": _state_machine,
    "AWS::Serverless::WebSocketApi": websocket_api,
}
