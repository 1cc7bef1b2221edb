"""The command line: arguments in, reports and an exit code out. Nothing else prints, exits or reads the environment."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from relint.errors import OptionError, RelintError
from relint.finding import LEVELS

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.finding import Report
    from relint.report.sarif import Profile

CLEAN, FINDINGS, FAILED = 0, 1, 2
FORMATS = ("text", "concise", "sarif")
_PSEUDO = {"region": "AWS::Region", "account_id": "AWS::AccountId", "stack_name": "AWS::StackName"}


def script() -> None:
    """The `relint` command: `main`, which then leaves without taking the interpreter down piece by piece."""
    code = _code(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError):
            stream.flush()
    os._exit(code)  # a tenth of the time of a small run would go into freeing what the system frees anyway


def main(argv: Sequence[str] | None = None) -> None:
    """Runs the command line and exits: 0 clean, 1 findings at or above --fail-on, 2 the work could not be done."""
    sys.exit(_code(sys.argv[1:] if argv is None else argv))


def _code(argv: Sequence[str]) -> int:
    # What a run makes, it needs to the end: at the usual threshold the collector would look through it dozens of times.
    gc.set_threshold(100_000)
    try:
        code = run(argv)
        sys.stdout.flush()
    except RelintError as error:
        print(_located(error), file=sys.stderr)
        code = FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has seen enough
        code = CLEAN
    except KeyboardInterrupt:
        code = 130
    return code


def run(argv: Sequence[str]) -> int:
    """Runs one command and returns its exit code; raises RelintError for what the user must correct."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = options.command
    return command(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="relint",
        formatter_class=_formatter,
        description="Finds what would make a system deployed by AWS CloudFormation unreliable.",
        epilog="Exit codes: 0 clean, 1 findings at or above --fail-on, 2 the work could not be done.",
    )
    parser.add_argument("--version", action=_Version)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_check(commands.add_parser("check", help="check templates", formatter_class=_formatter))
    explain = commands.add_parser(
        "explain", help="say what a rule demands, why, and how to satisfy it", formatter_class=_formatter
    )
    explain.add_argument("rule", metavar="RULE", help="an id or a name, such as RDS-701 or rds-multi-az")
    rules = commands.add_parser("rules", help="list the rules", formatter_class=_formatter)
    rules.add_argument("--format", choices=("table", "json", "markdown"), default="table")
    rules.add_argument(
        "--output", metavar="DIR", default="docs/rules", help="where markdown pages go (default: docs/rules)"
    )
    for command in (explain, rules):
        command.add_argument("--rules", metavar="DIR", action="append", default=[], help="add the rules of a folder")
    test = commands.add_parser("test", help="check rule files against their own examples", formatter_class=_formatter)
    test.add_argument("paths", metavar="DIR", nargs="+", help="rule files, or folders of them")
    explain.set_defaults(command=_explain)
    rules.set_defaults(command=_rules)
    test.set_defaults(command=_test)
    return parser


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Help of a fixed width: to measure the terminal, argparse would import shutil at every start."""
    return argparse.HelpFormatter(prog, width=100)


class _Version(argparse.Action):
    """Prints the version; its own class so that the version is read only when it is asked for."""

    def __init__(self, option_strings: Sequence[str], dest: str, **_: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version and exit")

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from relint import __version__

        print(f"relint {__version__}")
        parser.exit()


def _add_check(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("paths", metavar="PATH", nargs="*", help="templates, folders of them, or - for standard input")
    add("--parameters", metavar="FILE|K=V", action="append", default=[], help="parameter values; may be repeated")
    add("--region", metavar="REGION", help="the value of AWS::Region")
    add("--account-id", metavar="ID", help="the value of AWS::AccountId")
    add("--stack-name", metavar="NAME", help="the value of AWS::StackName")
    add(
        "--select",
        metavar="RULES",
        action="append",
        default=[],
        help="only these rules: ids, names or prefixes (RDS, RDS-7)",
    )
    add("--ignore", metavar="RULES", action="append", default=[], help="not these rules")
    add("--ruleset", choices=("core", "recommended", "all"), help="default: recommended; all adds the notes")
    add("--rules", metavar="DIR", action="append", default=[], help="add the rules of a folder")
    add("--format", choices=FORMATS, default="text", help="what to print (default: text)")
    add("--output", metavar="FORMAT=FILE", action="append", default=[], help="also write a report to a file")
    add("--fail-on", choices=(*LEVELS, "never"), default="warning", help="the least level that makes the exit code 1")
    add("--show-open", action="store_true", help="list what cannot be told from these files")
    add("--allow-empty", action="store_true", help="finding no template is no failure")
    add("--skip-non-templates", action="store_true", help="skip named files that are no templates, even if unreadable")
    add("--stdin-filename", metavar="NAME", default="stdin.yaml", help="the name that findings in standard input bear")
    add("--sarif-profile", choices=("full", "github", "gitlab", "azure"), help="fit the log to its reader")
    add("--sarif-category", metavar="ID", default="relint/reliability/", help="automationDetails.id of the log")
    add("-v", "--verbose", action="store_true", help="say which files were skipped, and why")
    parser.set_defaults(command=_check)


def _check(options: argparse.Namespace) -> int:
    outputs = [_output(option) for option in options.output]
    parameters = _parameters(options.parameters)
    parameters.update((name, getattr(options, key)) for key, name in _PSEUDO.items() if getattr(options, key))
    report = _run_check(
        options,
        parameters=parameters,
        select=_words(options.select),
        ignore=_words(options.ignore),
        ruleset=options.ruleset,
        rules=options.rules,
        allow_empty=options.allow_empty,
        skip_non_templates=options.skip_non_templates,
    )
    for kind, file in outputs:
        try:
            with open(file, "w", encoding="utf-8", newline="\n") as stream:
                _write(report, kind, options, stream.write, colour=False)
        except OSError as error:
            raise OptionError(f"'{file}' cannot be written ({error.strerror})") from error
    _write(report, options.format, options, sys.stdout.write, colour=_colour())
    if options.verbose:
        for file, reason in report.skipped.items():
            print(f"{file}: skipped: {reason}", file=sys.stderr)
    return exit_code(report, options.fail_on)


def _parameters(options: Sequence[str]) -> dict[str, str]:
    if not options:
        return {}
    from relint.settings import parameter_values

    return parameter_values(options)


def _run_check(options: argparse.Namespace, **settings: Any) -> Report:
    from relint import api

    if not options.paths:
        raise OptionError("name a template, a folder, or - for standard input")
    if "-" not in options.paths:
        return api.check(*options.paths, **settings)
    if len(options.paths) > 1:
        raise OptionError("- (standard input) cannot be mixed with other paths")
    return api.check_text(sys.stdin.buffer.read(), options.stdin_filename, **settings)


def exit_code(report: Report, fail_on: str) -> int:
    """0 clean, 1 unsuppressed failures at or above the level `fail_on`, 2 (it beats 1) work that could not be done."""
    if report.failures:
        return FAILED
    levels = LEVELS[LEVELS.index(fail_on) :] if fail_on in LEVELS else ()
    return FINDINGS if any(finding.counts and finding.level in levels for finding in report.findings) else CLEAN


def _write(
    report: Report, kind: str, options: argparse.Namespace, write: Callable[[str], object], colour: bool
) -> None:
    if kind == "sarif":
        from relint.report.sarif import write_sarif
        from relint.report.sarif_pipeline import VARIABLES

        azure = os.environ.get("TF_BUILD", "").lower() == "true"
        profile: Profile = options.sarif_profile or ("azure" if azure else "full")
        build = {name: os.environ[name] for name in VARIABLES if name in os.environ}
        write_sarif(report, write, profile=profile, category=options.sarif_category, build=build)
        return
    if kind == "text":
        from relint.report.text import full

        lines = full(report, colour=colour, show_open=options.show_open)
    else:
        from relint.report.concise import concise

        lines = concise(report, show_open=options.show_open)
    for line in lines:
        write(line + "\n")


def _output(option: str) -> tuple[str, str]:
    kind, _, file = option.partition("=")
    if kind not in FORMATS or not file:
        raise OptionError(f"--output takes FORMAT=FILE with a format of {', '.join(FORMATS)}, not '{option}'")
    return kind, file


def _words(options: Sequence[str]) -> list[str]:
    return [word.strip() for option in options for word in option.split(",") if word.strip()]


def _colour() -> bool:
    """Colour on a terminal, unless NO_COLOR is set; FORCE_COLOR asks for it anywhere (https://no-color.org)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def _located(error: RelintError) -> str:
    place = ""
    if error.file:
        place = error.file + ":"
        if error.span:
            place += f"{error.span.start.line}:{error.span.start.column}:"
        place += " "
    return f"{place}error: {error.message}"


def _explain(options: argparse.Namespace) -> int:
    from relint.api import load_rules
    from relint.catalog.select import find_rule, unknown_rule
    from relint.report.explain import explain

    rules = load_rules(*options.rules)
    rule = find_rule(rules, options.rule)
    if rule is None:
        raise OptionError(unknown_rule(rules, options.rule))
    print(explain(rule))
    return CLEAN


def _rules(options: argparse.Namespace) -> int:
    from relint.api import load_rules
    from relint.report.rules import rules_json, rules_table

    rules = load_rules(*options.rules)
    if options.format == "markdown":
        return _write_pages(rules, options.output)
    print(rules_json(rules) if options.format == "json" else rules_table(rules))
    return CLEAN


def _write_pages(rules: Sequence[Rule], directory: str) -> int:
    """Writes the pages of the rules; a page of a rule that is gone is removed, what others have written is not."""
    from relint.report.pages import NOTICE, pages

    wanted = pages(rules)
    try:
        os.makedirs(directory, exist_ok=True)
        for name in set(os.listdir(directory)) - set(wanted):
            file = os.path.join(directory, name)
            if name.endswith(".md") and _begins_with(file, NOTICE):
                os.remove(file)
        for name, text in wanted.items():
            with open(os.path.join(directory, name), "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        raise OptionError(f"'{directory}' cannot be written ({error.strerror})") from error
    print(f"{len(wanted)} pages written to {directory}")
    return CLEAN


def _begins_with(file: str, text: str) -> bool:
    with open(file, "rb") as stream:
        return stream.read(len(text.encode())) == text.encode()


def _test(options: argparse.Namespace) -> int:
    from relint.api import load_rules
    from relint.catalog.load import rule_files
    from relint.testing import run_examples

    files = [file for path in options.paths for file in rule_files(path)]
    examples = failed = 0
    for example, mistakes in run_examples(files, load_rules()):
        examples += 1
        failed += bool(mistakes)
        for mistake in mistakes:
            place = f"{example.file}:{example.line}:1"
            print(f"{place}: error: {example.rule} {example.kind} example '{example.name}': {mistake}")
    print(f"{examples} examples of {len(files)} rule files: {failed or 'none'} failed")
    return FINDINGS if failed else CLEAN
