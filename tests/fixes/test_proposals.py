"""Proposals are verified together, and each has the edits that it needs alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from relint.fixes.edit import replace_text
from relint.fixes.plan import Fix, fixes_of
from relint.fixes.proposals import Proposal, propose_fixes
from relint.source.read import read_document
from tests.fixes.test_apply import DELAYED, SHORT, TO_60, Trial, template


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return Trial(tmp_path, TO_60)


def proposals(trial: Trial, text: str) -> list[Proposal]:
    document = read_document(text, "template.yaml")
    before = trial.check(text)
    trial.checks = 0
    choices = [(one, fix) for one in before.findings for fix in fixes_of(document, one) if isinstance(fix, Fix)]
    return list(propose_fixes(document, choices, before, trial.check))


def test_each_proposal_changes_its_own_resource_alone(trial: Trial) -> None:
    text = template(SHORT, SHORT, SHORT)
    long = SHORT.replace("30", "60")
    expected = [template(*(long if number == other else SHORT for other in range(3))) for number in range(3)]
    assert [replace_text(text, proposal.text_edits) for proposal in proposals(trial, text)] == expected


def test_proposals_for_hundreds_of_findings_need_one_check(trial: Trial) -> None:
    assert len(proposals(trial, template(*[SHORT] * 300))) == 300
    assert trial.checks == 1


def test_fix_that_would_bring_another_finding_is_not_proposed(trial: Trial) -> None:
    proposed = proposals(trial, template(*[SHORT] * 20, DELAYED, *[SHORT] * 20))
    assert {proposal.finding.logical_id for proposal in proposed} == {f"Q{number}" for number in range(41)} - {"Q20"}
    assert trial.checks < 20


def test_hundreds_of_fixes_that_would_bring_other_findings_need_few_checks(trial: Trial) -> None:
    proposed = proposals(trial, template(*[SHORT] * 100, *[DELAYED] * 100))
    assert {proposal.finding.logical_id for proposal in proposed} == {f"Q{number}" for number in range(100)}
    assert trial.checks == 2
