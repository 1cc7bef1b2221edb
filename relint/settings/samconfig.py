"""Parameter values in samconfig.toml or samconfig.yaml, the configuration of the SAM CLI.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
(2026-11-28)
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping

from relint._typing import Any
from relint.errors import OptionError
from relint.settings.suggestion import with_suggestion

_COMMANDS = ("deploy", "sync", "build", "global")
"""Tables in which parameter_overrides is searched; the first one that has it counts, and `global` is for all."""


def is_samconfig(data: Any) -> bool:
    """Whether data has the shape of a samconfig file: environment, command, `parameters`."""
    return isinstance(data, dict) and any(
        isinstance(command, dict) and isinstance(command.get("parameters"), dict)
        for environment in data.values()
        if isinstance(environment, dict)
        for command in environment.values()
    )


def samconfig_overrides(data: Mapping[str, Any], environment: str | None, file: str) -> list[str] | dict[str, Any]:
    """Return the parameter_overrides of an environment, by default the one named `default`.

    The result is a list of "Name=value" or a mapping. Raises OptionError for an unknown environment and for an
    environment without parameter_overrides.
    """
    environments = [name for name, commands in data.items() if isinstance(commands, dict)]
    name = environment or ("default" if "default" in environments or len(environments) > 1 else environments[0])
    if name not in environments:
        message = with_suggestion(f"'{file}' has no environment '{name}'", name, environments)
        raise OptionError(message, file)
    for command in _COMMANDS:
        table = data[name].get(command)
        parameters = table.get("parameters") if isinstance(table, dict) else None
        if isinstance(parameters, dict) and "parameter_overrides" in parameters:
            return _parse_overrides(parameters["parameter_overrides"], file)
    raise OptionError(f"environment '{name}' of '{file}' has no parameter_overrides for deploy", file)


def _parse_overrides(overrides: Any, file: str) -> list[str] | dict[str, Any]:
    if isinstance(overrides, dict):
        return overrides
    try:
        words = shlex.split(overrides) if isinstance(overrides, str) else list(overrides)
    except (ValueError, TypeError) as error:
        raise OptionError(f"parameter_overrides of '{file}' is no text of Name=\"value\" ({error})", file) from error
    return [_parse_word(word, file) for word in words]


def _parse_word(word: Any, file: str) -> str:
    """Return "Name=value"; the SAM CLI also takes ParameterKey=Name,ParameterValue=value."""
    if isinstance(word, str) and word.startswith("file://"):
        raise OptionError(f"parameter_overrides of '{file}' names {word}; give that file with --parameters", file)
    if not isinstance(word, str) or "=" not in word:
        raise OptionError(f"parameter_overrides of '{file}' has {word!r}, which is not Name=value", file)
    pair = re.fullmatch(r"ParameterKey=([^,]+),\s*ParameterValue=(.*)", word, re.DOTALL)
    name, value = pair.groups() if pair else word.split("=", 1)
    return f"{name}={value[1:-1] if len(value) > 1 and value[0] == value[-1] == chr(34) else value}"
