"""Generated documents are up to date."""

from __future__ import annotations

import json

import pytest

from relint.api import load_rules
from relint.catalog.json_schema import rule_schema
from relint.catalog.well_architected import PILLAR, UNCHECKED
from relint.report.assessment.json_schema import assessment_schema
from relint.report.change.json_schema import diff_schema
from relint.report.json_report import report_schema
from relint.report.rule_pages import render_pages
from relint.settings.json_schema import configuration_schema
from tests.helpers.paths import ROOT

DOCS = ROOT / "docs" / "rules"
RULES = load_rules()
SCHEMAS = [
    ("relint", configuration_schema()),
    ("rule", rule_schema()),
    ("report", report_schema()),
    ("assessment", assessment_schema()),
    ("diff", diff_schema()),
]


def test_rule_pages_are_up_to_date() -> None:
    written = {file.name: file.read_text(encoding="utf-8") for file in DOCS.iterdir()}
    stale = sorted(name for name, text in render_pages(RULES).items() if written.pop(name, None) != text)
    assert (stale, sorted(written)) == ([], []), "run: relint rules --format markdown"


@pytest.mark.parametrize(("name", "schema"), SCHEMAS)
def test_schemas_for_editors_are_up_to_date(name: str, schema: dict[str, object]) -> None:
    written = (DOCS.parent / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert json.loads(written) == schema, "run: relint config --schema config (or rule)"


@pytest.mark.parametrize("practice", PILLAR)
def test_best_practice_has_a_rule_or_a_reason(practice: str) -> None:
    served = any(practice in rule.pillar for rule in RULES)
    assert served != (practice in UNCHECKED)
