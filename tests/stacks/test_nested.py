"""Nested stacks and exported values: real folders, followed no further than they may be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import relint

CHILD = """Parameters: {Standby: {Type: String, Default: 'true'}}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {Engine: mysql, BackupRetentionPeriod: 14, DeletionProtection: true, MultiAZ: !Ref Standby}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    write("relint.yaml", "root: true\nselect: [RDS-701]\n")
    write("child.yaml", CHILD)
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def parent(url: str, parameters: str = "{Standby: 'false'}", head: str = "", name: str = "parent.yaml") -> None:
    properties = f"{{TemplateURL: {url}, Parameters: {parameters}}}"
    write(name, f"{head}Resources:\n  Data: {{Type: AWS::CloudFormation::Stack, Properties: {properties}}}\n")


def found(*paths: str) -> list[tuple[str, str, str | None]]:
    report = relint.check(*(paths or (".",)))
    assert not report.failures
    return [(one.file, one.verdict, one.scenario) for one in report.findings]


def test_nested_stack_is_checked_with_the_parameters_of_its_parent(folder: Path) -> None:
    assert found("child.yaml") == [("child.yaml", "review", 'Standby is "false"')]
    parent("child.yaml")
    assert found() == [("child.yaml", "fail", 'it is deployed as "Data" of "parent.yaml"')]
    parent("./child.yaml", "{Standby: 'true'}")
    assert found() == []


def test_nested_template_is_checked_although_only_its_parent_is_named(folder: Path) -> None:
    write("child.template", CHILD)
    parent("child.template")
    assert [file for file, *_ in found("parent.yaml")] == ["child.template"]


def test_message_names_the_parent(folder: Path) -> None:
    parent("child.yaml")
    (finding,) = relint.check("parent.yaml").findings
    assert finding.message.endswith('This happens when \'it is deployed as "Data" of "parent.yaml"\'.')
    relint.to_sarif(relint.check("parent.yaml"))


def test_parameter_that_the_parent_may_change_is_review(folder: Path) -> None:
    head = "Parameters: {Standby: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}}\n"
    parent("child.yaml", "{Standby: !Ref Standby}", head)
    assert [verdict for _, verdict, _ in found()] == ["review"]


def test_unknown_parameter_of_the_parent_replaces_the_default(folder: Path) -> None:
    write("child.yaml", CHILD.replace("'true'", "'no'").replace("Default: 'no'", "Default: 'true'"))
    parent("child.yaml", "{Standby: !ImportValue standby}")
    assert [verdict for _, verdict, _ in found()] == ["open"]


def test_equal_deployments_of_a_nested_stack_are_checked_once(folder: Path) -> None:
    parent("child.yaml", "{Standby: 'true'}")
    parent("child.yaml", "{Standby: 'false'}", name="second.yaml")
    parent("child.yaml", "{Standby: 'false'}", name="third.yaml")
    assert found() == [("child.yaml", "fail", 'it is deployed as "Data" of "second.yaml"')]


def test_nested_stacks_are_followed_downwards_and_cycles_end(folder: Path) -> None:
    parent("sub/middle.yaml", "{Standby: 'false'}")
    parent("../child.yaml", "{Standby: !Ref Standby}", "Parameters: {Standby: {Type: String}}\n", "sub/middle.yaml")
    assert ("child.yaml", "fail", 'it is deployed as "Data" of "sub/middle.yaml"') in found()
    parent("parent.yaml")
    assert found("parent.yaml") == []
    parent("b.yaml", name="a.yaml")
    parent("a.yaml", name="b.yaml")
    found()


@pytest.mark.parametrize("url", ["../outside.yaml", "link.yaml", "sub/../../outside.yaml"])
def test_nested_templates_outside_of_the_checked_folders_are_not_read(folder: Path, url: str) -> None:
    write("../outside.yaml", CHILD)
    os.symlink("../outside.yaml", "link.yaml")
    parent(url)
    report = relint.check("parent.yaml")
    assert report.templates == ("parent.yaml",)
    assert not report.findings
    assert not report.failures


@pytest.mark.parametrize("url", ["https://example.com/child.yaml", "s3://bucket/child.yaml", "/etc/passwd", '"a\\0b"'])
def test_urls_of_nested_templates_are_not_opened(folder: Path, url: str) -> None:
    parent(url)
    assert found("parent.yaml") == []


def test_unreadable_nested_template_is_reported_at_the_parent(folder: Path) -> None:
    write("child.template", "Resources: [")
    parent("child.template")
    (failure,) = relint.check("parent.yaml").failures
    assert failure.file == "parent.yaml"
    assert failure.span is not None
    assert failure.span.start.line == 2
    assert "child.template" in failure.message


def test_nested_template_of_cdk_is_found_through_metadata(folder: Path) -> None:
    write("cdk.out/nested.json", CHILD)
    write(
        "cdk.out/app.yaml",
        "Resources:\n  Data:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n"
        "      TemplateURL: {'Fn::Join': ['', ['https://s3.', {Ref: AWS::URLSuffix}, /x.json]]}\n"
        "      Parameters: {Standby: 'false'}\n"
        "    Metadata: {'aws:asset:path': nested.json, 'aws:asset:property': TemplateURL}\n",
    )
    assert found("cdk.out/app.yaml") == [
        ("cdk.out/nested.json", "fail", 'it is deployed as "Data" of "cdk.out/app.yaml"')
    ]


def test_exported_value_resolves_in_the_importing_template(folder: Path) -> None:
    write("child.yaml", CHILD.replace("!Ref Standby", "!ImportValue standby"))
    assert [verdict for _, verdict, _ in found()] == ["open"]
    output = "Outputs: {A: {Value: 'false', Export: {Name: standby}}}\n"
    write("base.yaml", f"Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}\n{output}")
    assert [verdict for _, verdict, _ in found()] == ["fail"]
    write("second.yaml", f"Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}\n{output}")
    assert [verdict for _, verdict, _ in found()] == ["open"]


def test_cdk_construct_is_shown_and_is_a_logical_location(folder: Path) -> None:
    from relint.report.formats import render

    construct = "    Metadata: {'aws:cdk:path': Shop/Data/Database}\n    DeletionPolicy"
    write("child.yaml", CHILD.replace("    DeletionPolicy", construct).replace("!Ref Standby", "false"))
    report = relint.check("child.yaml")
    assert "Shop/Data/Database" in "\n".join(render(report, "text"))
    (result,) = relint.to_sarif(report)["runs"][0]["results"]
    names = [place["fullyQualifiedName"] for place in result["locations"][0]["logicalLocations"]]
    assert any("Shop/Data/Database" in name for name in names)


def stack(logical_id: str, url: str, parameters: str = "{}", more: str = "") -> str:
    properties = f"{{TemplateURL: {url}, Parameters: {parameters}}}"
    return f"  {logical_id}: {{Type: AWS::CloudFormation::Stack, {more}Properties: {properties}}}\n"


NETWORK = """Parameters: {Zones: {Type: String, Default: 'none'}}
Resources: {Topic: {Type: AWS::SNS::Topic}}
Outputs:
  Fixed: {Value: 'false'}
  Passed: {Value: !Ref Zones}
  Id: {Value: !Ref Topic}
"""


@pytest.mark.parametrize(
    ("output", "verdict"),
    [("Network.Outputs.Fixed", "fail"), ("Network.Outputs.Passed", "fail"), ("Network.Outputs.Id", "open")],
)
def test_output_of_a_nested_stack_resolves_in_siblings_and_parent(folder: Path, output: str, verdict: str) -> None:
    write("network.template", NETWORK)
    network = stack("Network", "network.template", "{Zones: 'false'}")
    write("parent.yaml", "Resources:\n" + stack("Data", "child.yaml", f"{{Standby: !GetAtt {output}}}") + network)
    assert [one[:2] for one in found("parent.yaml")] == [("child.yaml", verdict)]
    own = CHILD.partition("Resources:\n")[2].replace("!Ref Standby", f"!GetAtt {output}")
    write("parent.yaml", "Resources:\n" + own + network)
    assert [one[:2] for one in found("parent.yaml")] == [("parent.yaml", verdict)]


def test_inner_stack_is_checked_only_as_deployed(folder: Path) -> None:
    head = "Parameters: {Standby: {Type: String, Default: 'false'}}\n"
    parent("middle.yaml", "{Standby: 'true'}")
    parent("child.yaml", "{Standby: !Ref Standby}", head, "middle.yaml")
    assert found() == []


def test_imported_value_passed_as_a_parameter_resolves(folder: Path) -> None:
    output = "Outputs: {A: {Value: 'false', Export: {Name: standby}}}\n"
    write("base.yaml", f"Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}\n{output}")
    parent("child.yaml", "{Standby: !ImportValue standby}")
    assert [verdict for _, verdict, _ in found()] == ["fail"]


def test_export_of_a_nested_stack_depends_on_its_parameters(folder: Path) -> None:
    exporter = "Parameters: {Zones: {Type: String, Default: 'true1'}}\nResources: {Topic: {Type: AWS::SNS::Topic}}\n"
    write("base.yaml", exporter + "Outputs: {A: {Value: !Ref Zones, Export: {Name: standby}}}\n")
    write("child.yaml", CHILD.replace("!Ref Standby", "!ImportValue standby"))
    parent("base.yaml", "{Zones: 'false'}")
    assert [verdict for _, verdict, _ in found()] == ["fail"]
    parent("base.yaml", "{Zones: 'true'}")
    assert found() == []


def test_output_whose_condition_is_false_exports_nothing(folder: Path) -> None:
    head = "Conditions: {Never: !Equals [a, b]}\nResources: {Topic: {Type: AWS::SNS::Topic}}\n"
    write("base.yaml", head + "Outputs: {A: {Condition: Never, Value: 'false', Export: {Name: standby}}}\n")
    write("child.yaml", CHILD.replace("!Ref Standby", "!ImportValue standby"))
    assert [verdict for _, verdict, _ in found()] == ["open"]


def test_stack_that_is_never_deployed_deploys_no_nested_stack(folder: Path) -> None:
    head = "Conditions: {Never: !Equals [a, b]}\nResources:\n"
    write("parent.yaml", head + stack("Data", "child.yaml", "{Standby: 'false'}", "Condition: Never, "))
    assert found("parent.yaml") == []


def test_nested_stack_of_another_deployment_is_review(folder: Path) -> None:
    head = (
        "Parameters: {Kind: {Type: String, Default: dev, AllowedValues: [dev, prod]}}\n"
        "Conditions: {IsProd: !Equals [!Ref Kind, prod]}\nResources:\n"
    )
    value = "{Standby: !If [IsProd, 'false', 'true']}"
    write("parent.yaml", head + stack("Data", "child.yaml", value, "Condition: IsProd, "))
    assert [verdict for _, verdict, _ in found("parent.yaml")] == ["review"]


def test_file_has_the_same_name_through_links_and_absolute_paths(folder: Path) -> None:
    os.symlink("child.yaml", "link.yaml")
    parent("link.yaml", "{Standby: 'false'}")
    assert [one[:2] for one in found("child.yaml", "parent.yaml")] == [("child.yaml", "fail")]
    assert [one[:2] for one in found("child.yaml", os.path.abspath("parent.yaml"))] == [("child.yaml", "fail")]


def test_excluded_nested_template_is_not_checked(folder: Path) -> None:
    write("relint.yaml", "root: true\nselect: [RDS-701]\nexclude: [child.yaml]\n")
    parent("child.yaml")
    assert found() == []
    assert found("parent.yaml") == []


def test_worst_verdict_of_several_deployments_is_reported(folder: Path) -> None:
    children = [stack("Unknown", "child.yaml", "{Standby: !ImportValue nobody}")]
    children += [stack("Fixed", "child.yaml", "{Standby: 'false'}")]
    write("parent.yaml", "Resources:\n" + "".join(children))
    assert [verdict for _, verdict, _ in found()] == ["fail"]


def test_suppression_needed_in_one_deployment_is_used(folder: Path) -> None:
    write("relint.yaml", "root: true\nselect: [RDS-701, CFN-000]\nreport-unused: true\n")
    note = "# relint: ignore[RDS-701] The warehouse has a copy.\n    Properties:"
    write("child.yaml", CHILD.replace("Properties:", note))
    children = [stack("First", "child.yaml", "{Standby: 'true'}"), stack("Second", "child.yaml", "{Standby: 'false'}")]
    write("parent.yaml", "Resources:\n" + "".join(children))
    assert {one.rule.id for one in relint.check(".").findings if one.affects_exit_code} == set()


def test_disallowed_parameter_value_is_reported_once(folder: Path) -> None:
    write("child.yaml", CHILD.replace("Default: 'true'", "AllowedValues: [a, b]"))
    parent("child.yaml", "{Standby: 'c', Other: !Ref Nothing}")
    write("second.yaml", Path("parent.yaml").read_text().replace("Other", "Another"))
    assert len(relint.check(".").failures) == 1


def test_report_is_the_same_with_an_executor(folder: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    parent("./child.yaml", "{Standby: 'false'}")
    with ThreadPoolExecutor(1) as executor:
        assert relint.check(".", executor=executor) == relint.check(".")


def test_loop_can_generate_nested_stacks(folder: Path) -> None:
    write(
        "parent.yaml",
        "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Stacks:\n    - Name\n    - ['false']\n"
        "    - Data${Name}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, "
        "Parameters: {Standby: !Ref Name}}}\n",
    )
    assert [one[:2] for one in found("parent.yaml")] == [("child.yaml", "fail")]


def test_sam_application_is_a_nested_stack(folder: Path) -> None:
    properties = "{Location: child.yaml, Parameters: {Standby: 'false'}}"
    text = f"Resources:\n  Data: {{Type: AWS::Serverless::Application, Properties: {properties}}}\n"
    write("parent.yaml", f"Transform: AWS::Serverless-2016-10-31\n{text}")
    assert [one[:2] for one in found()] == [("child.yaml", "fail")]


@pytest.mark.parametrize("url", ["missing.yaml", "sub", "README"], ids=["not there", "a folder", "no template"])
def test_nested_file_that_is_not_a_template_is_reported_at_the_parent(folder: Path, url: str) -> None:
    write("sub/other.yaml", "a: b\n")
    write("README", "a: b\n")
    parent(url)
    (failure,) = relint.check("parent.yaml").failures
    assert (failure.file, failure.span and failure.span.start.line) == ("parent.yaml", 2)


def test_assembled_template_name_need_not_exist(folder: Path) -> None:
    parent("!Sub '${Kind}.yaml'", head="Parameters: {Kind: {Type: String, Default: nothing}}\n")
    assert found("parent.yaml") == []
    parent("!Sub '${Kind}.yaml'", head="Parameters: {Kind: {Type: String, Default: child}}\n")
    assert [one[:2] for one in found("parent.yaml")] == [("child.yaml", "fail")]


def test_link_to_a_folder_outside_is_not_followed(folder: Path) -> None:
    write("../elsewhere/child.yaml", CHILD)
    os.symlink("../elsewhere", "sub")
    parent("sub/child.yaml")
    assert found("parent.yaml") == []
    assert found("..")  # named: the folder that holds both


def test_folder_whose_name_starts_alike_is_not_inside(folder: Path) -> None:
    write("../inside-too/child.yaml", CHILD)
    parent("../inside-too/child.yaml")
    assert found("parent.yaml") == []


def test_template_that_no_stack_deploys_is_checked_alone(folder: Path) -> None:
    head = "Conditions: {Never: !Equals [a, b]}\nResources:\n"
    write("parent.yaml", head + stack("Data", "child.yaml", "{Standby: 'false'}", "Condition: Never, "))
    assert found() == [("child.yaml", "review", 'Standby is "false"')]


def test_number_of_nested_stacks_is_limited(folder: Path) -> None:
    many = "".join(stack(f"S{number}", "child.yaml", f"{{Standby: '{number}'}}") for number in range(1_500))
    write("parent.yaml", "Resources:\n" + many)
    (failure,) = relint.check("parent.yaml").failures
    assert "more than 1,000 nested stacks" in failure.message


def test_stack_below_a_conditional_stack_is_review(folder: Path) -> None:
    head = (
        "Parameters: {Kind: {Type: String, Default: dev, AllowedValues: [dev, prod]}}\n"
        "Conditions: {IsProd: !Equals [!Ref Kind, prod]}\nResources:\n"
    )
    write("parent.yaml", head + stack("Middle", "middle.yaml", more="Condition: IsProd, "))
    parent("child.yaml", "{Standby: 'false'}", name="middle.yaml")
    assert [one[:2] for one in found()] == [("child.yaml", "review")]


def test_configuration_beside_a_nested_template_applies(folder: Path) -> None:
    write("sub/child.template", CHILD)
    write("sub/relint.yaml", "severity: {RDS-701: note}\nfail-on: never\n")
    parent("sub/child.template")
    report = relint.check("parent.yaml")
    assert [(one.file, one.level) for one in report.findings] == [("sub/child.template", "note")]
    assert report.fail_on == {"sub/child.template": "never"}


def test_export_resolves_through_several_stacks(folder: Path) -> None:
    topic = "Resources: {Topic: {Type: AWS::SNS::Topic}}\n"
    write("a.yaml", f"{topic}Outputs: {{A: {{Value: 'false', Export: {{Name: first}}}}}}\n")
    write("b.yaml", f"{topic}Outputs: {{A: {{Value: !ImportValue first, Export: {{Name: second}}}}}}\n")
    write("child.yaml", CHILD.replace("!Ref Standby", "!ImportValue second"))
    assert [verdict for _, verdict, _ in found()] == ["fail"]
