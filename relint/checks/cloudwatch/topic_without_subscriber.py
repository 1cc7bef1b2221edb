"""Topics to which notifications are published and nobody subscribes."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.truth import Truth, any_of
from relint.model.aws.arn_names import referrers_by_arn, text_of_name
from relint.model.aws.stack_exports import is_exported
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_ALARM_ACTIONS = ("AlarmActions.*", "OKActions.*", "InsufficientDataActions.*")
_EVENT_TOPIC = ("SnsTopicArn",)
_NOTIFYING: dict[str, tuple[str, ...]] = {
    "AWS::CloudWatch::Alarm": _ALARM_ACTIONS,
    "AWS::CloudWatch::CompositeAlarm": _ALARM_ACTIONS,
    "AWS::AutoScaling::AutoScalingGroup": (
        "NotificationConfigurations.*.TopicARN",
        "NotificationConfiguration.TopicARN",
    ),
    "AWS::Backup::BackupVault": ("Notifications.SNSTopicArn",),
    "AWS::Backup::LogicallyAirGappedBackupVault": ("Notifications.SNSTopicArn",),
    "AWS::Budgets::Budget": ("NotificationsWithSubscribers.*.Subscribers.*.Address",),
    "AWS::Budgets::BudgetsAction": ("Subscribers.*.Address",),
    "AWS::CE::AnomalySubscription": ("Subscribers.*.Address",),
    "AWS::CodeStarNotifications::NotificationRule": ("Targets.*.TargetAddress",),
    "AWS::DMS::EventSubscription": _EVENT_TOPIC,
    "AWS::DevOpsGuru::NotificationChannel": ("Config.Sns.TopicArn",),
    "AWS::DocDB::EventSubscription": _EVENT_TOPIC,
    "AWS::ElastiCache::CacheCluster": ("NotificationTopicArn",),
    "AWS::ElastiCache::ReplicationGroup": ("NotificationTopicArn",),
    "AWS::MemoryDB::Cluster": _EVENT_TOPIC,
    "AWS::Neptune::EventSubscription": _EVENT_TOPIC,
    "AWS::RDS::EventSubscription": _EVENT_TOPIC,
    "AWS::Redshift::EventSubscription": _EVENT_TOPIC,
}
"""The properties of what tells people of events, by type: the topics to which it publishes."""

_CHATS = ("AWS::Chatbot::SlackChannelConfiguration", "AWS::Chatbot::MicrosoftTeamsChannelConfiguration")
_SUBSCRIPTION = "AWS::SNS::Subscription"
_STACKS = ("AWS::CloudFormation::Stack", "AWS::CloudFormation::StackSet", "AWS::Serverless::Application")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at a topic that nobody subscribes to, although alarms or events are published to it.

    Nested stacks that receive the topic, and stacks that import it, may subscribe. Message value: `source`, the first
    that publishes; related: all of them. Unknown if a custom resource, a parameter in Parameter Store or the parent of
    the stack receives the topic, or if the subscriptions are unknown.

    https://docs.aws.amazon.com/sns/latest/dg/sns-create-subscribe-endpoint-to-topic.html
    """
    sources = _sources(view, resource)
    if not sources:
        return
    is_heard = _is_heard(view, resource)
    if isinstance(is_heard, Unknown):
        yield is_heard
    elif not is_heard:
        related = tuple((source.path, f'"{source.logical_id}" publishes here.') for source in sources)
        yield Problem(resource.path, values={"source": sources[0].logical_id}, related=related)


def _sources(view: View, topic: Resource) -> list[Resource]:
    """Return the resources that publish notifications to the topic, each once."""
    sources: dict[str, Resource] = {}
    for resource_type, paths in _NOTIFYING.items():
        if view.template.of_type(resource_type):
            for path in paths:
                steps = ("Properties", *path.split("."))
                for source in referrers_by_arn(view, topic, resource_type, steps, "TopicName"):
                    sources[source.logical_id] = source
    return list(sources.values())


def _is_heard(view: View, topic: Resource) -> Truth:
    """Return whether somebody subscribes to the topic, here or in a stack that receives it."""
    items = view.select(topic, ("Properties", "Subscription", "*"))
    if any(not isinstance(item.value, Unknown) for item in items):
        return True
    if referrers_by_arn(view, topic, _SUBSCRIPTION, ("Properties", "TopicArn"), "TopicName"):
        return True
    if view.referrers(topic, _CHATS, ("Properties", "SnsTopicArns")):
        return True
    named = _may_be_named(view, topic)
    return any_of([*(item.value for item in items), named, _is_received(view, topic), is_exported(view, topic)])


def _may_be_named(view: View, topic: Resource) -> Truth:
    """Return Unknown if the name of the topic is unknown and a subscription writes an ARN that may contain it."""
    name = view.get(topic, "Properties", "TopicName").value
    if not isinstance(name, Unknown):
        return False
    arns = (view.get(subscription, "Properties", "TopicArn") for subscription in view.resources(_SUBSCRIPTION))
    is_written = any((text_of_name(arn.value) or "").startswith("arn:") for arn in arns)
    return name if is_written else False


def _is_received(view: View, topic: Resource) -> Truth:
    """Return whether another stack receives the topic; Unknown for what may subscribe or lead others to it."""
    unknown: Unknown | None = None
    for reference in view.template.references.incoming.get(topic.logical_id, ()):
        source = view.template.resources[reference.source]
        if reference.property[:1] != ("Properties",) or not view.exists(source) or not view.is_active(reference):
            continue
        if source.type.endswith("::MODULE") or (
            source.type in _STACKS and "NotificationARNs" not in reference.property
        ):
            return True
        if source.is_custom or source.type == "AWS::SSM::Parameter":
            reason = f'"{source.logical_id}" is given it and may lead to a subscription'
            unknown = unknown or Unknown(("Subscriber", source.logical_id), reason)
    return False if unknown is None else unknown
