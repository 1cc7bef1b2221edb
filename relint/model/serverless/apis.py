"""SAM APIs and their stages, and the implicit APIs of events that name no API.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-api.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import Any, NamedTuple
from relint.model.serverless.generated import GeneratedResource, Steps, as_mapping, omit, rename_properties
from relint.model.serverless.merge import with_globals

_RENAMED = {"DefinitionBody": "Body", "DefinitionUri": "BodyS3Location"}


class _Protocol(NamedTuple):
    """A protocol of API Gateway, the name of its default stage, and that name in the logical id of the stage."""

    name: str
    default_stage: str
    default_stage_id: str


_HTTP = _Protocol(name="HTTP", default_stage="$default", default_stage_id="ApiGatewayDefault")
_WEBSOCKET = _Protocol(name="WEBSOCKET", default_stage="default", default_stage_id="Default")


def generate_rest_api(
    logical_id: str, properties: Mapping[str, Any], source_path: Steps = ()
) -> Iterator[GeneratedResource]:
    """Yield the REST API of an AWS::Serverless::Api and its stage."""
    api_properties, source_paths = rename_properties(properties, _RENAMED)
    endpoint = as_mapping(properties.get("EndpointConfiguration"))
    if "Type" in endpoint:
        api_properties["EndpointConfiguration"] = {**omit(endpoint, "Type"), "Types": [endpoint["Type"]]}
    yield GeneratedResource(
        logical_id, "AWS::ApiGateway::RestApi", api_properties, source_path, source_paths=source_paths
    )
    stage_properties = {**omit(properties, "Name"), "RestApiId": {"Ref": logical_id}}
    stage_id = f"{logical_id}{_id_part(properties.get('StageName'))}Stage"
    yield GeneratedResource(stage_id, "AWS::ApiGateway::Stage", stage_properties, source_path)


def generate_http_api(
    logical_id: str, properties: Mapping[str, Any], source_path: Steps = ()
) -> Iterator[GeneratedResource]:
    """Yield the HTTP API of an AWS::Serverless::HttpApi and its stage."""
    yield from _generate_api(_HTTP, logical_id, properties, source_path)


def generate_websocket_api(logical_id: str, properties: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    """Yield the WebSocket API of an AWS::Serverless::WebSocketApi and its stage."""
    yield from _generate_api(_WEBSOCKET, logical_id, properties, ())


def _generate_api(
    protocol: _Protocol, logical_id: str, properties: Mapping[str, Any], source_path: Steps
) -> Iterator[GeneratedResource]:
    renamed, source_paths = rename_properties(properties, _RENAMED)
    api_properties = {"ProtocolType": protocol.name, **renamed}
    yield GeneratedResource(
        logical_id, "AWS::ApiGatewayV2::Api", api_properties, source_path, source_paths=source_paths
    )
    stage = properties.get("StageName", protocol.default_stage)
    stage_id_part = protocol.default_stage_id if stage == protocol.default_stage else _id_part(stage)
    stage_properties = {**omit(properties, "Name"), "ApiId": {"Ref": logical_id}, "StageName": stage}
    yield GeneratedResource(
        f"{logical_id}{stage_id_part}Stage", "AWS::ApiGatewayV2::Stage", stage_properties, source_path
    )


def _id_part(stage_name: Any) -> str:
    return stage_name if isinstance(stage_name, str) and stage_name.isalnum() else ""


def generate_implicit_apis(events: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    """Yield the APIs that SAM generates for events that name no API; Globals configure them.

    The path of such an API is the path of the event.
    """
    for name, event in events.items():
        event_type = as_mapping(event).get("Type")
        event_properties = as_mapping(as_mapping(event).get("Properties"))
        source_path = ("Properties", "Events", name)
        if event_type == "Api" and "RestApiId" not in event_properties:
            body = with_globals({"Type": "AWS::Serverless::Api", "Properties": {"StageName": "Prod"}}, data)
            generated = generate_rest_api("ServerlessRestApi", body["Properties"], source_path)
            yield from (resource._replace(globals_type=body["Type"]) for resource in generated)
        if event_type == "HttpApi" and "ApiId" not in event_properties:
            body = with_globals({"Type": "AWS::Serverless::HttpApi", "Properties": {}}, data)
            generated = generate_http_api("ServerlessHttpApi", body["Properties"], source_path)
            yield from (resource._replace(globals_type=body["Type"]) for resource in generated)
