"""Target groups to which listeners forward and with which nothing is registered, and the reverse."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of
from relint.model.aws.arn_names import text_of_name
from relint.model.aws.stack_exports import is_exported
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.resource import Resource
    from relint.model.view import View

_LISTENER = "AWS::ElasticLoadBalancingV2::Listener"
_ACTIONS = {
    _LISTENER: "DefaultActions",
    "AWS::ElasticLoadBalancingV2::ListenerRule": "Actions",
}
_REGISTRARS: dict[str, tuple[str, ...]] = {
    "AWS::AutoScaling::AutoScalingGroup": ("TargetGroupARNs", "TrafficSources"),
    "AWS::ECS::Service": ("LoadBalancers",),
    "AWS::ECS::TaskSet": ("LoadBalancers",),
    "AWS::EC2::SpotFleet": ("SpotFleetRequestConfigData",),
}
"""The types that register targets, and the properties that name the target group."""

_READERS = (
    *_ACTIONS,
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::AutoScaling::ScalingPolicy",
    "AWS::CloudWatch::",
)
"""Types that refer to a target group and register nothing with it."""

_OTHER_STACKS = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application", "AWS::SSM::Parameter")
_DEPLOYMENT_GROUP = "AWS::CodeDeploy::DeploymentGroup"
_TWIN = "AlternateTargetGroupArn"
_PAIRS = ("Properties", "LoadBalancerInfo", "TargetGroupPairInfoList", "*", "TargetGroups", "*", "Name")
_CONTROLLER_TAGS = ("elbv2.k8s.aws/", "kubernetes.io/", "ingress.k8s.aws/", "service.k8s.aws/")
"""Tags of the AWS Load Balancer Controller, which registers pods.

https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/
"""


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at a target group that has a listener and no targets, or targets and no listener (`unused`).

    The second is a note, and so is the first if other stacks add rules to the listener (`shared`). Left out are groups
    that other stacks receive, the twins of blue/green deployments, targets with weight 0, and functions and load
    balancers as targets, which need not be there from the start. Message value: `listener`; related: the forwarding
    listeners and rules, or what registers the targets. Unknown if another resource receives the group,
    or if the kind of the targets or the key of a tag is unknown.
    """
    if _is_for_others(view, resource):
        return
    forwarders = [source for source in view.referrers(resource, tuple(_ACTIONS)) if _weighs(view, source, resource)]
    registrars = [source for types, by in _registrations() for source in view.referrers(resource, types, by)]
    targets = view.get(resource, "Properties", "Targets")
    has_targets = any_of(
        [bool(registrars), apply_test("exists", targets.value, operand=True), _may_register(view, resource)]
    )
    if not forwarders and has_targets is True and not view.referrers(resource, tuple(_ACTIONS)):
        related = tuple((source.path, f'"{source.logical_id}" registers targets here.') for source in registrars)
        yield Problem(resource.path, related=related, message="unused", level="note")
    needs_none = apply_test("in", view.get(resource, "Properties", "TargetType").value, ("lambda", "alb"))
    is_served = any_of((has_targets, needs_none))
    if not forwarders or is_served is True:
        return
    if isinstance(is_served, Unknown):
        yield is_served
        return
    related = tuple((source.path, f'"{source.logical_id}" forwards here.') for source in forwarders)
    problem = Problem(resource.path, values={"listener": forwarders[0].logical_id}, related=related)
    is_shared = all(source.type == _LISTENER and _is_passed_on(view, source) for source in forwarders)
    yield problem._replace(message="shared", level="note") if is_shared else problem


def _registrations() -> Iterator[tuple[tuple[str], tuple[str, str]]]:
    for resource_type, properties in _REGISTRARS.items():
        for name in properties:
            yield (resource_type,), ("Properties", name)


def _weighs(view: View, source: Resource, group: Resource) -> bool:
    """Whether an action of a listener or a rule forwards to the group with a weight above 0."""
    actions = ("Properties", _ACTIONS[source.type], "*")
    if any(view.target(arn) is group for arn in view.select(source, (*actions, "TargetGroupArn"))):
        return True
    for item in view.select(source, (*actions, "ForwardConfig", "TargetGroups", "*")):
        is_off = apply_test("equals", view.get(item, "Weight").value, 0)
        if view.target(view.get(item, "TargetGroupArn")) is group and is_off is not True:
            return True
    return False


def _is_passed_on(view: View, resource: Resource) -> bool:
    """Whether another stack may receive the resource: by an output, as a parameter, or in Parameter Store."""
    return is_exported(view, resource) is not False or any(
        source.type.startswith(_OTHER_STACKS) or source.type.endswith("::MODULE")
        for source in _other_sources(view, resource)
    )


def _is_for_others(view: View, group: Resource) -> bool:
    """Whether the group is meant for another stack, a deployment that shifts traffic, or a controller of Kubernetes."""
    if _is_passed_on(view, group) or view.referrers(group, (_DEPLOYMENT_GROUP,)):
        return True
    if any(_TWIN in reference.property for reference in _references(view, group)):
        return True
    if group.logical_id in str(view.template.document.data.get("Hooks")):
        return True
    tags = view.select(group, ("Properties", "Tags", "*", "Key"))
    if any(isinstance(tag.value, str) and tag.value.startswith(_CONTROLLER_TAGS) for tag in tags):
        return True
    name = text_of_name(view.get(group, "Properties", "Name").value)
    pairs = [pair for deployment in view.resources(_DEPLOYMENT_GROUP) for pair in view.select(deployment, _PAIRS)]
    return name is not None and any(text_of_name(pair.value) == name for pair in pairs)


def _may_register(view: View, group: Resource) -> Truth:
    """Return Unknown if another resource, or a controller of which an unknown tag may tell, may register targets."""
    for source in _other_sources(view, group):
        if not source.type.startswith((*_READERS, *_REGISTRARS)):
            reason = f'"{source.logical_id}" is given it and may register targets'
            return Unknown(("Registrar", source.logical_id), reason)
    keys = (tag.value for tag in view.select(group, ("Properties", "Tags", "*", "Key")))
    return any_of(key for key in keys if isinstance(key, Unknown))


def _other_sources(view: View, resource: Resource) -> list[Resource]:
    sources = [view.template.resources[reference.source] for reference in _references(view, resource)]
    return [source for source in sources if view.exists(source)]


def _references(view: View, resource: Resource) -> list[Reference]:
    references = view.template.references.incoming.get(resource.logical_id, ())
    return [
        reference for reference in references if reference.property[:1] != ("DependsOn",) and view.is_active(reference)
    ]
