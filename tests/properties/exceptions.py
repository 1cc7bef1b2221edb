"""Values that rules may read otherwise when they are written in another way, with the reason of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from relint.api import load_rules

SILENT = ("pass", "notApplicable")
ZONE_RULES = {
    "TOPO-702",
    *(rule.id for rule in load_rules() if "'op': 'zones'" in repr(rule.cases)),
}
"""Rules about zones: a list of parameters proves distinct zones where AWS rejects a list in one zone."""
EVERY: tuple[str, ...] = ()


class Exemption(NamedTuple):
    """A reason, and the rules and properties that it is about: EVERY stands for all properties of a rule."""

    reason: str
    properties: Mapping[str, tuple[str, ...]]
    only_silences: bool = False
    """Whether the rule may only become silent, and only where the deployment gives the value."""

    def allows(self, rule_id: str, name: str, new: str, *, is_given: bool) -> bool:
        """Whether a rule may have a new verdict when a property is written otherwise, such as given by a parameter."""
        names = self.properties.get(rule_id)
        is_covered = names is not None and (names == EVERY or name in names)
        return is_covered and (not self.only_silences or (is_given and new in SILENT))


EXEMPTIONS = (
    Exemption(
        "The rule demands a parameter or a mapping in place of a literal Region, zone, image or name.",
        dict.fromkeys(("CFN-801", "CFN-802", "CFN-804", "ECR-801"), EVERY),
    ),
    Exemption("The rule reports as a note that the template does not show what it demands.", {"R53-802": EVERY}),
    Exemption(
        "The rule is about what nearly all engines of RDS can do, and takes an unknown engine for one that can.",
        {
            **dict.fromkeys(("RDS-101", "RDS-401", "RDS-404", "RDS-502", "RDS-701"), EVERY),
            **dict.fromkeys(("RDS-601", "RDS-602", "RDS-604", "RDS-605"), ("Engine",)),
        },
    ),
    Exemption(
        "The name of a queue, a bucket or a machine says what it is for, and the name of a parameter does not.",
        {
            "EC2-701": ("Key", "Value"),
            "S3-402": ("BucketName", "S3BucketName"),
            "SQS-402": ("QueueName",),
            "SQS-701": ("QueueName",),
            "S3-604": ("BucketName", "DestinationBucketName"),
        },
    ),
    Exemption(
        "The rule reports contradictions that it can prove, and a metric whose namespace, name or dimension the "
        "deployment gives may be one that somebody publishes.",
        dict.fromkeys(
            ("CW-406", "CW-407", "CW-408", "CW-411", "CW-412"),
            ("Namespace", "MetricNamespace", "MetricName", "Name", "Value", "Id", "Expression", "DBInstanceIdentifier"),
        ),
    ),
    Exemption(
        "What is written is there to be used: a switch, a count or a weight that the deployment gives is on in some "
        "deployment.",
        {
            "ELB-709": ("Weight",),
            "KMS-801": ("Encrypted",),
            "LAM-709": ("Enabled",),
            "ECS-304": ("DesiredCount",),
            "ECS-703": ("DesiredCount",),
            "ECS-706": ("DesiredCount",),
            "ECS-707": ("DesiredCount",),
            "LAM-702": ("State", "ActionsEnabled", "MaximumRetryAttempts", "FunctionName"),
        },
    ),
    Exemption(
        "Resources belong together if the template writes their common name in one way.",
        {
            "CDP-503": ("ApplicationName",),
            "DB-801": ("GlobalClusterIdentifier",),
            "EC2-701": ("ImageId", "SecurityGroupIds"),
            "ELB-709": ("Name",),
            "NET-226": ("TransitGatewayId",),
            "SIM-702": ("Size",),
            "DLM-601": ("Key",),
            "EC2-703": ("LaunchTemplateName",),
            "EC2-704": ("ImageId", "AvailabilityZone", "SecurityGroupIds"),
            "LOG-101": ("LogGroupName",),
            "NET-228": ("SubnetId",),
            "QUO-101": ("SubnetId", "AvailabilityZone", "RouteTableId", "VpcId"),
            "R53-801": ("HostedZoneId", "Name", "Type", "DNSName"),
            "R53-803": ("HostedZoneId", "Name", "Type", "DNSName"),
            "SQS-401": ("QueueName",),
            "SQS-602": ("QueueName",),
            "TOPO-801": ("Name",),
        },
    ),
    Exemption(
        "The rule reports a policy that certainly allows or forbids something; what a statement does is written.",
        {
            "KMS-602": ("Effect",),
            "S3-606": ("Effect", "Action", "Resource", "Status"),
            "S3-807": ("Effect", "Principal", "Action", "AWS"),
        },
    ),
    Exemption(
        "The rule reports what it can prove, and what the deployment gives may be right.",
        {
            "CACHE-501": ("CacheParameterGroupName",),
            "CF-701": ("DomainName", "Id", "OriginId"),
            "CP-501": ("RunOrder",),
            "DB-201": ("CacheSubnetGroupName", "DBSubnetGroupName"),
            "DDB-102": ("ScalableDimension", "IndexName"),
            "EB-701": ("Namespace", "OptionName", "Value"),
            "EMR-401": ("LogUri",),
            "LAM-102": ("Principal",),
            "LAM-302": ("Principal",),
            "NET-207": ("DestinationCidrBlock",),
            "R53-805": ("Inverted",),
        },
    ),
    Exemption(
        "AWS SAM makes resources of events before CloudFormation resolves functions, so their kind is written.",
        {"CW-403": ("Type",), "LAM-702": ("Type",), "LAM-708": ("Type",), "LAM-709": ("Type",), "TOPO-701": ("Type",)},
    ),
    Exemption(
        "The rule follows what the template writes from one resource to the next, and what the deployment gives may "
        "lead elsewhere or nowhere.",
        {
            "EC2-705": ("AvailabilityZones",),
            "ELB-706": ("Command", "HealthCheckPath", "Name", "Target"),
            "GA-701": ("AvailabilityZone",),
            "LAM-709": (
                *("Action", "BucketName", "Effect", "Event", "Events", "QueueName", "Resource", "detail-type"),
                "source",
            ),
            "NET-101": ("MaxCapacity", "MaxSize", "MinCapacity", "ScalableDimension"),
            "NET-204": ("CidrBlock",),
            "NET-206": ("AvailabilityZone", "DestinationCidrBlock"),
            "NET-209": ("CidrIp", "CidrIpv6"),
            "NET-219": ("DestinationCidrBlock", "GatewayId"),
            "NET-226": ("AvailabilityZone", "CidrBlock", "DestinationCidrBlock"),
            "SIM-701": ("ScalableDimension",),
            "SQS-702": ("QueueName", "RedrivePolicy", "redrivePermission"),
            "TOPO-101": ("ScalableDimension",),
            "TOPO-703": ("DnsName", "FunctionName", "NEXT", "Scheme", "StateMachineType", "Value"),
            "TOPO-704": ("DefinitionString", "Resource"),
            "TOPO-801": (
                *("DNSName", "DomainName", "EndpointId", "Failover", "FullyQualifiedDomainName", "HostedZoneId", "Id"),
                *("Name", "OriginId", "Type"),
            ),
        },
        only_silences=True,
    ),
    Exemption(
        "The rule is silent where another rule certainly reports the connections, and the class decides only which.",
        {"RDS-705": ("DBInstanceClass",)},
    ),
    Exemption(
        "With neither the number of instances nor that of zones known, hardly a group could be told from a good one.",
        {"SIM-701": ("DesiredCapacity", "DesiredCount", "MinSize")},
        only_silences=True,
    ),
    Exemption("A number without quotes may have lost a zero, which a text has not.", {"RDS-503": ("EngineVersion",)}),
    Exemption("A zone that the deployment gives is taken for an ordinary zone.", {"RDS-703": ("AvailabilityZone",)}),
    Exemption("A stack set whose template is not seen gets a note.", {"SET-501": ("TemplateBody",)}),
)
