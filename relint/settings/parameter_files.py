"""Values of template parameters in files and on the command line."""

from __future__ import annotations

import os
from collections.abc import Iterable

from relint._typing import Any
from relint.errors import OptionError, TemplateError, working_on
from relint.resolve.value import scalar_text
from relint.settings.setting import Origin


def read_parameter_options(options: Iterable[str]) -> dict[str, str]:
    """Return the values in `--parameters` options, `Name=value` or a file; later ones override earlier ones.

    A file, JSON, YAML or TOML, has one of the shapes that AWS tools accept: a list of ParameterKey and ParameterValue
    (aws cloudformation create-stack), a list of "Name=value" (deploy), a mapping with Parameters (CodePipeline) or
    parameters (Git sync), samconfig.toml, or a plain mapping. `samconfig.toml:prod` names one of its environments.
    Raises OptionError, with the position if there is one.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/git-sync-concepts-terms.html (2026-11-28)
    """
    values: dict[str, str] = {}
    for option in options:
        name, equals, value = option.partition("=")
        if equals and not os.path.isfile(option):
            values[name] = value
        else:
            values.update(read_parameter_file(option))
    return values


def read_parameter_file(file: str, named_in: Origin | None = None) -> dict[str, str]:
    """Return the values in a file.

    Raises OptionError, which mentions the configuration that names the file, if there is one.
    """
    name, environment = _split_environment(file)
    with working_on(name):
        data = _read_toml(name, named_in) if name.endswith(".toml") else _read_data(name, named_in)
        return _parse_parameters(data, name, environment)


def _split_environment(file: str) -> tuple[str, str | None]:
    """Return the name of a file and of an environment in it, as in samconfig.toml:prod."""
    name, colon, environment = file.rpartition(":")
    is_pair = colon and name.endswith((".toml", ".yaml", ".yml")) and not os.path.exists(file)
    return (name, environment) if is_pair else (file, None)


def _parse_parameters(data: Any, file: str, environment: str | None = None) -> dict[str, str]:
    from relint.settings.samconfig import is_samconfig, samconfig_overrides

    if is_samconfig(data):
        data = samconfig_overrides(data, environment, file)
    elif environment is not None:
        raise OptionError(f"'{file}' is no samconfig.toml, so it has no environment '{environment}'", file)
    elif isinstance(data, dict):
        for key in ("Parameters", "parameters"):  # CodePipeline, Git sync
            if isinstance(data.get(key), dict | list):
                data = data[key]
                break
    if isinstance(data, dict):
        return {name: _to_text(value, name, file) for name, value in data.items()}
    if isinstance(data, list):
        return dict(_parse_item(item, file) for item in data)
    raise OptionError(
        f"parameter file '{file}' is neither a mapping nor a list of ParameterKey and ParameterValue", file
    )


def _read_toml(file: str, named_in: Origin | None) -> Any:
    from relint.settings.config_source import load_toml

    try:
        with open(file, "rb") as stream:
            return load_toml(stream.read(), file)
    except OSError as error:
        raise _unreadable(file, error, named_in) from error


def _read_data(file: str, named_in: Origin | None) -> Any:
    from relint.source.read import read_document

    try:
        with open(file, "rb") as stream:
            return read_document(stream.read(), file).data
    except OSError as error:
        raise _unreadable(file, error, named_in) from error
    except TemplateError as error:
        raise OptionError(f"parameter file: {error.message}", file, error.span) from error


def _unreadable(file: str, error: OSError, named_in: Origin | None) -> OptionError:
    hint = f"it is named in {named_in}" if named_in else "give a file or Name=value"
    return OptionError(f"parameter file '{file}' cannot be read ({error.strerror}); {hint}", file)


def _parse_item(item: Any, file: str) -> tuple[str, str]:
    """Return name and value of an item of a list: "Name=value", or ParameterKey and ParameterValue."""
    if isinstance(item, str) and "=" in item:
        name, _, value = item.partition("=")
        return name, value
    if isinstance(item, dict) and isinstance(item.get("ParameterKey"), str):
        name = item["ParameterKey"]
        if "ParameterValue" in item:
            return name, _to_text(item["ParameterValue"], name, file)
        raise OptionError(
            f"parameter '{name}' in '{file}' has no ParameterValue; relint cannot know the previous one", file
        )
    raise OptionError(f"an entry of '{file}' is not {{ParameterKey: ..., ParameterValue: ...}}", file)


def _to_text(value: Any, name: str, file: str) -> str:
    """Return a value as text, a list with commas between its items."""
    if isinstance(value, list):
        return ",".join(scalar_text(item) for item in value)
    if isinstance(value, dict):
        raise OptionError(f"parameter '{name}' in '{file}' is a mapping; give a text, a number or a list", file)
    return scalar_text(value)
