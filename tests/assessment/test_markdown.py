"""The Markdown summary of an assessment: verdicts first, details folded, and nothing that a template could inject."""

from __future__ import annotations

import json
from pathlib import Path

import relint
from relint import render_assessment
from relint.assessment.records import Policy, Target, Verdict
from tests.helpers.paths import ROOT


def test_entry_has_a_table_and_folded_details() -> None:
    text = render_assessment(relint.assess(ROOT / "fixtures" / "fragile-web", config=None), "markdown")
    lines = text.splitlines()

    assert lines[0] == "## relint: what failures do to the system"
    assert "| disruption | outcome | RTO | RPO |" in lines
    assert "- Stops with the host of: **WebServers**" in lines
    assert "| Region | outage, manual | no path in these files | n/a |" in lines
    assert lines.count("</details>") == lines.count("<details><summary>What decides it, and what is unknown</summary>")
    assert text.count("| disruption |") == 3


def test_verdicts_stand_before_the_entries() -> None:
    assessment = relint.assess(ROOT / "fixtures" / "fragile-web", config=None)
    policy = Policy("gold", "gold.yaml:1", {"Hardware": Target(300, None)}, None, {}, "warn", ())
    first, *others = assessment.entries
    judged = first._replace(verdicts=(Verdict("gold", "Hardware", "rto", "breached", 300),))
    text = render_assessment(assessment._replace(entries=(judged, *others), policies=(policy,)), "markdown")

    assert "| LoadBalancer | not judged | **BREACHED (rto 5 min)** | not judged | not judged |" in text
    assert text.index("### Policy gold") < text.index("### Entry LoadBalancer")


def test_names_are_no_markup(tmp_path: Path) -> None:
    name = "A<script>|`x`[b](http://c)@d"
    (tmp_path / "evil.json").write_text(json.dumps({"Resources": {name: {"Type": "AWS::S3::Bucket"}}}))
    text = render_assessment(relint.assess(tmp_path, config=None), "markdown")

    assert "<script>" not in text
    assert "[b](" not in text
    assert "### Data A&lt;script&gt;\\|\\`x\\`\\[b\\](http://c)\\@d" in text
