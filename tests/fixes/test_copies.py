"""Fixes that copy a resource, whose faults the copy would have, too."""

from __future__ import annotations

import relint
from relint.finding import Report
from relint.fixes.apply import FixedDocument, fix_document
from relint.source.read import read_document

CLUSTER = """\
Resources:
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  Writer:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-mysql, DBInstanceClass: db.r6g.large, DBClusterIdentifier: !Ref Cluster}
"""


def fixed(template: str, *rules: str) -> FixedDocument:
    def check(text: str) -> Report:
        return relint.check_text(text, name="t.yaml", ruleset="all", select=["RDS-401", "RDS-702"], config=None)

    findings = [finding for finding in check(template).findings if finding.rule.id in rules]
    return fix_document(read_document(template, "t.yaml"), findings, check, unsafe=True)


def test_copy_is_made_of_the_instance_after_its_fixes() -> None:
    result = fixed(CLUSTER, "RDS-401", "RDS-702")
    assert sorted(one.finding.rule.id for one in result.applied) == ["RDS-401", "RDS-702"]
    writer, reader = (result.document.data["Resources"][name]["Properties"] for name in ("Writer", "WriterReader"))
    assert reader == writer
    assert reader["MonitoringInterval"] == 60


def test_copy_of_an_instance_whose_faults_stay_is_refused() -> None:
    result = fixed(CLUSTER, "RDS-702")
    assert [one.reason for one in result.unfixed] == ["it would bring RDS-401"]
    assert result.document.source.text == CLUSTER
