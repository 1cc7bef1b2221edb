"""`relint completion`: print a script with which a shell completes commands, options and their values."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.commands.exit_codes import CLEAN

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_BASH = """\
# bash: put this into ~/.bashrc:  eval "$(relint completion bash)"
_relint() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="{commands} --help --version"
  else
    case "${{COMP_WORDS[1]}} ${{COMP_WORDS[COMP_CWORD-1]}}" in
{values}
      *)
        case "${{COMP_WORDS[1]}} $current" in
{options}
        esac ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _relint relint cfn-relint
"""
_ZSH = """\
#compdef relint cfn-relint
# zsh: put this into ~/.zshrc, behind compinit:  eval "$(relint completion zsh)"
_relint() {{
  if (( CURRENT == 2 )); then
    local -a commands=({commands})
    _describe command commands
    return
  fi
  case $words[2] in
{options}
  esac
}}
compdef _relint relint cfn-relint
"""
_FISH = """\
# fish: relint completion fish > ~/.config/fish/completions/relint.fish
{commands}
{options}
"""


class _Argument(NamedTuple):
    """An option with its names, or a positional argument without names."""

    names: Sequence[str]
    help: str
    takes_value: bool
    choices: Sequence[str]


def run(options: argparse.Namespace) -> int:
    """Print the script for a shell, made from the parser of the command line, so that it is never out of date."""
    (commands,) = options.build_parser([])._get_positional_actions()
    helps = {action.dest: action.help or "" for action in commands._choices_actions}
    arguments = {name: [_read(action) for action in parser._actions] for name, parser in commands.choices.items()}
    writers = {"bash": _write_bash, "zsh": _write_zsh, "fish": _write_fish}
    print(writers[options.shell](helps, arguments), end="")
    return CLEAN


def _read(action: argparse.Action) -> _Argument:
    # A colon ends a word in bash, so sarif:github cannot be completed; sarif can.
    choices = [str(choice) for choice in action.choices or () if ":" not in str(choice)]
    return _Argument(action.option_strings, action.help or "", action.nargs != 0, choices)


def _write_bash(helps: dict[str, str], arguments: dict[str, list[_Argument]]) -> str:
    values, options = [], []
    for command, members in arguments.items():
        for argument in members:
            if argument.names and argument.takes_value:
                pattern = "|".join(f'"{command} {name}"' for name in argument.names)
                values.append(f'      {pattern}) words="{" ".join(argument.choices)}" ;;')
        names = " ".join(name for argument in members for name in argument.names)
        words = " ".join(choice for argument in members if not argument.names for choice in argument.choices)
        options.append(f'          "{command} "-*) words="{names}" ;;')
        if words:
            options.append(f'          "{command} "*) words="{words}" ;;')
    return _BASH.format(commands=" ".join(helps), values="\n".join(values), options="\n".join(options))


def _write_zsh(helps: dict[str, str], arguments: dict[str, list[_Argument]]) -> str:
    commands = " ".join(_quote(f"{name}:{_without(help, ':')}") for name, help in helps.items())
    options = []
    for command, members in arguments.items():
        specifications = []
        for argument in members:
            action = f"({' '.join(argument.choices)})" if argument.choices else "_files"
            text = _without(argument.help, "[]:")
            for name in argument.names:
                value = f":value:{action}" if argument.takes_value else ""
                specifications.append(_quote(f"*{name}[{text}]{value}"))
            if not argument.names:
                specifications.append(_quote(f"*:argument:{action}"))
        options.append(f"    {command}) shift words; (( CURRENT-- )); _arguments {' '.join(specifications)} ;;")
    return _ZSH.format(commands=commands, options="\n".join(options))


def _write_fish(helps: dict[str, str], arguments: dict[str, list[_Argument]]) -> str:
    commands = [
        f"complete -c relint -f -n __fish_use_subcommand -a {name} -d {_quote(help)}" for name, help in helps.items()
    ]
    options = []
    for command, members in arguments.items():
        condition = f"complete -c relint -n '__fish_seen_subcommand_from {command}'"
        for argument in members:
            words = f" -x -a {_quote(' '.join(argument.choices))}" if argument.choices else ""
            if not argument.names:
                options += [condition + words] if words else []
                continue
            flags = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in argument.names)
            value = words or (" -r" if argument.takes_value else "")
            options.append(f"{condition} {flags}{value} -d {_quote(argument.help)}")
    return _FISH.format(commands="\n".join(commands), options="\n".join(options))


def _without(text: str, characters: str) -> str:
    """Return the text without characters that separate the parts of a specification."""
    return "".join(character for character in text if character not in characters)


def _quote(text: str) -> str:
    """Return a word of a shell; all three shells read a word in single quotes as it stands."""
    return f"'{_without(text, chr(39))}'"
