"""The table of service level agreements, and products in words."""

from __future__ import annotations

import re

import pytest

from relint.assessment.agreements import Agreement, agreements
from relint.assessment.records import Sla, SlaTerm
from relint.report.assessment.agreements import describe_sla


@pytest.mark.parametrize("row", agreements(), ids=lambda row: row.id)
def test_agreement_has_its_source_and_its_dates(row: Agreement) -> None:
    assert row.id.startswith("sla-")
    assert re.fullmatch(r"https://\S+", row.source)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", row.as_of)
    assert re.fullmatch(r"(20\d\d-\d\d(-\d\d)?)?", row.last_updated)
    assert row.says.endswith(".")
    assert row.mark in ("C", "S", "J", "U")
    assert row.basis in ("instance", "zone", "region", "multi-region", "global", "host")
    if row.percent is not None:
        assert row.mark in ("C", "S")
        assert row.last_updated
        assert 90 < row.percent <= 100
    if row.mark == "C":
        assert re.match(r"https://(docs\.)?aws\.amazon\.com/", row.source)


def test_configuration_of_a_type_has_one_agreement() -> None:
    keys = [(name, row.configuration) for row in agreements() for name in row.types]

    assert len(set(keys)) == len(keys)
    assert len({row.id for row in agreements()}) == len(agreements())


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (99.9851, 99.9851, "= 99.98 % (~1.4 h/yr)"),  # 1.305 hours: rounded up, as the percentage is rounded down
        (99.5, 99.99, "= 99.50-99.99 % (~0.9-43.8 h/yr)"),
        (100.0, 100.0, "= 100.00 % (~0.0 h/yr)"),
    ],
    ids=str,
)
def test_rounding_never_promises_more(low: float, high: float, text: str) -> None:
    sla = Sla(low, high, (SlaTerm("Store", ("sla-x",), low, high),), ())

    assert describe_sla(sla).startswith(text)
