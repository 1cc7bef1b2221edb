"""SAM GraphQL APIs and their data sources; resolvers and functions name these, and add no dependency.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-graphqlapi.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import Any
from relint.model.serverless.generated import GeneratedResource, as_mapping, omit

_SETTINGS = {"Lambda": ("AWS_LAMBDA", "LambdaConfig"), "DynamoDb": ("AMAZON_DYNAMODB", "DynamoDBConfig")}
"""By the name of a kind of data sources in SAM: its name in AppSync, and the property with its settings."""

_PROPERTIES_OF_OTHER_RESOURCES = (
    *("ApiKeys", "Cache", "DataSources", "DomainName", "Functions", "Resolvers", "SchemaInline", "SchemaUri"),
)


def generate_graphql_api(logical_id: str, properties: Mapping[str, Any]) -> Iterator[GeneratedResource]:
    """Yield the API of an AWS::Serverless::GraphQLApi and its data sources."""
    yield GeneratedResource(logical_id, "AWS::AppSync::GraphQLApi", omit(properties, *_PROPERTIES_OF_OTHER_RESOURCES))
    for kind, sources in as_mapping(properties.get("DataSources")).items():
        for name, source in as_mapping(sources).items() if kind in _SETTINGS else ():
            source_type, settings = _SETTINGS[kind]
            yield GeneratedResource(
                f"{logical_id}{name}{kind}DataSource",
                "AWS::AppSync::DataSource",
                {
                    "ApiId": {"Fn::GetAtt": [logical_id, "ApiId"]},
                    "Type": source_type,
                    settings: _settings_of(kind, as_mapping(source)),
                },
                ("Properties", "DataSources", kind, name),
            )


def _settings_of(kind: str, source: Mapping[str, Any]) -> dict[str, Any]:
    if kind == "Lambda":
        return {"LambdaFunctionArn": source.get("FunctionArn")}
    return {"TableName": source.get("TableName") or source.get("TableArn")}
