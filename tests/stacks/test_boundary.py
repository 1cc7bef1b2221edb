"""Files that nested stacks may and may not name."""

from __future__ import annotations

import os

import pytest

from tests.helpers.nested_stacks import CHILD, StackProject


@pytest.mark.parametrize("url", ["../outside.yaml", "link.yaml", "sub/../../outside.yaml"])
def test_nested_templates_outside_of_the_checked_folders_are_not_read(stacks: StackProject, url: str) -> None:
    stacks.write("../outside.yaml", CHILD)
    os.symlink("../outside.yaml", "link.yaml")
    stacks.write_parent(url)
    report = stacks.check("parent.yaml")
    assert report.templates == ("parent.yaml",)
    assert not report.findings
    assert not report.failures


@pytest.mark.parametrize("url", ["https://example.com/child.yaml", "s3://bucket/child.yaml", "/etc/passwd", '"a\\0b"'])
def test_urls_of_nested_templates_are_not_opened(stacks: StackProject, url: str) -> None:
    stacks.write_parent(url)
    assert stacks.findings("parent.yaml") == []


def test_link_to_a_folder_outside_is_not_followed(stacks: StackProject) -> None:
    stacks.write("../elsewhere/child.yaml", CHILD)
    os.symlink("../elsewhere", "sub")
    stacks.write_parent("sub/child.yaml")
    assert stacks.findings("parent.yaml") == []
    assert stacks.findings("..")  # named: the folder that holds both


def test_folder_whose_name_starts_alike_is_not_inside(stacks: StackProject) -> None:
    stacks.write("../inside-too/child.yaml", CHILD)
    stacks.write_parent("../inside-too/child.yaml")
    assert stacks.findings("parent.yaml") == []


def test_unreadable_nested_template_is_reported_at_the_parent(stacks: StackProject) -> None:
    stacks.write("child.template", "Resources: [")
    stacks.write_parent("child.template")
    (failure,) = stacks.check("parent.yaml").failures
    assert failure.file == "parent.yaml"
    assert failure.span is not None
    assert failure.span.start.line == 2
    assert "child.template" in failure.message


@pytest.mark.parametrize("url", ["missing.yaml", "sub", "README"], ids=["not there", "a folder", "no template"])
def test_nested_file_that_is_not_a_template_is_reported_at_the_parent(stacks: StackProject, url: str) -> None:
    stacks.write("sub/other.yaml", "a: b\n")
    stacks.write("README", "a: b\n")
    stacks.write_parent(url)
    (failure,) = stacks.check("parent.yaml").failures
    assert (failure.file, failure.span and failure.span.start.line) == ("parent.yaml", 2)


def test_file_has_the_same_name_through_links_and_absolute_paths(stacks: StackProject) -> None:
    os.symlink("child.yaml", "link.yaml")
    stacks.write_parent("link.yaml", "{Standby: 'false'}")
    assert [finding[:2] for finding in stacks.findings("child.yaml", "parent.yaml")] == [("child.yaml", "fail")]
    assert [finding[:2] for finding in stacks.findings("child.yaml", os.path.abspath("parent.yaml"))] == [
        ("child.yaml", "fail")
    ]


def test_excluded_nested_template_is_not_checked(stacks: StackProject) -> None:
    stacks.configure("select: [RDS-701]\nexclude: [child.yaml]\n")
    stacks.write_parent("child.yaml")
    assert stacks.findings() == []
    assert stacks.findings("parent.yaml") == []


def test_configuration_beside_a_nested_template_applies(stacks: StackProject) -> None:
    stacks.write("sub/child.template", CHILD)
    stacks.write("sub/relint.yaml", "severity: {RDS-701: note}\nfail-on: never\n")
    stacks.write_parent("sub/child.template")
    report = stacks.check("parent.yaml")
    assert [(finding.file, finding.level) for finding in report.findings] == [("sub/child.template", "note")]
    assert report.fail_on == {"sub/child.template": "never"}


def test_assembled_template_name_need_not_exist(stacks: StackProject) -> None:
    stacks.write_parent("!Sub '${Kind}.yaml'", head="Parameters: {Kind: {Type: String, Default: nothing}}\n")
    assert stacks.findings("parent.yaml") == []
    stacks.write_parent("!Sub '${Kind}.yaml'", head="Parameters: {Kind: {Type: String, Default: child}}\n")
    assert [finding[:2] for finding in stacks.findings("parent.yaml")] == [("child.yaml", "fail")]
