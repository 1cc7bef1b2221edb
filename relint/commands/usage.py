"""Errors in the arguments of the command line: what is wrong, what was probably meant, and the usage in one line."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.report.terminal import printable
from relint.settings.suggestion import nearest_word, with_suggestion

if TYPE_CHECKING:
    from typing import NoReturn


def format_usage_error(parser: argparse.ArgumentParser, message: str) -> str:
    """Return the lines about an error: the message, the usage of the command, and how to read more."""
    formatter = argparse.HelpFormatter(f"{parser.prog} [OPTIONS]", width=100)
    formatter.add_usage(None, parser._get_positional_actions(), [])
    return (
        f"{parser.prog}: error: {printable(message)}\n"
        f"{formatter.format_help().rstrip()}\n"
        f"{parser.prog} --help says more\n"
    )


def describe_invalid_value(action: argparse.Action, value: Any) -> str:
    """Return the sentence about a value that an option does not take, or about an unknown command."""
    choices = [str(choice) for choice in action.choices or ()]
    if action.option_strings and isinstance(value, int):
        return f"{action.option_strings[-1]} cannot be {value}; known are {', '.join(choices)}"
    if action.option_strings:
        return with_suggestion(f"{action.option_strings[-1]} cannot be '{value}'", str(value), choices)
    if action.dest == "command" and os.path.exists(value):
        return f"there is no command '{value}'; did you mean 'relint check {value}'?"
    return with_suggestion(f"there is no {action.dest} '{value}'", str(value), choices)


def reject_leading_option(parser: argparse.ArgumentParser, option: str) -> NoReturn:
    """Exit with an error about an option that precedes the command."""
    name = option.partition("=")[0]
    nearest = nearest_word(name, _option_names(parser))
    if nearest:
        parser.error(f"there is no option {name}; did you mean {nearest}?")
    for command, command_parser in _parsers_by_command(parser).items():
        if nearest_word(name, _option_names(command_parser)):
            parser.error(f"options follow the command, as in: relint {command} {option}")
    parser.error(f"there is no option {name}")


def reject_arguments(parser: argparse.ArgumentParser, command: str, arguments: Sequence[str]) -> NoReturn:
    """Exit with an error of the command about the first argument that it does not have.

    `parser` contains all commands, so that the owner of an option is found.
    """
    parsers = _parsers_by_command(parser)
    options = [argument.partition("=")[0] for argument in arguments if argument.startswith("-") and argument != "-"]
    if not options:
        parsers[command].error(f"there is one argument too many: '{arguments[0]}'")
    parsers[command].error(_describe_unknown_option(options[0], command, parsers))


def _describe_unknown_option(option: str, command: str, parsers: Mapping[str, argparse.ArgumentParser]) -> str:
    message = f"'{command}' has no option {option}"
    nearest = nearest_word(option, _option_names(parsers[command]))
    if nearest:
        return f"{message}; did you mean {nearest}?"
    owners = [f"'{other}'" for other, parser in parsers.items() if option in _option_names(parser)]
    return f"{message}; it is an option of {', '.join(owners)}" if owners else message


def _parsers_by_command(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of the commands, which are the choices of the only positional argument."""
    (commands,) = parser._get_positional_actions()
    return dict(commands.choices or {})


def _option_names(parser: argparse.ArgumentParser) -> list[str]:
    return [name for action in parser._actions for name in action.option_strings]
