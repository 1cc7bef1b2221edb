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


def test_child_is_judged_with_what_its_parent_passes(folder: Path) -> None:
    assert found("child.yaml") == [("child.yaml", "review", 'Standby is "false"')]
    parent("child.yaml")
    assert found() == [("child.yaml", "fail", 'it is deployed as "Data" of "parent.yaml"')]
    parent("./child.yaml", "{Standby: 'true'}")
    assert found() == []


def test_child_outside_of_the_set_is_followed_from_its_parent(folder: Path) -> None:
    write("child.template", CHILD)
    parent("child.template")
    assert [file for file, *_ in found("parent.yaml")] == ["child.template"]


def test_message_names_the_parent(folder: Path) -> None:
    parent("child.yaml")
    (finding,) = relint.check("parent.yaml").findings
    assert finding.message.endswith('This happens when \'it is deployed as "Data" of "parent.yaml"\'.')
    relint.to_sarif(relint.check("parent.yaml"))


def test_value_that_the_parent_may_choose_otherwise_is_a_review(folder: Path) -> None:
    head = "Parameters: {Standby: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}}\n"
    parent("child.yaml", "{Standby: !Ref Standby}", head)
    assert [verdict for _, verdict, _ in found()] == ["review"]


def test_value_that_nobody_knows_leaves_no_default(folder: Path) -> None:
    write("child.yaml", CHILD.replace("'true'", "'no'").replace("Default: 'no'", "Default: 'true'"))
    parent("child.yaml", "{Standby: !ImportValue standby}")
    assert [verdict for _, verdict, _ in found()] == ["open"]


def test_each_deployment_of_a_child_is_looked_at_once(folder: Path) -> None:
    parent("child.yaml", "{Standby: 'true'}")
    parent("child.yaml", "{Standby: 'false'}", name="second.yaml")
    parent("child.yaml", "{Standby: 'false'}", name="third.yaml")
    assert found() == [("child.yaml", "fail", 'it is deployed as "Data" of "second.yaml"')]


def test_grandchildren_are_followed_and_circles_end(folder: Path) -> None:
    parent("sub/middle.yaml", "{Standby: 'false'}")
    parent("../child.yaml", "{Standby: !Ref Standby}", "Parameters: {Standby: {Type: String}}\n", "sub/middle.yaml")
    assert ("child.yaml", "fail", 'it is deployed as "Data" of "sub/middle.yaml"') in found()
    parent("parent.yaml")
    assert found("parent.yaml") == []
    parent("b.yaml", name="a.yaml")
    parent("a.yaml", name="b.yaml")
    found()


@pytest.mark.parametrize("url", ["../outside.yaml", "link.yaml", "sub/../../outside.yaml"])
def test_paths_never_leave_the_named_roots(folder: Path, url: str) -> None:
    write("../outside.yaml", CHILD)
    os.symlink("../outside.yaml", "link.yaml")
    parent(url)
    report = relint.check("parent.yaml")
    assert report.templates == ("parent.yaml",)
    assert not report.findings
    assert not report.failures


@pytest.mark.parametrize("url", ["https://example.com/child.yaml", "s3://bucket/child.yaml", "/etc/passwd", '"a\\0b"'])
def test_addresses_are_not_followed(folder: Path, url: str) -> None:
    parent(url)
    assert found("parent.yaml") == []


def test_child_that_cannot_be_read_is_told_at_the_parent(folder: Path) -> None:
    write("child.template", "Resources: [")
    parent("child.template")
    (failure,) = relint.check("parent.yaml").failures
    assert failure.file == "parent.yaml"
    assert failure.span is not None
    assert failure.span.start.line == 2
    assert "child.template" in failure.message


def test_output_of_cdk_names_the_child_in_its_metadata(folder: Path) -> None:
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


def test_exported_value_reaches_who_imports_it(folder: Path) -> None:
    write("child.yaml", CHILD.replace("!Ref Standby", "!ImportValue standby"))
    assert [verdict for _, verdict, _ in found()] == ["open"]
    output = "Outputs: {A: {Value: 'false', Export: {Name: standby}}}\n"
    write("base.yaml", f"Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}\n{output}")
    assert [verdict for _, verdict, _ in found()] == ["fail"]
    write("second.yaml", f"Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}\n{output}")
    assert [verdict for _, verdict, _ in found()] == ["open"]


def test_construct_of_cdk_is_shown_and_is_a_logical_location(folder: Path) -> None:
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
def test_output_of_a_child_reaches_its_siblings_and_its_parent(folder: Path, output: str, verdict: str) -> None:
    write("network.template", NETWORK)
    network = stack("Network", "network.template", "{Zones: 'false'}")
    write("parent.yaml", "Resources:\n" + stack("Data", "child.yaml", f"{{Standby: !GetAtt {output}}}") + network)
    assert [one[:2] for one in found("parent.yaml")] == [("child.yaml", verdict)]
    own = CHILD.partition("Resources:\n")[2].replace("!Ref Standby", f"!GetAtt {output}")
    write("parent.yaml", "Resources:\n" + own + network)
    assert [one[:2] for one in found("parent.yaml")] == [("parent.yaml", verdict)]


def test_grandchild_is_judged_only_as_its_deployed_parent_deploys_it(folder: Path) -> None:
    head = "Parameters: {Standby: {Type: String, Default: 'false'}}\n"
    parent("middle.yaml", "{Standby: 'true'}")
    parent("child.yaml", "{Standby: !Ref Standby}", head, "middle.yaml")
    assert found() == []


def test_import_that_a_parent_passes_on_is_resolved(folder: Path) -> None:
    output = "Outputs: {A: {Value: 'false', Export: {Name: standby}}}\n"
    write("base.yaml", f"Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}\n{output}")
    parent("child.yaml", "{Standby: !ImportValue standby}")
    assert [verdict for _, verdict, _ in found()] == ["fail"]


def test_export_of_a_child_is_what_its_parent_makes_of_it(folder: Path) -> None:
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


def test_stack_that_is_never_deployed_has_no_children(folder: Path) -> None:
    head = "Conditions: {Never: !Equals [a, b]}\nResources:\n"
    write("parent.yaml", head + stack("Data", "child.yaml", "{Standby: 'false'}", "Condition: Never, "))
    assert found("parent.yaml") == []


def test_stack_that_is_deployed_in_another_deployment_is_a_review(folder: Path) -> None:
    head = (
        "Parameters: {Kind: {Type: String, Default: dev, AllowedValues: [dev, prod]}}\n"
        "Conditions: {IsProd: !Equals [!Ref Kind, prod]}\nResources:\n"
    )
    value = "{Standby: !If [IsProd, 'false', 'true']}"
    write("parent.yaml", head + stack("Data", "child.yaml", value, "Condition: IsProd, "))
    assert [verdict for _, verdict, _ in found("parent.yaml")] == ["review"]


def test_file_has_one_name_however_it_is_reached(folder: Path) -> None:
    os.symlink("child.yaml", "link.yaml")
    parent("link.yaml", "{Standby: 'false'}")
    assert [one[:2] for one in found("child.yaml", "parent.yaml")] == [("child.yaml", "fail")]
    assert [one[:2] for one in found("child.yaml", os.path.abspath("parent.yaml"))] == [("child.yaml", "fail")]


def test_excluded_child_is_not_followed(folder: Path) -> None:
    write("relint.yaml", "root: true\nselect: [RDS-701]\nexclude: [child.yaml]\n")
    parent("child.yaml")
    assert found() == []
    assert found("parent.yaml") == []


def test_place_has_one_verdict_of_a_rule_the_worst(folder: Path) -> None:
    children = [stack("Unknown", "child.yaml", "{Standby: !ImportValue nobody}")]
    children += [stack("Fixed", "child.yaml", "{Standby: 'false'}")]
    write("parent.yaml", "Resources:\n" + "".join(children))
    assert [verdict for _, verdict, _ in found()] == ["fail"]


def test_suppression_is_used_if_any_deployment_needs_it(folder: Path) -> None:
    write("relint.yaml", "root: true\nselect: [RDS-701, CFN-000]\nreport-unused: true\n")
    note = "# relint: ignore[RDS-701] The warehouse has a copy.\n    Properties:"
    write("child.yaml", CHILD.replace("Properties:", note))
    children = [stack("First", "child.yaml", "{Standby: 'true'}"), stack("Second", "child.yaml", "{Standby: 'false'}")]
    write("parent.yaml", "Resources:\n" + "".join(children))
    assert {one.rule.id for one in relint.check(".").findings if one.affects_exit_code} == set()


def test_value_that_the_child_refuses_is_told_once(folder: Path) -> None:
    write("child.yaml", CHILD.replace("Default: 'true'", "AllowedValues: [a, b]"))
    parent("child.yaml", "{Standby: 'c', Other: !Ref Nothing}")
    write("second.yaml", Path("parent.yaml").read_text().replace("Other", "Another"))
    assert len(relint.check(".").failures) == 1


def test_report_is_the_same_with_an_executor(folder: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    parent("./child.yaml", "{Standby: 'false'}")
    with ThreadPoolExecutor(1) as executor:
        assert relint.check(".", executor=executor) == relint.check(".")


def test_loops_make_stacks(folder: Path) -> None:
    write(
        "parent.yaml",
        "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Stacks:\n    - Name\n    - ['false']\n"
        "    - Data${Name}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, "
        "Parameters: {Standby: !Ref Name}}}\n",
    )
    assert [one[:2] for one in found("parent.yaml")] == [("child.yaml", "fail")]


def test_application_of_sam_is_a_nested_stack(folder: Path) -> None:
    properties = "{Location: child.yaml, Parameters: {Standby: 'false'}}"
    text = f"Resources:\n  Data: {{Type: AWS::Serverless::Application, Properties: {properties}}}\n"
    write("parent.yaml", f"Transform: AWS::Serverless-2016-10-31\n{text}")
    assert [one[:2] for one in found()] == [("child.yaml", "fail")]


@pytest.mark.parametrize("url", ["missing.yaml", "sub", "README"], ids=["not there", "a folder", "no template"])
def test_child_that_is_no_template_is_told_at_the_parent(folder: Path, url: str) -> None:
    write("sub/other.yaml", "a: b\n")
    write("README", "a: b\n")
    parent(url)
    (failure,) = relint.check("parent.yaml").failures
    assert (failure.file, failure.span and failure.span.start.line) == ("parent.yaml", 2)


def test_name_that_is_put_together_on_deployment_may_name_nothing(folder: Path) -> None:
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


def test_folder_with_the_same_beginning_is_another(folder: Path) -> None:
    write("../inside-too/child.yaml", CHILD)
    parent("../inside-too/child.yaml")
    assert found("parent.yaml") == []


def test_child_whose_own_values_decide_is_alone_when_nobody_deploys_it(folder: Path) -> None:
    head = "Conditions: {Never: !Equals [a, b]}\nResources:\n"
    write("parent.yaml", head + stack("Data", "child.yaml", "{Standby: 'false'}", "Condition: Never, "))
    assert found() == [("child.yaml", "review", 'Standby is "false"')]


def test_stacks_that_deploy_ever_more_stacks_have_a_limit(folder: Path) -> None:
    many = "".join(stack(f"S{number}", "child.yaml", f"{{Standby: '{number}'}}") for number in range(1_500))
    write("parent.yaml", "Resources:\n" + many)
    (failure,) = relint.check("parent.yaml").failures
    assert "more than 1,000 nested stacks" in failure.message


def test_stack_below_one_that_is_seldom_deployed_is_a_review(folder: Path) -> None:
    head = (
        "Parameters: {Kind: {Type: String, Default: dev, AllowedValues: [dev, prod]}}\n"
        "Conditions: {IsProd: !Equals [!Ref Kind, prod]}\nResources:\n"
    )
    write("parent.yaml", head + stack("Middle", "middle.yaml", more="Condition: IsProd, "))
    parent("child.yaml", "{Standby: 'false'}", name="middle.yaml")
    assert [one[:2] for one in found()] == [("child.yaml", "review")]


def test_configuration_of_a_followed_child_counts(folder: Path) -> None:
    write("sub/child.template", CHILD)
    write("sub/relint.yaml", "severity: {RDS-701: note}\nfail-on: never\n")
    parent("sub/child.template")
    report = relint.check("parent.yaml")
    assert [(one.file, one.level) for one in report.findings] == [("sub/child.template", "note")]
    assert report.fail_on == {"sub/child.template": "never"}


def test_export_passes_through_stacks(folder: Path) -> None:
    topic = "Resources: {Topic: {Type: AWS::SNS::Topic}}\n"
    write("a.yaml", f"{topic}Outputs: {{A: {{Value: 'false', Export: {{Name: first}}}}}}\n")
    write("b.yaml", f"{topic}Outputs: {{A: {{Value: !ImportValue first, Export: {{Name: second}}}}}}\n")
    write("child.yaml", CHILD.replace("!Ref Standby", "!ImportValue second"))
    assert [verdict for _, verdict, _ in found()] == ["fail"]
