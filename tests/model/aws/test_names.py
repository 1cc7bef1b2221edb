"""Names that AWS stores, and texts and ARNs that contain them."""

from __future__ import annotations

from typing import Any

import pytest

from relint.model.aws.arn_names import is_named_by, referents_by_arn, referrers_by_arn
from relint.model.aws.resource_names import stored_name
from relint.model.name_matching import matches_name, name_matcher, refers_to_other_resource
from relint.resolve.value import ABSENT, Unknown
from tests.helpers.views import view_of

UNKNOWN_NAME = Unknown(("Concat", "Shop-", ("Ref", "Stage")), "why")


@pytest.mark.parametrize(
    ("resource_type", "expected"),
    [
        *(
            (name, "orders")
            for name in (
                "AWS::DAX::Cluster",
                "AWS::DMS::ReplicationInstance",
                "AWS::DocDB::DBCluster",
                "AWS::DocDB::DBInstance",
                "AWS::ElastiCache::CacheCluster",
                "AWS::ElastiCache::ReplicationGroup",
                "AWS::ElastiCache::ServerlessCache",
                "AWS::Neptune::DBCluster",
                "AWS::Neptune::DBInstance",
                "AWS::RDS::DBCluster",
                "AWS::RDS::DBInstance",
                "AWS::RDS::GlobalCluster",
                "AWS::Redshift::Cluster",
            )
        ),
        ("AWS::SQS::Queue", "Orders"),
        ("AWS::DynamoDB::Table", "Orders"),
        ("AWS::Lambda::Function", "Orders"),
    ],
)
def test_identifier_of_a_database_is_stored_in_lower_case(resource_type: str, expected: str) -> None:
    assert stored_name(resource_type, "Orders") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (UNKNOWN_NAME, UNKNOWN_NAME._replace(expression=("Concat", "shop-", ("Ref", "Stage")))),
        (("Concat", "Shop-", ("Ref", "Stage")), ("Concat", "shop-", ("Ref", "Stage"))),
        (("Ref", "Stage"), ("Ref", "Stage")),
        (ABSENT, ABSENT),
        (7, 7),
    ],
    ids=str,
)
def test_unknown_parts_of_an_identifier_are_kept(name: Any, expected: Any) -> None:
    assert stored_name("AWS::RDS::DBInstance", name) == expected


STAGE = Unknown(("Ref", "Stage"), "why")


@pytest.mark.parametrize(
    ("arn", "name", "expected"),
    [
        ("arn:aws:sqs:eu-west-1:111122223333:orders", "orders", True),
        ("arn:aws:sqs:eu-west-1:111122223333:orders", "users", False),
        ("arn:aws:sqs:eu-west-1:111122223333:old-orders", "orders", False),
        ("orders", "orders", False),
        (ABSENT, ABSENT, False),
        ("arn:aws:sqs:eu-west-1:111122223333:orders", ABSENT, False),
        ({"Ref": "Queue"}, "orders", False),
        (Unknown(("Concat", "arn:aws:sqs:", ("Ref", "AWS::Region"), ":1:orders"), "why"), "orders", True),
        (Unknown(("Concat", "arn:aws:sqs:eu-west-1:1:", ("Ref", "Stage")), "why"), STAGE, True),
        (Unknown(("Concat", "arn:aws:sqs:eu-west-1:1:", ("Ref", "Other")), "why"), STAGE, False),
        (STAGE, STAGE, False),
        ("arn:aws:sqs:eu-west-1:111122223333:7", 7, True),
    ],
    ids=str,
)
def test_arn_of_a_queue_ends_with_its_name(arn: Any, name: Any, expected: bool) -> None:
    assert is_named_by(arn, name) is expected


@pytest.mark.parametrize(
    ("name", "arn", "is_reference"),
    [
        ("orders", {"Fn::GetAtt": ["Queue", "Arn"]}, True),
        (None, {"Fn::GetAtt": ["Queue", "Arn"]}, True),
        ("orders", {"Fn::Sub": "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders"}, True),
        ("orders", "arn:aws:sqs:eu-west-1:111122223333:users", False),
        ({"Ref": "Stage"}, {"Fn::Sub": "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Stage}"}, True),
        (None, "arn:aws:sqs:eu-west-1:111122223333:orders", False),
    ],
    ids=str,
)
def test_mapping_reads_the_queue_of_its_arn(name: Any, arn: Any, is_reference: bool) -> None:
    path = ("Properties", "EventSourceArn")
    view = view_of(
        {
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {} if name is None else {"QueueName": name}},
            "Other": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "others"}},
            "Mapping": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": {"EventSourceArn": arn}},
        },
        Parameters={"Stage": {"Type": "String"}},
    )
    queue, mapping = view.template.resources["Queue"], view.template.resources["Mapping"]
    referents = referents_by_arn(view, mapping, path, "AWS::SQS::Queue", "QueueName")
    referrers = referrers_by_arn(view, queue, "AWS::Lambda::EventSourceMapping", path, "QueueName")
    assert (referents, referrers) == (([queue], [mapping]) if is_reference else ([], []))


RESOURCES = {
    "Named": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "Orders"}},
    "Unnamed": {"Type": "AWS::SQS::Queue"},
    "ByStage": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "shop-${Stage}"}}},
    "ByParameter": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Ref": "Stage"}}},
    "Database": {"Type": "AWS::RDS::DBInstance", "Properties": {"DBInstanceIdentifier": "Orders"}},
    "Resolver": {"Type": "Custom::Name", "Properties": {"ServiceToken": "arn", "Queue": {"Ref": "Unnamed"}}},
    "Unrelated": {"Type": "Custom::Name", "Properties": {"ServiceToken": "arn"}},
}
NAMES = {"AWS::SQS::Queue": "QueueName", "AWS::RDS::DBInstance": "DBInstanceIdentifier"}


@pytest.mark.parametrize(
    ("logical_id", "text", "expected"),
    [
        ("Named", "Orders", True),
        ("Named", "orders", False),
        ("Named", "Orders2", False),
        ("Database", "orders", True),
        ("Database", "Orders", False),
        ("Named", {"Ref": "Named"}, True),
        ("Named", {"Fn::GetAtt": ["Named", "QueueName"]}, True),
        ("Named", {"Ref": "Unnamed"}, False),
        ("Named", {"Ref": "Stage"}, None),
        ("Named", {"Fn::Sub": "shop-${Stage}"}, False),
        ("Named", {"Fn::Sub": "Ord${Stage}"}, None),
        ("Named", {"Fn::Sub": "${Stage}s"}, None),
        ("Named", {"Fn::Sub": "${Stage}x"}, False),
        ("Unnamed", "Orders", False),
        ("Unnamed", {"Ref": "Unnamed"}, True),
        ("Unnamed", {"Ref": "Stage"}, None),
        ("Unnamed", {"Ref": "AWS::StackName"}, False),
        ("Unnamed", {"Ref": "Resolver"}, None),
        ("Unnamed", {"Ref": "Unrelated"}, False),
        ("ByStage", {"Fn::Sub": "shop-${Stage}"}, True),
        ("ByStage", {"Fn::Sub": "old-${Stage}"}, False),
        ("ByStage", {"Fn::Sub": "shop-${Stage}-b"}, False),
        ("ByStage", "shop-a", None),
        ("ByStage", "users", False),
        ("ByStage", {"Ref": "Stage"}, False),
        ("ByParameter", {"Ref": "Stage"}, True),
        ("ByParameter", "Orders", None),
        ("Named", {"Ref": "AWS::NoValue"}, False),
        ("Named", ["Orders"], False),
    ],
    ids=str,
)
def test_text_is_the_name_of_a_resource(logical_id: str, text: Any, expected: bool | None) -> None:
    view = view_of(RESOURCES, Parameters={"Stage": {"Type": "String"}})
    resource = view.template.resources[logical_id]
    matcher = name_matcher(view, resource, [("Properties", NAMES[resource.type])])
    result = matches_name(view, matcher, view.scenario.resolve(text, ()).value)
    assert (None if isinstance(result, Unknown) else result) is expected


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        ({"Ref": "Named"}, True),
        ({"Fn::GetAtt": ["Named", "QueueName"]}, True),
        ({"Fn::GetAtt": "Named.QueueName"}, True),
        ({"Ref": "Unnamed"}, False),
        ({"Ref": "Stage"}, False),
        ({"Ref": "Resolver"}, False),
        ({"Fn::Sub": "${Named}"}, False),
        ({"Ref": "Named", "More": 1}, False),
        ({"Ref": ["Named"]}, True),
        ({"Ref": []}, False),
        ("Named", False),
    ],
    ids=str,
)
def test_reference_to_another_resource_is_not_the_name(node: Any, expected: bool) -> None:
    view = view_of(RESOURCES, Parameters={"Stage": {"Type": "String"}})
    matcher = name_matcher(view, view.template.resources["Unnamed"], [("Properties", "QueueName")])
    assert refers_to_other_resource(view, matcher, node) is expected
