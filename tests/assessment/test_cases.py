"""Assessments of small systems that were worked out by hand before the tool saw them; `cases/` has them.

Each folder has the templates and `expected.yaml`, whose comment gives the reason for each number. The systems have the
shape of well-known sample templates.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import relint
from relint.assessment.result import Assessment, EntryResult, Result, loss_class, time_class

CASES = Path(__file__).parent / "cases"
DISRUPTIONS = ("Software", "Hardware", "AZ", "Region")


def expected_of(case: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CASES / case / "expected.yaml").read_text(encoding="utf-8"))
    return found


def assess(case: str) -> Assessment:
    expected = expected_of(case)
    folder = CASES / case
    paths = [str(folder / name) for name in expected.get("paths", ["template.yaml"])]
    stacks = {name: str(folder / file) for name, file in expected.get("stacks", {}).items()}
    return relint.assess(*paths, stacks=stacks, policy=str(CASES / "policy.yaml"), config=None)


def title(entry: EntryResult) -> str:
    return entry.id.rpartition(":")[2]


def summary_of(result: Result, keys: dict[str, Any]) -> dict[str, Any]:
    """Return what a result says about the keys of an expectation."""
    rto, loss = result.rto, result.rpo
    interval = loss.interval if loss else None
    is_open = interval is None or interval.hi is None
    summary: dict[str, Any] = {
        "outcome": f"unknown>={result.worst_known}" if result.outcome == "unknown" else result.outcome,
        "outcome_unknown": result.outcome == "unknown",
        "confidence": result.confidence,
        "rto": [rto.lo, rto.hi] if rto else None,
        "rto_lo": rto.lo if rto else None,
        "rto_hi": rto.hi if rto else None,
        "rto_class": time_class(rto, has_no_path=result.has_no_path, is_restore=result.is_restore),
        "rpo": "none" if loss is None else "all" if loss.is_total else [interval.lo, interval.hi] if interval else None,
        "rpo_lo": interval.lo if interval else None,
        "rpo_hi": interval.hi if interval else None,
        "rpo_class": loss_class(loss),
    }
    if "rto_at_most" in keys:
        within = rto is not None and rto.hi is not None and rto.hi <= keys["rto_at_most"]
        summary["rto_at_most"] = keys["rto_at_most"] if within else summary["rto"]
    if "outcome_in" in keys:
        known = result.outcome in keys["outcome_in"]
        summary["outcome_in"] = keys["outcome_in"] if known else result.outcome
    if "rpo_hi" in keys and is_open:
        summary["rpo_hi"] = None
    return {key: summary[key] for key in keys}


def entry_summary(entry: EntryResult, keys: dict[str, Any]) -> dict[str, Any]:
    points = entry.single_points
    summary: dict[str, Any] = {"kind": entry.kind, "names": list(entry.names), "path": list(entry.path)}
    for result in entry.results:
        summary[result.disruption] = summary_of(result, keys.get(result.disruption, {}))
    summary["spof"] = {key: list(getattr(points, key)) for key in keys.get("spof", {})}
    summary["pairs"] = None if entry.pairs is None else len(entry.pairs)
    if entry.sla:
        low, high = entry.sla.low, entry.sla.high
        summary["sla"] = None if low is None or high is None else [round(low, 2), round(high, 2)]
        unrated = list(entry.sla.unrated)
        summary["unrated"] = len(unrated) if isinstance(keys.get("unrated"), int) else unrated
    summary["verdicts"] = verdicts_of(entry, keys.get("verdicts", {}))
    return {key: summary.get(key) for key in keys}


def verdicts_of(entry: EntryResult, expected: dict[str, list[str | None]]) -> dict[str, list[str | None]]:
    """Return the verdicts about the time and the data of each disruption that an expectation names."""
    found = {(verdict.disruption, verdict.measure): verdict.verdict for verdict in entry.verdicts}
    return {
        disruption: [
            found.get((disruption, measure)) if wanted is not None else None  # type: ignore[call-overload]
            for measure, wanted in zip(("rto", "rpo"), verdicts, strict=True)
        ]
        for disruption, verdicts in expected.items()
    }


NAMES = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())


@pytest.mark.parametrize("case", NAMES)
def test_assessment_of_a_case_is_that_of_the_hand(case: str) -> None:
    expected, assessment = expected_of(case), assess(case)
    entries = {title(entry): entry for entry in assessment.entries}

    assert not assessment.failures
    assert sorted(entries) == sorted(expected["entries"])
    for name, wanted in expected["entries"].items():
        assert entry_summary(entries[name], wanted) == wanted
    assert [name.rpartition(":")[2] for name in assessment.without_backend] == expected.get("without_backend", [])


@pytest.mark.parametrize("case", NAMES)
def test_text_of_a_case_has_the_expected_words_and_no_forbidden_ones(case: str) -> None:
    expected = expected_of(case)
    text = relint.render_assessment(assess(case))

    assert [said for said in expected.get("says", []) if said not in text] == []
    assert [said for said in expected["never"] if said in text] == []


@pytest.mark.parametrize("case", [name for name in NAMES if "recovery" in expected_of(name)])
def test_recovery_dependencies_are_those_of_the_hand(case: str) -> None:
    needed = {
        (dependency.resource, dependency.needs)
        for entry in assess(case).entries
        for dependency in entry.recovery_dependencies
    }

    for resource, needs in expected_of(case)["recovery"].items():
        assert [need for need in needs if not any(one == resource and need in text for one, text in needed)] == []
