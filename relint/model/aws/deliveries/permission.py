"""Whether a delivery is permitted: by the policy of the target, or by the role that the service assumes."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.deliveries.senders import QUEUE, TOPIC, WITH_RESOURCE_POLICY
from relint.model.aws.deliveries.services import SERVICES
from relint.model.aws.policies.evaluation import Decision, Request, evaluate
from relint.model.aws.policies.resource_policies import Policy, policies_of
from relint.model.aws.policies.roles import may_be_assumed, may_do
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.aws.deliveries.delivery import Delivery
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

_NESTED_STACK = "AWS::CloudFormation::Stack"
_ALWAYS_WITH_ROLE = ("iot", "pipes", "scheduler")
"""Services whose deliveries to anything but functions need a role by their schema, which other tools check."""
_ALSO_USED = {
    "firehose:PutRecord": ("firehose:PutRecordBatch",),
    "kinesis:PutRecord": ("kinesis:PutRecords",),
    "states:StartExecution": ("states:StartSyncExecution",),
}
"""Actions of which some services use one and some the other."""
_CONNECTOR = "AWS::Serverless::Connector"


class Permission(NamedTuple):
    """Whether a delivery is permitted, and if not why.

    `fault` is one of `missing` (no statement is for the service and the action), `differs` (a statement is, but its
    `part`, Resource or a condition key, is for other requests), `denied`, `overwritten` (one of several policies
    permits it), `trust` (the role does not trust the service), `role` (the role lacks the action) and `no role`. `path`
    is the place of the statement, role or policy.
    """

    truth: Truth
    fault: str = ""
    part: str = ""
    path: Path = ()


PERMITTED = Permission(truth=True)


def permission_of(view: View, delivery: Delivery) -> Permission:
    """Return whether a delivery is permitted; a role outside the template counts as sufficient."""

    def build(view: View, source: Resource) -> Permission:
        permission = _find_permission(view, delivery)
        truth = unless_idle(delivery, permission.truth)
        return permission if truth is permission.truth else Permission(truth)

    return view.remembered(f"permission of {delivery.path} {delivery.sender.target}", delivery.source, build)


def unless_idle(delivery: Delivery, truth: Truth) -> Truth:
    """Return a refusal as Unknown if it is unknown whether the source is enabled."""
    return delivery.enabled if truth is False and isinstance(delivery.enabled, Unknown) else truth


def _find_permission(view: View, delivery: Delivery) -> Permission:
    if _has_connector(view, delivery):
        return PERMITTED
    if delivery.role.value is not ABSENT:
        role = view.target(delivery.role, "AWS::IAM::Role")
        permission = PERMITTED if role is None else _permission_of_role(view, delivery, role)
        if (
            delivery.service == "events"
            and delivery.target.type in WITH_RESOURCE_POLICY
            and permission.truth is not True
        ):
            # EventBridge uses the policy of such a target where it does not use the role.
            policies = policies_of(view, delivery.target, delivery.target_arn)
            if policies and _permission_by_policies(view, delivery, policies).truth is True:
                return PERMITTED
        return _unless_permitted_elsewhere(view, permission, role)
    if delivery.target.type not in WITH_RESOURCE_POLICY:
        needs_role = delivery.target.type != "AWS::Events::EventBus" and delivery.service not in _ALWAYS_WITH_ROLE
        permission = Permission(truth=False, fault="no role") if needs_role else PERMITTED
        return _unless_permitted_elsewhere(view, permission, None)
    if delivery.service in _ALWAYS_WITH_ROLE and delivery.target.type in (QUEUE, TOPIC):
        return PERMITTED
    permission = _permission_by_policies(view, delivery, policies_of(view, delivery.target, delivery.target_arn))
    return _unless_permitted_elsewhere(view, permission, delivery.target)


def _permission_by_policies(view: View, delivery: Delivery, policies: list[Policy]) -> Permission:
    """Return whether the policies of the target permit a delivery; without one, the default of a topic counts."""
    if not policies:
        is_permitted = delivery.target.type == TOPIC and SERVICES[delivery.service].default_topic_policy is not False
        return PERMITTED if is_permitted else Permission(truth=False, fault="missing")
    request = Request(delivery.service, delivery.action, delivery.target_arn, delivery.context)
    if delivery.target.type not in (QUEUE, TOPIC):
        request = request._replace(resource=None)  # the permissions are those of this function
    decisions = [evaluate(view, policy.statements, request) for policy in policies]
    truths = [all_of((policy.belongs, decision.truth)) for policy, decision in zip(policies, decisions, strict=True)]
    unknown = next((truth for truth in truths if isinstance(truth, Unknown)), None)
    if unknown is not None:
        return Permission(unknown)
    if all(truths):
        return PERMITTED
    if any(truths):
        return Permission(truth=False, fault="overwritten", path=policies[truths.index(False)].document.path)
    return _refusal(decisions[0], policies[0].document.path)


def _refusal(decision: Decision, path: Path) -> Permission:
    if decision.denial is not None:
        return Permission(truth=False, fault="denied", path=decision.denial.body.path)
    if decision.nearest is not None:
        return Permission(truth=False, fault="differs", part=decision.mismatch, path=decision.nearest.body.path)
    return Permission(truth=False, fault="missing", path=path)


def _permission_of_role(view: View, delivery: Delivery, role: Resource) -> Permission:
    context = {key: value for key, value in delivery.context.items() if key == "aws:sourceaccount"}
    trust = may_be_assumed(view, role, delivery.service, context)
    if trust.truth is not True:
        path = (*role.path, "Properties", "AssumeRolePolicyDocument")
        return Permission(trust.truth, "" if isinstance(trust.truth, Unknown) else "trust", path=path)
    # ECS asks for permission on the task definition, and not on the cluster that is the target.
    resource = None if delivery.target.type == "AWS::ECS::Cluster" else delivery.target_arn
    actions = (delivery.action, *_ALSO_USED.get(delivery.action, ()))
    truth = any_of(may_do(view, role, action, resource).truth for action in actions)
    return PERMITTED if truth is True else Permission(truth, "role", path=role.path)


def _unless_permitted_elsewhere(view: View, permission: Permission, resource: Resource | None) -> Permission:
    """Return a refusal as Unknown if a macro, a nested stack or a custom resource may add the permission."""
    if permission.truth is not False or permission.fault == "denied":
        return permission
    truth = unless_added_by_macro(view, permission.truth)
    if isinstance(truth, Unknown):
        return Permission(truth)
    references = view.template.references.incoming.get(resource.logical_id, ()) if resource is not None else ()
    for reference in references:
        source = view.template.resources[reference.source]
        may_add = source.is_custom or source.type == _NESTED_STACK
        if may_add and reference.property[1:2] not in ((), ("ServiceToken",)):
            return Permission(Unknown(("Elsewhere", reference.source), f'"{reference.source}" may add the permission'))
    return permission


def unless_added_by_macro(view: View, truth: Truth) -> Truth:
    """Return a refusal as Unknown in a template with a macro, which may add statements."""
    macros = view.template.deployments.macros
    reason = f'macro "{macros[0]}" may add the permission' if macros else ""
    return Unknown(("Macro", "permission"), reason) if macros and truth is False else truth


def _has_connector(view: View, delivery: Delivery) -> bool:
    """Whether a connector of SAM leads to the target, for which SAM generates the permission.

    https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/managing-permissions-connectors.html
    """
    bodies = [resource.body for resource in view.template.by_type.get(_CONNECTOR, ())]
    connectors = [body.get("Properties") for body in bodies]
    for resource in view.template.resources.values():
        embedded = resource.body.get("Connectors")
        if isinstance(embedded, dict):
            connectors += [body.get("Properties") for body in embedded.values() if isinstance(body, dict)]
    destinations = [connector.get("Destination") for connector in connectors if isinstance(connector, dict)]
    return any(
        isinstance(end, dict) and (not isinstance(end.get("Id"), str) or end["Id"] == delivery.target.logical_id)
        for destination in destinations
        for end in (destination if isinstance(destination, list) else [destination])
    )
