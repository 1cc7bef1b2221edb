"""Names of zones and of lists of zones in messages."""

from __future__ import annotations

import pytest

from relint.model.zone_names import describe_arn, describe_expression
from relint.resolve.value import Expression

LIST = ("Ref", "Subnets")
TOPIC = ("Ref", "Topic")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("subnet-1", "subnet-1"),
        (LIST, "Subnets"),
        (("Items", LIST), "Subnets"),
        (("List", LIST, "subnet-1"), "Subnets"),
        (("List",), "List"),
        (("Zone", "eu-west-1a"), "eu-west-1a"),
        (("Id", "subnet-1"), "subnet-1"),
        (("Anywhere", "First"), "First"),
        (("GetAtt", "Network", "Outputs.Subnets"), "Network.Outputs.Subnets"),
        (("Select", 1, LIST), "item 1 of Subnets"),
        (("GetAZs", ("Ref", "AWS::Region")), "the zones of the Region"),
        (("ImportValue", "net-subnets"), "import net-subnets"),
        (("GetStackOutput", "net", "Subnets", ""), "output Subnets of stack net"),
        (("GetStackOutput", "net", "Subnets", "eu-west-1", "role"), "output Subnets of stack net in eu-west-1"),
        (("Concat", "net-", LIST, "-a"), "net-${Subnets}-a"),
        (("Dynamic", "{{resolve:ssm:/a}}"), "{{resolve:ssm:/a}}"),
        (("Split", ",", LIST), "Subnets"),
        (("Join", ",", LIST), "Subnets"),
        (("FindInMap", "Zones", ("Ref", "AWS::Region"), "A"), "entry AWS::Region.A of mapping Zones"),
        (("Member", LIST, "First"), "Subnets.First"),
        (("Macro", "path"), "a value that a macro adds"),
        (("Map", ("a", "b")), "a mapping"),
        (("Transform", "path"), "a value that a macro makes"),
        ((), "?"),
        (("Cidr", LIST), "Fn::Cidr"),
    ],
    ids=str,
)
def test_expression_is_named(expression: Expression, expected: str) -> None:
    assert describe_expression(expression) == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("arn:aws:sns:eu-west-1:111122223333:alarms", "alarms"),
        ("alarms", "alarms"),
        (("Concat", "arn:aws:sns:", ("Ref", "AWS::Region"), ":1:", TOPIC), "${Topic}"),
        (("Dynamic", "{{resolve:ssm:/a:1}}"), "{{resolve:ssm:/a:1}}"),
    ],
    ids=str,
)
def test_arn_is_named_by_its_last_part(expression: Expression, expected: str) -> None:
    assert describe_arn(expression) == expected
