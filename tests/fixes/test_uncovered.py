"""Fixes of findings behind which the rule has hidden another one for the same resource."""

from __future__ import annotations

import relint
from relint.finding import Report
from relint.fixes.apply import FixedDocument, apply_fixes, fix_document
from relint.fixes.plan import Fix, fixes_of
from relint.fixes.trials import Offer
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


def check(text: str) -> Report:
    return relint.check_text(text, name="t.yaml", ruleset="all", select=["EB-601"], config=None)


def fixed(*, unsafe: bool) -> FixedDocument:
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


def test_fix_that_the_user_chose_is_applied_whatever_it_uncovers() -> None:
    document = read_document(DATABASE, "t.yaml")
    [finding] = check(DATABASE).findings
    fix = next(fix for fix in fixes_of(document, finding) if isinstance(fix, Fix))
    chosen = apply_fixes(document, [Offer(finding, [fix._replace(safety="unsafe")])], check)
    assert "DBDeletionPolicy, Value: Snapshot" in chosen.document.source.text
    assert (len(chosen.applied), chosen.unfixed) == (1, ())


QUEUE = """\
Resources:
  Work:
    Type: AWS::SQS::Queue
    Properties: {MessageRetentionPeriod: 60}
  Alarms: {Type: AWS::SNS::Topic}
"""


def fixed_queue(*may_fix: str, unsafe: bool = True) -> FixedDocument:
    def check_queue(text: str) -> Report:
        return relint.check_text(text, name="t.yaml", ruleset="all", select=["SQS-601", "SQS-701"], config=None)

    document, findings = read_document(QUEUE, "t.yaml"), check_queue(QUEUE).findings
    return fix_document(
        document, findings, check_queue, unsafe=unsafe, may_fix=lambda finding: finding.rule.id in may_fix
    )


def test_finding_of_another_rule_that_a_fix_brings_is_fixed_with_it() -> None:
    result = fixed_queue("SQS-601", "SQS-701")
    assert [one.finding.rule.id for one in result.applied] == ["SQS-601", "SQS-701"]
    assert "WorkDeadLetters:" in result.document.source.text


def test_rule_that_was_not_chosen_is_not_fixed_when_its_finding_comes() -> None:
    result = fixed_queue("SQS-601")
    assert [one.reason for one in result.unfixed] == ["it would bring SQS-701"]
    assert result.document.source.text == QUEUE


def test_findings_that_many_fixes_uncover_are_fixed_together() -> None:
    head, _, shop = DATABASE.partition("\n")
    text = f"{head}\n" + "".join(shop.replace("Shop:", f"Shop{number}:") for number in range(50))
    checks = []

    def counted_check(text: str) -> Report:
        checks.append(text)
        return check(text)

    result = fix_document(read_document(text, "t.yaml"), check(text).findings, counted_check, unsafe=True)
    assert (len(result.applied), result.unfixed) == (100, ())
    assert len(checks) == 3
