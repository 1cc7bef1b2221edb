"""The instances of a database cluster."""

from __future__ import annotations

import json
from typing import Any

import pytest

from relint.model.aws.rds_clusters import fellow_members, members_of
from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.source.read import read_document

INSTANCE = "AWS::RDS::DBInstance"


def view_of(cluster: dict[str, Any], **identifiers: Any) -> View:
    instances = {
        name: {"Type": INSTANCE, "Properties": {} if value is None else {"DBClusterIdentifier": value}}
        for name, value in identifiers.items()
    }
    resources = {"Cluster": {"Type": "AWS::RDS::DBCluster", "Properties": cluster}, **instances}
    data = {"Parameters": {"Name": {"Type": "String"}}, "Resources": resources}
    template = Template(read_document(json.dumps(data).encode(), "t.json"))
    return View(template, Scenario(template.deployments))


@pytest.mark.parametrize(
    ("cluster_name", "identifier", "is_member"),
    [
        pytest.param(None, {"Ref": "Cluster"}, True, id="a reference"),
        pytest.param("orders", {"Ref": "Cluster"}, True, id="a reference to a named cluster"),
        pytest.param("orders", "orders", True, id="its name"),
        pytest.param("Orders", "orders", True, id="its name in another case"),
        pytest.param("orders", "users", False, id="another name"),
        pytest.param({"Ref": "Name"}, {"Ref": "Name"}, True, id="the same parameter"),
        pytest.param(None, "orders", False, id="a name that the cluster does not have"),
        pytest.param(None, None, False, id="an instance of no cluster beside a cluster without a name"),
        pytest.param("orders", None, False, id="an instance of no cluster"),
    ],
)
def test_instance_is_a_member_by_reference_or_name(cluster_name: Any, identifier: Any, is_member: bool) -> None:
    view = view_of({} if cluster_name is None else {"DBClusterIdentifier": cluster_name}, One=identifier)
    members = members_of(view, view.template.resources["Cluster"], INSTANCE)
    assert [member.logical_id for member in members] == (["One"] if is_member else [])


@pytest.mark.parametrize(
    ("identifier", "other", "fellows"),
    [
        pytest.param({"Ref": "Cluster"}, {"Ref": "Cluster"}, ["One", "Two"], id="the cluster of the template"),
        pytest.param("elsewhere", "Elsewhere", ["One", "Two"], id="a cluster elsewhere"),
        pytest.param("elsewhere", "other", ["One"], id="two clusters elsewhere"),
        pytest.param({"Ref": "Name"}, {"Ref": "Name"}, ["One", "Two"], id="a cluster by parameter"),
        pytest.param({"Ref": "Cluster"}, "elsewhere", ["One"], id="the cluster of the template and another"),
    ],
)
def test_fellows_have_the_same_cluster(identifier: Any, other: Any, fellows: list[str]) -> None:
    view = view_of({}, One=identifier, Two=other)
    assert [member.logical_id for member in fellow_members(view, view.template.resources["One"])] == fellows
