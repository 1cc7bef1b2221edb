"""From stacks to the stacks that they deploy, each with what is passed down and handed back."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.discover.candidate import Candidate
from relint.discover.files import discover
from relint.discover.template_detection import has_template_shape
from relint.errors import TemplateError
from relint.finding import Failure
from relint.model.template import Template
from relint.resolve.deployments import NO_CROSS_STACK_VALUES, CrossStackValues
from relint.source.document import Document
from relint.source.read import read_document
from relint.stacks.exports import constant_outputs
from relint.stacks.nested import NestedStack, ParameterValues, nested_parameter_values, nested_stacks

if TYPE_CHECKING:
    from relint.settings.lint_config import LintConfig
    from relint.stacks.boundary import SearchBoundary

MAX_ROUNDS = 5
"""How often what stacks hand to one another is worked out anew; more than anybody passes a value on."""
MAX_NESTED_STACKS = 1_000
"""How many nested stacks one run follows; a bound for sets of templates by an unknown author."""
_MAX_LOOKS = 20 * MAX_NESTED_STACKS


class Stack(NamedTuple):
    """A template with the values that it is given: by whoever deploys it, or by the parent of `child`."""

    template: Template
    config: LintConfig
    parameter_values: ParameterValues
    nested_stack: NestedStack | None = None

    @property
    def file(self) -> str:
        """The name of the file of the template."""
        return self.template.document.file


def has_cross_stack_values(stack: Stack) -> bool:
    """Whether other stacks hand it values."""
    return stack.template.deployments.cross_stack_values != NO_CROSS_STACK_VALUES


class StackTraversal:
    """Goes through the stacks of a run and what they deploy. Files are read once, however often it goes.

    `names` are the names under which real paths are known already.
    """

    def __init__(
        self, names: Mapping[str, str], config_for_file: Callable[[str], LintConfig], reach: SearchBoundary
    ) -> None:
        self.failures: dict[Failure, str] = {}
        self._names = names
        self._config_for_file = config_for_file
        self._reach = reach
        self._documents: dict[str, Document | str | None] = {}
        self._imports: Mapping[str, str] = {}
        self._made: dict[Any, Stack | None] = {}
        self._seen: set[Any] = set()
        self._looks = 0

    def expand(self, noted: Sequence[Stack], imports: Mapping[str, str]) -> list[Stack]:
        """All stacks, parents first, given that these values can be imported.

        What another stack deploys has its turn only as this does. Meanwhile `failures` collects the children that
        cannot be read, each with its file.
        """
        self._imports, self._made, self._seen, self._looks = imports, {}, set(), 0
        inner = {child.file for stack in noted for child in self._children(stack.template)}
        found: list[Stack] = []
        met: set[str] = set()
        for top in (*(stack for stack in noted if stack.file not in inner), *noted):  # at last what deploys itself
            if top.file not in met:
                down = self._down(top)
                found += down
                met.update(stack.file for stack in down)
        return found

    def _down(self, top: Stack) -> list[Stack]:
        """A stack and all below it, but for what has been met elsewhere: the same template with the same values."""
        found = []
        waiting = deque([(self._handing(top, {}), frozenset({top.file}))])
        while waiting:
            stack, chain = waiting.popleft()
            stack, below = self._settled(stack)
            found.append(stack)
            for one, child in below:
                nested = child._replace(
                    in_default_deployment=child.in_default_deployment
                    and (stack.nested_stack is None or stack.nested_stack.in_default_deployment)
                )
                key = (*_key(child), nested.in_default_deployment)
                if child.file not in chain and key not in self._seen:
                    self._seen.add(key)
                    waiting.append((one._replace(nested_stack=nested), chain | {child.file}))
        return found

    def _settled(self, stack: Stack) -> tuple[Stack, list[tuple[Stack, NestedStack]]]:
        """The stack with what its children hand back to it, and the children."""
        text = stack.template.document.text
        for _ in range(MAX_ROUNDS):  # what one child hands back may be passed to the next
            below = [(made, child) for child in self._children(stack.template) if (made := self._stack(child))]
            handed = {
                (child.logical_id, f"Outputs.{name}"): value
                for made, child in below
                if "Outputs." in text
                for name, value in constant_outputs(made.template)
                if f"Outputs.{name}" in text
            }
            if handed == stack.template.deployments.cross_stack_values.outputs:
                break
            stack = self._handing(stack, handed)
        return stack, below

    def _handing(self, stack: Stack, handed: Mapping[tuple[str, str], str]) -> Stack:
        """The stack with values that others hand to it; itself if there are none."""
        document = stack.template.document
        given = CrossStackValues(self._imports if "ImportValue" in document.text else {}, handed)
        if given == stack.template.deployments.cross_stack_values:
            return stack
        try:
            return stack._replace(template=Template(document, stack.parameter_values, given))
        except TemplateError:  # loops over what is handed to it go beyond the limit
            return stack

    def _children(self, template: Template) -> Iterator[NestedStack]:
        for child in nested_stacks(template, self._reach.folders, self._names):
            self._looks += 1
            if self._looks > _MAX_LOOKS:
                self._too_many(template)
                return
            yield child

    def _too_many(self, template: Template) -> None:
        message = f"The templates deploy more than {MAX_NESTED_STACKS:,} nested stacks; the rest is not followed."
        if message not in (failure.message for failure in self.failures):
            self.failures[Failure(template.document.file, "load", message)] = ""

    def _stack(self, child: NestedStack) -> Stack | None:
        """The stack of a child, made once for all that deploy it alike; None if it cannot be, or must not be, read."""
        key = _key(child)
        if key not in self._made:
            if len(self._made) == MAX_NESTED_STACKS:
                self._too_many(child.parent)
                return None
            self._made[key] = None
            config = self._config_for_file(child.file)
            given = nested_parameter_values(child, config.parameters)
            document = self._document(child.file)
            if isinstance(document, Document):
                try:
                    stack = Stack(Template(document, given), config, given)
                    self._made[key] = self._handing(stack, {})
                except TemplateError as error:
                    self._documents[child.file] = error.message
        problem = self._documents[child.file]
        if isinstance(problem, str):
            where = child.parent.document
            message = f"The template '{child.file}' of nested stack '{child.logical_id}' cannot be read: {problem}"
            self.failures[Failure(where.file, "load", message, where.span_of(child.path))] = child.file
        return self._made[key]

    def _document(self, file: str) -> Document | str | None:
        """The document of a file, or what is wrong with it; None if a configuration excludes it."""
        if file not in self._documents:
            self._documents[file] = _read(file, self._reach)
        return self._documents[file]


def _key(child: NestedStack) -> tuple[Any, ...]:
    return child.file, tuple(sorted(child.parameters.items()))


def _read(file: str, reach: SearchBoundary) -> Document | str | None:
    raw = reach.overrides.get(file)
    if raw is None:
        if os.path.isdir(file):
            return f"'{file}' is a folder."
        found = next(discover([file], find_exclusion=reach.excluded_by))
        if isinstance(found, Failure):
            return found.message
        if not isinstance(found, Candidate):
            return None
        raw = found.raw
    try:
        document = read_document(raw, file)
    except TemplateError as error:
        return error.message
    return document if has_template_shape(document.data) else "It is no CloudFormation template."
