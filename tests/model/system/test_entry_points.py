"""Entry points that records lead to."""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.system.entry_points import entry_points
from tests.helpers.views import view_of

SERVER = {"Type": "AWS::EC2::Instance", "Properties": {}}
SERVERS = {"One": SERVER, "Two": SERVER}
CHECK = {"Type": "AWS::Route53::HealthCheck", "Properties": {"HealthCheckConfig": {"Type": "TCP"}}}


def record(target: Any, name: str = "www.example.", **properties: Any) -> dict[str, Any]:
    values = {"Name": name, "Type": "A", "TTL": "60", "ResourceRecords": [target]}
    return {"Type": "AWS::Route53::RecordSet", "Properties": {**values, **properties}}


def of(name: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, "PublicIp"]}


def found(resources: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the names that lead to each entry point."""
    return {point.resource.logical_id: point.names for point in entry_points(view_of(resources))}


def member(target: str, **properties: Any) -> dict[str, Any]:
    return record(of(target), SetIdentifier=target, **properties)


def test_record_is_collapsed_to_the_host_behind_an_address() -> None:
    resources = {
        "Name": record({"Ref": "Address"}),
        "Address": {"Type": "AWS::EC2::EIP", "Properties": {}},
        "Given": {
            "Type": "AWS::EC2::EIPAssociation",
            "Properties": {"AllocationId": {"Fn::GetAtt": ["Address", "AllocationId"]}, "InstanceId": {"Ref": "One"}},
        },
        "One": SERVER,
    }

    assert found(resources) == {"One": ("Name",)}


def test_host_with_other_callers_stays_behind_them() -> None:
    code = {"Type": "AWS::Lambda::Function", "Properties": {"Environment": {"Variables": {"HOST": of("One")}}}}

    assert found({"Name": record(of("One")), "One": SERVER, "Code": code}) == {}


def test_address_without_a_host_adds_no_entry_point() -> None:
    assert found({"Name": record({"Ref": "Address"}), "Address": {"Type": "AWS::EC2::EIP", "Properties": {}}}) == {}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"Failover": "SECONDARY"}, {"Failover": "PRIMARY", "HealthCheckId": {"Ref": "Check"}}),
        ({"Failover": "SECONDARY"}, {"Failover": "PRIMARY", "HealthCheckId": "abc"}),
        ({"Weight": 1, "HealthCheckId": {"Ref": "Check"}}, {"Weight": 1, "HealthCheckId": {"Ref": "Check"}}),
    ],
)
def test_first_of_interchangeable_records_is_the_entry_point(first: dict[str, Any], second: dict[str, Any]) -> None:
    points = found({**SERVERS, "Check": CHECK, "A": member("One", **first), "B": member("Two", **second)})

    assert points == ({"B": ("A",)} if "Failover" in first else {"A": ("B",)})


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"Failover": "PRIMARY"}, {"Failover": "SECONDARY"}),
        ({"Weight": 1, "HealthCheckId": {"Ref": "Check"}}, {"Weight": 1}),
        ({"GeoLocation": {"ContinentCode": "EU"}, "HealthCheckId": "a"}, {"GeoLocation": {"CountryCode": "*"}}),
    ],
    ids=["nothing watches the primary one", "one is not watched", "each serves other clients"],
)
def test_records_for_different_clients_name_their_targets(first: dict[str, Any], second: dict[str, Any]) -> None:
    points = found({**SERVERS, "Check": CHECK, "A": member("One", **first), "B": member("Two", **second)})

    assert points == {"One": ("A",), "Two": ("B",)}


def test_target_with_a_name_of_its_own_is_an_entry_point_beside_the_records() -> None:
    records = {
        "A": member("One", Failover="PRIMARY", HealthCheckId="abc"),
        "B": member("Two", Failover="SECONDARY"),
        "Own": record(of("Two"), "two.example."),
    }

    assert found({**SERVERS, **records}) == {"A": ("B",), "Two": ("B", "Own")}
