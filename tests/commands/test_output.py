"""Exit code, format, colour and streams of `relint check`."""

from __future__ import annotations

import io
import json

import pytest

from relint.cli import build_parser
from relint.commands.build_report import _count_files
from relint.commands.check_options import default_format
from relint.commands.exit_codes import exit_code
from relint.commands.output_layout import uses_colour
from relint.commands.progress import Progress
from relint.commands.write_report import write_report
from relint.finding import Failure, Suppression
from tests.helpers.command_line import working_directory
from tests.helpers.project import Project
from tests.helpers.report_builder import make_finding, make_report

DATABASE = "Resources: {Database: {Type: AWS::RDS::DBInstance}}\n"


class Screen(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


# Exit codes


@pytest.mark.parametrize(
    ("finding", "options", "expected"),
    [
        pytest.param({}, {}, 1, id="an error"),
        pytest.param({"level": "warning"}, {}, 1, id="a warning"),
        pytest.param({"level": "note"}, {}, 0, id="a note"),
        pytest.param({"level": "note"}, {"fail_on": "note"}, 1, id="a note that the option names"),
        pytest.param({"level": "warning"}, {"fail_on": "error"}, 0, id="a warning below the option"),
        pytest.param({}, {"fail_on": "error"}, 1, id="an error at the option"),
        pytest.param({}, {"fail_on": "never"}, 0, id="never"),
        pytest.param({"verdict": "review"}, {}, 0, id="a review"),
        pytest.param({"verdict": "open"}, {}, 0, id="an open finding"),
        pytest.param({"suppression": Suppression("accepted")}, {}, 0, id="a suppressed finding"),
        pytest.param({"baseline_state": "unchanged"}, {}, 0, id="a known finding"),
        pytest.param({"baseline_state": "new"}, {}, 1, id="a new finding"),
        pytest.param({"level": "note", "file": "b.yaml"}, {}, 1, id="a note that the configuration names"),
        pytest.param(
            {"level": "note", "file": "b.yaml"}, {"fail_on": "error"}, 0, id="an option over the configuration"
        ),
        pytest.param({"file": "c.yaml"}, {}, 0, id="never in the configuration"),
    ],
)
def test_exit_code_depends_on_level_and_verdict(finding: dict, options: dict, expected: int) -> None:
    fail_on = {"b.yaml": "note", "c.yaml": "never"}
    silent = make_finding(verdict="open")
    report = make_report([silent, make_finding(**finding), silent])._replace(fail_on=fail_on)
    assert exit_code(report, **options) == expected
    assert exit_code(report._replace(failures=(Failure("a", "load", "x"),)), **options) == 2


# Format and colour


@pytest.mark.parametrize(
    ("is_terminal", "variables", "format_name", "colour"),
    [
        (False, {}, "concise", False),
        (True, {}, "text", True),
        (False, {"GITHUB_ACTIONS": "true"}, "github", False),
        (False, {"GITHUB_ACTIONS": "1"}, "concise", False),
        (True, {"GITHUB_ACTIONS": "true"}, "text", True),
        (True, {"TERM": "dumb"}, "text", False),
        (True, {"NO_COLOR": "1"}, "text", False),
        (True, {"NO_COLOR": ""}, "text", True),
        (True, {"TERM": "dumb", "FORCE_COLOR": "1"}, "text", True),
        (False, {"FORCE_COLOR": "1"}, "concise", True),
        (False, {"FORCE_COLOR": ""}, "concise", False),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, "concise", False),
    ],
)
def test_terminal_and_environment_decide_format_and_colour(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, variables: dict[str, str], format_name: str, colour: bool
) -> None:
    for name in ("GITHUB_ACTIONS", "TERM", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", Screen() if is_terminal else io.StringIO())
    assert (default_format(), uses_colour()) == (format_name, colour)


@pytest.mark.parametrize(
    ("name", "option", "variable", "profile"),
    [
        ("sarif", None, "", "full"),
        ("sarif", None, "True", "azure"),
        ("sarif", None, "1", "full"),
        ("sarif", "gitlab", "True", "gitlab"),
        ("sarif:github", "gitlab", "True", "github"),
    ],
)
def test_profile_of_sarif_is_the_format_the_option_or_that_of_the_pipeline(
    monkeypatch: pytest.MonkeyPatch, name: str, option: str | None, variable: str, profile: str
) -> None:
    monkeypatch.setenv("TF_BUILD", variable)
    options = build_parser(["check"]).parse_args(["check", "--sarif-category", "shop/"])
    written: dict[str, str] = {}
    report = make_report([make_finding()._replace(baseline_state=state) for state in ("new", "unchanged")])
    for key, format_name, value in (("is", name, option), ("expected", f"sarif:{profile}", None)):
        options.sarif_profile = value
        parts: list[str] = []
        write_report(report, format_name, options, parts.append)
        written[key] = "".join(parts)
    assert written["is"] == written["expected"]
    (run,) = json.loads(written["is"])["runs"]
    assert run["automationDetails"]["id"] == (
        "shop/" if profile != "azure" else "azuredevops/pipeline/build/-/-/-/-/-/-"
    )
    assert len(run["results"]) == (2 if profile in ("full", "azure") else 1)


def test_known_findings_are_in_no_report_of_lines() -> None:
    options = build_parser(["check"]).parse_args(["check"])
    report = make_report([make_finding()._replace(baseline_state=state) for state in ("new", "unchanged")])
    parts: list[str] = []
    write_report(report, "markdown", options, parts.append)
    assert "".join(parts).count("RDS-701") == 1
    assert "1 not new" in "".join(parts)


# relint check


def test_variables_of_the_pipeline_are_in_the_log(project: Project) -> None:
    project.write("a.yaml", DATABASE)
    variables = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SHA": "f" * 40}
    log = json.loads(project.run("check", "a.yaml", "--format", "sarif", **variables).stdout)
    assert log["runs"][0]["versionControlProvenance"][0]["repositoryUri"] == "https://github.com/acme/shop"


def test_error_in_an_option_is_a_failure_in_formats_for_programs(project: Project) -> None:
    project.write("a.yaml", DATABASE)
    check = ["check", "a.yaml", "--select", "nothing"]
    message = "there is no rule 'nothing'; 'relint rules' lists them all"
    assert project.run(*check, "--format", "concise") == (2, "", f"error: {message}\n")
    assert project.run(*check, "--format", "text") == (2, "", f"error: {message}\n")
    done = project.run(*check, "--format", "github")
    assert done.stdout.startswith(f"::error file=relint,line=1,title=relint::{message}\n")
    (failure,) = json.loads(project.run(*check, "--format", "json").stdout)["failures"]
    assert failure == {"file": "relint", "stage": "options", "message": message, "span": None}


def test_error_in_a_configuration_is_a_failure_at_its_place(project: Project) -> None:
    project.write("a.yaml", DATABASE).configure("rulset: core\n")
    (failure,) = json.loads(project.run("check", "a.yaml", "--format", "json").stdout)["failures"]
    start, end = {"line": 2, "column": 1}, {"line": 2, "column": 13}
    assert (failure["file"], failure["span"]) == ("relint.yaml", {"start": start, "end": end})


def test_skipped_files_are_listed_on_request(project: Project) -> None:
    project.write("a.yaml", DATABASE).write("values.yaml", "a: 1\n")
    assert "skipped" not in project.run("check", ".", "--fail-on", "never").stderr
    assert project.run("check", ".", "--fail-on", "never", "--verbose").stderr.splitlines()[:-1] == [
        "relint.yaml: skipped: not a CloudFormation template",
        "values.yaml: skipped: not a CloudFormation template",
    ]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        pytest.param([], 0, True, id="named files are passed over, and that is said"),
        pytest.param(["--quiet"], 0, False, id="a quiet run says nothing"),
        pytest.param(["--skip-non-templates"], 0, False, id="a hook names every file"),
        pytest.param(["--strict-files"], 2, True, id="strict files fail"),
        pytest.param(["--strict-files", "--skip-non-templates"], 2, False, id="a contradiction"),
    ],
)
def test_named_file_without_a_template_is_skipped_as_the_options_say(
    project: Project, arguments: list[str], exit_code: int, *, said: bool
) -> None:
    project.write("a.yaml", DATABASE).write("values.yaml", "a: 1\n")
    for _ in range(2):  # the second run takes the files from the cache
        done = project.run("check", "a.yaml", "values.yaml", "--fail-on", "never", "--format", "concise", *arguments)
        assert (done.exit_code, "values.yaml" in done.stdout + done.stderr) == (exit_code, said)


def test_library_gives_the_reason_why_a_named_file_is_skipped(project: Project) -> None:
    project.write("a.yaml", DATABASE).write("values.yaml", "a: 1\n")
    skipped = project.check("a.yaml", "values.yaml").skipped
    assert skipped == {"values.yaml": "not a CloudFormation template, although it was named"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--region", "eu-west-1"], "fail"),
        (["--region", "eu-west-2", "--account-id", "1"], "fail"),
        (["--region", "eu-west-2", "--stack-name", "shop"], "fail"),
        (["--region", "eu-west-2", "--account-id", "2", "--stack-name", "x"], "pass"),
    ],
)
def test_pseudo_parameters_have_the_values_of_their_options(
    project: Project, arguments: list[str], expected: str
) -> None:
    conditions = "R: !Equals [!Ref AWS::Region, eu-west-1], A: !Equals [!Ref AWS::AccountId, '1'], "
    conditions += "S: !Equals [!Ref AWS::StackName, shop], Bad: !Or [Condition: R, Condition: A, Condition: S]"
    properties = "{Engine: mysql, MultiAZ: !If [Bad, false, true]}"
    project.write(
        "a.yaml",
        f"Conditions: {{{conditions}}}\nResources: {{D: {{Type: AWS::RDS::DBInstance, Properties: {properties}}}}}\n",
    )
    done = project.run("check", "a.yaml", "--select", "RDS-701", "--format", "concise", *arguments)
    assert (done.exit_code, "RDS-701" in done.stdout) == ((1, True) if expected == "fail" else (0, False))


def test_environment_of_every_configuration_is_required(project: Project) -> None:
    project.write("a.yaml", DATABASE)
    message = "there is no environment 'prod'; name it in relint.yaml under 'environments'"
    for arguments in (["check", "a.yaml"], ["check", "-"]):
        done = project.run(*arguments, "--env", "prod", "--format", "concise", stdin=DATABASE)
        assert (done.exit_code, done.stderr) == (2, f"error: {message}\n")


def test_progress_is_shown_on_a_terminal_and_removed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 0.5, 1.0, 1.05, 1.1, 9.0])
    monkeypatch.setattr("time.monotonic", lambda: next(times))
    screen = Screen()
    progress = Progress(screen, lambda: 5)
    for name in ("a.yaml", "b.yaml", "c.yaml", "x" * 70 + "\x1b", "e.yaml"):
        progress(name)
    assert screen.getvalue() == (
        "\r\x1b[Krelint: file 2 of 5, b.yaml"
        f"\r\x1b[Krelint: file 4 of 5, {'x' * 46}\\x1b"
        "\r\x1b[Krelint: file 5 of 5, e.yaml"
    )
    progress.clear()
    assert screen.getvalue().endswith("e.yaml\r\x1b[K")


def test_progress_without_a_total_shows_the_number_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([0.0, 2.0])
    monkeypatch.setattr("time.monotonic", lambda: next(times))
    screen = Screen()
    Progress(screen, lambda: None)("a.yaml")
    assert screen.getvalue() == "\r\x1b[Krelint: file 1, a.yaml"


def test_total_of_the_progress_counts_each_file_that_is_read(project: Project) -> None:
    for name in ("a.yaml", "d/b.json", "d/c.txt", "node_modules/d.yaml", "e.yaml"):
        project.write(name, "Resources: {}\n")
    project.configure("exclude: [e.yaml]\n")
    with working_directory(project.folder):
        arguments = build_parser(["check"]).parse_args(["check", ".", "a.yaml"])
        assert _count_files(arguments, None) == 3  # relint.yaml is one of them
        arguments.shard = "1/2"
        assert _count_files(arguments, None) is None


def test_short_run_shows_no_progress() -> None:
    screen = Screen()
    progress = Progress(screen, lambda: 5)
    progress("a.yaml")
    progress.clear()
    assert screen.getvalue() == ""
