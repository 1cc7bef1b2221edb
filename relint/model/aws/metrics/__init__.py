"""Metrics that AWS services publish: their namespaces, dimension sets and the circumstances of publication.

A module contains the namespaces of a group of services. It is imported when an alarm mentions one of its namespaces,
because most templates mention few of them or none.
"""

from __future__ import annotations

from importlib import import_module

from relint.model.aws.metrics.records import Group, Namespace, Published

_MODULES = {
    "AWS/ApiGateway": "edge",
    "AWS/ApplicationELB": "load_balancers",
    "AWS/AutoScaling": "compute",
    "AWS/Backup": "storage",
    "AWS/CloudFront": "edge",
    "AWS/DX": "edge",
    "AWS/DynamoDB": "databases",
    "AWS/EBS": "storage",
    "AWS/EC2": "compute",
    "AWS/ECS": "compute",
    "AWS/EFS": "storage",
    "AWS/ELB": "load_balancers",
    "AWS/ES": "search",
    "AWS/ElastiCache": "databases",
    "AWS/Events": "messaging",
    "AWS/Firehose": "messaging",
    "AWS/GatewayELB": "load_balancers",
    "AWS/Kafka": "messaging",
    "AWS/Kinesis": "messaging",
    "AWS/Lambda": "compute",
    "AWS/NATGateway": "edge",
    "AWS/NetworkELB": "load_balancers",
    "AWS/RDS": "databases",
    "AWS/Route53": "edge",
    "AWS/S3": "storage",
    "AWS/SNS": "messaging",
    "AWS/SQS": "messaging",
    "AWS/States": "messaging",
    "AWS/VPN": "edge",
    "ECS/ContainerInsights": "compute",
}
"""By namespace, the module of this package that describes it."""

__all__ = ["Group", "Namespace", "Published", "described_namespace", "right_spelling"]


def described_namespace(name: str) -> Namespace | None:
    """Return the description of a namespace; None for those of users and of services that are not described."""
    if name not in _MODULES:
        return None
    namespaces: dict[str, Namespace] = import_module(f"{__name__}.{_MODULES[name]}").NAMESPACES
    return namespaces[name]


def right_spelling(name: str) -> str | None:
    """Return the namespace that a name differs from in case only, or None."""
    if name in _MODULES:
        return None
    return next((namespace for namespace in _MODULES if namespace.lower() == name.lower()), None)
