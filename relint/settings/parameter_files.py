"""Parameter values for a run, as files and command lines give them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from relint.errors import OptionError, TemplateError
from relint.resolve.value import scalar_text


def read_parameter_options(options: Iterable[str]) -> dict[str, str]:
    """The values that `--parameters` options give, later ones winning: `Name=value`, or a file.

    A file, JSON or YAML, has one of the shapes that AWS tools take: a list of ParameterKey and ParameterValue (aws
    cloudformation create-stack), a list of "Name=value" (deploy), a mapping with Parameters (CodePipeline), or a plain
    mapping. Raises OptionError, with the line where there is one.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-cfn-artifacts.html
    """
    values: dict[str, str] = {}
    for option in options:
        name, equals, value = option.partition("=")
        if equals and not os.path.isfile(option):
            values[name] = value
        else:
            values.update(read_parameter_file(option))
    return values


def read_parameter_file(file: str, asked_by: object = None) -> dict[str, str]:
    """The values that a parameter file gives; `asked_by` is where the file is named, if that is in another file."""
    from relint.source.read import read_document

    try:
        with open(file, "rb") as stream:
            document = read_document(stream.read(), file)
    except OSError as error:
        raise OptionError(
            f"parameter file '{file}' cannot be read ({error.strerror}); "
            + (f"it is named in {asked_by}" if asked_by else "give a file or Name=value"),
            file,
        ) from error
    except TemplateError as error:
        raise OptionError(f"parameter file: {error.message}", file, error.span) from error
    data = document.data
    if isinstance(data, dict) and isinstance(data.get("Parameters"), dict | list):
        data = data["Parameters"]
    if isinstance(data, dict):
        return {name: _text(value, name, file) for name, value in data.items()}
    if isinstance(data, list):
        return dict(_entry(entry, file) for entry in data)
    raise OptionError(
        f"parameter file '{file}' is neither a mapping nor a list of ParameterKey and ParameterValue", file
    )


def _entry(entry: Any, file: str) -> tuple[str, str]:
    if isinstance(entry, str) and "=" in entry:
        name, _, value = entry.partition("=")
        return name, value
    if isinstance(entry, dict) and isinstance(entry.get("ParameterKey"), str):
        name = entry["ParameterKey"]
        if "ParameterValue" in entry:
            return name, _text(entry["ParameterValue"], name, file)
        raise OptionError(
            f"parameter '{name}' in '{file}' has no ParameterValue; relint cannot know the previous one", file
        )
    raise OptionError(f"an entry of '{file}' is not {{ParameterKey: ..., ParameterValue: ...}}", file)


def _text(value: Any, name: str, file: str) -> str:
    if isinstance(value, list):
        return ",".join(scalar_text(item) for item in value)
    if isinstance(value, dict):
        raise OptionError(f"parameter '{name}' in '{file}' is a mapping; give a text, a number or a list", file)
    return scalar_text(value)
