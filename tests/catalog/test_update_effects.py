"""The key `update` of rule files: effects of changing the properties that a fix writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from relint.catalog.update_effects import effect_on
from relint.errors import RuleError
from relint.report.rule_text import render_rule
from tests.helpers.rules import load_rule

ASSERT = "assert: [{path: $.Properties.MultiAZ, equals: true}]\n"
UPDATE = """
update:
  MultiAZ: none
  ClusterConfig: interrupts
  ClusterConfig.InstanceCount: varies
  AWS::EC2::Subnet:
    AvailabilityZone: replaces
    MultiAZ: replaces
"""


@pytest.mark.parametrize(
    ("resource_type", "path", "expected"),
    [
        pytest.param("AWS::RDS::DBInstance", "MultiAZ", "none", id="a property without a type is of every type"),
        pytest.param("AWS::EC2::Subnet", "MultiAZ", "replaces", id="the entry of the type goes first"),
        pytest.param("AWS::RDS::DBInstance", "AvailabilityZone", None, id="an entry of a type is of no other type"),
        pytest.param("AWS::RDS::DBInstance", "ClusterConfig.Zones", "interrupts", id="a parent decides"),
        pytest.param("AWS::RDS::DBInstance", "ClusterConfig.InstanceCount", "varies", id="the nearest parent decides"),
        pytest.param("AWS::RDS::DBInstance", "Cluster", None, id="the beginning of a name is another name"),
    ],
)
def test_effect_of_the_nearest_property(tmp_path: Path, resource_type: str, path: str, expected: str | None) -> None:
    assert effect_on(load_rule(tmp_path, ASSERT + UPDATE).update, resource_type, path) == expected


def test_rule_without_update_states_no_effect(tmp_path: Path) -> None:
    assert load_rule(tmp_path, ASSERT).update == {}


def test_explanation_of_a_rule_names_the_effects(tmp_path: Path) -> None:
    text = render_rule(load_rule(tmp_path, ASSERT + UPDATE))
    assert "What the update does\n  MultiAZ: no interruption\n  ClusterConfig: some interruption\n" in text
    assert "\n  AWS::EC2::Subnet AvailabilityZone: another resource replaces this one\n" in text


@pytest.mark.parametrize(
    ("update", "message"),
    [
        pytest.param(
            "{MultiAZ: replace}",
            "the effect of an update of 'MultiAZ' is none, interrupts, replaces, varies, not 'replace'",
            id="an unknown effect",
        ),
        pytest.param(
            "{MultiAZ: }",
            "the effect of an update of 'MultiAZ' is none, interrupts, replaces, varies, not 'None'",
            id="no effect",
        ),
        pytest.param(
            "{AWS::RDS: {MultiAZ: none}}",
            "'AWS::RDS' is no resource type; write it as AWS::RDS::DBInstance, and its properties below it",
            id="half a resource type",
        ),
        pytest.param(
            "{AWS::RDS::DBInstance: none}",
            "below 'AWS::RDS::DBInstance' write its properties, such as MultiAZ: none",
            id="a type without properties",
        ),
        pytest.param(
            "{$.Properties.MultiAZ: none}",
            "'$.Properties.MultiAZ' is no property; write its path below Properties with dots, such as"
            " ClusterConfig.InstanceCount",
            id="a JSON path",
        ),
        pytest.param(
            "[MultiAZ]",
            "'update' maps properties to none, interrupts, replaces, varies, such as MultiAZ: none",
            id="a list",
        ),
        pytest.param(
            "{}",
            "'update' maps properties to none, interrupts, replaces, varies, such as MultiAZ: none",
            id="nothing",
        ),
    ],
)
def test_wrong_update_is_reported(tmp_path: Path, update: str, message: str) -> None:
    with pytest.raises(RuleError) as raised:
        load_rule(tmp_path, f"{ASSERT}update: {update}\n")
    assert message in str(raised.value)
    assert raised.value.span is not None and raised.value.span.start.line > 10
