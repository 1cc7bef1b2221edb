"""Inserted suppressions take effect and change nothing else."""

from __future__ import annotations

import json

import pytest

import relint
from relint.finding import Finding
from relint.lsp.suppression_edit import REASON, Insertion, suppression_edits
from relint.source.location import Position, Span
from relint.source.read import read_document
from tests.helpers.paths import ROOT

FIXTURES = ROOT / "fixtures"
STACKS = sorted(path.relative_to(FIXTURES).as_posix() for path in FIXTURES.glob("*/*.[yj]*"))
YAML = "Resources:\n  Database:\n    Type: AWS::RDS::DBInstance\n    Properties: {Engine: mysql, MultiAZ: false}\n"


def findings(text: str, file: str, *rules: str) -> list[Finding]:
    report = relint.check_text(text, file, select=rules or ["RDS-701"], ruleset="all")
    assert not report.failures
    return [finding for finding in report.findings if finding.verdict in ("fail", "review")]


def inserted(text: str, file: str, finding: Finding, place: str = "") -> str:
    """Return the text after the first edit whose title contains a place."""
    edits = suppression_edits(read_document(text, file), finding)
    return applied(text, next(edit for edit in edits if place in edit.title))


def applied(text: str, insertion: Insertion) -> str:
    return text[: insertion.offset] + insertion.text + text[insertion.offset :]


def with_reason(text: str) -> str:
    """Return a text in which the user has replaced the placeholder of the quick fix."""
    assert text.count(REASON) == 1
    return text.replace(REASON, "Rebuilt.")


@pytest.mark.parametrize("kind", ["yaml", "json"])
@pytest.mark.parametrize("file_name", STACKS)
def test_every_finding_of_a_stack_can_be_suppressed_alone(file_name: str, kind: str) -> None:
    text = (FIXTURES / file_name).read_text(encoding="utf-8")
    text = text if kind == "yaml" else json.dumps(read_document(text, "t.yaml").data, indent=2)
    file = f"t.{kind}"
    before = relint.check_text(text, file)
    document = read_document(text, file)
    for finding in before.findings:
        if finding.suppression or finding.rule.scope == "suppression":
            continue
        edits = suppression_edits(document, finding)
        assert edits[-1].title == f"Accept {finding.rule.id} in this file", finding
        for insertion in edits if kind == "json" else (edits[0], edits[-1]):
            again = relint.check_text(with_reason(applied(text, insertion)), file)
            reasons = {one.fingerprint: one.suppression.justification for one in again.findings if one.suppression}
            assert reasons.get(finding.fingerprint) == "Rebuilt.", insertion
            assert {one.fingerprint for one in again.findings} == {one.fingerprint for one in before.findings}


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
    lines = inserted(text, "t.json", finding, "resource").splitlines()
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
    edited = with_reason(inserted(text, "t.json", finding, "resource"))
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
    assert [edit.title for edit in suppression_edits(read_document(text, "t.json"), finding)] == [
        "Accept RDS-701 in this file"
    ]


def test_findings_about_suppressions_cannot_be_suppressed() -> None:
    text = YAML.replace("Database:", "Database:  # relint: ignore[RDS-701]")
    (finding,) = findings(text, "t.yaml", "CFN-000")
    assert suppression_edits(read_document(text, "t.yaml"), finding) == []


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_finding_can_be_accepted_at_three_places(kind: str) -> None:
    text = YAML if kind == "yaml" else json.dumps(read_document(YAML, "t.yaml").data)
    (finding,) = findings(text, f"t.{kind}")
    here = "on this line" if kind == "yaml" else "for MultiAZ"
    places = [here, "in the resource 'Database'", "in this file"]
    edits = suppression_edits(read_document(text, f"t.{kind}"), finding)
    assert [edit.title for edit in edits] == [f"Accept RDS-701 {place}" for place in places]


TWO = """\
AWSTemplateFormatVersion: "2010-09-09"
Resources:
  First:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: mysql
      MultiAZ: false
  Second: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: false}}
"""


@pytest.mark.parametrize("kind", ["yaml", "json"])
@pytest.mark.parametrize(
    ("place", "rules", "accepted"),
    [
        ("", ["RDS-701"], {"First"}),
        ("resource", ["RDS-701"], {"First"}),
        ("file", ["RDS-701"], {"First", "Second"}),
    ],
)
def test_place_limits_the_suppression(kind: str, place: str, rules: list[str], accepted: set[str]) -> None:
    text = TWO if kind == "yaml" else json.dumps(read_document(TWO, "t.yaml").data, indent=1)
    file = f"t.{kind}"
    edited = with_reason(inserted(text, file, findings(text, file, *rules)[0], place))
    assert {one.logical_id for one in findings(edited, file, *rules) if one.suppression} == accepted


def test_resource_is_accepted_above_its_name() -> None:
    lines = inserted(TWO, "t.yaml", findings(TWO, "t.yaml")[0], "resource").splitlines()
    assert lines[2:4] == ["  # relint: ignore[RDS-701] TODO: say why", "  First:"]


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "Metadata:\n    Owner: shop\n",
        "Metadata:\n  relint:\n    ignore:\n      RDS-601: Rebuilt by night.\n",
        "Metadata: {Owner: shop}\n",
        "Metadata: {relint: {ignore: [{rule: RDS-601, reason: Rebuilt by night.}]}}\n",
        "Metadata: {}\n",
    ],
)
def test_file_is_accepted_in_the_metadata_of_the_template(metadata: str) -> None:
    text = TWO.replace("Resources:", f"{metadata}Resources:")
    edited = with_reason(inserted(text, "t.yaml", findings(text, "t.yaml")[0], "file"))
    assert [(one.logical_id, bool(one.suppression)) for one in findings(edited, "t.yaml")] == [
        ("First", True),
        ("Second", True),
    ]
    assert edited.count("Metadata:") + edited.count('"Metadata"') == 1
    without = read_document(edited, "t.yaml").data
    assert without["Resources"] == read_document(text, "t.yaml").data["Resources"]


@pytest.mark.parametrize("metadata", ["Metadata:\n", "Metadata: text\n", "Metadata:\n  relint: {ignore: RDS-601}\n"])
def test_metadata_without_members_is_left_alone(metadata: str) -> None:
    text = TWO.replace("Resources:", f"{metadata}Resources:")
    finding = next(one for one in findings(text, "t.yaml") if one.rule.id == "RDS-701")
    edits = suppression_edits(read_document(text, "t.yaml"), finding)
    assert [edit.title for edit in edits] == ["Accept RDS-701 on this line", "Accept RDS-701 in the resource 'First'"]


def test_resource_in_a_loop_is_accepted_above_its_name() -> None:
    text = (
        "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::All:\n    - Name\n    - [A, B]\n"
        "    - Database${Name}:\n        Type: AWS::RDS::DBInstance\n        Properties:\n          Engine: mysql\n"
        "          MultiAZ: false\n"
    )
    finding = findings(text, "t.yaml")[0]
    edited = with_reason(inserted(text, "t.yaml", finding, "resource 'Database${Name}'"))
    assert [bool(one.suppression) for one in findings(edited, "t.yaml")] == [True, True]
    assert len(findings(edited, "t.yaml")) == len(findings(text, "t.yaml"))


@pytest.mark.parametrize(
    ("part", "titles"),
    [("MultiAZ: false", ["Accept RDS-701 on this line"]), ('{"MultiAZ": false}', [])],
)
def test_part_of_a_template_takes_comments_only(part: str, titles: list[str]) -> None:
    (finding,) = findings(YAML, "main.yaml")
    edits = suppression_edits(
        read_document(part, "part.yaml"), finding._replace(span=Span(Position(1, 1), Position(1, 8)))
    )
    assert [edit.title for edit in edits] == titles
