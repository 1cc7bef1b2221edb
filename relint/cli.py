"""The command line: parses arguments, runs a command and exits with its code."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from errno import EBADF

from relint._typing import TYPE_CHECKING, Any
from relint.commands.common_arguments import add_colour_option, add_config_options
from relint.commands.exit_codes import CLEAN, FAILED
from relint.errors import RelintError, format_error

if TYPE_CHECKING:
    from typing import NoReturn


def console_entry_point() -> None:
    """Run the `relint` command and end the process without freeing its memory first."""
    code = _exit_code(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError):  # the reader has gone, the disk is full, or it is closed: all reported
            stream.flush()
    os._exit(code)  # freeing memory that the system frees anyway would take a tenth of a small run


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and exit: 0 clean, 1 findings at or above --fail-on, 2 the work could not be done."""
    sys.exit(_exit_code(sys.argv[1:] if argv is None else argv))


def _exit_code(argv: Sequence[str]) -> int:
    # A run needs almost all of its objects to the end: at the default threshold, dozens of collections free nothing.
    gc.set_threshold(100_000)
    try:
        if sys.stdout is None:
            raise OSError(EBADF, "standard output is closed")
        code = run(argv)
        sys.stdout.flush()
    except RelintError as error:
        print(format_error(error), file=sys.stderr)
        code = FAILED
    except KeyboardInterrupt:
        code = 130
    except Exception as error:  # Python would exit with 1, the code for findings
        from relint.commands.unexpected_errors import report_unexpected_error

        report_unexpected_error(error)
        code = FAILED
    return code


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; raises RelintError for errors that the user must correct."""
    from importlib import import_module

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    parser = build_parser(argv)
    if not argv:
        parser.print_help()
        return CLEAN
    if argv[0].startswith("-") and argv[0] not in ("-h", "--help", "-V", "--version"):
        from relint.commands.usage import reject_leading_option

        reject_leading_option(parser, argv[0])
    options, unknown = parser.parse_known_args(argv)
    if unknown:
        from relint.commands.usage import reject_arguments

        reject_arguments(build_parser([]), options.command, unknown)
    code: int = import_module(f"relint.commands.{options.command}").run(options)
    return code


def build_parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser for some arguments; it contains only the command that they name, if there is one."""
    parser = _Parser(
        prog="relint",
        formatter_class=_formatter,
        description="Finds what would make a system deployed by AWS CloudFormation unreliable.",
        epilog="Exit codes: 0 clean, 1 findings at or above --fail-on, 2 the work could not be done.",
    )
    parser.add_argument("-V", "--version", action=_Version)
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="command")
    for name in argv[:1] if argv[:1] and argv[0] in _COMMANDS else _COMMANDS:  # building all parsers takes milliseconds
        help, add_arguments = _COMMANDS[name]
        add_arguments(commands.add_parser(name, help=help, formatter_class=_formatter))
    return parser


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one sentence, with what was probably meant, and the usage of the command in a line."""

    def error(self, message: str) -> NoReturn:
        """Print the error and the usage, and exit with code 2."""
        from relint.commands.usage import format_usage_error

        self.exit(FAILED, format_usage_error(self, message))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Raise ArgumentError, with the nearest valid value, if an option or the command has no such value."""
        if action.choices is not None and value not in action.choices:
            from relint.commands.usage import describe_invalid_value

            raise argparse.ArgumentError(None, describe_invalid_value(action, value))


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Return a formatter of fixed width: argparse would import shutil at every start to measure the terminal."""
    return argparse.HelpFormatter(prog, width=100)


class _Version(argparse.Action):
    """An option that prints the version; unlike argparse's own, it reads the version only when used."""

    def __init__(self, option_strings: Sequence[str], dest: str, **_: Any) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version and exit")

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from relint._about import DISTRIBUTION, __version__

        print(f"{DISTRIBUTION} {__version__}")
        parser.exit()


def _add_check_arguments(parser: argparse.ArgumentParser) -> None:
    from relint.commands.check_arguments import add_check_arguments

    add_check_arguments(parser)


def _add_explain_arguments(parser: argparse.ArgumentParser) -> None:
    help = "an id or a name, such as RDS-701 or rds-multi-az, or an id of another tool"
    parser.add_argument("rule", metavar="RULE", help=help)
    _add_rules_option(parser)
    add_colour_option(parser)


def _add_rules_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("table", "json", "markdown"), default="table")
    parser.add_argument(
        "--output", metavar="DIR", default="docs/rules", help="where markdown pages go (default: docs/rules)"
    )
    parser.add_argument("--equivalent-to", metavar="TOOL", help="rules that answer to one of aws-config, checkov, ...")
    _add_rules_option(parser)
    add_colour_option(parser)


def _add_rules_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rules", metavar="DIR", action="append", default=[], help="add the rules of a folder")
    parser.add_argument("--config", metavar="FILE", help="read this configuration, and look for no other")
    parser.add_argument("--no-config", action="store_true", help="read no configuration")


def _add_test_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="DIR", nargs="+", help="rule files, or folders of them")
    parser.add_argument("--mutate", action="store_true", help="list small changes of the rules that no example notices")


def _add_new_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("rule", metavar="SERVICE/NAME", help="folder and name of the rule, such as rds/rds-multi-az")
    add("--type", metavar="TYPE", help="the resource type that the rule judges (default: the usual one of the folder)")
    add("--area", metavar="N", type=int, choices=range(1, 9), default=7, help=_AREA_HELP)
    add("--directory", metavar="DIR", default="rules", help="the folder of your rules (default: rules)")


def _add_init_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", metavar="DIR", nargs="?", default=".", help="where to write it (default: .)")


def _arguments_of(command: str, module: str) -> Callable[[argparse.ArgumentParser], None]:
    """Return the function that adds the arguments of a command, from a module that other commands do not import."""

    def add_arguments(parser: argparse.ArgumentParser) -> None:
        from importlib import import_module

        getattr(import_module(f"relint.commands.{module}"), f"add_{command}_arguments")(parser)

    return add_arguments


def _add_completion_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), help="the shell that reads the script")
    parser.set_defaults(build_parser=build_parser)  # the script lists all commands, and commands do not import the cli


def _add_config_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", metavar="PATH", nargs="?", default=".", help="a template or a folder (default: .)")
    parser.add_argument("--show", action="store_true", help="every value in force, and its origin (the default)")
    parser.add_argument(
        "--schema", choices=("config", "rule", "report", "assessment", "diff"), help="print a JSON schema"
    )
    add_config_options(parser)


def _add_merge_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("logs", metavar="FILE", nargs="+", help="logs that relint has written")
    parser.add_argument("--output", metavar="FILE", help="where to write (default: standard output)")


def _add_cache_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("show", "clear"), help="say where it is and how much, or remove it")


def _add_suppressions_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", metavar="PATH", nargs="*", help="templates, or folders of them (default: .)")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    add_config_options(parser)


_AREA_HELP = (
    "first digit of the id: 1 limits, 2 networks, 3 changes in demand, 4 monitoring, 5 deployments, 6 durability, "
    "7 failures of components, 8 recovery (default: 7)"
)
_COMMANDS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "check": ("check templates", _add_check_arguments),
    "graph": (
        "draw the system: what depends on what, and where requests enter",
        _arguments_of("graph", "graph_arguments"),
    ),
    "assess": (
        "say what the loss of a host, a zone, the Region or good data does",
        _arguments_of("assess", "graph_arguments"),
    ),
    "diff": ("say what a change does to what is deployed", _arguments_of("diff", "diff_arguments")),
    "explain": ("say what a rule demands, why, and how to satisfy it", _add_explain_arguments),
    "rules": ("list the rules", _add_rules_arguments),
    "test": ("check rule files against their own examples", _add_test_arguments),
    "new": ("write the skeleton of a rule file", _add_new_arguments),
    "init": ("write a relint.yaml with comments, and say what was found", _add_init_arguments),
    "config": ("show what is configured, and where", _add_config_arguments),
    "merge": ("join SARIF logs of relint into one, such as those of shards", _add_merge_arguments),
    "cache": ("what was found in templates and is kept for the next run", _add_cache_arguments),
    "lsp": ("serve an editor on standard input and output (needs cfn-relint[lsp])", lambda _: None),
    "completion": ("print a script with which bash, zsh or fish completes commands", _add_completion_arguments),
    "suppressions": ("list what is suppressed, with file, reason and age", _add_suppressions_arguments),
}
