"""Output for people: width, colours, links, numbers, and the reason of the exit code."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from relint.catalog.loader import load_rules
from relint.commands.exit_codes import exit_code, exit_note
from relint.commands.output_layout import output_layout
from relint.finding import Failure, Suppression
from tests.helpers.paths import ROOT
from tests.helpers.project import Project
from tests.helpers.report_builder import make_finding, make_report
from tests.helpers.terminal import run_in_terminal, without_sequences

DATABASE = "Resources: {Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql}}}\n"
TWO_BUCKETS = """Parameters: {Versions: {Type: String}}
Resources:
  Uploads: {Type: AWS::S3::Bucket}
  Letters: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: !Ref Versions}}}
"""
REVIEW = """Parameters: {Stage: {Type: String, Default: prod, AllowedValues: [qa, prod]}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources: {Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !If [IsProd, true, false]}}}
"""
FIX_CODE = {line for rule in load_rules() for line in rule.fix.splitlines() if line[:1].isspace()}
"""Lines of YAML in fixes."""


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


# Width


def is_prose(line: str) -> bool:
    """Whether a line may be wrapped: it has no address, and is neither code of a fix nor a comment to paste."""
    return "://" not in line and line.split("= fix: ")[-1].strip() not in {code.strip() for code in FIX_CODE}


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_text_fits_the_terminal_and_code_stays_as_it_is(columns: int) -> None:
    check = ["check", "fragile-web/template.yaml", "--no-cache", "--no-config", "--select", "ASG"]
    text = without_sequences(run_in_terminal(*check, columns=columns, cwd=ROOT / "fixtures"))
    lengths = [len(line) for line in text.splitlines() if is_prose(line)]
    assert columns - 15 < max(lengths) <= columns
    code = "PredefinedMetricSpecification: {PredefinedMetricType: ASGAverageCPUUtilization}"
    assert any(line.strip() == code for line in text.splitlines())


def test_explanation_and_list_of_rules_fit_the_terminal(tmp_path: Path) -> None:
    text = without_sequences(run_in_terminal("explain", "RDS-701", columns=80, cwd=tmp_path))
    prose = text[: text.index("\nBest practice")].splitlines()
    assert 65 < max(map(len, prose)) <= 80
    table = without_sequences(run_in_terminal("rules", columns=70, cwd=tmp_path))
    assert max(map(len, table.splitlines())) <= 70
    titles = {rule.title for rule in load_rules()}
    words = " ".join(table.split())
    assert all(title in words for title in titles)


@pytest.mark.parametrize(
    ("is_terminal", "columns", "expected"),
    [
        (False, None, 100),
        (False, "70", 70),
        (True, "132", 132),
        (True, "10", 40),
        (True, "wide", 100),
        (True, "0", 100),
        (True, "-5", 100),
    ],
    ids=["a pipe", "a pipe and COLUMNS", "COLUMNS", "too narrow", "no number", "zero", "negative"],
)
def test_columns_are_those_of_the_variable(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, columns: str | None, expected: int
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("sys.stdout", Screen() if is_terminal else io.StringIO())
    assert output_layout().columns == expected


# Colours and links


@pytest.mark.parametrize(
    ("choice", "variables", "is_coloured"),
    [
        ("auto", {}, False),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("always", {}, True),
        ("always", {"NO_COLOR": "1"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
@pytest.mark.parametrize(
    "command", [["check", "a.yaml", "--format", "text"], ["explain", "RDS-701"], ["rules"]], ids=lambda words: words[0]
)
def test_option_decides_colours_before_the_environment(
    project: Project, command: list[str], choice: str, variables: dict[str, str], is_coloured: bool
) -> None:
    project.write("a.yaml", DATABASE)
    environment = {"NO_COLOR": None, "FORCE_COLOR": None, **variables}
    assert ("\x1b[" in project.run(*command, "--color", choice, **environment).stdout) is is_coloured


@pytest.mark.parametrize(
    ("variables", "has_links"),
    [
        ({"TERM": "xterm-256color"}, False),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"VTE_VERSION": "6003"}, True),
        ({"VTE_VERSION": "4205"}, False),
        ({"WT_SESSION": "1"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, False),
        ({"TERM_PROGRAM": "vscode", "NO_COLOR": "1"}, False),
        ({"TERM_PROGRAM": "vscode", "TERM": "dumb"}, False),
    ],
    ids=str,
)
def test_links_are_for_terminals_that_show_them(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], has_links: bool
) -> None:
    for name in ("TERM", "TERM_PROGRAM", "VTE_VERSION", "WT_SESSION", "TMUX", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("KITTY_WINDOW_ID", "DOMTERM", "KONSOLE_VERSION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for stream, expected in ((Screen(), has_links), (io.StringIO(), False)):
        monkeypatch.setattr("sys.stdout", stream)
        assert output_layout().links is expected


# Summary, --quiet and --statistics


def test_concise_ends_with_a_summary_beside_its_lines(project: Project) -> None:
    project.write("d/a.yaml", TWO_BUCKETS).write("d/b.yaml", "Resources: {Home: {Type: AWS::ECS::Cluster}}\n")
    done = project.run("check", "d", "--no-cache", "--format", "concise")
    assert re.fullmatch(r"d/a\.yaml:3:3: warning S3-601 .*\n", done.stdout)
    assert done.stderr == (
        "1 finding in 1 of 2 templates (1 warning); 1 open: --show-open lists them; exit code 1: findings at or above "
        "warning, see --fail-on; relint explain S3-601 tells why and how to fix it\n"
    )


def test_concise_has_a_summary_without_findings(project: Project) -> None:
    project.write("a.yaml", "Resources: {Home: {Type: AWS::ECS::Cluster}}\n").write("compose.yaml", "services: {}\n")
    assert project.run("check", "a.yaml", "--format", "concise") == (0, "", "no findings in 1 template\n")
    hook = ["check", "--format", "concise", "--allow-empty", "--skip-non-templates", "compose.yaml"]
    assert project.run(*hook) == (0, "", "")


@pytest.mark.parametrize("format_name", ["text", "concise", "github"])
def test_quiet_prints_findings_and_failures_only(project: Project, format_name: str) -> None:
    project.write("a.yaml", TWO_BUCKETS).write("b.yaml", "Resources: {A: {Type: AWS::S3::Bucket\n")
    done = project.run("check", ".", "--quiet", "--format", format_name)
    assert (done.exit_code, done.stderr) == (2, "")
    assert "S3-601" in done.stdout
    assert "b.yaml" in done.stdout
    assert not re.search(r"\d findings? in|exit code|Fix these first", done.stdout)


def test_quiet_and_verbose_exclude_each_other(project: Project) -> None:
    project.write("a.yaml", DATABASE)
    done = project.run("check", "a.yaml", "-q", "-v")
    assert (done.exit_code, done.stderr) == (2, "error: choose one of --quiet and --verbose\n")


MANY = "Resources:\n" + "".join(f"  Bucket{number}: {{Type: AWS::S3::Bucket}}\n" for number in range(3))


def test_statistics_have_a_row_for_each_rule_the_worst_first(project: Project) -> None:
    files = {
        "a.yaml": MANY,
        "b.yaml": REVIEW,
        "c.yaml": "Resources: {Queue: {Type: AWS::SQS::Queue}}\n",
    }
    for name, text in files.items():
        project.write(name, text)
    check = ["check", ".", "--select", "S3-601,SQS-701,RDS-701", "--statistics"]
    rows = project.run(*check, GITHUB_ACTIONS="true").stdout.splitlines()
    assert rows == [
        "  3  warning  S3-601   Enable versioning on buckets with critical data",
        "  1  warning  SQS-701  Give every queue a dead-letter queue",
        "  1  review   RDS-701  Run database instances Multi-AZ",
        "",
        "5 findings in 3 of 3 templates (4 warnings, 1 to review)",
        "exit code 1: findings at or above warning, see --fail-on",
    ]
    data = json.loads(project.run(*check, "--format", "json").stdout)
    assert [(row["rule"], row["level"], row["count"]) for row in data["statistics"]] == [
        ("S3-601", "warning", 3),
        ("SQS-701", "warning", 1),
        ("RDS-701", "review", 1),
    ]
    assert data["summary"]["templates"] == 3


def test_statistics_include_unread_files(project: Project) -> None:
    project.write("a.yaml", "Resources: {A: {Type: AWS::S3::Bucket\n")
    done = project.run("check", "a.yaml", "--statistics")
    assert done.exit_code == 2
    assert "a.yaml:2:1: error: not analysed" in done.stdout
    (failure,) = json.loads(project.run("check", "a.yaml", "--statistics", "--format", "json").stdout)["failures"]
    assert failure["file"] == "a.yaml"


def test_statistics_in_a_format_of_findings_are_refused(project: Project) -> None:
    project.write("a.yaml", DATABASE)
    done = project.run("check", "a.yaml", "--statistics", "--format", "sarif")
    message = "--statistics has the formats text, concise, json; --output sarif=FILE writes the findings beside it"
    assert (done.exit_code, done.stderr) == (2, f"error: {message}\n")


# The reason of the exit code


@pytest.mark.parametrize(
    ("findings", "options", "expected"),
    [
        ([{}], {}, "exit code 1: findings at or above warning, see --fail-on"),
        ([{}], {"fail_on": "error"}, "exit code 1: findings at or above error, see --fail-on"),
        ([{"level": "note"}], {}, "exit code 0: no finding at or above warning"),
        ([{"level": "warning"}], {"fail_on": "error"}, "exit code 0: no finding at or above error"),
        ([{}], {"fail_on": "never"}, "exit code 0: --fail-on never"),
        ([{"verdict": "review"}], {}, "exit code 0: findings to review count only with --fail-on-review"),
        (
            [{"verdict": "review"}],
            {"counts_reviews": True},
            "exit code 1: findings at or above warning, see --fail-on",
        ),
        ([{"verdict": "review", "level": "note"}], {"counts_reviews": True}, ""),
        ([{"verdict": "review", "suppression": Suppression("x")}], {"counts_reviews": True}, ""),
        ([{"verdict": "review", "baseline_state": "unchanged"}], {"counts_reviews": True}, ""),
        ([{"verdict": "open"}], {"counts_reviews": True}, ""),
        ([], {}, ""),
    ],
)
def test_exit_code_is_explained(findings: list[dict], options: dict, expected: str) -> None:
    report = make_report([make_finding(**finding) for finding in findings])
    assert exit_note(report, **options) == expected
    assert exit_code(report, **options) == int(expected.startswith("exit code 1"))
    failed = report._replace(failures=(Failure("a", "load", "x"),))
    assert exit_note(failed, **options) == "exit code 2: not everything could be checked"


def test_findings_to_review_count_on_request(project: Project) -> None:
    project.write("a.yaml", REVIEW)
    check = ["check", "a.yaml", "--select", "RDS-701"]
    assert project.run(*check).exit_code == 0
    assert project.run(*check, "--fail-on", "note").exit_code == 0
    assert project.run(*check, "--fail-on-review").exit_code == 1
    assert project.run(*check, "--fail-on-review", "--fail-on", "error").exit_code == 0
    assert project.run(*check, "--fail-on-review", "--fail-on", "never").exit_code == 0
