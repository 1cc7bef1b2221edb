"""Tables and filters of the rule language."""

from __future__ import annotations

from pathlib import Path

import pytest

from relint.catalog.rule import Rule
from relint.errors import RuleError
from tests.helpers.check_rule import check_one
from tests.helpers.rules import RULE, load_rule

TABLE = """
table:
  - {resources: AWS::ElastiCache::ReplicationGroup, days: SnapshotRetentionLimit, least: 1}
  - {resources: [AWS::DocDB::DBCluster, AWS::Neptune::DBCluster], days: BackupRetentionPeriod, least: 7, absent: 1}
assert:
  - {path: $.Properties.<days>, default: <absent>, min: <least>}
"""

FILTER = """
resources: [AWS::ElasticLoadBalancingV2::TargetGroup]
assert:
  - path: $.Properties.TargetGroupAttributes[?(@.Key == 'deregistration_delay.timeout_seconds')].Value
    default: 300
    above: 0
"""


def rule(tmp_path: Path, text: str) -> Rule:
    return load_rule(tmp_path, text, resources=None if "resources:" in text else RULE["resources"])


def verdicts(rule: Rule, body: str) -> list[tuple[str, int]]:
    report = check_one("Resources:\n  One:\n" + body, rule, {})
    return [(finding.verdict, finding.span.start.line) for finding in report.results]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            "    Type: AWS::ElastiCache::ReplicationGroup\n", [("fail", 2)], id="no value and no default fails"
        ),
        pytest.param(
            "    Type: AWS::ElastiCache::ReplicationGroup\n    Properties: {SnapshotRetentionLimit: 1}\n",
            [],
            id="the row of the type says how many are enough",
        ),
        pytest.param(
            "    Type: AWS::Neptune::DBCluster\n    Properties: {BackupRetentionPeriod: 1}\n",
            [("fail", 4)],
            id="a row may hold several types",
        ),
        pytest.param("    Type: AWS::EC2::VPC\n", [], id="other types are not judged"),
    ],
)
def test_each_row_of_a_table_is_a_case(tmp_path: Path, body: str, expected: list[tuple[str, int]]) -> None:
    assert verdicts(rule(tmp_path, TABLE), body) == expected


def test_resource_types_of_a_rule_are_those_of_its_table(tmp_path: Path) -> None:
    assert rule(tmp_path, TABLE).resources == (
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::DocDB::DBCluster",
        "AWS::Neptune::DBCluster",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            TABLE.replace("<least>", "<lesat>"), "no row of the table has 'lesat'", id="a name that no row has"
        ),
        pytest.param("table: []\nassert: []\n", "'table' is a list of rows", id="an empty table"),
        pytest.param("table: [{days: 1}]\nassert: []\n", "needs 'resources'", id="a row without types"),
        pytest.param(
            TABLE.replace("days: BackupRetentionPeriod, ", ""), "has no 'days', which a text asks for", id="half a path"
        ),
    ],
)
def test_error_in_a_table_is_explained(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        rule(tmp_path, text)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        pytest.param("[]", [], id="an attribute that is missing has its default"),
        pytest.param("[{Key: stickiness.enabled, Value: 0}]", [], id="another attribute is not meant"),
        pytest.param("[{Key: deregistration_delay.timeout_seconds, Value: '0'}]", [("fail", 5)], id="its value counts"),
        pytest.param("[{Key: !ImportValue key, Value: '0'}]", [("open", 2)], id="an unknown key may be the one"),
        pytest.param("!Split [',', !ImportValue list]", [("open", 2)], id="an unknown list may hold it"),
        pytest.param(
            "[{Key: !ImportValue key, Value: '0'}, {Key: deregistration_delay.timeout_seconds, Value: '9'}]",
            [],
            id="the key that is known decides",
        ),
    ],
)
def test_filter_selects_the_item_with_the_key(tmp_path: Path, attributes: str, expected: list[tuple[str, int]]) -> None:
    body = "    Type: AWS::ElasticLoadBalancingV2::TargetGroup\n    Properties:\n      TargetGroupAttributes: "
    assert verdicts(rule(tmp_path, FILTER), body + attributes) == expected


def test_filter_only_compares_for_equality(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="compares members with '=='"):
        rule(tmp_path, FILTER.replace("==", "!="))


def test_clause_about_a_path_missing_in_the_row_is_omitted(tmp_path: Path) -> None:
    text = TABLE.replace("least: 1}", "least: 1, kind: $.Properties.Engine}")
    text = text.replace("assert:", "when: [{path: <kind>, default: redis, equals: redis}]\nassert:")
    shop = rule(tmp_path, text)
    assert [len(case.when) for case in shop.cases] == [1, 0]
