"""The roles of resource types in an assessment, and the configurations that facts tell apart."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Literal
from relint.logic.predicates import as_number
from relint.model.aws.ecs import effective_strategy, hosts_of_service
from relint.model.system.entry_points import GLOBAL_FRONTS
from relint.model.system.redundancy.values import is_true
from relint.model.system.resource_groups import APIS, CONNECTORS, FUNCTIONS, HOSTS, LOAD_BALANCERS, QUEUES, STORES
from relint.model.text.java_properties import parse_java_properties
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.assessment.parts import Part
    from relint.model.resource import Resource
    from relint.model.view import View

STRUCTURAL = CONNECTORS | {
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGatewayV2::Authorizer",
    "AWS::EC2::EIP",
    "AWS::EC2::NetworkInterface",
    "AWS::ECS::Cluster",
    "AWS::ElasticBeanstalk::ConfigurationTemplate",
    "AWS::Lambda::Url",
    "AWS::Route53::RecordSet",
    "AWS::Route53::RecordSetGroup",
}
"""Types that describe others or lead to them, and fail only with these."""

_BACKENDS_ONLY = (
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::ElasticLoadBalancing::LoadBalancer",
)
"""Types that do no work of their own: an entry with nothing else behind it is not assessed."""


CACHES = ("AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::ServerlessCache")
"""Types whose data can be made again: they are assessed as data where there is nothing else to assess."""

_DOMAINS = ("AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain")
_REPLICATION = ("default.replication.factor", "min.insync.replicas")
_SERVICE = "AWS::ECS::Service"
_SPREAD = (
    *_BACKENDS_ONLY,
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::EKS::Nodegroup",
    "AWS::ElasticBeanstalk::Environment",
    _SERVICE,
)


def does_work(resource_type: str) -> bool:
    """Whether resources of a type do the work of an application, or hold its data."""
    return resource_type not in STRUCTURAL and resource_type not in _BACKENDS_ONLY


def configuration_of(part: Part, view: View) -> str:
    """Return the configuration of a part, as the table of facts names it; "" for the usual one."""
    resource, redundancy = part.resource, part.redundancy
    if resource.type == "AWS::RDS::DBCluster":
        return _cluster_configuration(part, view)
    if resource.type == _SERVICE and _has_unknown_hosts(part, view):
        return "hosts-unknown"
    if resource.type in _SPREAD:
        if redundancy.zones.is_one:
            return "one-zone"
        return "several-zones" if redundancy.zones.lower > 1 else "zones-unknown"
    if resource.type == "AWS::EC2::Instance":
        recovery = view.get(resource, "Properties", "MaintenanceOptions", "AutoRecovery").value
        return "no-recovery" if recovery == "disabled" else ""
    if resource.type == "AWS::S3::Bucket":
        return "one-zone-storage" if "ONEZONE_IA" in repr(resource.body) else "regional-storage"
    if resource.type == "AWS::EFS::FileSystem":
        return "one-zone-storage" if redundancy.scope == "zonal" else "regional-storage"
    if resource.type in _DOMAINS:
        return _domain_configuration(view, resource, part.redundancy.zones.lower)
    if resource.type == "AWS::FSx::FileSystem":
        return str(view.get(resource, "Properties", "FileSystemType").value).lower()
    if resource.type == "AWS::AmazonMQ::Broker":
        is_cluster = view.get(resource, "Properties", "DeploymentMode").value == "CLUSTER_MULTI_AZ"
        return "cluster" if is_cluster else ""
    if resource.type == "AWS::MSK::Cluster":
        return "replicated" if _keeps_writing(view, resource) else "replication-unknown"
    if resource.type == "AWS::RDS::DBInstance":
        is_member = view.get(resource, "Properties", "DBClusterIdentifier").value is not ABSENT
        return "member" if is_member else "standalone"
    return ""


def _domain_configuration(view: View, domain: Resource, zones: int) -> str:
    """Return what decides if an OpenSearch domain survives a zone; "" if that is not known or it lies in one zone."""
    config = "ClusterConfig" if "OpenSearch" in domain.type else "ElasticsearchClusterConfig"
    if is_true(view, domain, config, "MultiAZWithStandbyEnabled") is True:
        return "standby"
    has_masters = is_true(view, domain, config, "DedicatedMasterEnabled")
    if zones < 2 or isinstance(has_masters, Unknown):
        return ""
    if zones > 2:
        return "three-zones"
    return "two-zones-masters" if has_masters else "two-zones"


def _keeps_writing(view: View, cluster: Resource) -> bool:
    """Whether a Kafka cluster goes on without one broker by the defaults for topics in its configuration."""
    configuration = view.target(view.get(cluster, "Properties", "ConfigurationInfo", "Arn"), "AWS::MSK::Configuration")
    if configuration is None:
        return False
    settings = parse_java_properties(view.get(configuration, "Properties", "ServerProperties").value)
    replicas, in_sync = (as_number(settings.get(name)) for name in _REPLICATION)
    return replicas is not None and in_sync is not None and replicas > in_sync


def _has_unknown_hosts(part: Part, view: View) -> bool:
    """Whether tasks run on hosts that these files do not contain: two of them may be on one host.

    On Fargate each task has a kernel of its own.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AWS_Fargate.html
    """
    if view.get(part.resource, "Properties", "LaunchType").value == "FARGATE":
        return False
    strategy = effective_strategy(view, part.resource)
    names = [item.value for item in view.select(strategy, ("*", "CapacityProvider"))]
    if names and all(name in ("FARGATE", "FARGATE_SPOT") for name in names):
        return False
    hosts = hosts_of_service(view, part.resource)
    return not hosts.resources or hosts.are_all is False


def _cluster_configuration(part: Part, view: View) -> str:
    resource = part.resource
    engine = view.get(resource, "Properties", "Engine").value
    if isinstance(engine, Unknown) or engine is ABSENT:
        return "engine-unknown"
    if "aurora" not in scalar_text(engine).lower():
        return "multi-az-cluster"
    mode = view.get(resource, "Properties", "EngineMode").value
    return (
        "aurora-serverless" if mode == "serverless" else "aurora"
    )  # instances of Serverless v2 fail over as others do


Role = Literal["entry", "lb", "compute", "data", "queue", "net", "support"]
"""What a resource is for in a system."""

_COMPUTE = (
    *HOSTS[:1],
    *FUNCTIONS,
    "AWS::AppRunner::Service",
    "AWS::AutoScaling::AutoScalingGroup",
    "AWS::Batch::ComputeEnvironment",
    "AWS::EKS::Cluster",
    "AWS::EKS::Nodegroup",
    "AWS::ElasticBeanstalk::Environment",
    "AWS::StepFunctions::StateMachine",
    _SERVICE,
)
_FRONTS = (*APIS, *GLOBAL_FRONTS, "AWS::Lambda::Url", "AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup")
_ROLES: tuple[tuple[Role, tuple[str, ...]], ...] = (
    ("lb", LOAD_BALANCERS),
    ("entry", _FRONTS),
    ("compute", _COMPUTE),
    ("queue", QUEUES),
    ("data", STORES),
)
_NETWORK = ("NatGateway", "InternetGateway", "Subnet", "VPC", "Route", "TransitGateway", "VPN", "EIP", "Network")


def role_of(resource_type: str) -> Role:
    """Return what resources of a type are for; "support" for what only describes or watches others."""
    for role, types in _ROLES:
        if resource_type in types:
            return role
    service, _, name = resource_type.removeprefix("AWS::").partition("::")
    return "net" if service == "EC2" and name.startswith(_NETWORK) else "support"
