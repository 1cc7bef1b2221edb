"""The lists of subnets and zones that resources have, and what AWS demands of the zones in them."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.model.zone_members import ZoneMember, member_of, members_of
from relint.resolve.value import ABSENT

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

SUBNET_LISTS: dict[str, tuple[str, ...]] = {
    "AWS::AmazonMQ::Broker": ("SubnetIds",),
    "AWS::AutoScaling::AutoScalingGroup": ("VPCZoneIdentifier", "AvailabilityZones", "AvailabilityZoneIds"),
    "AWS::Batch::ComputeEnvironment": ("ComputeResources.Subnets",),
    "AWS::DAX::SubnetGroup": ("SubnetIds",),
    "AWS::DMS::ReplicationSubnetGroup": ("SubnetIds",),
    "AWS::DocDB::DBCluster": ("AvailabilityZones",),
    "AWS::DocDB::DBSubnetGroup": ("SubnetIds",),
    "AWS::EC2::TransitGatewayAttachment": ("SubnetIds",),
    "AWS::EC2::TransitGatewayVpcAttachment": ("SubnetIds",),
    "AWS::EC2::VPCEndpoint": ("SubnetIds",),
    "AWS::ECS::Service": ("NetworkConfiguration.AwsvpcConfiguration.Subnets",),
    "AWS::EKS::Cluster": ("ResourcesVpcConfig.SubnetIds",),
    "AWS::EKS::Nodegroup": ("Subnets",),
    "AWS::ElastiCache::SubnetGroup": ("SubnetIds",),
    "AWS::ElasticLoadBalancing::LoadBalancer": ("Subnets", "AvailabilityZones"),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": ("Subnets", "SubnetMappings.*.SubnetId"),
    "AWS::Elasticsearch::Domain": ("VPCOptions.SubnetIds",),
    "AWS::FSx::FileSystem": ("SubnetIds",),
    "AWS::Lambda::Function": ("VpcConfig.SubnetIds",),
    "AWS::MSK::Cluster": ("BrokerNodeGroupInfo.ClientSubnets",),
    "AWS::MemoryDB::SubnetGroup": ("SubnetIds",),
    "AWS::Neptune::DBCluster": ("AvailabilityZones",),
    "AWS::Neptune::DBSubnetGroup": ("SubnetIds",),
    "AWS::NetworkFirewall::Firewall": ("SubnetMappings.*.SubnetId",),
    "AWS::OpenSearchService::Domain": ("VPCOptions.SubnetIds",),
    "AWS::RDS::DBCluster": ("AvailabilityZones",),
    "AWS::RDS::DBProxy": ("VpcSubnetIds",),
    "AWS::RDS::DBProxyEndpoint": ("VpcSubnetIds",),
    "AWS::RDS::DBSubnetGroup": ("SubnetIds",),
    "AWS::Redshift::ClusterSubnetGroup": ("SubnetIds",),
    "AWS::Route53Resolver::ResolverEndpoint": ("IpAddresses.*.SubnetId",),
    "AWS::Transfer::Server": ("EndpointDetails.SubnetIds",),
}
"""By type: the properties, below Properties, that list the subnets or zones in which a resource may run."""

ONE_PER_ZONE = frozenset(
    {
        "AWS::EC2::TransitGatewayAttachment",
        "AWS::EC2::TransitGatewayVpcAttachment",
        "AWS::EC2::VPCEndpoint",
        "AWS::ElasticLoadBalancing::LoadBalancer",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::MSK::Cluster",
        "AWS::NetworkFirewall::Firewall",
    }
)
"""Types that reject two subnets of one zone. Looked up on 2026-11-28.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html
https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-msk-cluster-brokernodegroupinfo.html
https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_CreateFirewall.html
"""

TWO_ZONES = frozenset(
    {
        "AWS::DMS::ReplicationSubnetGroup",
        "AWS::DocDB::DBSubnetGroup",
        "AWS::EKS::Cluster",
        "AWS::Neptune::DBSubnetGroup",
        "AWS::RDS::DBSubnetGroup",
    }
)
"""Types that reject subnets of a single zone. Looked up on 2026-11-28.

Not AWS::RDS::DBProxy, whose VPC "should" have subnets in two zones.

https://docs.aws.amazon.com/dms/latest/APIReference/API_CreateReplicationSubnetGroup.html
https://docs.aws.amazon.com/documentdb/latest/developerguide/API_CreateDBSubnetGroup.html
https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateClusterConfig.html
https://docs.aws.amazon.com/neptune/latest/apiref/API_CreateDBSubnetGroup.html
https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html
"""


def listed_members(view: View, resource: Resource) -> list[ZoneMember]:
    """Return the subnets and zones in which a resource may run, of all its lists."""
    return [member for members, _ in subnet_lists(view, resource) for member in members]


def subnet_lists(view: View, resource: Resource) -> Iterator[tuple[list[ZoneMember], Path]]:
    """Yield the lists with their members and paths."""
    for property_path in SUBNET_LISTS.get(resource.type, ()):
        steps = ("Properties", *property_path.split("."))
        if view.get(resource, *steps[:2]).value is ABSENT:
            continue
        items = view.select(resource, steps)
        if "*" in steps:
            members = [member_of(view, item) for item in items if item.value is not ABSENT]
            steps = steps[: steps.index("*")]
        else:
            members = members_of(view, items)
        members = [member for member in members if member.identity != ""]  # an optional parameter is often empty
        yield members, view.get(resource, *steps).path
