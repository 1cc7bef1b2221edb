"""Inserted suppressions take effect and change nothing else."""

from __future__ import annotations

import json

import pytest

import relint
from relint.finding import Finding
from relint.lsp.suppression_edit import REASON, Insertion, suppression_edit
from relint.source.read import read_document
from tests.helpers.paths import ROOT

FIXTURES = ROOT / "fixtures"
YAML = "Resources:\n  Database:\n    Type: AWS::RDS::DBInstance\n    Properties: {Engine: mysql, MultiAZ: false}\n"


def findings(text: str, file: str, *rules: str) -> list[Finding]:
    report = relint.check_text(text, file, select=rules or ["RDS-701"], ruleset="all")
    assert not report.failures
    return [finding for finding in report.findings if finding.verdict in ("fail", "review")]


def inserted(text: str, file: str, finding: Finding) -> str:
    insertion = suppression_edit(read_document(text, file), finding)
    assert insertion is not None
    return applied(text, insertion)


def applied(text: str, insertion: Insertion) -> str:
    return text[: insertion.offset] + insertion.text + text[insertion.offset :]


def with_reason(text: str) -> str:
    """Return a text in which the user has replaced the placeholder of the quick fix."""
    assert text.count(REASON) == 1
    return text.replace(REASON, "Rebuilt.")


@pytest.mark.parametrize("kind", ["yaml", "json"])
@pytest.mark.parametrize("story", sorted(path.name for path in FIXTURES.iterdir() if path.is_dir()))
def test_every_finding_of_a_stack_can_be_suppressed_alone(story: str, kind: str) -> None:
    text = next((FIXTURES / story).glob("template.*")).read_text(encoding="utf-8")
    text = text if kind == "yaml" else json.dumps(read_document(text, "t.yaml").data, indent=2)
    file = f"t.{kind}"
    before = relint.check_text(text, file)
    document = read_document(text, file)
    for finding in before.findings:
        if finding.suppression or finding.rule.scope == "suppression":
            continue
        insertion = suppression_edit(document, finding)
        assert insertion is not None, finding
        again = relint.check_text(with_reason(applied(text, insertion)), file)
        reasons = {
            finding.fingerprint: finding.suppression.justification for finding in again.findings if finding.suppression
        }
        assert reasons.get(finding.fingerprint) == "Rebuilt."
        assert {finding.fingerprint for finding in again.findings} == {
            finding.fingerprint for finding in before.findings
        }


def test_comment_is_inserted_above_the_line_with_its_indentation() -> None:
    (finding,) = findings(YAML, "t.yaml")
    lines = inserted(YAML, "t.yaml", finding).splitlines()
    assert lines[finding.span.start.line - 1].startswith("    # relint: ignore[RDS-701] TODO: say why")
    assert len(lines) == 5


@pytest.mark.parametrize("newline", ["\r\n", "\r"], ids=["CR LF", "CR"])
def test_comment_has_the_line_ending_of_the_template(newline: str) -> None:
    text = YAML.replace("\n", newline)
    (finding,) = findings(text, "t.yaml")
    edited = inserted(text, "t.yaml", finding)
    assert edited.count(newline) == 5
    assert edited.replace(newline, "").isprintable()


def test_comment_is_never_inserted_into_a_multiline_text() -> None:
    text = (
        'Resources:\n  Database:\n    Type: AWS::RDS::DBInstance\n    Properties: {Engine: "my\n'
        '      sql", MultiAZ: false}\n'
    )
    (finding,) = findings(text, "t.yaml")
    assert finding.span.start.line == 5
    edited = inserted(text, "t.yaml", finding)
    assert edited.splitlines()[4] == '      sql", MultiAZ: false}  # relint: ignore[RDS-701] TODO: say why'
    assert read_document(edited, "t.yaml").data == read_document(text, "t.yaml").data


def test_several_rules_can_be_suppressed_on_one_line() -> None:
    rules = ("RDS-701", "RDS-601", "CFN-601")
    text = YAML.replace("MultiAZ: false", "MultiAZ: false, BackupRetentionPeriod: 0")
    for _ in range(10):
        waiting = [finding for finding in findings(text, "t.yaml", *rules) if finding.suppression is None]
        if not waiting:
            break
        text = with_reason(inserted(text, "t.yaml", waiting[0]))
    assert not waiting
    assert text.count("# relint: ignore") >= 2


def test_metadata_in_json_is_indented_like_its_neighbours() -> None:
    text = json.dumps(read_document(YAML, "t.yaml").data, indent=2)
    (finding,) = findings(text, "t.json")
    lines = inserted(text, "t.json", finding).splitlines()
    member = '      "Metadata": {"relint": {"ignore": {"RDS-701": "TODO: say why"}}},'
    assert lines[2:5] == ['    "Database": {', member, '      "Type": "AWS::RDS::DBInstance",']


@pytest.mark.parametrize(
    "metadata",
    [{}, {"Owner": "shop"}, {"relint": {}}, {"relint": {"ignore": {"RDS-601": "Rebuilt."}}}],
    ids=["empty", "of others", "of relint", "that accepts another rule"],
)
@pytest.mark.parametrize("indent", [None, 4], ids=["one line", "indented"])
def test_suppression_is_added_to_existing_metadata(metadata: object, indent: int | None) -> None:
    data = read_document(YAML, "t.yaml").data
    data["Resources"]["Database"]["Metadata"] = metadata
    text = json.dumps(data, indent=indent)
    (finding,) = findings(text, "t.json")
    edited = with_reason(inserted(text, "t.json", finding))
    (accepted,) = findings(edited, "t.json")
    assert accepted.suppression is not None
    assert edited.count('"Metadata"') == 1


def test_quick_fix_asks_for_a_reason() -> None:
    (finding,) = findings(YAML, "t.yaml")
    problem, database = findings(inserted(YAML, "t.yaml", finding), "t.yaml", "CFN-000", "RDS-701")
    assert "is no reason; write why the finding is accepted" in problem.message
    assert database.suppression is None


def test_metadata_that_is_not_an_object_is_not_changed() -> None:
    text = json.dumps(read_document(YAML, "t.yaml").data)
    text = text.replace('"Type"', '"Metadata": {"relint": ["odd"]}, "Type"')
    (finding,) = findings(text, "t.json")
    assert suppression_edit(read_document(text, "t.json"), finding) is None


def test_findings_about_suppressions_cannot_be_suppressed() -> None:
    text = YAML.replace("Database:", "Database:  # relint: ignore[RDS-701]")
    (finding,) = findings(text, "t.yaml", "CFN-000")
    assert suppression_edit(read_document(text, "t.yaml"), finding) is None


def test_edit_is_described_by_its_title() -> None:
    (finding,) = findings(YAML, "t.yaml")
    edit = suppression_edit(read_document(YAML, "t.yaml"), finding)
    assert edit is not None
    assert edit.title == "Accept RDS-701 with a comment"
    text = json.dumps(read_document(YAML, "t.yaml").data)
    (finding,) = findings(text, "t.json")
    edit = suppression_edit(read_document(text, "t.json"), finding)
    assert edit is not None
    assert edit.title == "Accept RDS-701 in the Metadata of 'Database'"
