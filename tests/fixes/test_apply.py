"""Fixes are applied together; one that spoils something is left out alone, with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from relint.api import Linter
from relint.finding import Report
from relint.fixes.apply import FixedDocument, fix_document
from relint.fixes.edit import replace_text
from relint.source.read import read_document
from tests.helpers.fixed_text import fix_text
from tests.helpers.rules import rule_text

QUEUES = {"resources": ["AWS::SQS::Queue"]}
LONG_ENOUGH = "assert: [{path: $.Properties.VisibilityTimeout, not_below: 60}]\n"
TO_60 = "edits: [{set: {$.Properties.VisibilityTimeout: 60}, safety: safe}]\n"
NO_DELAY_OF_LONG = """\
assert:
  - any:
      - {path: $.Properties.DelaySeconds, exists: false}
      - {path: $.Properties.VisibilityTimeout, below: 60}
"""
SHORT = "  Q{}:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: 30  # seconds\n"
DELAYED = SHORT + "      DelaySeconds: 1\n"


class Trial:
    """Templates that two rules of a folder check, with the number of checks."""

    def __init__(self, folder: Path, edits: str) -> None:
        first = rule_text(LONG_ENOUGH + edits, id="TST-701", **QUEUES)
        second = rule_text(NO_DELAY_OF_LONG, id="TST-702", name="other-rule", **QUEUES)
        (folder / "first.yaml").write_text(first, encoding="utf-8")
        (folder / "second.yaml").write_text(second, encoding="utf-8")
        self.checks = 0
        self._linter = Linter(rules=[folder], select=["TST"], config=None)

    def check(self, text: str) -> Report:
        self.checks += 1
        return self._linter.check_text(text)

    def fix(self, text: str, *, unsafe: bool = False) -> FixedDocument:
        findings = self._linter.check_text(text).findings
        return fix_document(read_document(text, "template.yaml"), findings, self.check, unsafe=unsafe)


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path, TO_60)


def template(*resources: str) -> str:
    return "Resources:\n" + "".join(text.format(number) for number, text in enumerate(resources))


def test_fix_that_would_bring_another_finding_is_left_out_alone(trial: Trial) -> None:
    fixed = trial.fix(template(SHORT, DELAYED, SHORT))
    assert fixed.document.source.text == template(SHORT.replace("30", "60"), DELAYED, SHORT.replace("30", "60"))
    assert [one.finding.logical_id for one in fixed.applied] == ["Q0", "Q2"]
    assert [(one.finding.logical_id, one.reason) for one in fixed.unfixed] == [("Q1", "it would bring TST-702")]


def test_fix_after_which_the_finding_is_still_there_is_left_out(tmp_path: Path) -> None:
    fixed = Trial(tmp_path, TO_60.replace("60,", "40,").replace("60}", "40}")).fix(template(SHORT))
    assert fixed.document.source.text == template(SHORT)
    assert [one.reason for one in fixed.unfixed] == ["the finding would still be there"]


def test_next_edit_is_tried_after_one_that_fails(tmp_path: Path) -> None:
    edits = "edits:\n" + "".join(
        f"- {{set: {{$.Properties.VisibilityTimeout: {n}}}, safety: safe}}\n" for n in (40, 60)
    )
    fixed = Trial(tmp_path, edits).fix(template(SHORT))
    assert fixed.document.source.text == template(SHORT.replace("30", "60"))
    assert [one.fix.title for one in fixed.applied] == ["Set VisibilityTimeout: 60"]


def test_edits_of_the_text_lead_to_the_fixed_text(trial: Trial) -> None:
    text = template(SHORT, DELAYED, SHORT, DELAYED, SHORT)
    fixed = trial.fix(text)
    assert replace_text(text, fixed.text_edits) == fixed.document.source.text
    assert [edit.text for edit in fixed.text_edits] == ["60", "60", "60"]


def test_hundreds_of_fixes_are_verified_by_few_checks(trial: Trial) -> None:
    assert len(trial.fix(template(*[SHORT] * 300)).applied) == 300
    assert trial.checks == 2
    fixed = trial.fix(template(*[SHORT] * 150, DELAYED, *[SHORT] * 150))
    assert (len(fixed.applied), len(fixed.unfixed)) == (300, 1)
    assert trial.checks < 30


def test_fix_after_which_the_template_cannot_be_checked_is_left_out(trial: Trial) -> None:
    text = template(SHORT)
    findings = trial.check(text).findings
    fixed = fix_document(
        read_document(text, "template.yaml"),
        findings,
        lambda edited: trial.check(text if edited == text else "Resources: ["),
        unsafe=False,
    )
    assert fixed.document.source.text == text
    assert [one.reason for one in fixed.unfixed] == ["relint could not check the template after it"]


BALANCERS = """\
Resources:
  Own:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [a, b]
  Shared:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: &shared
      Type: network
      Subnets: [a, b]
  Other:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties: *shared
"""


def test_finding_that_moves_with_the_fix_of_another_is_fixed_too() -> None:
    fixed = fix_text(BALANCERS, "ELB-702", "ELB-703")
    names = ("load_balancing.cross_zone.enabled", "deletion_protection.enabled")
    added = "".join(f'        - Key: {name}\n          Value: "true"\n' for name in names)
    own = "      Subnets: [a, b]\n  Shared:\n"
    attributes = f"      Subnets: [a, b]\n      LoadBalancerAttributes:\n{added}  Shared:\n"
    assert fixed.text == BALANCERS.replace(own, attributes)
    assert len(fixed.reasons) == 4


def test_hundreds_of_fixes_that_bring_other_findings_need_few_checks(tmp_path: Path) -> None:
    delay = "{set: {$.Properties.VisibilityTimeout: 60, $.Properties.DelaySeconds: 1}, safety: safe}"
    trial = Trial(tmp_path, f"edits: [{delay}, {{set: {{$.Properties.VisibilityTimeout: 60}}, safety: safe}}]\n")
    fixed = trial.fix(template(*[SHORT] * 200))
    assert fixed.document.source.text == template(*[SHORT.replace("30", "60")] * 200)
    assert trial.checks < 10
