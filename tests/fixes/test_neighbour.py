"""New members stand beside those that they belong to, and in the order that the author keeps."""

from __future__ import annotations

import pytest

from relint.fixes.edit import Edit
from relint.fixes.text_edits import edit_document
from relint.source.read import read_document

HEAD = "Resources:\n  One:\n"


def added(members: str, *edits: Edit, others: str = "") -> list[str]:
    """The lines of a resource, which `members` are the members of, after edits."""
    document, _ = edit_document(read_document(f"{HEAD}{members}{others}", "t.yaml"), edits)
    return document.source.text.removeprefix(HEAD).removesuffix(others).splitlines()


def attribute(name: str, value: str = "Retain") -> Edit:
    return Edit("set", ("Resources", "One", name), value)


def prop(name: str, value: object = 1) -> Edit:
    return Edit("set", ("Resources", "One", "Properties", name), value)


BUCKET = "    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: a\n"
POLICIES = (attribute("UpdateReplacePolicy"), attribute("DeletionPolicy"))


def test_attributes_stand_between_type_and_properties() -> None:
    assert added(BUCKET, *POLICIES)[:3] == [
        "    Type: AWS::S3::Bucket",
        "    DeletionPolicy: Retain",
        "    UpdateReplacePolicy: Retain",
    ]


def test_attributes_stand_behind_the_properties_where_other_resources_have_them_there() -> None:
    other = f"  Two:\n{BUCKET}    DeletionPolicy: Retain\n"
    assert added(BUCKET, *POLICIES, others=other)[3:] == [
        "    DeletionPolicy: Retain",
        "    UpdateReplacePolicy: Retain",
    ]


@pytest.mark.parametrize("names", [("DeletionPolicy", "UpdateReplacePolicy"), ("CreationPolicy", "UpdatePolicy")])
@pytest.mark.parametrize("known", [0, 1])
def test_attribute_stands_beside_its_partner(names: tuple[str, str], known: int) -> None:
    lines = added(f"{BUCKET}    {names[known]}: Retain\n    DependsOn: Two\n", attribute(names[1 - known]))
    assert lines[3:] == [f"    {names[0]}: Retain", f"    {names[1]}: Retain", "    DependsOn: Two"]


def test_attribute_stands_before_a_partner_that_is_the_first_member() -> None:
    lines = added("    UpdateReplacePolicy: Retain\n    Type: AWS::S3::Bucket\n", attribute("DeletionPolicy"))
    assert lines[:2] == ["    DeletionPolicy: Retain", "    UpdateReplacePolicy: Retain"]


def properties(*names: str, new: str) -> list[str]:
    text = "    Type: AWS::S3::Bucket\n    Properties:\n" + "".join(f"      {name}: 0\n" for name in names)
    return [line.split(":")[0].strip() for line in added(text, prop(new))[2:]]


@pytest.mark.parametrize(
    ("names", "new", "position"),
    [
        (("A", "C", "D", "E"), "B", 1),
        (("B", "C", "D", "E"), "A", 0),
        (("A", "B", "C", "D"), "E", 4),
        (("A", "C", "D"), "B", 3),
        (("A", "D", "C", "E"), "B", 4),
    ],
)
def test_new_property_keeps_alphabetical_order(names: tuple[str, ...], new: str, position: int) -> None:
    assert properties(*names, new=new).index(new) == position


@pytest.mark.parametrize(
    ("names", "new", "previous"),
    [
        (("MinSize", "HealthCheckType", "Cooldown"), "HealthCheckGracePeriod", "HealthCheckType"),
        (("Engine", "AllocatedStorage", "DBName"), "MaxAllocatedStorage", "AllocatedStorage"),
        (("VpcId", "EnableDnsSupport", "CidrBlock"), "EnableDnsHostnames", "EnableDnsSupport"),
        (("VpcId", "EnableDnsSupport", "CidrBlock"), "EnableNetworkAddressUsageMetrics", "CidrBlock"),
        (("Engine", "MaxSize", "DBName"), "MultiAZ", "DBName"),
    ],
)
def test_new_property_stands_behind_the_one_that_it_belongs_to(names: tuple[str, ...], new: str, previous: str) -> None:
    found = properties(*names, new=new)
    assert found[found.index(new) - 1] == previous


def test_members_that_come_together_are_in_order_whatever_the_order_of_their_fixes() -> None:
    edits = [prop(name) for name in ("Zoo", "Ark", "Map")]
    assert [line.split(":")[0].strip() for line in added(BUCKET, *edits)[3:]] == ["Ark", "Map", "Zoo"]


TOPIC = "  {}:\n    Type: AWS::SNS::Topic\n"
NEW = Edit("set", ("Resources", "New"), {"Type": "AWS::SNS::Topic"})


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("between", "after"),
    [
        (("", ""), ""),
        (("\n", "\n"), "\n"),
        (("\n", ""), "\n"),
        (("", "", "\n"), ""),
        (("  # why\n",), ""),
        (("\n  # why\n",), "\n"),
    ],
)
def test_new_resource_stands_apart_as_the_others_do(between: tuple[str, ...], after: str, line_break: str) -> None:
    text = "Resources:\n" + TOPIC.format("Zero")
    text += "".join(gap + TOPIC.format(f"Topic{number}") for number, gap in enumerate(between))
    expected = text + after + TOPIC.format("New")
    document, _ = edit_document(read_document(text.replace("\n", line_break), "t.yaml"), [NEW])
    assert document.source.text == expected.replace("\n", line_break)


@pytest.mark.parametrize("gap", ["", "\n"])
def test_second_resource_stands_apart_as_the_sections_do(gap: str) -> None:
    text = f"Description: topics\n{gap}Resources:\n{TOPIC.format('Zero')}"
    document, _ = edit_document(read_document(text, "t.yaml"), [NEW])
    assert document.source.text == text + gap + TOPIC.format("New")


def test_gap_behind_a_block_scalar_is_seen() -> None:
    resource = "  {}:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: |\n        a\n"
    text = f"Resources:\n{resource.format('First')}\n{resource.format('Second')}"
    document, _ = edit_document(read_document(text, "t.yaml"), [NEW])
    assert document.source.text == f"{text}\n{TOPIC.format('New')}"
