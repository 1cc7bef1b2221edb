"""The table of senders: source type, property of the target, permission. Data only.

Each row is one property with which a source names its target. Looked up 2026-11-28.
"""

from __future__ import annotations

from relint._typing import NamedTuple

Steps = tuple[str, ...]

QUEUE, TOPIC, FUNCTION = "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::Lambda::Function"
FUNCTIONS = (FUNCTION, "AWS::Lambda::Alias", "AWS::Lambda::Version")
ACTIONS: dict[str, str] = {
    QUEUE: "sqs:SendMessage",
    TOPIC: "sns:Publish",
    **dict.fromkeys(FUNCTIONS, "lambda:InvokeFunction"),
    "AWS::ECS::Cluster": "ecs:RunTask",
    "AWS::Events::EventBus": "events:PutEvents",
    "AWS::Kinesis::Stream": "kinesis:PutRecord",
    "AWS::KinesisFirehose::DeliveryStream": "firehose:PutRecord",
    "AWS::StepFunctions::StateMachine": "states:StartExecution",
}
"""The types that receive, and the action that a delivery needs."""

WITH_RESOURCE_POLICY = (QUEUE, TOPIC, *FUNCTIONS)
"""The types whose own policy permits a delivery without a role; all others need a role."""


class Sender(NamedTuple):
    """A property with which resources of `source_type` name what they deliver to.

    `item` leads from the resource to the object with the target, `target` and `role` from there to the ARN of the
    target and of the role that the service assumes. `source_arn` is what the service sends as aws:SourceArn: the
    resource itself ("self"), the ARN or name at steps below its properties, or a form of ARN ("api", "log group");
    None if it is not documented or never restricts. `to` are the types of target; without them, all of ACTIONS.
    """

    source_type: str
    item: Steps
    target: Steps
    service: str
    source_arn: str | Steps | None
    url: str
    role: Steps = ()
    to: tuple[str, ...] = ()
    is_dead_letter_queue: bool = False


_EVENTS_URL = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html"
_SNS_URL = "https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html"
_S3_URL = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html"
_ALARM_URL = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html"
_API_URL = "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html"
_HTTP_API_URL = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"
_COGNITO_URL = "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-identity-pools-working-with-aws-lambda-triggers.html"
_IOT_URL = "https://docs.aws.amazon.com/iot/latest/developerguide/iot-rule-actions.html"
_P, _NOTIFICATIONS = "Properties", ("Properties", "NotificationConfiguration")
_TRIGGERS = (
    "CreateAuthChallenge",
    "CustomMessage",
    "DefineAuthChallenge",
    "PostAuthentication",
    "PostConfirmation",
    "PreAuthentication",
    "PreSignUp",
    "PreTokenGeneration",
    "UserMigration",
    "VerifyAuthChallengeResponse",
)

SENDERS: tuple[Sender, ...] = (
    Sender("AWS::Events::Rule", (_P, "Targets", "*"), ("Arn",), "events", "self", _EVENTS_URL, role=("RoleArn",)),
    Sender(
        "AWS::Events::Rule",
        (_P, "Targets", "*"),
        ("DeadLetterConfig", "Arn"),
        "events",
        "self",
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html",
        to=(QUEUE,),
        is_dead_letter_queue=True,
    ),
    Sender("AWS::SNS::Subscription", (_P,), ("Endpoint",), "sns", ("TopicArn",), _SNS_URL, ("SubscriptionRoleArn",)),
    Sender("AWS::SNS::Topic", (_P, "Subscription", "*"), ("Endpoint",), "sns", "self", _SNS_URL),
    Sender(
        "AWS::SNS::Subscription",
        (_P,),
        ("RedrivePolicy", "deadLetterTargetArn"),
        "sns",
        ("TopicArn",),
        "https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html",
        to=(QUEUE,),
        is_dead_letter_queue=True,
    ),
    Sender("AWS::S3::Bucket", (*_NOTIFICATIONS, "QueueConfigurations", "*"), ("Queue",), "s3", "self", _S3_URL),
    Sender("AWS::S3::Bucket", (*_NOTIFICATIONS, "TopicConfigurations", "*"), ("Topic",), "s3", "self", _S3_URL),
    Sender("AWS::S3::Bucket", (*_NOTIFICATIONS, "LambdaConfigurations", "*"), ("Function",), "s3", "self", _S3_URL),
    *(
        Sender(alarm, (_P, actions, "*"), (), service, "self", url, to=to)
        for alarm in ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")
        for actions in ("AlarmActions", "OKActions", "InsufficientDataActions")
        for service, to, url in (
            ("cloudwatch", (TOPIC,), "https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger"),
            ("lambda.alarms.cloudwatch", FUNCTIONS, _ALARM_URL),
        )
    ),
    Sender(
        "AWS::Logs::SubscriptionFilter",
        (_P,),
        ("DestinationArn",),
        "logs",
        "log group",
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html",
        role=("RoleArn",),
    ),
    Sender(
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        (_P, "Targets", "*"),
        ("Id",),
        "elasticloadbalancing",
        "self",
        "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html",
        to=FUNCTIONS,
    ),
    Sender(
        "AWS::ApiGateway::Method",
        (_P, "Integration"),
        ("Uri",),
        "apigateway",
        "api",
        _API_URL,
        ("Credentials",),
        FUNCTIONS,
    ),
    Sender(
        "AWS::ApiGateway::Authorizer",
        (_P,),
        ("AuthorizerUri",),
        "apigateway",
        "api",
        _API_URL,
        ("AuthorizerCredentials",),
        FUNCTIONS,
    ),
    *(
        Sender(
            f"AWS::ApiGatewayV2::{name}",
            (_P,),
            (target,),
            "apigateway",
            "api",
            _HTTP_API_URL,
            ("CredentialsArn",),
            FUNCTIONS,
        )
        for name, target in (("Api", "Target"), ("Integration", "IntegrationUri"))
    ),
    Sender(
        "AWS::ApiGatewayV2::Authorizer",
        (_P,),
        ("AuthorizerUri",),
        "apigateway",
        "api",
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html",
        ("AuthorizerCredentialsArn",),
        FUNCTIONS,
    ),
    *(
        Sender("AWS::IoT::TopicRule", (_P, "TopicRulePayload", *actions), target, "iot", "self", _IOT_URL, role, to)
        for actions in (("Actions", "*"), ("ErrorAction",))
        for target, role, to in (
            (("Lambda", "FunctionArn"), (), FUNCTIONS),
            (("Sns", "TargetArn"), ("Sns", "RoleArn"), (TOPIC,)),
            (("Sqs", "QueueUrl"), ("Sqs", "RoleArn"), (QUEUE,)),
        )
    ),
    Sender(
        "AWS::Scheduler::Schedule",
        (_P, "Target"),
        ("Arn",),
        "scheduler",
        None,
        "https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html",
        role=("RoleArn",),
    ),
    Sender(
        "AWS::Scheduler::Schedule",
        (_P, "Target"),
        ("DeadLetterConfig", "Arn"),
        "scheduler",
        None,
        "https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html",
        role=("RoleArn",),
        to=(QUEUE,),
        is_dead_letter_queue=True,
    ),
    *(
        Sender(
            "AWS::Pipes::Pipe",
            (_P,),
            (property_name,),
            "pipes",
            "self",
            "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-permissions.html",
            role=("RoleArn",),
        )
        for property_name in ("Enrichment", "Target")
    ),
    Sender(
        "AWS::SES::ReceiptRule",
        (_P, "Rule", "Actions", "*"),
        ("LambdaAction", "FunctionArn"),
        "ses",
        None,
        "https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html",
        to=FUNCTIONS,
    ),
    *(
        Sender(
            "AWS::Cognito::UserPool", (_P, "LambdaConfig"), target, "cognito-idp", "self", _COGNITO_URL, to=FUNCTIONS
        )
        for target in (
            *((trigger,) for trigger in _TRIGGERS),
            ("CustomEmailSender", "LambdaArn"),
            ("CustomSMSSender", "LambdaArn"),
            ("PreTokenGenerationConfig", "LambdaArn"),
        )
    ),
    Sender(
        "AWS::Budgets::Budget",
        (_P, "NotificationsWithSubscribers", "*", "Subscribers", "*"),
        ("Address",),
        "budgets",
        None,
        "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html",
        to=(TOPIC,),
    ),
    Sender(
        "AWS::Backup::BackupVault",
        (_P, "Notifications"),
        ("SNSTopicArn",),
        "backup",
        None,
        "https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html",
        to=(TOPIC,),
    ),
    Sender(
        "AWS::RDS::EventSubscription",
        (_P,),
        ("SnsTopicArn",),
        "events.rds",
        None,
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.GrantingPermissions.html",
        to=(TOPIC,),
    ),
    Sender(
        "AWS::CE::AnomalySubscription",
        (_P, "Subscribers", "*"),
        ("Address",),
        "costalerts",
        None,
        "https://docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html",
        to=(TOPIC,),
    ),
    Sender(
        "AWS::CodeStarNotifications::NotificationRule",
        (_P, "Targets", "*"),
        ("TargetAddress",),
        "codestar-notifications",
        None,
        "https://docs.aws.amazon.com/dtconsole/latest/userguide/setting-up.html",
        to=(TOPIC,),
    ),
    Sender(
        "AWS::SecretsManager::RotationSchedule",
        (_P,),
        ("RotationLambdaARN",),
        "secretsmanager",
        None,
        "https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html",
        to=FUNCTIONS,
    ),
    Sender(
        "AWS::Config::ConfigRule",
        (_P, "Source"),
        ("SourceIdentifier",),
        "config",
        None,
        "https://docs.aws.amazon.com/config/latest/developerguide/evaluate-config_develop-rules_lambda-functions.html",
        to=FUNCTIONS,
    ),
)
"""Auto Scaling publishes its notifications with a role of the account, which needs no policy of the topic:

https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-sns-notifications.html
"""
