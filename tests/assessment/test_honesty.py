"""What no report of an assessment may say, and what each must say, for all fixtures and formats."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

import relint
from relint import render_assessment
from relint.assessment.facts import facts
from relint.assessment.result import Assessment
from tests.helpers.paths import ROOT

FIXTURES = sorted(folder.name for folder in (ROOT / "fixtures").iterdir())
FORMATS = ("text", "markdown")


@cache
def assess(folder: str) -> Assessment:
    return relint.assess(ROOT / "fixtures" / folder, config=None)


@cache
def text_of(folder: str, format: str) -> str:
    return " ".join(render_assessment(assess(folder), format).split())


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("folder", FIXTURES)
def test_coverage_is_printed_once(folder: str, format: str) -> None:
    assessment = assess(folder)

    assert text_of(folder, format).count(f"Assessed {assessment.assessed} of {assessment.resources} resources.") == 1


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("folder", FIXTURES)
def test_limits_of_the_model_are_printed_once(folder: str, format: str) -> None:
    text = text_of(folder, format)

    assert text.count("Clean failures only") == 1
    assert text.count("overload, latency, half failures") == 1


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("folder", FIXTURES)
def test_absence_is_absence_in_these_files(folder: str, format: str) -> None:
    text = text_of(folder, format)

    assert not re.search(r"not present|does not exist|there (is|are) no (backup|copy)|\bmissing\b", text, re.IGNORECASE)
    if "no backup" in text or "no path" in text:
        assert "in these files" in text


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("folder", FIXTURES)
def test_agreements_are_the_only_percentages_and_scores_are_absent(folder: str, format: str) -> None:
    text = text_of(folder, format)
    agreements = re.sub(r"SLA product (<=|&lt;=|=|at most)? ?[\d.-]+ %", "", text)

    assert "%" not in agreements
    assert not re.search(r"\b(score|grade|rating|MTBF|resilien(t|ce|cy))\b", text, re.IGNORECASE)


@pytest.mark.parametrize("folder", FIXTURES)
def test_each_time_has_the_id_of_its_fact(folder: str) -> None:
    known = {fact.id: fact for fact in facts()}
    for entry in assess(folder).entries:
        for result in entry.results:
            for reason in result.reasons:
                if reason.rto.lo or reason.rto.hi:
                    assert reason.fact in known
                    assert known[reason.fact].mark in ("C", "J")
                    assert f"[{reason.fact}" in text_of(folder, "text") or f", {reason.fact}" in text_of(folder, "text")


@pytest.mark.parametrize("folder", FIXTURES)
def test_our_judgements_are_marked(folder: str) -> None:
    ours = {fact.id for fact in facts() if fact.mark == "J"}
    for line in re.findall(r"\[([^\]]*)\]", text_of(folder, "text")):
        if ours & set(line.partition(";")[0].split(", ")):
            assert line.endswith("our judgement")


@pytest.mark.parametrize("folder", FIXTURES)
def test_open_intervals_have_their_own_class(folder: str) -> None:
    document = json.loads(render_assessment(assess(folder), "json"))
    for entry in document["entries"]:
        for result in entry["results"]:
            if result["rto"] and result["rto"]["hi_s"] is None and result["outcome"] != "not_applicable":
                assert result["rto_class"].startswith(("unknown(>=", "no_path", "hours_or_more"))
            if result["disruption"] == "Software" and result["outcome"] == "outage_manual":
                assert result["rto_class"] == "hours_or_more"


@pytest.mark.parametrize("folder", FIXTURES)
def test_each_unknown_outcome_has_the_fact_that_would_decide_it(folder: str) -> None:
    for entry in assess(folder).entries:
        for result in entry.results:
            if result.outcome == "unknown":
                assert all(unknown.needs for unknown in result.unknowns)
                assert result.unknowns
