"""Purpose of a bucket, judged by the properties that refer to the bucket."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.logic.predicates import apply_test
from relint.model.aws.s3 import is_omitted, refers_to_bucket
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_USER_PROPERTIES: dict[str, dict[str, tuple[str, ...]]] = {
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
        "AWS::ElasticBeanstalk::ApplicationVersion": ("SourceBundle.S3Bucket",),
        "AWS::KinesisAnalyticsV2::Application": (
            "ApplicationConfiguration.ApplicationCodeConfiguration.CodeContent.S3ContentLocation.BucketARN",
        ),
        "AWS::Lambda::Function": ("Code.S3Bucket", "Code.Bucket", "Code"),  # the last two in a CodeUri of SAM
        "AWS::Lambda::LayerVersion": ("Content.S3Bucket",),
        "AWS::Serverless::LayerVersion": ("ContentUri.Bucket", "ContentUri"),
        "AWS::Synthetics::Canary": ("Code.S3Bucket",),
    },
    "website": {
        "AWS::CloudFront::Distribution": ("DistributionConfig.Origins.*.DomainName",),
    },
}
"""By purpose: the types that use a bucket so, and their properties (below Properties) that name the bucket."""

_LOG_SERVICES = frozenset(
    {
        "cloudtrail.amazonaws.com",
        "config.amazonaws.com",
        "delivery.logs.amazonaws.com",
        "logdelivery.elasticloadbalancing.amazonaws.com",
        "logging.s3.amazonaws.com",
    }
)
_DEPLOYMENT_BUCKET = "ServerlessDeploymentBucket"
"""The logical ID that the Serverless Framework gives its bucket for packages; its first template has no function yet.

https://github.com/serverless/serverless/blob/v3/lib/plugins/aws/lib/naming.js (getDeploymentBucketLogicalId)
"""
_LIFECYCLE_FILTERS = ("Prefix", "TagFilters", "ObjectSizeGreaterThan", "ObjectSizeLessThan")


def fact(resource: Resource, view: View) -> str:
    """Return the purpose of an AWS::S3::Bucket, the first that applies.

    "logs" (a service delivers logs, or only log services may write), "artifacts" (the output of a pipeline, a build or
    Athena, or packages of functions), "website" (a site, or the origin of a distribution), "scratch" (all objects
    expire within seven days, or the metadata contains that role), else "data".
    """
    for purpose, properties in _USER_PROPERTIES.items():
        if _is_referred_to(view, resource, properties) or _is_named(view, resource, properties):
            return purpose
        if purpose == "logs" and _accepts_logs_only(view, resource):
            return purpose
        if purpose == "artifacts" and resource.logical_id == _DEPLOYMENT_BUCKET:
            return purpose
    if not is_omitted(view.get(resource, "Properties", "WebsiteConfiguration").value):
        return "website"
    is_scratch = view.get(resource, "Metadata", "relint", "role").value == "scratch"
    return "scratch" if is_scratch or _expires_within_a_week(view, resource) else "data"


def _is_referred_to(view: View, bucket: Resource, properties: dict[str, tuple[str, ...]]) -> bool:
    """Whether one of the properties refers to the bucket, in this deployment or in another.

    A bucket for the logs of a trail that a condition leaves out stays a bucket for logs.
    """
    for reference in view.template.references.incoming.get(bucket.logical_id, ()):
        source = view.template.resources[reference.source]
        property_path = ".".join(reference.property[1:])
        if property_path in properties.get(source.type, ()):
            return True
    return False


def _is_named(view: View, bucket: Resource, properties: dict[str, tuple[str, ...]]) -> bool:
    """Whether one of the properties contains the BucketName of the bucket."""
    if is_omitted(view.get(bucket, "Properties", "BucketName").value):
        return False
    return any(
        refers_to_bucket(view, located.value, bucket)
        for resource_type, paths in properties.items()
        for user in view.resources(resource_type)
        for path in paths
        for located in view.select(user, ("Properties", *path.split(".")))
        if located.value is not ABSENT and not isinstance(located.value, dict)  # code in a ZipFile may name any bucket
    )


def _accepts_logs_only(view: View, bucket: Resource) -> bool:
    """Whether the canned ACL or the bucket policy allows log services only."""
    if view.get(bucket, "Properties", "AccessControl").value == "LogDeliveryWrite":
        return True
    services: list[Any] = []
    for policy in view.referrers(bucket, ("AWS::S3::BucketPolicy",), ("Properties", "Bucket")):
        for statement in view.select(policy, ("Properties", "PolicyDocument", "Statement", "*")):
            if view.get(statement, "Effect").value != "Allow":
                continue
            principal = view.get(statement, "Principal")
            if not isinstance(principal.value, dict) or set(principal.value) != {"Service"}:
                return False
            services += [service.value for service in view.scenario.items(view.get(principal, "Service"))]
    return bool(services) and all(service in _LOG_SERVICES for service in services)


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
