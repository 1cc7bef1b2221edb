"""Services and groups that work off a queue and do not scale on it.

https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-using-sqs-queue.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.truth import Truth, any_of
from relint.model.aws.alarms import metrics_of_alarm
from relint.model.aws.application_auto_scaling import compare_texts, scaling_registrations, with_resource_names
from relint.model.aws.auto_scaling import TRAFFIC
from relint.model.aws.policies.arns import arn_of
from relint.model.aws.policies.roles import may_do
from relint.model.aws.sqs import QUEUE, dead_letter_sources
from relint.model.system.paths import edges_from
from relint.resolve.value import ABSENT, Located, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.system.relation import Kind
    from relint.model.view import View

_SERVICE = "AWS::ECS::Service"
_TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"
_SERVICE_POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"
_GROUP_POLICY = "AWS::AutoScaling::ScalingPolicy"
_ALARM = "AWS::CloudWatch::Alarm"
_BALANCED = ("LoadBalancers", *TRAFFIC)
_PARTS: frozenset[Kind] = frozenset({"part"})
_DATA: frozenset[Kind] = frozenset({"data"})
_TRACKING = ("TargetTrackingScalingPolicyConfiguration", "TargetTrackingConfiguration")
_OTHER_NAMESPACES = ("AWS/", "ECS/ContainerInsights", "ContainerInsights", "CWAgent", "System/Linux")
"""Namespaces that say nothing of a queue, but for AWS/SQS; one of your own may contain the backlog of each worker."""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at a worker that has scaling policies, none of which follows the queue.

    A worker has no load balancer, and it may receive messages from a queue or knows its address. Without any policy
    other rules report it. Message value: `queue`; related: the queue and the policies. Unknown if a policy or the alarm
    that triggers it is, or whether the role of the worker may receive messages.
    """
    if any(view.get(resource, "Properties", name).value not in (ABSENT, []) for name in _BALANCED):
        return
    policies = _policies(view, resource)
    queues = list(_queues(view, resource)) if policies else []
    works_off = any_of(truth for _, truth in queues)
    if works_off is False:
        return
    follows = any_of(_follows_queue(view, policy) for policy in policies)
    if isinstance(follows, Unknown):
        yield follows
    elif not follows and isinstance(works_off, Unknown):
        yield works_off
    elif not follows:
        queue = next(queue for queue, truth in queues if truth is True)
        related = tuple((policy.path, f'"{policy.logical_id}" follows something else.') for policy in policies)
        related = ((queue.path, f'"{resource.logical_id}" works off this queue.'), *related)
        yield Problem(resource.path, values={"queue": queue.logical_id}, related=related)


def _policies(view: View, worker: Resource) -> list[Resource]:
    """Return the scaling policies of a service or a group."""
    if worker.type != _SERVICE:
        return view.referrers(worker, (_GROUP_POLICY,), ("Properties", "AutoScalingGroupName"))
    policies: dict[str, Resource] = {}
    for registration in scaling_registrations(view, worker, "ecs:service:DesiredCount"):
        target = view.template.resources.get(str(registration.properties.path[1]))
        if target is None or target.type != _TARGET or registration.applies is False:
            continue
        own_id = with_resource_names(view, view.get(target, "Properties", "ResourceId").value)
        for policy in view.resources(_SERVICE_POLICY):
            resource_id = view.get(policy, "Properties", "ResourceId").value
            if view.target(view.get(policy, "Properties", "ScalingTargetId")) is target or (
                resource_id is not ABSENT and compare_texts(with_resource_names(view, resource_id), own_id)
            ):
                policies[policy.logical_id] = policy
    return list(policies.values())


def _queues(view: View, worker: Resource) -> Iterator[tuple[Resource, Truth]]:
    """Yield the queues from which a worker may take its work, and whether it does; dead letters are none."""
    descriptions = [view.template.resources[edge.target] for edge in edges_from(view, worker, _PARTS)]
    known = {edge.target for description in descriptions for edge in edges_from(view, description, _DATA)}
    roles = [role for description in descriptions for role in _roles(view, description)]
    for queue in view.resources(QUEUE):
        is_named = any(_names(view, role, queue) for role in roles)
        if not (is_named or queue.logical_id in known) or next(dead_letter_sources(view, queue), None) is not None:
            continue
        truths = [may_do(view, role, "sqs:ReceiveMessage", arn_of(view, queue)).truth for role in roles]
        yield queue, any_of(truths) if truths else True


def _roles(view: View, description: Resource) -> list[Resource]:
    """Return the roles of the template with which the tasks or instances of a description work."""
    direct = view.referents(description, ("AWS::IAM::Role",), ("Properties", "TaskRoleArn"))
    profiles = view.referents(description, ("AWS::IAM::InstanceProfile",), ("Properties",))
    return direct + [
        role for profile in profiles for role in view.referents(profile, ("AWS::IAM::Role",), ("Properties", "Roles"))
    ]


def _names(view: View, role: Resource, queue: Resource) -> bool:
    """Whether the role, or a policy that is attached to it, refers to the queue."""
    for reference in view.template.references.incoming.get(queue.logical_id, ()):
        source = view.template.resources[reference.source]
        if source is role or (source.type.startswith("AWS::IAM::") and role in view.referents(source, (role.type,))):
            return True
    return False


def _follows_queue(view: View, policy: Resource) -> Truth:
    """Return whether a policy, or an alarm that triggers it, follows a metric of a queue or one of the author's own."""
    namespaces: list[Located] = []
    for name in _TRACKING:
        configuration = view.get(policy, "Properties", name)
        metric = view.get(configuration, "CustomizedMetricSpecification")
        namespaces += [
            view.get(metric, "Namespace"),
            *view.select(metric, ("Metrics", "*", "MetricStat", "Metric", "Namespace")),
        ]
        if isinstance(configuration.value, dict) and metric.value is ABSENT:
            return False
    alarms = view.referrers(policy, (_ALARM,))
    namespaces += [view.get(metric, "Namespace") for alarm in alarms for metric in metrics_of_alarm(view, alarm)]
    found = [namespace.value for namespace in namespaces if namespace.value is not ABSENT]
    if not found:
        return Unknown(("Alarm", policy.logical_id), f'what triggers "{policy.logical_id}" is not in this template')
    return any_of(value if isinstance(value, Unknown) else _is_of_queue(str(value)) for value in found)


def _is_of_queue(namespace: str) -> bool:
    return namespace == "AWS/SQS" or not namespace.startswith(_OTHER_NAMESPACES)
