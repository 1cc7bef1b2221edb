"""Kafka configurations in two, three and an unknown number of zones.

Left out, a topic has as many copies as there are zones (2 or 3), and one fewer must be in sync (1 or 2):
https://docs.aws.amazon.com/msk/latest/developerguide/msk-default-configuration.html.
"""

from __future__ import annotations

from typing import Any

import pytest

from relint.checks.msk.replication_settings import check
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

TWO, THREE = ["subnet-a", "subnet-b"], ["subnet-a", "subnet-b", "subnet-c"]
GIVEN = {"Ref": "Subnets"}
ORDERLY = "unclean.leader.election.enable=false"
NO_DEFAULT = 'the default of "{}" depends on the number of zones'
NO_ZONES = "how many zones the brokers lie in is not known"


def cluster(subnets: Any, *, instance_type: Any = "kafka.m7g.large", mode: str = "LOCAL") -> dict[str, Any]:
    nodes = {"InstanceType": instance_type, "ClientSubnets": subnets}
    settings = {"Arn": {"Fn::GetAtt": ["Settings", "Arn"]}, "Revision": 1}
    properties = {"BrokerNodeGroupInfo": nodes, "StorageMode": mode, "ConfigurationInfo": settings}
    return {"Type": "AWS::MSK::Cluster", "Properties": properties}


def judged(properties: dict[str, Any], *clusters: dict[str, Any]) -> list[str]:
    """Return level and message of each problem of a configuration that clusters use, and the reasons if open."""
    resources = {
        "Settings": {"Type": "AWS::MSK::Configuration", "Properties": properties},
        **{f"Cluster{number}": found for number, found in enumerate(clusters)},
    }
    view = view_of(
        resources, Parameters={"Subnets": {"Type": "List<AWS::EC2::Subnet::Id>"}, "Type": {"Type": "String"}}
    )
    found = check(view.template.resources["Settings"], view)
    return [each.reason if isinstance(each, Unknown) else f"{each.level} {each.message}" for each in found]


@pytest.mark.parametrize(
    ("copies", "in_sync", "subnets", "expected"),
    [
        pytest.param(2, None, THREE, ["error blocked"], id="two copies, and two of them in sync by default"),
        pytest.param(3, None, THREE, [], id="three copies, and two in sync by default"),
        pytest.param(2, None, TWO, [], id="two copies in two zones, one in sync by default"),
        pytest.param(3, None, TWO, [], id="three copies in two zones, one in sync by default"),
        pytest.param(None, 2, THREE, [], id="three copies by default, two in sync"),
        pytest.param(None, 3, THREE, ["error blocked"], id="three copies by default, all in sync"),
        pytest.param(None, 1, THREE, ["warning alone"], id="three copies by default, one in sync"),
        pytest.param(None, 1, TWO, ["note half"], id="two copies by default, one in sync"),
        pytest.param(None, 2, TWO, ["error blocked"], id="two copies by default, both in sync"),
        pytest.param(None, None, THREE, [], id="nothing said of copies"),
        pytest.param(1, None, GIVEN, ["error single"], id="one copy, wherever it lies"),
        pytest.param(2, None, GIVEN, [NO_DEFAULT.format("min.insync.replicas")], id="two copies, one or two in sync"),
        pytest.param(3, None, GIVEN, [], id="three copies, one or two in sync"),
        pytest.param(None, 1, GIVEN, [NO_ZONES], id="two or three copies, one in sync"),
        pytest.param(None, 2, GIVEN, [NO_DEFAULT.format("default.replication.factor")], id="two or three, two in sync"),
        pytest.param(None, 3, GIVEN, ["error blocked"], id="two or three copies, three in sync"),
        pytest.param(2, 1, GIVEN, [NO_ZONES], id="two copies in two zones or in three"),
        pytest.param(2, 1, [*THREE, "subnet-d"], [NO_ZONES], id="four subnets, which no cluster has"),
        pytest.param("many", 2, THREE, ['"default.replication.factor" is no number'], id="no number"),
    ],
)
def test_copies_are_held_against_the_zones(
    copies: int | str | None, in_sync: int | None, subnets: Any, expected: list[str]
) -> None:
    given = {"default.replication.factor": copies, "min.insync.replicas": in_sync}
    lines = [ORDERLY, *(f"{key}={value}" for key, value in given.items() if value is not None)]
    assert judged({"ServerProperties": "\n".join(lines)}, cluster(subnets)) == expected


@pytest.mark.parametrize(
    ("properties", "clusters", "expected"),
    [
        pytest.param({}, [cluster(THREE)], [], id="no text"),
        pytest.param({"ServerProperties": {"min.insync.replicas": 3}}, [cluster(THREE)], [], id="a mapping for a text"),
        pytest.param({"ServerProperties": ["min.insync.replicas=3"]}, [cluster(THREE)], [], id="a list for a text"),
        pytest.param(
            {"ServerProperties": ""},
            [],
            ["whether the storage of the clusters is tiered is not known"],
            id="leaders by default, for clusters of elsewhere",
        ),
        pytest.param(
            {"ServerProperties": "min.insync.replicas=3"},
            [cluster(THREE, instance_type="express.m7g.large")],
            [],
            id="Express brokers have settings of their own",
        ),
        pytest.param(
            {"ServerProperties": "min.insync.replicas=3"},
            [cluster(THREE, instance_type="express.m7g.large"), cluster(THREE, mode="TIERED")],
            ["error blocked"],
            id="Express brokers beside others",
        ),
        pytest.param(
            {"ServerProperties": "min.insync.replicas=3"},
            [cluster(THREE, instance_type={"Ref": "Type"})],
            ['parameter "Type" has no default'],
            id="perhaps Express brokers",
        ),
        pytest.param(
            {"ServerProperties": f"min.insync.replicas=2\n{ORDERLY}"},
            [cluster(THREE), cluster(TWO)],
            ["error blocked"],
            id="right for one cluster and wrong for another",
        ),
        pytest.param(
            {"ServerProperties": f"min.insync.replicas=1\n{ORDERLY}"},
            [cluster(TWO), cluster(THREE)],
            ["warning alone"],
            id="worse for the second cluster",
        ),
    ],
)
def test_the_clusters_decide(properties: dict[str, Any], clusters: list[dict[str, Any]], expected: list[str]) -> None:
    assert judged(properties, *clusters) == expected
