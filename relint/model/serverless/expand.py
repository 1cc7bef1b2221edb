"""The resources that SAM generates from each of its resource types."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from relint._typing import Any
from relint.model.serverless.apis import (
    generate_http_api,
    generate_implicit_apis,
    generate_rest_api,
    generate_websocket_api,
)
from relint.model.serverless.events import generate_schedules, starters
from relint.model.serverless.function import generate_function
from relint.model.serverless.generated import GeneratedResource, as_mapping, omit, rename_properties
from relint.model.serverless.graphql import generate_graphql_api
from relint.model.serverless.merge import with_globals


def expand(logical_id: str, body: dict[str, Any], data: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    """Yield the resources that SAM generates from a resource, with Globals merged.

    A resource of any other type is yielded as it is. `data` is the whole template.
    """
    merged = with_globals(body, data)
    properties = merged.get("Properties")
    properties = properties if isinstance(properties, dict) else {}
    generate = _GENERATORS.get(merged["Type"])
    if generate is None:
        yield GeneratedResource(logical_id, merged["Type"], properties)
    else:
        yield from generate(logical_id, properties)
        yield from generate_implicit_apis(as_mapping(properties.get("Events")), data)


def _generate_table(logical_id: str, properties: dict[str, Any]) -> Iterator[GeneratedResource]:
    primary_key = as_mapping(properties.get("PrimaryKey"))
    name, key_type = primary_key.get("Name", "id"), primary_key.get("Type", "String")
    attribute_type = key_type[:1] if isinstance(key_type, str) else key_type  # String, Number, Binary: S, N, B
    renamed, source_paths = rename_properties(omit(properties, "PrimaryKey"), {})
    table_properties = {
        **({} if "ProvisionedThroughput" in properties else {"BillingMode": "PAY_PER_REQUEST"}),
        "AttributeDefinitions": [{"AttributeName": name, "AttributeType": attribute_type}],
        "KeySchema": [{"AttributeName": name, "KeyType": "HASH"}],
        **renamed,
    }
    yield GeneratedResource(logical_id, "AWS::DynamoDB::Table", table_properties, source_paths=source_paths)


def _generate_state_machine(logical_id: str, properties: dict[str, Any]) -> Iterator[GeneratedResource]:
    new_names = {
        "DefinitionUri": "DefinitionS3Location",
        "Logging": "LoggingConfiguration",
        "Name": "StateMachineName",
        "Role": "RoleArn",
        "Tracing": "TracingConfiguration",
        "Type": "StateMachineType",
    }
    properties_of_other_resources = ("Events", "AutoPublishAlias", "DeploymentPreference")
    renamed, source_paths = rename_properties(omit(properties, *properties_of_other_resources), new_names)
    events = as_mapping(properties.get("Events"))
    renamed |= starters(events)
    source_paths[("Properties", "Event")] = ("Properties", "Events")
    yield GeneratedResource(logical_id, "AWS::StepFunctions::StateMachine", renamed, source_paths=source_paths)
    yield from generate_schedules(logical_id, events)


_GENERATORS: dict[str, Callable[[str, dict[str, Any]], Iterator[GeneratedResource]]] = {
    "AWS::Serverless::Api": generate_rest_api,
    "AWS::Serverless::Function": generate_function,
    "AWS::Serverless::GraphQLApi": generate_graphql_api,
    "AWS::Serverless::HttpApi": generate_http_api,
    "AWS::Serverless::SimpleTable": _generate_table,
    "AWS::Serverless::StateMachine": _generate_state_machine,
    "AWS::Serverless::WebSocketApi": generate_websocket_api,
}
