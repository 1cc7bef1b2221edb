"""Options of the command line: all commands with their options, and errors in them."""

from __future__ import annotations

import argparse
import json
from typing import Any

import pytest

from relint.cli import build_parser
from relint.commands import build_report
from relint.commands.check_options import check_arguments, parse_output, parse_shard
from relint.errors import OptionError
from tests.helpers.command_line import run_relint
from tests.helpers.paths import DATA

EXPECTED: dict[str, Any] = json.loads((DATA / "command_line.json").read_text(encoding="utf-8"))


def subparsers(argv: list[str]) -> dict[str, argparse.ArgumentParser]:
    (action,) = (action for action in build_parser(argv)._actions if isinstance(action, argparse._SubParsersAction))
    return dict(action.choices)


def describe(parser: argparse.ArgumentParser) -> list[list[Any]]:
    """Return name, metavar, help, choices, default and number of values of each option, apart from --help."""
    return [
        [
            ", ".join(action.option_strings) or action.dest,
            action.metavar,
            action.help,
            list(action.choices) if action.choices else None,
            action.default,
            action.nargs,
            getattr(action.type, "__name__", None),
            isinstance(action, argparse._AppendAction),
        ]
        for action in parser._actions
        if action.dest != "help"
    ]


def test_commands_are_listed_with_their_purpose() -> None:
    (action,) = (action for action in build_parser([])._actions if isinstance(action, argparse._SubParsersAction))
    assert {entry.dest: entry.help for entry in action._choices_actions} == EXPECTED["commands"]
    assert (build_parser([]).prog, build_parser([]).description, build_parser([]).epilog) == tuple(EXPECTED["program"])
    assert (action.metavar, action.required) == ("COMMAND", True)


@pytest.mark.parametrize("command", EXPECTED["options"])
def test_command_has_its_options(command: str) -> None:
    parsers = subparsers([command, "x"])
    assert list(parsers) == [command]
    assert describe(parsers[command]) == EXPECTED["options"][command]


@pytest.mark.parametrize("arguments", [[], ["--version"], ["chekc"], ["--help", "check"]], ids=str)
def test_parser_has_all_commands_unless_the_first_argument_names_one(arguments: list[str]) -> None:
    assert list(subparsers(arguments)) == list(EXPECTED["options"])


def test_version_is_printed() -> None:
    from relint._about import __version__

    assert run_relint("--version") == (0, f"cfn-relint {__version__}\n", "")


@pytest.mark.parametrize(
    ("option", "expected"),
    [(None, None), ("1/1", (1, 1)), ("3/16", (3, 16)), ("16/16", (16, 16))],
)
def test_shard_is_a_number_and_a_count(option: str | None, expected: tuple[int, int] | None) -> None:
    assert parse_shard(option) == expected


@pytest.mark.parametrize("option", ["", "3", "0/16", "17/16", "3/", "/16", "3/16/1", "a/b", "-1/2", "1/x"])
def test_other_shard_is_rejected(option: str) -> None:
    message = f"--shard takes the number of a part and how many there are, such as 3/16, not '{option}'"
    with pytest.raises(OptionError) as error:
        parse_shard(option)
    assert error.value.message == message


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("json=a", ("json", "a")),
        ("sarif=a=b", ("sarif", "a=b")),
        ("sarif:github=out/a.sarif", ("sarif:github", "out/a.sarif")),
    ],
)
def test_output_is_a_format_and_a_file(option: str, expected: tuple[str, str]) -> None:
    assert parse_output(option) == expected


@pytest.mark.parametrize("option", ["json", "json=", "=a", "xml=a", "json:github=a", "sarif:=a", "sarif:jira=a"])
def test_other_output_is_rejected(option: str) -> None:
    formats = "text, concise, json, sarif, junit, gitlab, github, markdown or sarif:PROFILE"
    with pytest.raises(OptionError) as error:
        parse_output(option)
    assert error.value.message == f"--output takes FORMAT=FILE with a format of {formats}, not '{option}'"


def parsed(*arguments: str) -> argparse.Namespace:
    return build_parser(["check"]).parse_args(["check", *arguments])


def test_options_become_arguments_of_the_library() -> None:
    arguments = check_arguments(
        parsed(
            *["a.yaml", "--parameters", "A=1", "--parameters", "B=2", "--region", "eu-west-1", "--account-id", "123"],
            *["--stack-name", "shop", "--select", "RDS-7, ,S3", "--select", "SQS", "--ignore", "RDS-701"],
            *["--ruleset", "all", "--profile", "dev", "--rules", "acme", "--rules", "more", "--fail-on", "error"],
            *["--report-unused", "--config", "c.yaml"],
        )
    )
    assert arguments == {
        "parameters": {
            "A": "1",
            "B": "2",
            "AWS::Region": "eu-west-1",
            "AWS::AccountId": "123",
            "AWS::StackName": "shop",
        },
        "select": ["RDS-7", "S3", "SQS"],
        "ignore": ["RDS-701"],
        "ruleset": "all",
        "rules": ["acme", "more"],
        "settings": {"profile": "dev", "report-unused": True, "fail-on": "error"},
        "config": "c.yaml",
    }


def test_options_that_are_not_given_leave_the_configuration_as_it_is() -> None:
    expected = {"parameters": {}, "select": [], "ignore": [], "ruleset": None, "rules": [], "settings": {}}
    assert check_arguments(parsed("a.yaml")) == {**expected, "config": "find"}
    assert check_arguments(parsed("a.yaml", "--no-config", "--config", "c.yaml")) == {**expected, "config": None}


TEMPLATE = "Resources: {Database: {Type: AWS::RDS::DBInstance}}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "a.yaml"], "- (standard input) cannot be mixed with other paths"),
        (["a.yaml", "--jobs", "-1"], "--jobs takes the number of processes, or 0 for as many as pay for themselves"),
        (["a.yaml", "--prune-baseline"], "--prune-baseline needs the file: --baseline FILE"),
        (["a.yaml", "--baseline", "b", "--diff", "c"], "choose one of --baseline, --write-baseline and --diff"),
        (
            ["a.yaml", "--baseline", "b", "--write-baseline", "c"],
            "choose one of --baseline, --write-baseline and --diff",
        ),
        (["-", "--diff", "main"], "--diff compares files with a git revision; standard input is in none"),
        (["-", "--with", "cfn-lint"], "--with cfn-lint reads files; standard input is none"),
        (["a.yaml", "--env", "prod"], "there is no environment 'prod'; name it in relint.yaml under 'environments'"),
        (["a.yaml", "--env", "all"], "there are no environments; name them in relint.yaml under 'environments'"),
        (
            ["a.yaml", "--env", "all", "--statistics"],
            "several environments have a table of their own; --statistics takes one: --env NAME",
        ),
        (["a.yaml", "--env", "all", "--write-baseline", "b"], "a baseline is written in one environment: --env NAME"),
        (
            ["a.yaml", "--env", "all", "--baseline", "b", "--prune-baseline"],
            "a baseline is written in one environment: --env NAME",
        ),
        (
            ["a.yaml", "--env", "dev,prod"],
            "there is no environment 'dev'; name it in relint.yaml under 'environments'",
        ),
    ],
)
def test_conflicting_options_give_exit_code_2_and_one_sentence(
    tmp_path: Any, arguments: list[str], message: str
) -> None:
    (tmp_path / "a.yaml").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "relint.yaml").write_text("root: true\n", encoding="utf-8")
    done = run_relint("check", *arguments, "--format", "concise", cwd=tmp_path, stdin=TEMPLATE)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"error: {message}\n")


def test_report_that_cannot_be_written_hides_neither_findings_nor_other_reports(tmp_path: Any) -> None:
    (tmp_path / "a.yaml").write_text(TEMPLATE, encoding="utf-8")
    outputs = ["--output", "json=no/such/folder", "--output", "sarif:github=a.sarif"]
    done = run_relint("check", "a.yaml", *outputs, "--format", "concise", "--no-config", cwd=tmp_path)
    error, summary = done.stderr.splitlines()
    assert error == "error: 'no/such/folder' cannot be written (No such file or directory)"
    assert done.exit_code == 2 and "exit code 2: not every report could be written" in summary
    assert "RDS-701" in done.stdout and "RDS-701" in (tmp_path / "a.sarif").read_text(encoding="utf-8")


@pytest.mark.parametrize("profile", ["full", "github", "gitlab", "azure"])
def test_log_of_a_profile_is_printed_as_it_is_written(tmp_path: Any, profile: str) -> None:
    (tmp_path / "a.yaml").write_text(TEMPLATE, encoding="utf-8")
    done = run_relint("check", "a.yaml", "--format", f"sarif:{profile}", "--output", f"sarif:{profile}=a", cwd=tmp_path)
    assert done.stdout == (tmp_path / "a").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", ["--diff", "--with"])
def test_urls_are_rejected_where_files_are_needed(tmp_path: Any, option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    value = {"--diff": "main", "--with": "cfn-lint"}[option]
    message = {
        "--diff": "--diff compares files with a git revision; 's3://bucket/a.yaml' is in none",
        "--with": "--with cfn-lint reads files; 's3://bucket/a.yaml' is none",
    }[option]
    monkeypatch.setattr(build_report, "_check", lambda *_: build_report.Report())
    done = run_relint("check", "s3://bucket/a.yaml", option, value, "--format", "concise", cwd=tmp_path)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"error: {message}\n")


@pytest.mark.parametrize(
    ("arguments", "command", "message"),
    [
        ("check a.yaml --formt text", "relint check", "'check' has no option --formt; did you mean --format?"),
        ("check --fail_on=error", "relint check", "'check' has no option --fail_on; did you mean --fail-on?"),
        ("check -format text", "relint check", "'check' has no option -format; did you mean --format?"),
        (
            "explain RDS-701 --env prod",
            "relint explain",
            "'explain' has no option --env; "
            "it is an option of 'check', 'graph', 'assess', 'diff', 'config', 'suppressions'",
        ),
        ("check --xyzzy", "relint check", "'check' has no option --xyzzy"),
        ("explain RDS-701 RDS-702", "relint explain", "there is one argument too many: 'RDS-702'"),
        ("check --format txt", "relint check", "--format cannot be 'txt'; did you mean 'text'?"),
        ("new a/b --area 9", "relint new", "--area cannot be 9; known are 1, 2, 3, 4, 5, 6, 7, 8"),
        ("chekc a.yaml", "relint", "there is no command 'chekc'; did you mean 'check'?"),
        ("stacks", "relint", "there is no command 'stacks'; did you mean 'relint check stacks'?"),
        ("--format text a.yaml", "relint", "options follow the command, as in: relint check --format"),
        ("--verison", "relint", "there is no option --verison; did you mean --version?"),
    ],
)
def test_wrong_argument_gets_a_suggestion_and_the_usage_of_the_command(
    tmp_path: Any, arguments: str, command: str, message: str
) -> None:
    (tmp_path / "stacks").mkdir()
    done = run_relint(*arguments.split(), cwd=tmp_path)
    error, usage, help = done.stderr.splitlines()
    assert (done.exit_code, done.stdout, error) == (2, "", f"{command}: error: {message}")
    assert usage.startswith(f"usage: {command} [OPTIONS] ")
    assert help == f"{command} --help says more"


def test_relint_alone_prints_its_help() -> None:
    assert run_relint() == run_relint("--help")


@pytest.mark.parametrize("command", ["check", "suppressions"])
def test_command_without_a_path_reads_the_working_directory(tmp_path: Any, command: str) -> None:
    (tmp_path / "a.yaml").write_text("# relint: ignore[RDS-701] Known.\n" + TEMPLATE, encoding="utf-8")
    done = run_relint(command, cwd=tmp_path)
    assert done.stdout.count("a.yaml:") > 0
    assert done == run_relint(command, ".", cwd=tmp_path)
