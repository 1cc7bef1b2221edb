"""Findings in included files: their places in reports, suppressions, baselines, caches."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import relint
from tests.helpers.includes import CALL, DATABASE, IN_PROPERTIES, NO_STANDBY, places
from tests.helpers.nested_stacks import StackProject


def test_finding_names_the_include_and_all_reports_both_files(parts: StackProject) -> None:
    parts.write("a/main.yaml", IN_PROPERTIES).write("a/part.yaml", NO_STANDBY)
    (finding,) = parts.check().findings
    (place,) = finding.related
    assert (place.file, place.span.start.line, place.logical_id) == ("a/main.yaml", 6, "Database")
    parts.git("init", "--quiet")
    arguments = ("check", "a", "--no-cache", "--format")
    log = json.loads(parts.run(*arguments, "sarif").stdout)
    (result,) = log["runs"][0]["results"]
    physical = [entry["physicalLocation"] for entry in (*result["locations"], *result["relatedLocations"])]
    assert [(entry["artifactLocation"]["uri"], entry["region"]["startLine"]) for entry in physical] == [
        ("a/part.yaml", 2),
        ("a/main.yaml", 6),
    ]
    (issue,) = json.loads(parts.run(*arguments, "gitlab").stdout)
    assert (issue["location"]["path"], issue["location"]["lines"]["begin"]) == ("a/part.yaml", 2)
    assert "file=a/part.yaml,line=2," in parts.run(*arguments, "github").stdout
    (entry,) = json.loads(parts.run(*arguments, "json").stdout)["findings"]
    assert (entry["file"], entry["related"][0]["file"]) == ("a/part.yaml", "a/main.yaml")
    text = parts.run(*arguments, "text")
    assert "--> a/part.yaml:2:1" in text.stdout and "::: a/main.yaml:6:7" in text.stdout
    assert "1 finding in 1 of 1 template" in text.stdout and text.exit_code == 1


ACCEPTED = "# relint: ignore[RDS-701] a copy"


@pytest.mark.parametrize(
    ("template", "part", "configuration"),
    [
        (IN_PROPERTIES, f"{ACCEPTED}\nMultiAZ: false", ""),
        (IN_PROPERTIES, f"MultiAZ: false  {ACCEPTED}", ""),
        (IN_PROPERTIES.replace("  Database:", f"  {ACCEPTED}\n  Database:"), NO_STANDBY, ""),
        (
            IN_PROPERTIES.replace("    Type", "    Metadata: {relint: {ignore: {RDS-701: a copy}}}\n    Type"),
            NO_STANDBY,
            "",
        ),
        (f"Resources: {{Fn::Transform: {CALL}}}", f"{ACCEPTED}\nA:\n  Type: AWS::RDS::DBInstance\n", ""),
        (
            f"Resources: {{Fn::Transform: {CALL}}}",
            f"{ACCEPTED}\nA:\n  Type: AWS::RDS::DBInstance\n  Properties:\n    MultiAZ: false",
            "",
        ),
        (
            f"Resources: {{Fn::Transform: {CALL}}}",
            '{"A": {"Type": "AWS::RDS::DBInstance", "Metadata": {"relint": {"ignore": {"RDS-701": "a copy"}}}}}',
            "",
        ),
        (IN_PROPERTIES, NO_STANDBY, "suppressions: [{rule: RDS-701, path: part.yaml, reason: a copy}]"),
        (IN_PROPERTIES, NO_STANDBY, "suppressions: [{rule: RDS-701, path: main.yaml, reason: a copy}]"),
    ],
)
def test_suppressions_hold_wherever_they_are_written(
    parts: StackProject, template: str, part: str, configuration: str
) -> None:
    parts.configure(f"select: [RDS-701]\nreport-unused: true\n{configuration}\n")
    parts.write("main.yaml", template).write("part.yaml", part)
    (finding,) = parts.check("main.yaml").findings
    assert finding.suppression is not None and finding.suppression.justification == "a copy"


def test_comment_holds_for_the_lines_of_its_own_file(parts: StackProject) -> None:
    lines = [*IN_PROPERTIES.splitlines()]
    lines.insert(2, "    # relint: ignore[RDS-701] a copy")  # holds for lines 3 and 4 of main.yaml
    parts.write("main.yaml", "\n".join(lines)).write("part.yaml", "#\n#\nMultiAZ: false")
    (finding,) = (entry for entry in parts.check("main.yaml").findings if entry.rule.id == "RDS-701")
    assert (finding.file, finding.span.start.line, finding.suppression) == ("part.yaml", 3, None)


def test_unused_comment_is_reported_in_its_file_and_listed(parts: StackProject) -> None:
    parts.write("main.yaml", IN_PROPERTIES).write("part.yaml", f"{ACCEPTED}\nMultiAZ: true")
    output = parts.run("check", "main.yaml", "--report-unused", "--format", "concise", "--no-cache").stdout
    assert output.startswith("part.yaml:1:1: ")
    assert "part.yaml:1: RDS-701 (line 2): a copy" in parts.run("suppressions", ".").stdout


def test_file_of_several_templates_has_each_finding_once_unless_all_accept_it(parts: StackProject) -> None:
    accepting = IN_PROPERTIES.replace("  Database:", f"  {ACCEPTED}\n  Database:")
    parts.write("a.yaml", accepting).write("b.yaml", IN_PROPERTIES).write("part.yaml", NO_STANDBY)
    report = parts.check()
    assert places(report) == [("part.yaml", 2, "Database")]
    assert report.findings[0].suppression is None
    assert report.included == {"part.yaml": ("a.yaml", "b.yaml")}
    assert report.skipped["part.yaml"] == "judged within 'a.yaml', which includes it"


def test_included_file_that_could_be_a_template_is_judged_within_its_template(parts: StackProject) -> None:
    parts.write("part.yaml", f"Resources:\n  A: {{{DATABASE}, Properties: {{MultiAZ: {{Ref: P}}}}}}")
    parts.write("main.yaml", f"Transform: {CALL}\nParameters: {{P: {{Type: String, Default: 'false'}}}}")
    assert [(finding.verdict, finding.file) for finding in parts.check().results] == [("fail", "part.yaml")]


def test_cache_and_workers_change_nothing_and_notice_an_edit_of_the_part(parts: StackProject) -> None:
    parts.write("main.yaml", IN_PROPERTIES).write("part.yaml", NO_STANDBY)
    cache = str(parts.folder.parent / "cache")
    plain, first, second = (parts.check(cache=folder) for folder in (None, cache, cache))
    with ThreadPoolExecutor(2) as executor:
        parallel = parts.check(executor=executor)
    assert plain.findings == first.findings == second.findings == parallel.findings
    parts.write("part.yaml", "MultiAZ: true")
    assert parts.check(cache=cache).findings == ()


def test_text_with_a_name_and_standard_input_take_parts_from_the_folder(parts: StackProject) -> None:
    parts.write("part.yaml", NO_STANDBY)
    options: dict[str, Any] = {"select": ["RDS-701"]}
    assert places(relint.check_text(IN_PROPERTIES, "main.yaml", **options)) == [("part.yaml", 2, "Database")]
    unnamed = relint.check_text(IN_PROPERTIES, **options)
    assert places(unnamed) == [] and [entry.name for entry in unnamed.unjudged] == ["part.yaml"]
    arguments = ("check", "-", "--stdin-filename", "main.yaml", "--format", "concise")
    assert parts.run(*arguments, stdin=IN_PROPERTIES).stdout.startswith("part.yaml:2:1: warning RDS-701")


def test_baseline_and_comparison_with_a_revision_go_by_the_included_file(parts: StackProject) -> None:
    parts.write("main.yaml", IN_PROPERTIES).write("part.yaml", NO_STANDBY).commit()
    parts.run("check", ".", "--write-baseline", "baseline.json", "--no-cache")
    assert '"file": "part.yaml"' in parts.read("baseline.json")
    parts.write("part.yaml", "#\n#\n#\nMultiAZ: false")  # moved, and not new
    assert parts.run("check", ".", "--baseline", "baseline.json", "--no-cache").exit_code == 0
    assert parts.run("check", ".", "--diff", "HEAD", "--no-cache").exit_code == 0
    parts.write("part.yaml", "MultiAZ: true").commit()
    parts.write("part.yaml", "MultiAZ: false")
    assert parts.run("check", ".", "--diff", "HEAD", "--no-cache").exit_code == 1


@pytest.mark.parametrize(
    ("part", "line", "text"),
    [("MultiAZ: true\nPort: 1\nPort: 2\n", 2, "'Port'"), ("MultiAZ: true\nTags: [{Key: a, Value: 0123}]", 2, "0123")],
)
def test_rules_about_the_text_read_included_files(parts: StackProject, part: str, line: int, text: str) -> None:
    parts.configure("select: [CFN]\n").write("main.yaml", IN_PROPERTIES).write("part.yaml", part)
    (finding,) = (entry for entry in parts.check("main.yaml").findings if entry.rule.scope == "document")
    assert (finding.file, finding.span.start.line, finding.logical_id) == ("part.yaml", line, "Database")
    assert text in finding.message and finding.path[:3] == ("Resources", "Database", "Properties")
    assert finding.related[-1].file == "main.yaml"
