"""Values that name resources of other stacks by their file, after the file has moved."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import Any
from relint.resolve.deployments import CrossStackValues
from relint.resolve.parameters import PassedValue
from relint.resolve.value import Unknown
from relint.stacks.nested import ParameterValues
from relint.stacks.references import name_in_file, split_name


def passed_values_after_move(values: ParameterValues, files: Mapping[str, str]) -> ParameterValues:
    """Return values of parameters with the new names of files, by the old ones."""
    return {
        name: value._replace(reference=_moved(value.reference, files)) if isinstance(value, PassedValue) else value
        for name, value in values.items()
    }


def cross_stack_values_after_move(values: CrossStackValues, files: Mapping[str, str]) -> CrossStackValues:
    """Return values of other stacks with the new names of files, by the old ones."""
    return values._replace(outputs=_moved(values.outputs, files), resources=_moved(values.resources, files))


def _moved(value: Any, files: Mapping[str, str]) -> Any:
    """Return a value in which names of resources have the new names of files."""
    if isinstance(value, Unknown):
        return value._replace(expression=_moved(value.expression, files))
    if isinstance(value, str):
        path, file = split_name(value)
        return name_in_file(path, files[file]) if file in files else value
    if isinstance(value, dict):
        return {_moved(key, files): _moved(member, files) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_moved(item, files) for item in value)
    return value
