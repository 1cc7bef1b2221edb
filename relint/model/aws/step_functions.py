"""Definitions of state machines, read in the same way from a text or from an object.

https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.model.text.json_text import parse_json, substitute_variables, unknown_reason, without_markers
from relint.resolve.value import ABSENT, Expression, Located, Unknown, concat, references, text_with_markers

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

MAX_STATES = 5_000
MAX_DEPTH = 50
"""Limits on the number and the nesting of the states that are read: far more than real definitions have."""

_FUNCTION_TYPES = frozenset({"AWS::Lambda::Function", "AWS::Lambda::Version", "AWS::Lambda::Alias"})


class State(NamedTuple):
    """A state; `containers` are the Parallel and Map states that contain it, the outermost first."""

    name: str
    value: Located
    containers: tuple[State, ...] = ()


class StateMachine:
    """The definition of an AWS::StepFunctions::StateMachine.

    `root` is its outermost level. The paths of values in an object are paths of the template. The paths in a text
    (`is_text`) continue the path of the text, so that findings point to its property.
    """

    __slots__ = ("_variables", "is_text", "root", "view")

    def __init__(self, view: View, root: Located, variables: dict[str, Any], *, is_text: bool) -> None:
        self.view = view
        self.root = root
        self.is_text = is_text
        self._variables = variables

    def get(self, start: Located, *steps: str | int) -> Located:
        """Return the value at `steps`, with the values of DefinitionSubstitutions in place of variables."""
        located = self.view.get(start, *steps)
        if isinstance(located.value, str) and "${" in located.value:
            parts = substitute_variables(located.value, self._variables)
            return Located(concat(parts, unknown_reason(self._variables)), located.path)
        return located

    def states(self, *types: str) -> Iterator[State | Unknown]:
        """Yield all states (of the given types), and an Unknown for each value that may contain further states."""
        levels: list[tuple[Located, tuple[State, ...]]] = [(self.get(self.root, "States"), ())]
        count = 0
        for level, containers in levels:
            if isinstance(level.value, Unknown):
                yield level.value
            for name in level.value if isinstance(level.value, dict) else ():
                state = State(without_markers(str(name)), self.get(level, name), containers)
                state_type = self.get(state.value, "Type").value
                if isinstance(state_type, Unknown):
                    yield state_type
                elif not types or state_type in types:
                    yield state
                count += 1
                if count == MAX_STATES or len(containers) == MAX_DEPTH:
                    yield Unknown(("States", level.path), "the definition has very many states")
                    return
                levels += [(nested_level, (*containers, state)) for nested_level in self._nested_levels(state.value)]

    def _nested_levels(self, state: Located) -> Iterator[Located]:
        for name in ("ItemProcessor", "Iterator"):
            yield self.get(state, name, "States")
        for branch in self.view.scenario.items(self.get(state, "Branches")):
            yield self.get(branch, "States")


def read_state_machine(resource: Resource, view: View) -> StateMachine | Unknown | None:
    """Return the definition of a state machine; Unknown if it is outside of the template, None if it is missing."""
    variables = _variables(resource, view)
    definition = view.get(resource, "Properties", "Definition")
    if definition.value is ABSENT:
        definition = _definition_string(resource, view)
    if isinstance(definition.value, dict):
        return StateMachine(view, definition, variables, is_text=False)
    if definition.value is ABSENT:
        s3_location = view.get(resource, "Properties", "DefinitionS3Location").value
        return None if s3_location is ABSENT else Unknown(("S3", resource.logical_id), "the definition lies in a file")
    tree = parse_json(definition.value, variables)
    if isinstance(tree, list):
        return None
    if isinstance(tree, Unknown):
        return tree
    return StateMachine(view, Located(tree, definition.path), {}, is_text=True)


def completion_kind(machine: StateMachine, task: State) -> str | Unknown:
    """Return what completes a task: "token" (a callback), "job" (a job of another service), or "call" (an API call).

    https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
    """
    value = machine.get(task.value, "Resource").value
    expression = value.expression if isinstance(value, Unknown) else value
    text = text_with_markers(expression) if isinstance(expression, str | tuple) else ""
    if text.endswith(".waitForTaskToken") or ":activity:" in text.partition(":states:")[2]:
        return "token"
    referenced_types = _referenced_types(machine, expression)
    if "AWS::StepFunctions::Activity" in referenced_types:
        return "token"
    if re.search(r"\.sync(:2)?$", text):
        return "job"
    if referenced_types & _FUNCTION_TYPES or (text and not text.endswith("\0")):
        return "call"
    return value if isinstance(value, Unknown) else Unknown(("Task", task.name), f'"{task.name}" names no resource')


def _referenced_types(machine: StateMachine, expression: Expression) -> set[str]:
    resources = machine.view.template.resources
    return {resources[name].type for name in references(expression) & resources.keys()}


def _variables(resource: Resource, view: View) -> dict[str, Any]:
    substitutions = view.get(resource, "Properties", "DefinitionSubstitutions")
    names = substitutions.value if isinstance(substitutions.value, dict) else ()
    values = ((str(name), view.get(substitutions, name).value) for name in names)
    return {name: value for name, value in values if value is not ABSENT}


def _definition_string(resource: Resource, view: View) -> Located:
    """Return DefinitionString, or the object from which Fn::ToJsonString makes the text."""
    properties = view.get(resource, "Properties").value
    node = properties.get("DefinitionString") if isinstance(properties, dict) else None
    if isinstance(node, dict) and list(node) == ["Fn::ToJsonString"]:
        path = (*resource.path, "Properties", "DefinitionString", "Fn::ToJsonString")
        return view.scenario.resolve(node["Fn::ToJsonString"], path)
    return view.get(resource, "Properties", "DefinitionString")
