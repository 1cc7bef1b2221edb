"""The rules by which every deployment that succeeds proves something about zones, with the pages that say so."""

from __future__ import annotations

from relint._typing import NamedTuple

_AS_OF = "2026-11-29"
_CFN = "https://docs.aws.amazon.com/AWSCloudFormation/latest"
_ELB = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html"


class ZoneRule(NamedTuple):
    """A rule: its number, what it proves, the page that says so, the day on which it was looked up, and its mark.

    C: the text of AWS was read. J: we conclude it.
    """

    id: str
    says: str
    source: str
    as_of: str = _AS_OF
    mark: str = "C"


ZONE_RULES = (
    ZoneRule(
        "D2",
        "Fn::GetAZs lists the zones of a Region, each once, so that two items of it are two zones.",
        f"{_CFN}/UserGuide/intrinsic-function-reference-getavailabilityzones.html",
    ),
    ZoneRule(
        "D3", "An Application Load Balancer has one subnet in each of at least two zones; others are rejected.", _ELB
    ),
    ZoneRule(
        "D4",
        "A file system has at most one mount target in each zone.",
        "https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html",
    ),
    ZoneRule(
        "D5",
        "A database subnet group covers at least two zones, unless the Region has only one, which no Region has.",
        "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html",
    ),
    ZoneRule(
        "D6",
        "The brokers of an MSK cluster lie in subnets of different zones.",
        f"{_CFN}/TemplateReference/aws-properties-msk-cluster-brokernodegroupinfo.html",
    ),
    ZoneRule("D7", "A Network Load Balancer has at most one subnet in each zone; a Classic one likewise.", _ELB),
    ZoneRule(
        "D8",
        "The standby of a Multi-AZ DB instance lies in another zone than the primary.",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html",
    ),
)
"""The numbers are those of docs/assess.md."""
