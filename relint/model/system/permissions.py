"""Statements of IAM policies that allow a resource to use the ones that they name."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.model.aws.policies.statements import ROLES_OF_POLICIES
from relint.model.references import mapping_with

if TYPE_CHECKING:
    from relint.model.references import Reference
    from relint.model.resource import Resource
    from relint.model.template import Template

_ROLE = "AWS::IAM::Role"
_ROLE_PROPERTIES = {
    "AWS::AppRunner::Service": ("InstanceConfiguration", "InstanceRoleArn"),
    "AWS::AutoScaling::LaunchConfiguration": ("IamInstanceProfile",),
    "AWS::Batch::JobDefinition": ("ContainerProperties", "JobRoleArn"),
    "AWS::EC2::Instance": ("IamInstanceProfile",),
    "AWS::EC2::LaunchTemplate": ("LaunchTemplateData", "IamInstanceProfile"),
    "AWS::ECS::TaskDefinition": ("TaskRoleArn",),
    "AWS::Lambda::Function": ("Role",),
    "AWS::StepFunctions::StateMachine": ("RoleArn",),
}
"""The properties with the role, or the profile of a role, with which code runs."""
_STREAM = "StreamArn"
"""The attribute of a table for those who read its changes, which hand their work to the reader."""

_DATA_ACTIONS = {
    "AWS::DocDB::": (),
    "AWS::ElastiCache::": ("elasticache:connect",),
    "AWS::Elasticsearch::": ("es:eshttp",),
    "AWS::MSK::": ("kafka-cluster:",),
    "AWS::MemoryDB::": ("memorydb:connect",),
    "AWS::Neptune::": ("neptune-db:",),
    "AWS::OpenSearchService::": ("es:eshttp",),
    "AWS::RDS::": ("rds-db:connect", "rds-data:"),
    "AWS::Redshift::": ("redshift:getclustercredentials", "redshift-data:"),
}
"""The actions that reach the data, of services whose other actions change the cluster. Looked up on 2026-11-28.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""


class Permission(NamedTuple):
    """A permission of a resource that runs code; the first reference is that of the statement to what it may use."""

    client: str
    references: tuple[Reference, ...]


def permissions(template: Template) -> Iterator[Permission]:
    """Yield the permissions by roles, instance profiles and policies, and those in the Policies of SAM functions."""
    outgoing = template.references.outgoing
    for client_type, property_path in _ROLE_PROPERTIES.items():
        for client in template.of_type(client_type):
            path = ("Properties", *property_path)
            for reference in outgoing.get(client.logical_id, ()):
                if reference.property[: len(path)] == path:
                    for role, chain in _roles(template, reference):
                        for references in _statements_of_role(template, role):
                            yield Permission(client.logical_id, (*references, *chain))
                elif _is_sam_policy(reference) and _statement(client, reference).get("Effect") != "Deny":
                    yield Permission(client.logical_id, (reference,))


def _is_sam_policy(reference: Reference) -> bool:
    """Whether a reference belongs to the Policies of a SAM function or state machine: a statement or a template."""
    is_managed = reference.property == ("Properties", "Policies", "*")
    return reference.property[:2] == ("Properties", "Policies") and not is_managed and reference.attribute != _STREAM


def _roles(template: Template, reference: Reference) -> Iterator[tuple[str, tuple[Reference, ...]]]:
    """Yield the roles to which a reference leads, directly or by an instance profile."""
    target = template.resources[reference.target]
    if target.type == _ROLE:
        yield target.logical_id, (reference,)
    elif target.type == "AWS::IAM::InstanceProfile":
        for further in template.references.outgoing.get(target.logical_id, ()):
            if template.resources[further.target].type == _ROLE:
                yield further.target, (reference, further)


def _statements_of_role(template: Template, role: str) -> Iterator[tuple[Reference, ...]]:
    key = f"statements of {role}"
    if key not in template.cache:
        template.cache[key] = list(_find_statements(template, role))
    statements: list[tuple[Reference, ...]] = template.cache[key]
    yield from statements


def _find_statements(template: Template, role: str) -> Iterator[tuple[Reference, ...]]:
    """Yield the references of the statements of a role to resources, each with the one that attaches the policy."""
    for reference in _allowed(template, template.resources[role]):
        yield (reference,)
    for attachment in template.references.outgoing.get(role, ()):
        if attachment.property[:2] == ("Properties", "ManagedPolicyArns"):
            for reference in _allowed(template, template.resources[attachment.target]):
                yield (reference, attachment)
    for attachment in template.references.incoming.get(role, ()):
        policy = template.resources[attachment.source]
        if attachment.property[:2] == ("Properties", ROLES_OF_POLICIES.get(policy.type)):
            for reference in _allowed(template, policy):
                yield (reference, attachment)


def _allowed(template: Template, policy: Resource) -> Iterator[Reference]:
    """Yield the references in the Resource of statements that allow, and do not serve to read changes of a table."""
    for reference in template.references.outgoing.get(policy.logical_id, ()):
        steps = iter(reference.property)
        is_resource = "Statement" in steps and "Resource" in steps  # the second search goes on behind the first
        if is_resource and reference.attribute != _STREAM:
            statement = _statement(policy, reference)
            target_type = template.resources[reference.target].type
            if statement.get("Effect") != "Deny" and _is_for_data(statement, target_type):
                yield reference


def _is_for_data(statement: dict[str, Any], resource_type: str) -> bool:
    """Whether the actions of a statement reach the data of a resource: to change a cluster is not to use it."""
    prefixes = next((value for service, value in _DATA_ACTIONS.items() if resource_type.startswith(service)), None)
    actions = statement.get("Action", "*")
    if prefixes is None:
        return True
    for action in actions if isinstance(actions, list) else [actions]:
        text = action.lower() if isinstance(action, str) else ""
        stem = text.partition("*")[0]  # "" for an unknown action, too
        if any(stem.startswith(prefix) or ("*" in text and prefix.startswith(stem)) for prefix in prefixes):
            return True
        if not text:
            return True
    return False


def _statement(policy: Resource, reference: Reference) -> dict[str, Any]:
    """Return the statement to which a reference belongs; an empty one for a policy template of SAM."""
    return mapping_with(policy, reference, "Effect") or {}
