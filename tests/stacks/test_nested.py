"""Nested stacks are checked with the parameters of their parents."""

from __future__ import annotations

from pathlib import Path

import pytest

import relint
from tests.helpers.nested_stacks import CHILD, StackProject, stack_resource


def test_nested_stack_is_checked_with_the_parameters_of_its_parent(stacks: StackProject) -> None:
    assert stacks.findings("child.yaml") == [("child.yaml", "review", 'Standby is "false"')]
    stacks.write_parent("child.yaml")
    assert stacks.findings() == [("child.yaml", "fail", 'it is deployed as "Data" of "parent.yaml"')]
    stacks.write_parent("./child.yaml", "{Standby: 'true'}")
    assert stacks.findings() == []


def test_nested_template_is_checked_although_only_its_parent_is_named(stacks: StackProject) -> None:
    stacks.write("child.template", CHILD)
    stacks.write_parent("child.template")
    assert [file for file, *_ in stacks.findings("parent.yaml")] == ["child.template"]


def test_message_names_the_parent(stacks: StackProject) -> None:
    stacks.write_parent("child.yaml")
    (finding,) = stacks.check("parent.yaml").findings
    assert finding.message.endswith('This happens when it is deployed as "Data" of "parent.yaml".')
    relint.to_sarif(stacks.check("parent.yaml"))


def test_parameter_that_the_parent_may_change_is_review(stacks: StackProject) -> None:
    head = "Parameters: {Standby: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}}\n"
    stacks.write_parent("child.yaml", "{Standby: !Ref Standby}", head)
    assert [verdict for _, verdict, _ in stacks.findings()] == ["review"]


def test_unknown_parameter_of_the_parent_replaces_the_default(stacks: StackProject) -> None:
    stacks.write("child.yaml", CHILD.replace("'true'", "'no'").replace("Default: 'no'", "Default: 'true'"))
    stacks.write_parent("child.yaml", "{Standby: !ImportValue standby}")
    assert [verdict for _, verdict, _ in stacks.findings()] == ["open"]


def test_equal_deployments_of_a_nested_stack_are_checked_once(stacks: StackProject) -> None:
    stacks.write_parent("child.yaml", "{Standby: 'true'}")
    stacks.write_parent("child.yaml", "{Standby: 'false'}", name="second.yaml")
    stacks.write_parent("child.yaml", "{Standby: 'false'}", name="third.yaml")
    assert stacks.findings() == [("child.yaml", "fail", 'it is deployed as "Data" of "second.yaml"')]


def test_nested_stacks_are_followed_downwards_and_cycles_end(stacks: StackProject) -> None:
    stacks.write_parent("sub/middle.yaml", "{Standby: 'false'}")
    stacks.write_parent(
        "../child.yaml", "{Standby: !Ref Standby}", "Parameters: {Standby: {Type: String}}\n", "sub/middle.yaml"
    )
    assert ("child.yaml", "fail", 'it is deployed as "Data" of "sub/middle.yaml"') in stacks.findings()
    stacks.write_parent("parent.yaml")
    assert stacks.findings("parent.yaml") == []
    stacks.write_parent("b.yaml", name="a.yaml")
    stacks.write_parent("a.yaml", name="b.yaml")
    stacks.findings()


def test_nested_template_of_cdk_is_found_through_metadata(stacks: StackProject) -> None:
    stacks.write("cdk.out/nested.json", CHILD)
    stacks.write(
        "cdk.out/app.yaml",
        "Resources:\n  Data:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n"
        "      TemplateURL: {'Fn::Join': ['', ['https://s3.', {Ref: AWS::URLSuffix}, /x.json]]}\n"
        "      Parameters: {Standby: 'false'}\n"
        "    Metadata: {'aws:asset:path': nested.json, 'aws:asset:property': TemplateURL}\n",
    )
    assert stacks.findings("cdk.out/app.yaml") == [
        ("cdk.out/nested.json", "fail", 'it is deployed as "Data" of "cdk.out/app.yaml"')
    ]


def test_cdk_construct_is_shown_and_is_a_logical_location(stacks: StackProject) -> None:
    from relint.report.formats import render

    construct = "    Metadata: {'aws:cdk:path': Shop/Data/Database}\n    DeletionPolicy"
    stacks.write("child.yaml", CHILD.replace("    DeletionPolicy", construct).replace("!Ref Standby", "false"))
    report = stacks.check("child.yaml")
    assert "Shop/Data/Database" in "\n".join(render(report, "text"))
    (result,) = relint.to_sarif(report)["runs"][0]["results"]
    names = [place["fullyQualifiedName"] for place in result["locations"][0]["logicalLocations"]]
    assert any("Shop/Data/Database" in name for name in names)


def test_inner_stack_is_checked_only_as_deployed(stacks: StackProject) -> None:
    head = "Parameters: {Standby: {Type: String, Default: 'false'}}\n"
    stacks.write_parent("middle.yaml", "{Standby: 'true'}")
    stacks.write_parent("child.yaml", "{Standby: !Ref Standby}", head, "middle.yaml")
    assert stacks.findings() == []


def test_stack_that_is_never_deployed_deploys_no_nested_stack(stacks: StackProject) -> None:
    head = "Conditions: {Never: !Equals [a, b]}\nResources:\n"
    stacks.write("parent.yaml", head + stack_resource("Data", "child.yaml", "{Standby: 'false'}", "Condition: Never, "))
    assert stacks.findings("parent.yaml") == []


def test_nested_stack_of_another_deployment_is_review(stacks: StackProject) -> None:
    head = (
        "Parameters: {Kind: {Type: String, Default: dev, AllowedValues: [dev, prod]}}\n"
        "Conditions: {IsProd: !Equals [!Ref Kind, prod]}\nResources:\n"
    )
    value = "{Standby: !If [IsProd, 'false', 'true']}"
    stacks.write("parent.yaml", head + stack_resource("Data", "child.yaml", value, "Condition: IsProd, "))
    assert [verdict for _, verdict, _ in stacks.findings("parent.yaml")] == ["review"]


def test_worst_verdict_of_several_deployments_is_reported(stacks: StackProject) -> None:
    children = [stack_resource("Unknown", "child.yaml", "{Standby: !ImportValue nobody}")]
    children += [stack_resource("Fixed", "child.yaml", "{Standby: 'false'}")]
    stacks.write("parent.yaml", "Resources:\n" + "".join(children))
    assert [verdict for _, verdict, _ in stacks.findings()] == ["fail"]


def test_suppression_needed_in_one_deployment_is_used(stacks: StackProject) -> None:
    stacks.configure("select: [RDS-701, CFN-000]\nreport-unused: true\n")
    note = "# relint: ignore[RDS-701] The warehouse has a copy.\n    Properties:"
    stacks.write("child.yaml", CHILD.replace("Properties:", note))
    children = [
        stack_resource("First", "child.yaml", "{Standby: 'true'}"),
        stack_resource("Second", "child.yaml", "{Standby: 'false'}"),
    ]
    stacks.write("parent.yaml", "Resources:\n" + "".join(children))
    assert {finding.rule.id for finding in stacks.check().findings if finding.affects_exit_code} == set()


def test_disallowed_parameter_value_is_reported_once(stacks: StackProject) -> None:
    stacks.write("child.yaml", CHILD.replace("Default: 'true'", "AllowedValues: [a, b]"))
    stacks.write_parent("child.yaml", "{Standby: 'c', Other: !Ref Nothing}")
    stacks.write("second.yaml", Path("parent.yaml").read_text().replace("Other", "Another"))
    assert len(stacks.check().failures) == 1


def test_report_is_the_same_with_an_executor(stacks: StackProject) -> None:
    from concurrent.futures import ThreadPoolExecutor

    stacks.write_parent("./child.yaml", "{Standby: 'false'}")
    with ThreadPoolExecutor(1) as executor:
        assert stacks.check(executor=executor) == stacks.check()


def test_loop_can_generate_nested_stacks(stacks: StackProject) -> None:
    stacks.write(
        "parent.yaml",
        "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Stacks:\n    - Name\n    - ['false']\n"
        "    - Data${Name}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, "
        "Parameters: {Standby: !Ref Name}}}\n",
    )
    assert [finding[:2] for finding in stacks.findings("parent.yaml")] == [("child.yaml", "fail")]


def test_sam_application_is_a_nested_stack(stacks: StackProject) -> None:
    properties = "{Location: child.yaml, Parameters: {Standby: 'false'}}"
    text = f"Resources:\n  Data: {{Type: AWS::Serverless::Application, Properties: {properties}}}\n"
    stacks.write("parent.yaml", f"Transform: AWS::Serverless-2016-10-31\n{text}")
    assert [finding[:2] for finding in stacks.findings()] == [("child.yaml", "fail")]


def test_template_that_no_stack_deploys_is_checked_alone(stacks: StackProject) -> None:
    head = "Conditions: {Never: !Equals [a, b]}\nResources:\n"
    stacks.write("parent.yaml", head + stack_resource("Data", "child.yaml", "{Standby: 'false'}", "Condition: Never, "))
    assert stacks.findings() == [("child.yaml", "review", 'Standby is "false"')]


def test_stack_below_a_conditional_stack_is_review(stacks: StackProject) -> None:
    head = (
        "Parameters: {Kind: {Type: String, Default: dev, AllowedValues: [dev, prod]}}\n"
        "Conditions: {IsProd: !Equals [!Ref Kind, prod]}\nResources:\n"
    )
    stacks.write("parent.yaml", head + stack_resource("Middle", "middle.yaml", attributes="Condition: IsProd, "))
    stacks.write_parent("child.yaml", "{Standby: 'false'}", name="middle.yaml")
    assert [finding[:2] for finding in stacks.findings()] == [("child.yaml", "review")]


PROD = "Parameters: {Stage: {Type: String, Default: prod, AllowedValues: [prod, dev]}}\n"
PROD += "Conditions: {IsProd: !Equals [!Ref Stage, prod]}\n"
DEV = 'IsProd is false (Stage is "dev") in "parent.yaml"'


@pytest.mark.parametrize(
    ("standby", "expected"),
    [
        pytest.param("!If [IsProd, 'true', 'false']", [("review", DEV)], id="the other branch fails"),
        pytest.param("!If [IsProd, 'false', 'true']", [("fail", None)], id="the default fails, the other passes"),
        pytest.param("!If [IsProd, 'false', 'false']", [("fail", None)], id="equal in both branches"),
        pytest.param("!If [IsProd, 'true', !ImportValue standby]", [], id="the other branch is not known"),
    ],
)
def test_values_of_the_other_deployments_of_the_parent_are_for_review(
    stacks: StackProject, standby: str, expected: list[tuple[str, str | None]]
) -> None:
    stacks.write_parent("child.yaml", f"{{Standby: {standby}}}", PROD)
    deployed = 'it is deployed as "Data" of "parent.yaml"'
    assert stacks.findings("parent.yaml") == [
        ("child.yaml", verdict, f"{deployed} and {condition}" if condition else deployed)
        for verdict, condition in expected
    ]


@pytest.mark.parametrize(
    ("days", "verdicts"),
    [
        ("!If [IsProd, !Ref AWS::NoValue, 3]", ["review"]),
        ("!If [IsProd, 14, !Ref AWS::NoValue]", []),
        ("!If [IsProd, !Ref AWS::NoValue, 30]", []),
        ("!Ref AWS::NoValue", []),
    ],
)
def test_value_that_a_branch_leaves_out_is_the_default(stacks: StackProject, days: str, verdicts: list[str]) -> None:
    child = CHILD.replace("BackupRetentionPeriod: 14", "BackupRetentionPeriod: !Ref Days")
    stacks.write("child.yaml", child.replace("Parameters: {", "Parameters: {Days: {Type: Number, Default: 14}, "))
    stacks.configure("select: [RDS-602]\n").write_parent("child.yaml", f"{{Days: {days}}}", PROD)
    assert [verdict for _, verdict, _ in stacks.findings("parent.yaml")] == verdicts


def test_values_that_the_nested_stack_rejects_are_not_deployed(stacks: StackProject) -> None:
    stacks.write("child.yaml", CHILD.replace("Default: 'true'", "Default: 'true', AllowedValues: ['true']"))
    stacks.write_parent("child.yaml", "{Standby: !If [IsProd, 'true', 'false']}", PROD)
    assert stacks.findings("parent.yaml") == []


def test_condition_of_the_outermost_parent_is_named_for_all_descendants(stacks: StackProject) -> None:
    stacks.write_parent("middle.yaml", "{Standby: !If [IsProd, 'true', 'false']}", PROD)
    head = "Parameters: {Standby: {Type: String, Default: 'true'}}\n"
    stacks.write_parent("child.yaml", "{Standby: !Ref Standby}", head, name="middle.yaml")
    assert stacks.findings("parent.yaml") == [
        ("child.yaml", "review", f'it is deployed as "Data" of "middle.yaml" and {DEV}')
    ]


def test_parent_from_text_has_the_findings_of_its_file(stacks: StackProject) -> None:
    stacks.write_parent("child.yaml")
    from_file = stacks.check("parent.yaml")
    text = stacks.read("parent.yaml")
    assert relint.check_text(text, "parent.yaml", config="find").results == from_file.results != ()
    stacks.write("parent.yaml", "Resources: {}\n")  # the text counts, not what the disk still has
    options = ("--format", "concise", "--quiet")
    named = stacks.run("check", "-", "--stdin-filename", "parent.yaml", *options, stdin=text)
    assert (named.exit_code, named.stdout.startswith("child.yaml:")) == (1, True)
    absolute = str(stacks.folder / "parent.yaml")
    assert [finding.rule.id for finding in relint.check_text(text, absolute, config="find").findings] == ["RDS-701"]


def test_nested_stack_of_a_text_without_a_file_is_skipped_with_a_reason(stacks: StackProject) -> None:
    stacks.write_parent("child.yaml")
    text = stacks.read("parent.yaml")
    report = relint.check_text(text)
    assert (report.results, report.failures) == ((), ())
    assert report.skipped == {"child.yaml": "nested stack of 'template.yaml', a text of which no file is named"}
    assert "child.yaml: skipped: nested stack of 'stdin.yaml'" in stacks.run("check", "-", "-v", stdin=text).stderr


def test_nested_stack_of_a_text_is_read_within_its_folder_only(stacks: StackProject) -> None:
    stacks.write_parent("../outside.yaml")
    (stacks.folder.parent / "outside.yaml").write_text(CHILD)
    report = relint.check_text(stacks.read("parent.yaml"), "parent.yaml")
    assert "../outside.yaml" not in report.templates


@pytest.mark.parametrize("paths", [["parent.yaml"], ["parent.yaml", "child.yaml"], ["."]])
def test_condition_of_the_parent_is_named_although_the_template_alone_is_for_review(
    stacks: StackProject, paths: list[str]
) -> None:
    assert [verdict for _, verdict, _ in stacks.findings("child.yaml")] == ["review"]
    stacks.write_parent("child.yaml", "{Standby: !If [IsProd, 'true', 'false']}", PROD)
    deployed = f'it is deployed as "Data" of "parent.yaml" and {DEV}'
    assert stacks.findings(*paths) == [("child.yaml", "review", deployed)]
