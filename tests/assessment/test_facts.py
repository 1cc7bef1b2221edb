"""The table of facts about recovery: without a source and a date there is no fact."""

from __future__ import annotations

import re

import pytest

from relint.assessment.facts import OUTCOMES, Fact, facts, find_fact
from relint.assessment.kinds import STRUCTURAL
from relint.assessment.result import Interval, Loss, loss_class, time_class

CASES = ("takeover", "zone-takeover", "target", "hardware", "zone", "regional", "restore", "copy")


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.id)
def test_fact_has_its_source_and_the_day_of_its_reading(fact: Fact) -> None:
    assert re.fullmatch(r"https://(docs\.)?aws\.amazon\.com/\S+", fact.source)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", fact.as_of)
    assert fact.says.endswith(".")
    assert fact.mark in ("C", "J", "U")
    assert fact.case in CASES
    assert fact.outcome in (*OUTCOMES, "unknown")
    assert fact.rto.tail in ("bounded", "typical", "unknown")


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.id)
def test_unverified_fact_has_no_numbers(fact: Fact) -> None:
    if fact.mark == "U":
        assert fact.rto == Interval(0, None, fact.rto.tail)
        assert fact.rpo is None
        assert not (fact.rto_from or fact.rpo_from)


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.id)
def test_judgement_is_called_one(fact: Fact) -> None:
    assert (fact.mark == "J") == ("our judgement" in fact.says)


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.id)
def test_typical_number_has_a_typical_tail(fact: Fact) -> None:
    if "typically" in fact.says or "about every" in fact.says:
        assert "typical" in {fact.rto.tail, fact.rpo and fact.rpo.tail}
    for interval in (fact.rto, fact.rpo):
        assert interval is None or interval.hi is None or interval.lo <= interval.hi


def test_ids_are_unique_and_each_case_has_one_fact() -> None:
    assert len({fact.id for fact in facts()}) == len(facts())
    keys = [
        (name, configuration, fact.case)
        for fact in facts()
        for name in fact.types
        for configuration in (fact.configurations or ("",))
    ]
    assert len(set(keys)) == len(keys)


def test_types_with_facts_are_not_taken_for_mere_connections() -> None:
    named = {f"AWS::{name}" for fact in facts() if fact.case != "target" for name in fact.types}
    assert not named & STRUCTURAL


def test_unknown_types_have_no_fact() -> None:
    assert find_fact("AWS::Timestream::InfluxDBInstance", "", "zone") is None
    assert find_fact("AWS::EFS::FileSystem", "one-zone-storage", "takeover") is None


@pytest.mark.parametrize(
    ("interval", "name"),
    [
        (Interval(0, 0), "none"),
        (Interval(0, 35), "seconds"),
        (Interval(60, 120), "minutes"),
        (Interval(0, 901), "tens_of_minutes"),
        (Interval(0, 86_400), "hours"),
        (Interval(0, 86_401), "days"),
        (Interval(0, None), "unknown(>=none)"),
        (Interval(1800, None), "unknown(>=tens_of_minutes)"),
    ],
    ids=str,
)
def test_class_of_a_time_is_that_of_its_upper_end(interval: Interval, name: str) -> None:
    assert time_class(interval) == name


@pytest.mark.parametrize(
    ("loss", "name"),
    [
        (None, "n/a"),
        (Loss(Interval(0, 0)), "zero"),
        (Loss(Interval(0, 300)), "minutes"),
        (Loss(Interval(86_400, 90_000)), "day"),
        (Loss(Interval(86_400, None)), "unknown"),
        (Loss(None, is_total=True), "total_loss"),
    ],
    ids=str,
)
def test_class_of_a_loss_is_that_of_its_upper_end(loss: Loss | None, name: str) -> None:
    assert loss_class(loss) == name
