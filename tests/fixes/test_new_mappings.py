"""Edits that add members to one mapping that a template lacks add it once."""

from __future__ import annotations

from relint.fixes.edit import Edit
from relint.fixes.new_mappings import join_members

BUCKET = ("Resources", "Files")
STATUS = Edit("set", (*BUCKET, "Properties", "VersioningConfiguration", "Status"), "Enabled")
RULES = Edit("set", (*BUCKET, "Properties", "LifecycleConfiguration", "Rules"), [{"Id": "Old"}])


def test_members_of_a_missing_mapping_are_one_edit() -> None:
    data = {"Resources": {"Files": {"Type": "AWS::S3::Bucket"}}}
    properties = {
        "VersioningConfiguration": {"Status": "Enabled"},
        "LifecycleConfiguration": {"Rules": [{"Id": "Old"}]},
    }
    assert join_members(data, [STATUS, RULES]) == (Edit("set", (*BUCKET, "Properties"), properties),)


def test_members_of_a_mapping_that_is_there_stay_apart() -> None:
    data = {"Resources": {"Files": {"Type": "AWS::S3::Bucket", "Properties": {}}}}
    paths = [edit.path for edit in join_members(data, [STATUS, RULES])]
    assert paths == [
        (*BUCKET, "Properties", "VersioningConfiguration"),
        (*BUCKET, "Properties", "LifecycleConfiguration"),
    ]


def test_items_of_one_list_and_removals_stay_as_they_are() -> None:
    data = {"Resources": {"Files": {"Properties": {"Rules": [1]}}}}
    rules = (*BUCKET, "Properties", "Rules")
    edits = (Edit("add", rules, 2), Edit("add", rules, 3), Edit("remove", (*BUCKET, "Properties", "Other")))
    assert join_members(data, edits) == edits
