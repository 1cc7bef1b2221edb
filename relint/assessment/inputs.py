"""The files of an assessment, and the values of their parameters in the assumed deployment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING, Literal
from relint.assessment.result import Input, ParameterValue

if TYPE_CHECKING:
    from relint.model.placed_template import PlacedTemplate


def inputs_of(stacks: Sequence[PlacedTemplate]) -> tuple[Input, ...]:
    """Return the files of the templates and of what they include, sorted by name."""
    texts = {part.file: part.source.text for stack in stacks for part in stack.template.document.parts}
    return tuple(
        Input(file, hashlib.sha256(texts[file].encode("utf-8", "surrogatepass")).hexdigest()) for file in sorted(texts)
    )


def parameter_values(stacks: Sequence[PlacedTemplate]) -> tuple[ParameterValue, ...]:
    """Return the parameters that the templates declare, sorted by template and name; a NoEcho one has no value."""
    values = dict.fromkeys(value for stack in stacks for value in _values(stack))
    return tuple(sorted(values, key=lambda value: (value.template, value.name, value.value or "")))


def _values(stack: PlacedTemplate) -> Iterator[ParameterValue]:
    declared = stack.template.document.data.get("Parameters")
    for name, declaration in declared.items() if isinstance(declared, dict) else ():
        parameter = stack.template.deployments.parameters.get(name)
        if parameter is None or not isinstance(declaration, dict):
            continue
        source: Literal["given", "default", "none"] = (
            "given" if parameter.is_given else "default" if parameter.has_default else "none"
        )
        is_secret = str(declaration.get("NoEcho", "false")).lower() == "true"
        value = parameter.choices[0] if parameter.has_default and parameter.choices and not is_secret else None
        yield ParameterValue(stack.file, str(name), value, source)
