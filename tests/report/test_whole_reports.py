"""Whole reports: `mixed` has findings of each kind, `unusual` what formats must escape, shorten or leave out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from relint._about import __version__
from relint.catalog.loader import load_rule_files
from relint.catalog.rule import Rule
from relint.finding import Report
from relint.report.environment_table import render_environment_table
from relint.report.formats import render
from relint.report.rule_list import render_rule_json, render_rule_table
from relint.report.rule_pages import render_page
from relint.report.rule_text import render_rule
from relint.report.sarif.log import Profile, to_sarif
from relint.source.location import Position, Span
from tests.helpers.paths import DATA
from tests.helpers.report_builder import RDS, S3, SQS, find_span, make_finding, make_report

EXPECTED = DATA / "reports"
FORMATS = ("concise", "json", "junit", "gitlab", "github", "markdown")
SOURCE = "Resources:\n  A:\n    Type: X\n  B: {}\n"
RULE = """id: ACME-701
name: database-keeps-backups
title: Keep automated backups of <every> database
severity: error
priority: P1
pillar: [REL09-BP01, REL09-BP03]
resources: [AWS::RDS::DBInstance, AWS::RDS::DBCluster]
assert:
  - {path: $.Properties.BackupRetentionPeriod, default: 1, min: 1}
message: "'{resource}' keeps no automated backups, so a dropped table is gone."
rationale: |
  Somebody runs a migration against the wrong database.

  There is no point in time to return to with `<none>` or <none>.
fix: |
  Keep backups:

      BackupRetentionPeriod: <days>
references:
  - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
  - https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIT.html
equivalents: {checkov: [CKV_AWS_133], cfn-nag: [W1, W2]}
examples:
  pass:
    - name: the default keeps backups for a day
      template: |
        Resources:
          Database: {Type: AWS::RDS::DBInstance}
  fail:
    - name: backups are switched off
      template: |
        Resources:
          Database:
            Type: AWS::RDS::DBInstance
            Properties: {BackupRetentionPeriod: 0}  # <- here
"""


@pytest.fixture
def unusual() -> Report:
    """A report with names and texts that formats must escape, spans of several lines, and findings of a baseline."""
    name = 'stacks/50%, "new": <a>|`b`.yaml'
    findings = [
        make_finding(
            S3, name, Span(Position(2, 3), Position(3, 12)), resource="A", path=("Resources", "A", "a/b~c", 0)
        )._replace(message="Keep *old* versions & <b>tags</b>\r\nof 100 %.", baseline_state="unchanged"),
        make_finding(SQS, "plain.yaml", find_span(SOURCE, "B"), "B", "1", "C", "2", path=("Line", 4))._replace(
            logical_id=None, baseline_state="new"
        ),
        make_finding(RDS, "plain.yaml", find_span(SOURCE, "B"), "B", level="note", scenario="'Size' is 1"),
    ]
    report = make_report(findings, sources={"clean.yaml": SOURCE, "plain.yaml": SOURCE, name: SOURCE})
    return report._replace(skipped={"values.yaml": "it is no template"}, suppressed_by_baseline=2)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("name", ["mixed", "unusual"])
def test_whole_report_is_as_the_format_requires(name: str, format_name: str, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(name)
    expected = (EXPECTED / f"{name}.{format_name}").read_text(encoding="utf-8")
    assert "\n".join(render(report, format_name, show_open=True)) + "\n" == expected


@pytest.mark.parametrize("format_name", [name for name in FORMATS if name != "json"])
def test_open_findings_are_left_out_by_default(mixed: Report, format_name: str) -> None:
    expected = (EXPECTED / f"mixed.{format_name}").read_text(encoding="utf-8")
    lines = [line for line in expected.splitlines() if "cannot be told" not in line]
    text = "\n".join(lines).replace("1 open;", "1 open: --show-open lists them;")
    text = (
        text.replace('tests="8"', 'tests="7"').replace('tests="6"', 'tests="5"').replace('skipped="2"', 'skipped="1"')
    )
    assert "\n".join(render(mixed, format_name)) == text


def test_table_of_environments_counts_by_level_and_lists_failures(mixed: Report, unusual: Report) -> None:
    clean = make_report(sources={"clean.yaml": SOURCE, "b.yaml": SOURCE})
    table = render_environment_table({"prod": mixed, "staging": unusual, "dev": clean})
    assert "\n".join(table) + "\n" == (EXPECTED / "environments.txt").read_text(encoding="utf-8")


@pytest.fixture
def rule(tmp_path: Path) -> Rule:
    (tmp_path / "rule.yaml").write_text(RULE, encoding="utf-8")
    (rule,) = load_rule_files([str(tmp_path / "rule.yaml")])
    return rule


@pytest.mark.parametrize(
    ("render_rules", "file"),
    [(render_rule_table, "rules.txt"), (render_rule_json, "rules.json")],
    ids=["table", "JSON"],
)
def test_rules_are_listed(render_rules: Callable[[Sequence[Rule]], str], file: str, rule: Rule) -> None:
    assert render_rules([rule, RDS, S3]) + "\n" == (EXPECTED / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(("explain", "end", "file"), [(render_rule, "\n", "rule.txt"), (render_page, "", "rule.md")])
def test_rule_is_explained_with_its_examples(explain: Callable[[Rule], str], end: str, file: str, rule: Rule) -> None:
    assert explain(rule) + end == (EXPECTED / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "profile"), [("mixed", "full"), ("mixed", "github"), ("unusual", "gitlab"), ("unusual", "azure")]
)
def test_whole_log_is_as_its_reader_requires(name: str, profile: Profile, request: pytest.FixtureRequest) -> None:
    report = request.getfixturevalue(name)
    if profile in ("github", "gitlab"):
        report = report._replace(level_overrides={"S3-601": "warning"}, suppressed_by_baseline=0)
    assert sarif_text(report, profile) == (EXPECTED / f"{name}.{profile}.sarif").read_text(encoding="utf-8")


def sarif_text(report: Report, profile: Profile) -> str:
    """Return a log with 0.0.0 as the version of relint."""
    log = to_sarif(report, profile=profile, category="shop/")
    text = json.dumps(log, indent=1, ensure_ascii=False)
    return text.replace(__version__, "0.0.0") + "\n"
