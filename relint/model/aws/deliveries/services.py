"""The services that deliver, and what is known of their requests.

Looked up 2026-11-28.
"""

from __future__ import annotations

from relint._typing import NamedTuple


class Service(NamedTuple):
    """A service that delivers with its own principal, NAME.amazonaws.com.

    `default_topic_policy` says whether the policy that a topic has without an AWS::SNS::TopicPolicy, which asks for the
    own account as AWS:SourceOwner, admits the service; None if that is not documented. `source_account` says whether
    the service sends aws:SourceAccount; None if that is not documented. `lost` is what happens without permission.
    """

    title: str
    lost: str
    default_topic_policy: bool | None = None
    source_account: bool | None = None


SERVICES: dict[str, Service] = {
    "apigateway": Service("API Gateway", "every request fails with status 500"),
    "backup": Service("AWS Backup", "no notification arrives", default_topic_policy=False, source_account=True),
    "budgets": Service("AWS Budgets", "no notification arrives", default_topic_policy=False, source_account=True),
    "cloudwatch": Service("CloudWatch", "no alarm arrives", default_topic_policy=True, source_account=True),
    "codestar-notifications": Service(
        "CodeStar Notifications", "no notification arrives", default_topic_policy=False, source_account=True
    ),
    "cognito-idp": Service("Cognito", "whoever signs in or up meets an error", source_account=True),
    "config": Service("AWS Config", "the rule is never evaluated", source_account=True),
    "costalerts": Service(
        "Cost Anomaly Detection", "no notification arrives", default_topic_policy=False, source_account=True
    ),
    "elasticloadbalancing": Service("the load balancer", "the target cannot be registered"),
    "events": Service("EventBridge", "none of its events arrives", default_topic_policy=False, source_account=True),
    "events.rds": Service("RDS", "no notification arrives", default_topic_policy=True, source_account=True),
    "iot": Service("AWS IoT", "none of its messages arrives", source_account=True),
    "lambda.alarms.cloudwatch": Service("CloudWatch", "no alarm arrives", source_account=True),
    "logs": Service("CloudWatch Logs", "none of the log events arrives", source_account=True),
    "pipes": Service("EventBridge Pipes", "none of its events arrives", source_account=True),
    "s3": Service(
        "S3", "S3 refuses the notification and the deployment fails", default_topic_policy=False, source_account=True
    ),
    "scheduler": Service("EventBridge Scheduler", "no invocation takes place", source_account=True),
    "secretsmanager": Service("Secrets Manager", "the secret is never rotated", source_account=True),
    "ses": Service("SES", "SES refuses the rule and the deployment fails", source_account=True),
    "sns": Service("SNS", "none of its messages arrives"),
}
"""Sources of the facts:

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-troubleshooting.html (topics, encrypted queues and topics)
https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.GrantingPermissions.html (the default policy admits)
https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-notifications.html
https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
https://docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html
https://docs.aws.amazon.com/dtconsole/latest/userguide/setting-up.html
https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
https://docs.aws.amazon.com/ses/latest/dg/receiving-email-permissions.html
"""
