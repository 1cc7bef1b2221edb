"""Target groups to which load balancers forward."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located

TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"

_ACTIONS = {
    "AWS::ElasticLoadBalancingV2::Listener": "DefaultActions",
    "AWS::ElasticLoadBalancingV2::ListenerRule": "Actions",
}
_LISTENER, _LISTENER_RULE = _ACTIONS


def forwarders(view: View, balancer: Resource) -> list[Resource]:
    """Return the listeners of an Application, Network or Gateway Load Balancer and the rules of these listeners."""
    listeners = view.referrers(balancer, (_LISTENER,), ("Properties", "LoadBalancerArn"))
    rules = [
        rule
        for listener in listeners
        for rule in view.referrers(listener, (_LISTENER_RULE,), ("Properties", "ListenerArn"))
    ]
    return [*listeners, *rules]


def target_group_arns(view: View, balancer: Resource) -> list[Located]:
    """Return the references to target groups in the actions of the listeners and their rules."""
    arns = [
        arn
        for forwarder in forwarders(view, balancer)
        for steps in (("TargetGroupArn",), ("ForwardConfig", "TargetGroups", "*", "TargetGroupArn"))
        for arn in view.select(forwarder, ("Properties", _ACTIONS[forwarder.type], "*", *steps))
    ]
    return [arn for arn in arns if arn.value is not ABSENT]
