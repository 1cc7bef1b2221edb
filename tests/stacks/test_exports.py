"""Outputs and exports of one stack resolve in others."""

from __future__ import annotations

import pytest

from tests.helpers.nested_stacks import CHILD, StackProject, stack_resource


def test_exported_value_resolves_in_the_importing_template(stacks: StackProject) -> None:
    stacks.write("child.yaml", CHILD.replace("!Ref Standby", "!ImportValue standby"))
    assert [verdict for _, verdict, _ in stacks.findings()] == ["open"]
    output = "Outputs: {A: {Value: 'false', Export: {Name: standby}}}\n"
    stacks.write("base.yaml", f"Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}\n{output}")
    assert [verdict for _, verdict, _ in stacks.findings()] == ["fail"]
    stacks.write("second.yaml", f"Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}\n{output}")
    assert [verdict for _, verdict, _ in stacks.findings()] == ["open"]


def test_imported_value_passed_as_a_parameter_resolves(stacks: StackProject) -> None:
    output = "Outputs: {A: {Value: 'false', Export: {Name: standby}}}\n"
    stacks.write("base.yaml", f"Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}\n{output}")
    stacks.write_parent("child.yaml", "{Standby: !ImportValue standby}")
    assert [verdict for _, verdict, _ in stacks.findings()] == ["fail"]


def test_export_of_a_nested_stack_depends_on_its_parameters(stacks: StackProject) -> None:
    exporter = "Parameters: {Zones: {Type: String, Default: 'true1'}}\nResources: {Topic: {Type: AWS::SNS::Topic}}\n"
    stacks.write("base.yaml", exporter + "Outputs: {A: {Value: !Ref Zones, Export: {Name: standby}}}\n")
    stacks.write("child.yaml", CHILD.replace("!Ref Standby", "!ImportValue standby"))
    stacks.write_parent("base.yaml", "{Zones: 'false'}")
    assert [verdict for _, verdict, _ in stacks.findings()] == ["fail"]
    stacks.write_parent("base.yaml", "{Zones: 'true'}")
    assert stacks.findings() == []


def test_output_whose_condition_is_false_exports_nothing(stacks: StackProject) -> None:
    head = "Conditions: {Never: !Equals [a, b]}\nResources: {Topic: {Type: AWS::SNS::Topic}}\n"
    stacks.write("base.yaml", head + "Outputs: {A: {Condition: Never, Value: 'false', Export: {Name: standby}}}\n")
    stacks.write("child.yaml", CHILD.replace("!Ref Standby", "!ImportValue standby"))
    assert [verdict for _, verdict, _ in stacks.findings()] == ["open"]


def test_export_resolves_through_several_stacks(stacks: StackProject) -> None:
    topic = "Resources: {Topic: {Type: AWS::SNS::Topic}}\n"
    stacks.write("a.yaml", f"{topic}Outputs: {{A: {{Value: 'false', Export: {{Name: first}}}}}}\n")
    stacks.write("b.yaml", f"{topic}Outputs: {{A: {{Value: !ImportValue first, Export: {{Name: second}}}}}}\n")
    stacks.write("child.yaml", CHILD.replace("!Ref Standby", "!ImportValue second"))
    assert [verdict for _, verdict, _ in stacks.findings()] == ["fail"]


NETWORK = """Parameters: {Zones: {Type: String, Default: 'none'}}
Resources: {Lookup: {Type: Custom::Lookup, Properties: {ServiceToken: 'arn:aws:sns:eu-west-1:123456789012:t'}}}
Outputs:
  Fixed: {Value: 'false'}
  Passed: {Value: !Ref Zones}
  Found: {Value: !GetAtt Lookup.Zones}
"""


@pytest.mark.parametrize(
    ("output", "verdict"),
    [("Network.Outputs.Fixed", "fail"), ("Network.Outputs.Passed", "fail"), ("Network.Outputs.Found", "open")],
)
def test_output_of_a_nested_stack_resolves_in_siblings_and_parent(
    stacks: StackProject, output: str, verdict: str
) -> None:
    stacks.write("network.template", NETWORK)
    network = stack_resource("Network", "network.template", "{Zones: 'false'}")
    stacks.write(
        "parent.yaml", "Resources:\n" + stack_resource("Data", "child.yaml", f"{{Standby: !GetAtt {output}}}") + network
    )
    assert [finding[:2] for finding in stacks.findings("parent.yaml")] == [("child.yaml", verdict)]
    own = CHILD.partition("Resources:\n")[2].replace("!Ref Standby", f"!GetAtt {output}")
    stacks.write("parent.yaml", "Resources:\n" + own + network)
    assert [finding[:2] for finding in stacks.findings("parent.yaml")] == [("parent.yaml", verdict)]
