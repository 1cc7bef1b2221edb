"""The resources that invoke a Lambda function, and their types of invocation.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.logic.predicates import is_equal
from relint.model.aws.arn_names import text_of_name
from relint.model.aws.lambda_functions import ALIAS, VERSION
from relint.model.aws.lambda_names import UNQUALIFIED, references_by_name
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of, parts_of

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

_ALARM_ACTIONS = (("AlarmActions", "event"), ("OKActions", "event"), ("InsufficientDataActions", "event"))
_FIREHOSE_DESTINATIONS = (
    "AmazonOpenSearchServerlessDestinationConfiguration",
    "AmazonopensearchserviceDestinationConfiguration",
    "ElasticsearchDestinationConfiguration",
    "ExtendedS3DestinationConfiguration",
    "HttpEndpointDestinationConfiguration",
    "IcebergDestinationConfiguration",
    "RedshiftDestinationConfiguration",
    "SnowflakeDestinationConfiguration",
    "SplunkDestinationConfiguration",
)

_INVOKING_PROPERTIES: dict[str, tuple[tuple[str, str], ...]] = {
    "AWS::ARCRegionSwitch::Plan": (("Workflows", "other"),),
    "AWS::ApiGateway::Authorizer": (("AuthorizerUri", "request"),),
    "AWS::ApiGateway::Method": (("Integration.Uri", "request"),),
    "AWS::ApiGateway::RestApi": (("Body", "request"), ("Auth", "request")),  # Auth is a property of SAM
    "AWS::ApiGatewayV2::Api": (
        ("Target", "request"),
        ("Body", "request"),
        ("Auth", "request"),
        ("Routes", "request"),  # of an AWS::Serverless::WebSocketApi, as Auth
    ),
    "AWS::ApiGatewayV2::Authorizer": (("AuthorizerUri", "request"),),
    "AWS::ApiGatewayV2::Integration": (("IntegrationUri", "request"),),
    "AWS::AppFlow::Connector": (("ConnectorProvisioningConfig", "other"),),
    "AWS::AppSync::ChannelNamespace": (("HandlerConfigs", "request"),),
    "AWS::AppSync::DataSource": (("LambdaConfig", "request"),),
    "AWS::AppSync::GraphQLApi": (("LambdaAuthorizerConfig", "request"),),
    "AWS::AppSync::FunctionConfiguration": (("SyncConfig", "request"),),
    "AWS::AppSync::Resolver": (("SyncConfig", "request"),),
    "AWS::Bedrock::Agent": (("ActionGroups", "request"),),
    "AWS::Bedrock::DataSource": (("VectorIngestionConfiguration", "other"),),
    "AWS::Bedrock::Flow": (("Definition", "request"), ("DefinitionSubstitutions", "request")),
    "AWS::BedrockAgentCore::Evaluator": (("EvaluatorConfig", "other"),),
    "AWS::BedrockAgentCore::Gateway": (("InterceptorConfigurations", "request"),),
    "AWS::BedrockAgentCore::Harness": (("Hooks", "request"),),
    "AWS::BedrockAgentCore::GatewayTarget": (("TargetConfiguration", "request"),),
    "AWS::Chime::ChannelFlow": (("Processors", "request"),),
    "AWS::Chime::SipMediaApplication": (("Endpoints", "request"),),
    "AWS::CloudFormation::CustomResource": (("ServiceToken", "stack"),),
    "AWS::CloudFormation::LambdaHook": (("LambdaFunction", "stack"),),
    "AWS::CloudFormation::Macro": (("FunctionName", "stack"),),
    "AWS::CloudFront::Distribution": (("DistributionConfig", "edge"),),
    "AWS::CloudWatch::Alarm": _ALARM_ACTIONS,
    "AWS::CloudWatch::CompositeAlarm": _ALARM_ACTIONS,
    "AWS::CodeCommit::Repository": (("Triggers", "event"),),
    "AWS::CodePipeline::Pipeline": (("Stages", "pipeline"),),
    "AWS::Cognito::UserPool": (("LambdaConfig", "request"),),
    "AWS::Cognito::UserPoolRegionalConfigurationAttachment": (("LambdaConfig", "request"),),
    "AWS::Config::ConfigRule": (("Source", "audit"),),
    "AWS::Config::OrganizationConfigRule": (("OrganizationCustomRuleMetadata", "audit"),),
    "AWS::EC2::ClientVpnEndpoint": (("ClientConnectOptions", "request"),),
    "AWS::ElasticLoadBalancingV2::TargetGroup": (("Targets", "request"),),
    "AWS::Events::Rule": (("Targets.*.Arn", "event"),),
    "AWS::EventsV2::Subscriber": (("InvokeConfiguration", "other"),),
    "AWS::Greengrass::FunctionDefinition": (("InitialVersion.Functions", "device"),),
    "AWS::Greengrass::FunctionDefinitionVersion": (("Functions", "device"),),
    "AWS::GreengrassV2::ComponentVersion": (("LambdaFunction.LambdaArn", "device"),),
    "AWS::HealthLake::FHIRDatastore": (("IdentityProviderConfiguration", "request"),),
    "AWS::IoT::Authorizer": (("AuthorizerFunctionArn", "request"),),
    "AWS::IoT::CertificateProvider": (("LambdaFunctionArn", "request"),),
    "AWS::IoT::DomainConfiguration": (("ServerCertificateConfig", "other"),),
    "AWS::IoT::TopicRule": (("TopicRulePayload", "event"),),
    "AWS::Kendra::DataSource": (("CustomDocumentEnrichmentConfiguration", "other"),),
    "AWS::KinesisFirehose::DeliveryStream": tuple(
        (f"{destination}.ProcessingConfiguration", "other") for destination in _FIREHOSE_DESTINATIONS
    ),
    "AWS::Lambda::EventInvokeConfig": (("DestinationConfig", "event"),),
    "AWS::Lambda::EventSourceMapping": (("FunctionName", "poll"),),
    "AWS::Lambda::Permission": (("FunctionName", "permission"),),
    "AWS::Lambda::Url": (("TargetFunctionArn", "request"),),
    "AWS::Lex::Bot": (("TestBotAliasSettings", "request"),),
    "AWS::Lex::BotAlias": (("BotAliasLocaleSettings", "request"),),
    "AWS::Logs::SubscriptionFilter": (("DestinationArn", "event"),),
    "AWS::Pipes::Pipe": (("Target", "other"), ("Enrichment", "other")),
    "AWS::QBusiness::DataSource": (("DocumentEnrichmentConfiguration", "other"),),
    "AWS::RefactorSpaces::Service": (("LambdaEndpoint", "request"),),
    "AWS::S3::Bucket": (("NotificationConfiguration.LambdaConfigurations", "event"),),
    "AWS::S3ObjectLambda::AccessPoint": (("ObjectLambdaConfiguration", "request"),),
    "AWS::SES::MailManagerRuleSet": (("Rules", "other"),),
    "AWS::SES::ReceiptRule": (("Rule.Actions", "event"),),
    "AWS::SNS::Subscription": (("Endpoint", "event"),),
    "AWS::SNS::Topic": (("Subscription", "event"),),
    "AWS::SSM::MaintenanceWindowTask": (("TaskArn", "other"),),
    "AWS::Scheduler::Schedule": (("Target.Arn", "event"),),
    "AWS::SecretsManager::RotationSchedule": (("RotationLambdaARN", "other"),),
    "AWS::Serverless::GraphQLApi": (("DataSources.Lambda", "request"), ("Auth", "request")),
    "AWS::StepFunctions::StateMachine": (
        ("Definition", "workflow"),
        ("DefinitionString", "workflow"),
        ("DefinitionSubstitutions", "workflow"),
    ),
    "AWS::Transfer::Server": (("IdentityProviderDetails", "request"),),
    "AWS::VpcLattice::TargetGroup": (("Targets", "request"),),
}
"""The properties with which a type refers to the function that it invokes, and the invocation type.

Alarms invoke asynchronously, Firehose waits for the records that a function transforms. Looked up 2026-11-28:
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
https://docs.aws.amazon.com/lambda/latest/dg/services-lex.html
https://docs.aws.amazon.com/transfer/latest/userguide/custom-lambda-idp.html
https://docs.aws.amazon.com/greengrass/v2/developerguide/run-lambda-functions.html
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-websocketapi-websocketapiauth.html
"""

_TYPE_BY_PRINCIPAL = {
    "alexa-appkit": "request",
    "apigateway": "request",
    "bedrock": "request",
    "codecommit": "event",
    "cognito-idp": "request",
    "config": "audit",
    "elasticloadbalancing": "request",
    "events": "unspecified",
    "iot": "event",
    "lambda.alarms.cloudwatch": "event",
    "lex": "request",
    "lexv2": "request",
    "logs": "event",
    "s3": "event",
    "sns": "event",
    "vpc-lattice": "request",
}
"""The invocation type of the services that a resource policy permits to invoke a function."""


class Invoker(NamedTuple):
    """A resource that refers to the function, at `path`.

    `invocation_type` is `request` (a caller waits for the answer), `event` (no caller waits), `schedule` (a recurring
    event), `audit` (AWS Config), `poll` (an event source mapping), `workflow`, `pipeline`, `stack` (CloudFormation),
    `edge`, `device` (Greengrass runs the code on a core device, without Lambda), `unspecified` (a permission of
    EventBridge, which invokes for events and schedules) or `other`.
    `qualifier` is the name of the alias or the number of the version that is invoked, or $LATEST.
    """

    invocation_type: str
    source: Resource
    path: Path
    target: Resource
    qualifier: Expression

    @property
    def is_qualified(self) -> bool:
        """Whether the resource invokes an alias or a version."""
        return bool(self.qualifier != UNQUALIFIED)


def invokers_of(view: View, function: Resource) -> list[Invoker]:
    """Return the resources of the template that invoke the function, its aliases or its versions."""
    return view.remembered("invokers", function, _find_invokers)


def _find_invokers(view: View, function: Resource) -> list[Invoker]:
    return [
        invoker
        for target in (function, *aliases_and_versions(view, function))
        for reference in view.template.references.incoming.get(target.logical_id, ())
        if (invoker := _invoker(view, reference, target)) is not None
    ] + _invokers_by_name(view, function)


def aliases_and_versions(view: View, function: Resource) -> list[Resource]:
    """Return the aliases and versions of the function."""
    return view.referrers(function, (ALIAS, VERSION), ("Properties", "FunctionName"))


def _invoker(view: View, reference: Reference, target: Resource) -> Invoker | None:
    source = view.template.resources[reference.source]
    property_type = _invocation_type(source.type, reference)
    if property_type is None or not view.exists(source) or not view.is_active(reference):
        return None
    invocation_type = _type_of_source(view, source, property_type)
    if invocation_type is None:
        return None
    return Invoker(
        invocation_type=invocation_type,
        source=source,
        path=reference.path,
        target=target,
        qualifier=_qualifier(view, reference, source, target),
    )


def _invokers_by_name(view: View, function: Resource) -> list[Invoker]:
    """Return the resources that invoke the function by its name, or by an ARN that is put together."""
    name = text_of_name(view.get(function, "Properties", "FunctionName").value)
    if name is None:
        return []
    return [
        Invoker(
            invocation_type=invocation_type,
            source=reference.source,
            path=reference.path,
            target=function,
            qualifier=reference.qualifier,
        )
        for reference in view.cached("references to functions by name", references_by_name).get(name, ())
        if (invocation_type := _type_of_source(view, reference.source, reference.invocation_type)) is not None
    ]


def _type_of_source(view: View, source: Resource, property_type: str) -> str | None:
    """Return the invocation type of a source whose property has this type; None if it invokes nothing."""
    if property_type == "permission":
        return _permission_type(view, source)
    return _event_type(view, source) if property_type == "event" else property_type


def _invocation_type(resource_type: str, reference: Reference) -> str | None:
    if resource_type.startswith("Custom::"):
        resource_type = "AWS::CloudFormation::CustomResource"
    for property_name, invocation_type in _INVOKING_PROPERTIES.get(resource_type, ()):
        path = ("Properties", *property_name.split("."))
        if reference.property[: len(path)] == path:
            return invocation_type
    return None


def _event_type(view: View, source: Resource) -> str | None:
    """Return `event`, `schedule` for recurring events, `request` for a caller that waits, or None if disabled."""
    if view.get(source, "Properties", "State").value == "DISABLED":
        return None
    actions_enabled = view.get(source, "Properties", "ActionsEnabled").value  # of an alarm
    if not isinstance(actions_enabled, Unknown) and is_equal(actions_enabled, right=False):
        return None
    if source.type == "AWS::Events::Rule":
        return "event" if view.get(source, "Properties", "EventPattern").value is not ABSENT else "schedule"
    if source.type == "AWS::Scheduler::Schedule":
        expression = view.get(source, "Properties", "ScheduleExpression").value
        return "event" if isinstance(expression, str) and expression.startswith("at(") else "schedule"
    if source.type == "AWS::SES::ReceiptRule":
        types = view.select(source, ("Properties", "Rule", "Actions", "*", "LambdaAction", "InvocationType"))
        return "request" if any(value.value == "RequestResponse" for value in types) else "event"
    return "event"


def _permission_type(view: View, permission: Resource) -> str | None:
    """Return the invocation type of the service that a permission is for; None if another resource determines it."""
    first_part = parts_of(expression_of(view.get(permission, "Properties", "Principal").value))[0]
    principal = first_part.partition(".amazonaws")[0] if isinstance(first_part, str) else ""
    service = principal if principal in _TYPE_BY_PRINCIPAL else principal.split(".")[0]
    invocation_type = _TYPE_BY_PRINCIPAL.get(service)
    if invocation_type == "unspecified" and view.referents(
        permission, ("AWS::Events::Rule",), ("Properties", "SourceArn")
    ):
        return None
    return invocation_type


def _qualifier(view: View, reference: Reference, source: Resource, target: Resource) -> Expression:
    """Return the alias or version that a reference means: its target, a Qualifier, or what follows in the text."""
    if target.type == ALIAS:
        return expression_of(view.get(target, "Properties", "Name").value)
    if target.type == VERSION:
        return ("GetAtt", target.logical_id, "Version")
    qualifier = view.get(source, "Properties", "Qualifier").value
    if qualifier is not ABSENT and len(reference.property) == 2:
        return expression_of(qualifier)
    function_expressions = {("Ref", reference.target), ("GetAtt", reference.target, "Arn")}
    for located in view.select(source, reference.property):
        parts = parts_of(located.value.expression) if isinstance(located.value, Unknown) else ()
        for index, part in enumerate(parts[:-1]):
            next_part = parts[index + 1]
            if part in function_expressions and isinstance(next_part, str) and next_part.startswith(":"):
                name = next_part[1:].partition("/")[0]
                return name or (parts[index + 2] if len(parts) > index + 2 else UNQUALIFIED)
    return UNQUALIFIED
