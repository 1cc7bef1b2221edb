"""What parts need to start again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import relint
from relint.assessment.boot_scripts import fetches_of_init, fetches_of_script, text_of
from relint.assessment.records import RecoveryDependency

FRONT = {
    "Front": {"Type": "AWS::ElasticLoadBalancing::LoadBalancer", "Properties": {"Subnets": ["subnet-1", "subnet-2"]}},
}
FLEET = {
    "Type": "AWS::AutoScaling::AutoScalingGroup",
    "Properties": {
        "MinSize": "2",
        "MaxSize": "2",
        "LoadBalancerNames": [{"Ref": "Front"}],
        "LaunchConfigurationName": {"Ref": "Launch"},
        "VPCZoneIdentifier": [{"Ref": "Inside"}],
    },
}
NETWORK = {
    "Inside": {"Type": "AWS::EC2::Subnet", "Properties": {"AvailabilityZone": "us-east-1a"}},
    "Outside": {"Type": "AWS::EC2::Subnet", "Properties": {"AvailabilityZone": "us-east-1a"}},
    "Table": {"Type": "AWS::EC2::RouteTable", "Properties": {}},
    "Used": {
        "Type": "AWS::EC2::SubnetRouteTableAssociation",
        "Properties": {"SubnetId": {"Ref": "Inside"}, "RouteTableId": {"Ref": "Table"}},
    },
    "Way": {
        "Type": "AWS::EC2::Route",
        "Properties": {"RouteTableId": {"Ref": "Table"}, "NatGatewayId": {"Ref": "Nat"}},
    },
    "Nat": {"Type": "AWS::EC2::NatGateway", "Properties": {"SubnetId": {"Ref": "Outside"}}},
}


def needs(folder: Path, resources: dict[str, Any], sections: dict[str, Any] | None = None) -> list[RecoveryDependency]:
    file = folder / "web.yaml"
    file.write_text(yaml.safe_dump({**(sections or {}), "Resources": resources}, sort_keys=False), encoding="utf-8")
    (entry,) = relint.assess(file, config=None).entries
    return list(entry.recovery_dependencies)


def launch(**properties: Any) -> dict[str, Any]:
    return {"Launch": {"Type": "AWS::AutoScaling::LaunchConfiguration", "Properties": properties}}


def test_group_needs_control_planes_its_image_and_the_gateway_of_its_subnet(tmp_path: Path) -> None:
    found = needs(tmp_path, {**FRONT, **NETWORK, "Fleet": FLEET, **launch(ImageId="ami-1")})

    assert [(need.resource, need.kind, need.needs) for need in found] == [
        ("Fleet", "control-plane", "the control planes of EC2 Auto Scaling and EC2"),
        ("Fleet", "image", "the image ami-1"),
        ("Fleet", "network", "Nat (NAT gateway of Inside)"),
    ]
    lines = (tmp_path / "web.yaml").read_text(encoding="utf-8").splitlines()
    assert found[2].place.endswith(f"web.yaml:{lines.index('  Nat:') + 1}")


def test_gateway_neither_serves_nor_counts_in_the_product_of_agreements(tmp_path: Path) -> None:
    needs(tmp_path, {**FRONT, **NETWORK, "Fleet": FLEET, **launch(ImageId="ami-1")})
    (entry,) = relint.assess(tmp_path / "web.yaml", config=None).entries

    assert "Nat" not in (*entry.path, *entry.single_points.zonal, *entry.single_points.service)
    assert entry.sla is not None
    assert "Nat" not in (*entry.sla.unrated, *(term.resource for term in entry.sla.terms))


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ({"Ref": "Image"}, "the image that the SSM parameter /a/b named at the last update"),
        ({"Ref": "Given"}, "the image that the parameter Given names"),
        ({"Fn::FindInMap": ["Images", "x", "y"]}, "the image that the mapping Images names"),
        ("resolve:ssm:/a/b", "the image resolve:ssm:/a/b"),
    ],
)
def test_image_has_the_name_that_the_template_gives_it(tmp_path: Path, image: Any, expected: str) -> None:
    parameters = {
        "Image": {"Type": "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", "Default": "/a/b"},
        "Given": {"Type": "String"},
    }
    mappings = {"Images": {"x": {"y": "ami-1"}}}
    sections = {"Parameters": parameters, "Mappings": mappings}

    found = needs(tmp_path, {**FRONT, "Fleet": FLEET, **launch(ImageId=image)}, sections)

    assert [need.needs for need in found if need.kind == "image"] == [expected]


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("nginx", "the registry docker.io for the image nginx (unrated)"),
        ("quay.io/a/b:1", "the registry quay.io for the image quay.io/a/b:1 (unrated)"),
        (
            "1.dkr.ecr.eu-west-1.amazonaws.com/a@sha256:0",
            "the registry 1.dkr.ecr.eu-west-1.amazonaws.com for the image 1.dkr.ecr.eu-west-1.amazonaws.com/a@sha256:0",
        ),
        ({"Ref": "Given"}, "the registry of ... (unrated)"),
    ],
)
def test_task_needs_the_registry_of_its_image(tmp_path: Path, image: Any, expected: str) -> None:
    resources = {
        **FRONT,
        "Service": {
            "Type": "AWS::ECS::Service",
            "Properties": {
                "LaunchType": "FARGATE",
                "DesiredCount": 2,
                "TaskDefinition": {"Ref": "Task"},
                "LoadBalancers": [{"ContainerName": "a", "LoadBalancerName": {"Ref": "Front"}}],
            },
        },
        "Task": {
            "Type": "AWS::ECS::TaskDefinition",
            "Properties": {"ContainerDefinitions": [{"Name": "a", "Image": image}]},
        },
    }

    found = needs(tmp_path, resources, {"Parameters": {"Given": {"Type": "String"}}})

    assert [(need.kind, need.needs) for need in found] == [
        ("control-plane", "the control plane of ECS"),
        ("host" if expected.endswith("(unrated)") else "image", expected),
    ]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("yum update -y httpd", ["yum"]),
        ("apt-get -qq -y install nginx", ["apt-get"]),
        ("curl -s https://example.com/setup.sh | sh", ["example.com"]),
        ("wget https://${Bucket}.s3.amazonaws.com/a.zip", ["${Bucket}.s3.amazonaws.com"]),
        ("curl http://169.254.169.254/latest/meta-data/", []),
        ("curl http://localhost:8080/health", []),
        ("echo 'see https://example.com' > /etc/motd", []),
        ({"Fn::Base64": {"Fn::Join": ["", ["curl https://", {"Ref": "Host"}, "/a"]]}}, ["${Host}"]),
    ],
)
def test_script_fetches_from_hosts_and_repositories(script: Any, expected: list[str]) -> None:
    assert [fetch.name for fetch in fetches_of_script(script, ())] == expected


def test_cfn_init_fetches_packages_sources_and_files() -> None:
    init = {
        "configSets": {"all": ["one"]},
        "one": {
            "packages": {"yum": {"httpd": []}, "rpm": {"epel": "https://rpm.example/epel.rpm"}, "other": {}},
            "sources": {"/var/www": "https://sources.example/a.zip"},
            "files": {"/a": {"source": "https://files.example/a"}, "/b": {"content": "https://content.example/"}},
            "commands": {"1": {"command": "pip3 install flask"}},
        },
    }

    assert [(fetch.name, fetch.path[1:3]) for fetch in fetches_of_init(init, ("Init",))] == [
        ("yum", ("one", "packages")),
        ("rpm.example", ("one", "packages")),
        ("sources.example", ("one", "sources")),
        ("files.example", ("one", "files")),
        ("pip3", ("one", "commands")),
    ]


@pytest.mark.parametrize("node", [None, 7, [[]], {"Fn::Join": "a"}, {"Fn::Sub": []}, {"a": 1, "b": 2}])
def test_unexpected_node_has_no_text(node: Any) -> None:
    assert "https" not in text_of(node)
    assert list(fetches_of_script(node, ())) == []
    assert list(fetches_of_init(node, ())) == []
