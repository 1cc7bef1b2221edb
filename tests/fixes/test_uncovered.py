"""Fixes of findings behind which the rule has hidden another one for the same resource."""

from __future__ import annotations

import relint
from relint.finding import Report
from relint.fixes.apply import FixedDocument, fix_document
from relint.source.read import read_document

DATABASE = """\
Resources:
  Shop:
    Type: AWS::ElasticBeanstalk::ConfigurationTemplate
    Properties:
      ApplicationName: shop
      OptionSettings:
        - {Namespace: "aws:rds:dbinstance", OptionName: HasCoupledDatabase, Value: "true"}
        - {Namespace: "aws:rds:dbinstance", OptionName: DBDeletionPolicy, Value: Delete}
"""


def fixed(*, unsafe: bool) -> FixedDocument:
    def check(text: str) -> Report:
        return relint.check_text(text, name="t.yaml", ruleset="all", select=["EB-601"], config=None)

    return fix_document(read_document(DATABASE, "t.yaml"), check(DATABASE).findings, check, unsafe=unsafe)


def test_finding_that_a_fix_uncovers_is_fixed_too() -> None:
    result = fixed(unsafe=True)
    assert [one.finding.message_id for one in result.applied] == ["default", "no-standby"]
    assert "MultiAZDatabase" in result.document.source.text


def test_safe_fix_is_applied_although_it_uncovers_a_finding_that_needs_an_unsafe_one() -> None:
    result = fixed(unsafe=False)
    assert [one.finding.message_id for one in result.applied] == ["default"]
    assert "DBDeletionPolicy, Value: Snapshot" in result.document.source.text
    assert "MultiAZDatabase" not in result.document.source.text
