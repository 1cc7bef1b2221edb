"""What a bucket is for: who refers to it, and from which property, tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from relint.logic.predicates import apply_test
from relint.model.aws.s3 import is_omitted, refers_to_bucket
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_PLACES: dict[str, dict[str, tuple[str, ...]]] = {
    "logs": {
        "AWS::S3::Bucket": ("LoggingConfiguration.DestinationBucketName",),
        "AWS::CloudFront::Distribution": ("DistributionConfig.Logging.Bucket",),
        "AWS::CloudTrail::Trail": ("S3BucketName",),
        "AWS::CodeBuild::Project": ("LogsConfig.S3Logs.Location",),
        "AWS::Config::DeliveryChannel": ("S3BucketName",),
        "AWS::EC2::FlowLog": ("LogDestination",),
        "AWS::ECS::Cluster": ("Configuration.ExecuteCommandConfiguration.LogConfiguration.S3BucketName",),
        "AWS::EMR::Cluster": ("LogUri",),
        "AWS::ElasticLoadBalancing::LoadBalancer": ("AccessLoggingPolicy.S3BucketName",),
        "AWS::ElasticLoadBalancingV2::LoadBalancer": ("LoadBalancerAttributes.*.Value",),
        "AWS::Logs::DeliveryDestination": ("DestinationResourceArn",),
        "AWS::MSK::Cluster": ("LoggingInfo.BrokerLogs.S3.Bucket",),
        "AWS::NetworkFirewall::LoggingConfiguration": (
            "LoggingConfiguration.LogDestinationConfigs.*.LogDestination.bucketName",
        ),
        "AWS::Redshift::Cluster": ("LoggingProperties.BucketName",),
        "AWS::Route53Resolver::ResolverQueryLoggingConfig": ("DestinationArn",),
        "AWS::WAFv2::LoggingConfiguration": ("LogDestinationConfigs.*",),
    },
    "artifacts": {
        "AWS::Athena::WorkGroup": (
            "WorkGroupConfiguration.ResultConfiguration.OutputLocation",
            "WorkGroupConfigurationUpdates.ResultConfigurationUpdates.OutputLocation",
        ),
        "AWS::CodeBuild::Project": ("Artifacts.Location", "SecondaryArtifacts.*.Location", "Cache.Location"),
        "AWS::CodePipeline::Pipeline": ("ArtifactStore.Location", "ArtifactStores.*.ArtifactStore.Location"),
    },
    "website": {
        "AWS::CloudFront::Distribution": ("DistributionConfig.Origins.*.DomainName",),
    },
}
"""By role: the types that use a bucket so, and the properties below Properties that name it."""

_LOG_SERVICES = frozenset(
    {
        "cloudtrail.amazonaws.com",
        "config.amazonaws.com",
        "delivery.logs.amazonaws.com",
        "logdelivery.elasticloadbalancing.amazonaws.com",
        "logging.s3.amazonaws.com",
    }
)
_LIFECYCLE_FILTERS = ("Prefix", "TagFilters", "ObjectSizeGreaterThan", "ObjectSizeLessThan")


def fact(resource: Resource, view: View) -> str:
    """The role of an AWS::S3::Bucket, the first that fits of

    "logs" (a service delivers logs there, or nobody but log services may write), "artifacts" (a pipeline, a build or
    Athena keeps its output there), "website" (a site, or the origin of a distribution), "scratch" (everything expires
    within seven days, or Metadata says so) and, when nothing tells more, "data".
    """
    for role, places in _PLACES.items():
        if _referred_to(view, resource, places) or _named(view, resource, places):
            return role
        if role == "logs" and _takes_logs_only(view, resource):
            return role
    if not is_omitted(view.get(resource, "Properties", "WebsiteConfiguration").value):
        return "website"
    scratch = view.get(resource, "Metadata", "relint", "role").value == "scratch"
    return "scratch" if scratch or _expires_within_a_week(view, resource) else "data"


def _referred_to(view: View, bucket: Resource, places: dict[str, tuple[str, ...]]) -> bool:
    for edge in view.template.graph.incoming.get(bucket.logical_id, ()):
        source = view.template.resources[edge.source]
        below = ".".join(edge.property[1:])
        if below in places.get(source.type, ()) and view.exists(source) and view.is_active(edge):
            return True
    return False


def _named(view: View, bucket: Resource, places: dict[str, tuple[str, ...]]) -> bool:
    """Whether one of the places names the bucket by what its BucketName says."""
    if is_omitted(view.get(bucket, "Properties", "BucketName").value):
        return False
    return any(
        refers_to_bucket(view, value.value, bucket)
        for kind, paths in places.items()
        for source in view.resources(kind)
        for path in paths
        for value in view.select(source, ("Properties", *path.split(".")))
        if value.value is not ABSENT
    )


def _takes_logs_only(view: View, bucket: Resource) -> bool:
    """Whether the canned ACL, or a bucket policy that lets nobody else in, is that of log delivery."""
    if view.get(bucket, "Properties", "AccessControl").value == "LogDeliveryWrite":
        return True
    principals: list[Any] = []
    for policy in view.referrers(bucket, ("AWS::S3::BucketPolicy",), ("Properties", "Bucket")):
        for statement in view.select(policy, ("Properties", "PolicyDocument", "Statement", "*")):
            if view.get(statement, "Effect").value != "Allow":
                continue
            principal = view.get(statement, "Principal")
            if not isinstance(principal.value, dict) or set(principal.value) != {"Service"}:
                return False
            principals += [service.value for service in view.scenario.items(view.get(principal, "Service"))]
    return bool(principals) and all(principal in _LOG_SERVICES for principal in principals)


def _expires_within_a_week(view: View, bucket: Resource) -> bool:
    for rule in view.select(bucket, ("Properties", "LifecycleConfiguration", "Rules", "*")):
        filters = [view.get(rule, name).value for name in _LIFECYCLE_FILTERS]
        days = view.get(rule, "ExpirationInDays").value
        if (
            view.get(rule, "Status").value == "Enabled"
            and all(is_omitted(value) or value in ("", []) for value in filters)
            and apply_test("max", days, 7) is True
        ):
            return True
    return False
