"""Parents whose default deployment is a test stage: nested stacks have the verdict of one template with both."""

from __future__ import annotations

import pytest

from tests.helpers.nested_stacks import StackProject, stack_resource

STAGES = "Parameters: {Stage: {Type: String, Default: DEFAULT, AllowedValues: [dev, prod, test]}}\n"
PASSED = "Parameters: {Stage: {Type: String}}\n"
CONDITION = "Conditions: {HasStandby: !Equals [!Ref Stage, prod]}\n"
DATABASE = """Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: !If [HasStandby, true, false]}
"""
STANDBY = "{Standby: !If [HasStandby, 'true', 'false']}"
BY_STAGE = "{Stage: !Ref Stage}"
IN_DEV = 'it is deployed as "Data" of "parent.yaml" and Stage is "dev" in "parent.yaml"'


@pytest.mark.parametrize(
    ("stages", "verdict"),
    [
        pytest.param(STAGES.replace("DEFAULT", "dev"), "review", id="production has a standby"),
        pytest.param(STAGES.replace("DEFAULT", "dev").replace("prod, ", ""), "fail", id="no production"),
        pytest.param(STAGES.replace("DEFAULT", "live").replace("prod", "live"), "fail", id="production lacks it"),
    ],
)
@pytest.mark.parametrize("way", ["flat", "stage is passed", "value is passed", "two levels"])
def test_failure_in_a_test_stage_is_for_review_if_production_passes(
    stacks: StackProject, stages: str, verdict: str, way: str
) -> None:
    stacks.configure("select: [RDS-701]\n")
    if way == "flat":
        stacks.write("child.yaml", stages + CONDITION + DATABASE)
    elif way == "value is passed":
        child = DATABASE.replace("!If [HasStandby, true, false]", "!Ref Standby")
        stacks.write("child.yaml", f"Parameters: {{Standby: {{Type: String}}}}\n{child}")
        stacks.write("parent.yaml", f"{stages}{CONDITION}Resources:\n{stack_resource('Data', 'child.yaml', STANDBY)}")
    else:
        stacks.write("child.yaml", PASSED + CONDITION + DATABASE)
        inner = stack_resource("Data", "child.yaml", BY_STAGE)
        stacks.write("parent.yaml", f"{stages if way == 'stage is passed' else PASSED}Resources:\n{inner}")
        if way == "two levels":
            stacks.write("root.yaml", f"{stages}Resources:\n{stack_resource('All', 'parent.yaml', BY_STAGE)}")
    assert [verdict for _, verdict, _ in stacks.findings()] == [verdict]


def test_review_of_a_test_stage_names_the_stage_and_the_parent(stacks: StackProject) -> None:
    stacks.configure("select: [RDS-701]\n")
    stacks.write("child.yaml", PASSED + CONDITION + DATABASE)
    stages = STAGES.replace("DEFAULT", "dev")
    stacks.write("parent.yaml", f"{stages}Resources:\n{stack_resource('Data', 'child.yaml', BY_STAGE)}")
    assert stacks.findings() == [("child.yaml", "review", IN_DEV)]
