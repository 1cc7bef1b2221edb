"""Properties of SAM that become a property of the same form of the resource that SAM makes.

As of version 1.110.0 of the translator, 2026-11-29: https://github.com/aws/serverless-application-model
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_POLLED = (
    "BatchSize",
    "BisectBatchOnFunctionError",
    "DestinationConfig",
    "Enabled",
    "FilterCriteria",
    "FunctionResponseTypes",
    "MaximumBatchingWindowInSeconds",
    "MaximumRecordAgeInSeconds",
    "MaximumRetryAttempts",
    "ParallelizationFactor",
    "ScalingConfig",
    "StartingPosition",
    "TumblingWindowInSeconds",
)
_RULE = ("State",)
_FUNCTION = (
    "Architectures",
    "CodeSigningConfigArn",
    "Description",
    "EphemeralStorage",
    "FileSystemConfigs",
    "FunctionName",
    "Handler",
    "ImageConfig",
    "KmsKeyArn",
    "LoggingConfig",
    "MemorySize",
    "PackageType",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "Runtime",
    "RuntimeManagementConfig",
    "Timeout",
    "VpcConfig",
)
_STAGE = (
    "AccessLogSetting",
    "CacheClusterEnabled",
    "CacheClusterSize",
    "CanarySetting",
    "MethodSettings",
    "TracingEnabled",
    "Variables",
)
_NAMES: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        ("AWS::Serverless::Function", "AWS::Lambda::Function"): _FUNCTION,
        ("AWS::Serverless::SimpleTable", "AWS::DynamoDB::Table"): (
            "PointInTimeRecoverySpecification",
            "ProvisionedThroughput",
            "SSESpecification",
            "TableName",
        ),
        ("AWS::Serverless::Api", "AWS::ApiGateway::Stage"): _STAGE,
        ("AWS::Serverless::HttpApi", "AWS::ApiGatewayV2::Stage"): (
            "AccessLogSettings",
            "DefaultRouteSettings",
            "RouteSettings",
            "StageVariables",
        ),
        ("AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine"): (
            "Logging",
            "LoggingConfiguration",
            "Tracing",
            "TracingConfiguration",
        ),
        ("Schedule", "AWS::Events::Rule"): _RULE,
        ("EventBridgeRule", "AWS::Events::Rule"): _RULE,
        ("CloudWatchEvent", "AWS::Events::Rule"): _RULE,
        ("ScheduleV2", "AWS::Scheduler::Schedule"): ("FlexibleTimeWindow", "State"),
        **{
            (event, "AWS::Lambda::EventSourceMapping"): _POLLED
            for event in ("SQS", "Kinesis", "DynamoDB", "MSK", "MQ", "DocumentDB", "SelfManagedKafka")
        },
    }
)
EXCLUDED_BY = {"State": "Enabled"}
"""Properties of events that SAM takes only without another one."""
_RENAMED = {"LoggingConfiguration": "Logging", "TracingConfiguration": "Tracing"}


def property_of_sam(sam_type: str, made_type: str, name: str) -> str | None:
    """Return the property of a SAM resource, or of an event, that becomes a property of what SAM makes of it.

    `sam_type` is the type that the author writes. None if SAM takes no such property, or one of another form.
    """
    names = _NAMES.get((sam_type, made_type), ())
    return _RENAMED.get(name, name) if name in names else None
