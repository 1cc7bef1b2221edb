"""The APIs of SAM and their stages, also those that it makes for events that name no API.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-api.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from relint.model.serverless.generated import GeneratedResource, Steps, as_mapping, omit, rename_properties
from relint.model.serverless.merge import with_globals

_RENAMED = {"DefinitionBody": "Body", "DefinitionUri": "BodyS3Location"}


def generate_rest_api(
    logical_id: str, properties: Mapping[str, Any], source_path: Steps = ()
) -> Iterator[GeneratedResource]:
    """The REST API of AWS::Serverless::Api and its stage."""
    own_properties, source_paths = rename_properties(properties, _RENAMED)
    endpoint = as_mapping(properties.get("EndpointConfiguration"))
    if "Type" in endpoint:
        own_properties["EndpointConfiguration"] = {**omit(endpoint, "Type"), "Types": [endpoint["Type"]]}
    yield GeneratedResource(
        logical_id, "AWS::ApiGateway::RestApi", own_properties, source_path, source_paths=source_paths
    )
    settings = {**omit(properties, "Name"), "RestApiId": {"Ref": logical_id}}
    name = _plain(properties.get("StageName"))
    yield GeneratedResource(f"{logical_id}{name}Stage", "AWS::ApiGateway::Stage", settings, source_path)


def generate_http_api(
    logical_id: str, properties: Mapping[str, Any], source_path: Steps = ()
) -> Iterator[GeneratedResource]:
    """The HTTP API of AWS::Serverless::HttpApi and its stage."""
    yield from _api(logical_id, properties, source_path, "HTTP", "$default", "ApiGatewayDefault")


def generate_websocket_api(logical_id: str, properties: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    """The WebSocket API of AWS::Serverless::WebSocketApi and its stage."""
    yield from _api(logical_id, properties, (), "WEBSOCKET", "default", "Default")


def _api(
    logical_id: str, properties: Mapping[str, Any], source_path: Steps, protocol: str, default: str, shown: str
) -> Iterator[GeneratedResource]:
    own_properties, source_paths = rename_properties(properties, _RENAMED)
    yield GeneratedResource(
        logical_id,
        "AWS::ApiGatewayV2::Api",
        {"ProtocolType": protocol, **own_properties},
        source_path,
        source_paths=source_paths,
    )
    stage = properties.get("StageName", default)
    name = shown if stage == default else _plain(stage)
    settings = {**omit(properties, "Name"), "ApiId": {"Ref": logical_id}, "StageName": stage}
    yield GeneratedResource(f"{logical_id}{name}Stage", "AWS::ApiGatewayV2::Stage", settings, source_path)


def _plain(name: Any) -> str:
    return name if isinstance(name, str) and name.isalnum() else ""


def generate_implicit_apis(events: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    """The API that SAM makes for all events that name none; it stands at the event, and Globals configure it."""
    for name, event in events.items():
        kind = as_mapping(event).get("Type")
        source_path = ("Properties", "Events", name)
        written = as_mapping(as_mapping(event).get("Properties"))
        if kind == "Api" and "RestApiId" not in written:
            body = with_globals({"Type": "AWS::Serverless::Api", "Properties": {"StageName": "Prod"}}, data)
            yield from generate_rest_api("ServerlessRestApi", body["Properties"], source_path)
        if kind == "HttpApi" and "ApiId" not in written:
            body = with_globals({"Type": "AWS::Serverless::HttpApi", "Properties": {}}, data)
            yield from generate_http_api("ServerlessHttpApi", body["Properties"], source_path)
