"""Rules and taxonomies in SARIF logs."""

from __future__ import annotations

import re
from typing import Any

import pytest

import relint
from relint.report.sarif.rules import pascal_case
from tests.helpers.report_builder import (
    RDS,
    S3,
    SQS,
    make_finding,
    make_report,
    make_rule,
)
from tests.helpers.sarif import run_of


def test_rules_of_a_log_are_sorted_by_id() -> None:
    rules = run_of(make_report([make_finding(SQS, "t", None, "A", "1", "B", "2")], rules=(S3, RDS)))["tool"]["driver"][
        "rules"
    ]
    assert [rule["id"] for rule in rules] == ["RDS-701", "S3-601", "SQS-702"]


def test_rule_has_a_description_in_text_and_markdown() -> None:
    (rule,) = run_of(make_report(rules=(RDS,)))["tool"]["driver"]["rules"]
    assert rule["name"] == "RdsMultiAz"
    assert rule["shortDescription"]["text"] == "Run database instances Multi-AZ."
    assert rule["fullDescription"]["text"].startswith("A zone fails about once a year. Then the service")
    assert rule["helpUri"] == RDS.references[0]
    assert rule["defaultConfiguration"] == {"level": "error", "rank": 75.0}
    assert rule["properties"] == {
        "tags": ["reliability", "rds", "REL10-BP01", "REL11-BP02"],
        "precision": "high",
        "problem.severity": "error",
    }
    assert set(rule["messageStrings"]) == {"default", "default-when", "open"}


def test_help_marks_yaml_as_yaml() -> None:
    (rule,) = run_of(make_report(rules=(RDS,)))["tool"]["driver"]["rules"]
    assert "which interrupts nothing:\n\n```yaml\n  Zones: 2\n```\n\n### References" in rule["help"]["markdown"]
    assert "[REL10-BP01 Deploy the workload to multiple locations](https://docs" in rule["help"]["markdown"]


def test_fence_ends_before_the_blank_line_that_follows_the_yaml() -> None:
    rule = make_rule("RDS-702", "x-y", "X", "note", fix="Set it:\n\n  A: 1\n\n  B: 2\n\nIt interrupts nothing.")
    (described,) = run_of(make_report(rules=(rule,)))["tool"]["driver"]["rules"]
    fenced = "Set it:\n\n```yaml\n  A: 1\n\n  B: 2\n```\n\nIt interrupts nothing.\n\n### References"
    assert fenced in described["help"]["markdown"]


def test_long_rationale_is_cut_after_a_sentence() -> None:
    long = make_rule("RDS-702", "x-y", "X", "note", rationale="This is a sentence. " * 80)
    (rule,) = run_of(make_report(rules=(long,)))["tool"]["driver"]["rules"]
    assert 900 < len(rule["fullDescription"]["text"]) <= 1024
    assert rule["fullDescription"]["text"].endswith("a sentence.")


def test_taxonomy_lists_only_best_practices_of_the_rules() -> None:
    run = run_of(make_report(rules=(RDS, SQS)))
    (taxonomy,) = run["taxonomies"]
    assert [taxon["id"] for taxon in taxonomy["taxa"]] == ["REL05-BP03", "REL10-BP01", "REL11-BP02"]
    for rule in run["tool"]["driver"]["rules"]:
        for relationship in rule["relationships"]:
            target = relationship["target"]
            assert taxonomy["taxa"][target["index"]]["id"] == target["id"]
            assert target["toolComponent"]["guid"] == taxonomy["guid"]
            assert relationship["kinds"] == ["superset"]


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("rds-multi-az", "RdsMultiAz"),
        ("s3-versioning", "S3Versioning"),
        ("a-b", "Ab"),
        ("spread-over-3-az", "SpreadOver3Az"),
        ("tier-a", "Tiera"),
        ("a-b-cde", "Abcde"),
        ("2-zones", "Rule2Zones"),
        ("x", "Rulex"),
    ],
)
def test_names_are_in_pascal_case_without_runs_of_capitals(slug: Any, name: str) -> None:
    assert pascal_case(slug) == name
    assert re.fullmatch("([A-Z][a-z0-9]+)*", name)


def test_rule_of_relint_links_to_its_page_at_the_tag_of_the_version() -> None:
    report = relint.check_text("Resources: {Uploads: {Type: AWS::S3::Bucket}}", "a.yaml", select=["S3-601"])
    (rule,) = run_of(report)["tool"]["driver"]["rules"]

    assert rule["helpUri"] == (
        f"https://github.com/cfn-relint/cfn-relint/blob/v{relint.__version__}/docs/rules/S3-601.md"
    )
