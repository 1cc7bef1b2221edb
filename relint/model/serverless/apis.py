"""The APIs of SAM and their stages, also those that it makes for events that name no API.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-api.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from relint.model.serverless.generated import Made, Steps, mapping, renamed, without
from relint.model.serverless.merge import with_globals

_RENAMED = {"DefinitionBody": "Body", "DefinitionUri": "BodyS3Location"}


def rest_api(logical_id: str, properties: Mapping[str, Any], place: Steps = ()) -> Iterator[Made]:
    """The REST API of AWS::Serverless::Api and its stage."""
    own, moved = renamed(properties, _RENAMED)
    endpoint = mapping(properties.get("EndpointConfiguration"))
    if "Type" in endpoint:
        own["EndpointConfiguration"] = {**without(endpoint, "Type"), "Types": [endpoint["Type"]]}
    yield Made(logical_id, "AWS::ApiGateway::RestApi", own, place, moved=moved)
    settings = {**without(properties, "Name"), "RestApiId": {"Ref": logical_id}}
    name = _plain(properties.get("StageName"))
    yield Made(f"{logical_id}{name}Stage", "AWS::ApiGateway::Stage", settings, place)


def http_api(logical_id: str, properties: Mapping[str, Any], place: Steps = ()) -> Iterator[Made]:
    """The HTTP API of AWS::Serverless::HttpApi and its stage."""
    yield from _api(logical_id, properties, place, "HTTP", "$default", "ApiGatewayDefault")


def websocket_api(logical_id: str, properties: Mapping[str, Any]) -> Iterator[Made]:
    """The WebSocket API of AWS::Serverless::WebSocketApi and its stage."""
    yield from _api(logical_id, properties, (), "WEBSOCKET", "default", "Default")


def _api(
    logical_id: str, properties: Mapping[str, Any], place: Steps, protocol: str, default: str, shown: str
) -> Iterator[Made]:
    own, moved = renamed(properties, _RENAMED)
    yield Made(logical_id, "AWS::ApiGatewayV2::Api", {"ProtocolType": protocol, **own}, place, moved=moved)
    stage = properties.get("StageName", default)
    name = shown if stage == default else _plain(stage)
    settings = {**without(properties, "Name"), "ApiId": {"Ref": logical_id}, "StageName": stage}
    yield Made(f"{logical_id}{name}Stage", "AWS::ApiGatewayV2::Stage", settings, place)


def _plain(name: Any) -> str:
    return name if isinstance(name, str) and name.isalnum() else ""


def implicit_apis(events: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[Made]:
    """The API that SAM makes for all events that name none; it stands at the event, and Globals configure it."""
    for name, event in events.items():
        kind = mapping(event).get("Type")
        place = ("Properties", "Events", name)
        written = mapping(mapping(event).get("Properties"))
        if kind == "Api" and "RestApiId" not in written:
            body = with_globals({"Type": "AWS::Serverless::Api", "Properties": {"StageName": "Prod"}}, data)
            yield from rest_api("ServerlessRestApi", body["Properties"], place)
        if kind == "HttpApi" and "ApiId" not in written:
            body = with_globals({"Type": "AWS::Serverless::HttpApi", "Properties": {}}, data)
            yield from http_api("ServerlessHttpApi", body["Properties"], place)
