"""Capacity that runs the tasks of Amazon ECS services."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.model.aws.application_auto_scaling import with_resource_names
from relint.model.aws.auto_scaling import zone_lists
from relint.model.zone_members import members_of, zone_of_resource
from relint.resolve.value import (
    ABSENT,
    Located,
    Unknown,
    arguments_of,
    expression_of,
    is_call,
    parts_of,
    split_parts,
    text_with_markers,
)

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.model.zone_members import ZoneMember

_CLUSTER = "AWS::ECS::Cluster"
_ASSOCIATIONS = "AWS::ECS::ClusterCapacityProviderAssociations"
_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_PROVIDER = "AWS::ECS::CapacityProvider"
_LAUNCH_TYPES = ("AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration")
_MANAGED_INSTANCE_SUBNETS = (
    "Properties",
    "ManagedInstancesProvider",
    "InstanceLaunchTemplate",
    "NetworkConfiguration",
    "Subnets",
)
_SCRIPT_PATHS = (
    ("Properties", "UserData"),
    ("Properties", "LaunchTemplateData", "UserData"),
    ("Metadata", "AWS::CloudFormation::Init"),
)

_NAME = r"""["']?((?:\0[^\0]*\0|[^\s"'\\;&|<>\0])+)"""
_JOINED_CLUSTER = re.compile(
    rf"ECS_CLUSTER\s*[=:]\s*{_NAME}|-Cluster\s+{_NAME}|\[settings\.ecs\][^\[]*?\bcluster\s*=\s*{_NAME}"
)
"""The cluster in a boot script: of the agent's configuration, of Initialize-ECSAgent on Windows, and of Bottlerocket.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_container_instance.html (2026-11-28)
https://bottlerocket.dev/en/os/latest/api/settings/ecs/ (2026-11-28)
"""


def effective_strategy(view: View, service: Resource) -> Located:
    """Return the capacity provider strategy of a service, or else the default of its cluster.

    Unknown if the service has no strategy and the cluster is not in the template.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
    """
    strategy = view.get(service, "Properties", "CapacityProviderStrategy")
    if strategy.value is not ABSENT and strategy.value != []:
        return strategy
    cluster = view.target(view.get(service, "Properties", "Cluster"), _CLUSTER)
    if cluster is None:
        reason = "the cluster, whose default strategy counts, is not in this template"
        return Located(Unknown(("Cluster", service.logical_id), reason), strategy.path)
    for holder in (cluster, *view.referrers(cluster, (_ASSOCIATIONS,), ("Properties", "Cluster"))):
        default = view.get(holder, "Properties", "DefaultCapacityProviderStrategy")
        if default.value is not ABSENT and default.value != []:
            return default
    return Located(ABSENT, strategy.path)


class Hosts(NamedTuple):
    """Hosts on which a service runs: Auto Scaling groups, instances, and capacity providers of managed instances.

    `are_all` is false if the strategy of the service also names capacity that is not in the template, and None if the
    strategy is not in the template.
    """

    resources: list[Resource]
    are_all: bool | None


def hosts_of_service(view: View, service: Resource) -> Hosts:
    """Return the hosts in the template on which a service runs.

    They belong to the capacity providers of its strategy. Without a strategy, or with the launch type EC2, they are
    those whose boot script joins the cluster.
    """
    strategy = Located(ABSENT, service.path)
    launch_type = view.get(service, "Properties", "LaunchType").value
    if launch_type is ABSENT:
        strategy = effective_strategy(view, service)
    elif launch_type != "EC2":
        return Hosts(resources=[], are_all=False)
    is_known = not isinstance(strategy.value, Unknown)
    if strategy.value is not ABSENT and is_known:
        providers = [_host_of(view, item) for item in view.select(strategy, ("*", "CapacityProvider"))]
        hosts = [host for host in providers if host is not None]
        return Hosts(resources=hosts, are_all=len(hosts) == len(providers))
    cluster = _cluster_name(view, service)
    hosts = [
        host for host in view.resources(_GROUP, "AWS::EC2::Instance") if cluster in set(_joined_clusters(view, host))
    ]
    return Hosts(resources=hosts, are_all=True if is_known else None)


def services_on(view: View, host: Resource) -> list[Resource]:
    """Return the services whose tasks run on a group or instance and, as far as the template shows, nowhere else."""
    if host.type not in (_GROUP, "AWS::EC2::Instance"):
        return []
    hosts_of = view.cached("hosts of services", _hosts_of_services)
    return [service for service, hosts in hosts_of if hosts.are_all and hosts.resources == [host]]


def _hosts_of_services(view: View) -> list[tuple[Resource, Hosts]]:
    return [(service, hosts_of_service(view, service)) for service in view.resources("AWS::ECS::Service")]


def zones_of_host(view: View, host: Resource) -> list[ZoneMember]:
    """Return the subnets or zones of a group, an instance, or a capacity provider of managed instances."""
    if host.type == _PROVIDER:
        return members_of(view, [view.get(host, *_MANAGED_INSTANCE_SUBNETS)])
    if host.type == _GROUP:
        return members_of(view, [located for located in zone_lists(view, host) if located.value is not ABSENT])
    return [zone_of_resource(view, host)]


def _host_of(view: View, provider_name: Located) -> Resource | None:
    """Return the group of a capacity provider, or the provider itself if ECS manages its instances."""
    provider = view.target(provider_name, _PROVIDER)
    if provider is None or view.get(provider, "Properties", "ManagedInstancesProvider").value is not ABSENT:
        return provider
    arn = view.get(provider, "Properties", "AutoScalingGroupProvider", "AutoScalingGroupArn")
    return view.target(arn, _GROUP)


def _cluster_name(view: View, service: Resource) -> str:
    """Return the name of the cluster of a service, with markers for unknown parts."""
    cluster = view.get(service, "Properties", "Cluster")
    if cluster.value is ABSENT:
        return "default"
    resource = view.target(cluster, _CLUSTER)
    if resource is not None:
        return text_with_markers(with_resource_names(view, Unknown(("Ref", resource.logical_id), "")))
    name = split_parts(parts_of(expression_of(cluster.value)), "/", "")[-1]
    return text_with_markers(with_resource_names(view, name))


def _joined_clusters(view: View, host: Resource) -> Iterator[str]:
    for holder in (host, *view.referents(host, _LAUNCH_TYPES, ("Properties",))):
        for path in _SCRIPT_PATHS:
            script = view.get(holder, *path)
            for text in _texts(view, view.scenario.resolve_deep(script.value, script.path)):
                for match in _JOINED_CLUSTER.finditer(text):
                    yield next(name for name in match.groups() if name)


def _texts(view: View, value: Any) -> Iterator[str]:
    """Yield the texts in a resolved value, decoded, with markers for unknown parts."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(view, item)
    elif isinstance(value, Unknown) and is_call(value.expression, "Base64"):
        (text,) = arguments_of(value.expression)
        yield text_with_markers(with_resource_names(view, Unknown(text, "")))
    elif value is not ABSENT:
        text = text_with_markers(with_resource_names(view, value))
        yield text
        yield _decoded(text)


def _decoded(text: str) -> str:
    """Return a text that is encoded with Base64 as such, or an empty text."""
    try:
        return b64decode(text, validate=True).decode()
    except ValueError:
        return ""
