"""One rule against one template."""

from __future__ import annotations

from collections.abc import Mapping

from relint.api import check_candidates
from relint.catalog.rule import Rule
from relint.catalog.select import Selection
from relint.discover import Candidate
from relint.finding import Report


def check_one(text: str, rule: Rule, parameters: Mapping[str, str]) -> Report:
    """The report of a rule, notes included, on a template."""
    return check_candidates([Candidate("t.yaml", text, named=True)], [rule], Selection((rule,), True), parameters, None)
