"""The definition of a state machine, read alike whether it was written as text or as an object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.model.text.json_text import parse_json, substitute_variables, unknown_reason, without_markers
from relint.resolve.value import ABSENT, Expression, Located, Unknown, concat, references, text_with_markers

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

MAX_STATES = 5_000
MAX_DEPTH = 50
"""How many states are looked at, and how deep they may be nested: far more than real definitions have."""

_LAMBDA = ("AWS::Lambda::Function", "AWS::Lambda::Version", "AWS::Lambda::Alias")


class State(NamedTuple):
    """A state; `containers` are the Parallel and Map states around it, the outermost first."""

    name: str
    value: Located
    containers: tuple[State, ...] = ()


class StateMachine:
    """The definition of an AWS::StepFunctions::StateMachine.

    `root` is its outermost level. Where the definition is an object, values lie where they are written; where it is a
    text (`is_text`), their paths lead into the text, so that findings point to the property.
    """

    __slots__ = ("_variables", "is_text", "root", "view")

    def __init__(self, view: View, root: Located, variables: dict[str, Any], is_text: bool) -> None:
        self.view = view
        self.root = root
        self.is_text = is_text
        self._variables = variables

    def get(self, start: Located, *steps: str | int) -> Located:
        """The value at `steps`, with the variables of DefinitionSubstitutions filled in."""
        found = self.view.get(start, *steps)
        if isinstance(found.value, str) and "${" in found.value:
            return Located(
                concat(substitute_variables(found.value, self._variables), unknown_reason(self._variables)), found.path
            )
        return found

    def states(self, *types: str) -> Iterator[State | Unknown]:
        """Every state (of the given types), also within Parallel and Map states; an Unknown for what hides some."""
        waiting: list[tuple[Located, tuple[State, ...]]] = [(self.get(self.root, "States"), ())]
        seen = 0
        for container, containers in waiting:
            if isinstance(container.value, Unknown):
                yield container.value
            for name in container.value if isinstance(container.value, dict) else ():
                state = State(without_markers(str(name)), self.get(container, name), containers)
                kind = self.get(state.value, "Type").value
                if isinstance(kind, Unknown):
                    yield kind
                elif not types or kind in types:
                    yield state
                seen += 1
                if seen == MAX_STATES or len(containers) == MAX_DEPTH:
                    yield Unknown(("States", container.path), "the definition has very many states")
                    return
                waiting += [(found, (*containers, state)) for found in self._within(state.value)]

    def _within(self, state: Located) -> Iterator[Located]:
        for name in ("ItemProcessor", "Iterator"):
            yield self.get(state, name, "States")
        for branch in self.view.scenario.items(self.get(state, "Branches")):
            yield self.get(branch, "States")


def read_state_machine(resource: Resource, view: View) -> StateMachine | Unknown | None:
    """The definition of a state machine; Unknown if these files do not tell it, None if there is none."""
    variables = _variables(resource, view)
    written = view.get(resource, "Properties", "Definition")
    if written.value is ABSENT:
        written = _string(resource, view)
    if isinstance(written.value, dict):
        return StateMachine(view, written, variables, is_text=False)
    if written.value is ABSENT:
        stored = view.get(resource, "Properties", "DefinitionS3Location").value
        return None if stored is ABSENT else Unknown(("S3", resource.logical_id), "the definition lies in a file")
    tree = parse_json(written.value, variables)
    if isinstance(tree, list):
        return None
    return tree if isinstance(tree, Unknown) else StateMachine(view, Located(tree, written.path), {}, is_text=True)


def completion_kind(machine: StateMachine, task: State) -> str | Unknown:
    """What ends a task: "token" (somebody reports back), "job" (a job of another service), or "call" (an API call).

    https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
    """
    value = machine.get(task.value, "Resource").value
    named = value.expression if isinstance(value, Unknown) else value
    text = text_with_markers(named) if isinstance(named, str | tuple) else ""
    if text.endswith(".waitForTaskToken") or ":activity:" in text.partition(":states:")[2]:
        return "token"
    kinds = {machine.view.template.resources[name].type for name in _resources(machine, named)}
    if "AWS::StepFunctions::Activity" in kinds:
        return "token"
    if re.search(r"\.sync(:2)?$", text):
        return "job"
    if kinds & set(_LAMBDA) or (text and not text.endswith("\0")):
        return "call"
    return value if isinstance(value, Unknown) else Unknown(("Task", task.name), f'"{task.name}" names no resource')


def _resources(machine: StateMachine, expression: Expression) -> set[str]:
    return references(expression) & machine.view.template.resources.keys()


def _variables(resource: Resource, view: View) -> dict[str, Any]:
    written = view.get(resource, "Properties", "DefinitionSubstitutions")
    names = written.value if isinstance(written.value, dict) else ()
    values = ((str(name), view.get(written, name).value) for name in names)
    return {name: value for name, value in values if value is not ABSENT}


def _string(resource: Resource, view: View) -> Located:
    """DefinitionString; the object itself where Fn::ToJsonString makes the text of one."""
    properties = view.get(resource, "Properties").value
    raw = properties.get("DefinitionString") if isinstance(properties, dict) else None
    if isinstance(raw, dict) and list(raw) == ["Fn::ToJsonString"]:
        path = (*resource.path, "Properties", "DefinitionString", "Fn::ToJsonString")
        return view.scenario.resolve(raw["Fn::ToJsonString"], path)
    return view.get(resource, "Properties", "DefinitionString")
