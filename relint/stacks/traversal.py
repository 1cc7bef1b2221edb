"""Traversal of stacks and their nested stacks, with the values that they exchange."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.errors import TemplateError
from relint.finding import Failure
from relint.model.template import Template
from relint.resolve.deployments import NO_CROSS_STACK_VALUES, CrossStackValues
from relint.resolve.value import Unknown
from relint.stacks.exports import Export, ExportKey, constant_outputs
from relint.stacks.imports import IMPORTING_FUNCTIONS, imported_resources
from relint.stacks.nested import (
    NestedStack,
    ParameterValues,
    nested_parameter_values,
    nested_stacks,
    passed_resources,
)
from relint.stacks.references import linked_resources, names_in_parent
from relint.stacks.template_reader import TemplateReader

if TYPE_CHECKING:
    from relint.settings.lint_config import LintConfig
    from relint.source.document import Document
    from relint.stacks.boundary import SearchBoundary

MAX_ROUNDS = 5
"""Upper bound on the fixed-point iteration over outputs and exports.

Each round lets a value travel one stack further; real stacks need two or three.
"""
MAX_NESTED_STACKS = 1_000
"""Number of nested stacks that one run follows; a limit for templates by unknown authors."""
_MAX_VISITS = 20 * MAX_NESTED_STACKS
"""Number of resources with nested stacks that one traversal resolves."""


class Stack(NamedTuple):
    """A template with the parameter values of one deployment.

    `nested_stack` is the resource that deploys it; None for a stack that the user deploys. `ancestors` are
    the files of its parents, the outermost first, each with the logical id of the nested stack that leads here.
    `passed_resources` are the resources of other stacks to which the parameter values refer.
    """

    template: Template
    config: LintConfig
    parameter_values: ParameterValues
    nested_stack: NestedStack | None = None
    ancestors: tuple[tuple[str, str], ...] = ()
    passed_resources: Mapping[str, Mapping[str, Any]] = {}

    @property
    def file(self) -> str:
        """The name of the file of the template."""
        return self.template.document.file

    @property
    def in_default_deployment(self) -> bool:
        """Whether the default deployment of the outermost parent includes the stack."""
        return self.nested_stack is None or self.nested_stack.in_default_deployment

    @property
    def is_rejected(self) -> bool:
        """Whether CloudFormation rejects the values, which other deployments of the parent than the default pass."""
        return self.is_alternative and any(self.template.deployments.parameters.disallowed_values())

    @property
    def is_alternative(self) -> bool:
        """Whether only other deployments of the parent than the default pass these values."""
        return self.nested_stack is not None and self.nested_stack.is_alternative


def has_cross_stack_values(stack: Stack) -> bool:
    """Whether other stacks pass exports or outputs to a stack."""
    return stack.template.deployments.cross_stack_values != NO_CROSS_STACK_VALUES


class StackTraversal:
    """A repeatable traversal of the stacks of a run and their nested stacks.

    `names_by_real_path` are the names under which files are reported. `failures` are the templates of nested stacks
    that cannot be read, each with its file. With `keeps_equal_stacks` a file that several nested stacks deploy with the
    same values is a stack for each of them; without, one stands for all.
    """

    def __init__(
        self,
        names_by_real_path: Mapping[str, str],
        config_for_file: Callable[[str], LintConfig],
        boundary: SearchBoundary,
        *,
        keeps_equal_stacks: bool = False,
    ) -> None:
        self._keeps_equal_stacks = keeps_equal_stacks
        self.failures: dict[Failure, str] = {}
        self._names_by_real_path = names_by_real_path
        self._config_for_file = config_for_file
        self._boundary = boundary
        self._reader = TemplateReader(boundary)
        self._imports: Mapping[ExportKey, Export] = {}
        self._stacks: dict[tuple[Any, ...], Stack | None] = {}
        self._visited: set[tuple[Any, ...]] = set()
        self._visits = 0

    def expand(self, stacks: Sequence[Stack], imports: Mapping[ExportKey, Export]) -> list[Stack]:
        """Return stacks with all their nested stacks, parents first.

        `imports` are the exports that they can import. A stack that is also a nested stack of another stack is returned
        as nested stack only.
        """
        self._imports, self._stacks, self._visited, self._visits = imports, {}, set(), 0
        nested_files = {nested.file for stack in stacks for nested in self._nested_stacks(stack.template)}
        outermost_stacks = [stack for stack in stacks if stack.file not in nested_files]
        expanded: list[Stack] = []
        expanded_files: set[str] = set()
        for stack in (*outermost_stacks, *stacks):  # last the stacks that nest themselves, in a circle
            if stack.file not in expanded_files:
                tree = self._with_descendants(stack)
                expanded += tree
                expanded_files.update(descendant.file for descendant in tree)
        return expanded

    def _with_descendants(self, root: Stack) -> list[Stack]:
        """Return a stack and its descendants.

        A descendant is left out if the same file was visited before with the same values, unless the traversal keeps
        equal stacks; these have the limit of nested stacks, too.
        """
        tree = []
        queue = deque([(self._with_cross_stack_values(root, []), frozenset({root.file}))])
        while queue:
            stack, ancestor_files = queue.popleft()
            stack, children = self._with_nested_outputs(stack)
            tree.append(stack)
            for child, nested_stack in children:
                in_default = nested_stack.in_default_deployment and stack.in_default_deployment
                key = (*_deployment_key(nested_stack, child.passed_resources), in_default)
                if self._keeps_equal_stacks:
                    key = (*key, *stack.ancestors, stack.file, nested_stack.logical_id)
                if len(self._visited) >= MAX_NESTED_STACKS and self._keeps_equal_stacks:
                    self._report_limit(stack.template)
                elif nested_stack.file not in ancestor_files and key not in self._visited:
                    self._visited.add(key)
                    ancestors = (*stack.ancestors, (stack.file, nested_stack.logical_id))
                    child = child._replace(nested_stack=_within(nested_stack, stack), ancestors=ancestors)
                    queue.append((child, ancestor_files | {nested_stack.file}))
        return tree

    def _with_nested_outputs(self, stack: Stack) -> tuple[Stack, list[tuple[Stack, NestedStack]]]:
        """Return the stack with the outputs of its nested stacks, and these nested stacks."""
        text = stack.template.document.text
        for _ in range(MAX_ROUNDS):  # fixed-point iteration: an output of one may be a parameter of another
            children = [
                (child, nested_stack)
                for nested_stack in self._nested_stacks(stack.template)
                if (child := self._stack_of(nested_stack))
            ]
            deployed = [(child, nested) for child, nested in children if not nested.is_alternative]
            next_stack = self._with_cross_stack_values(stack, deployed if "Outputs." in text else [])
            if next_stack is stack:
                break
            stack = next_stack
        return stack, children

    def _with_cross_stack_values(self, stack: Stack, children: Sequence[tuple[Stack, NestedStack]]) -> Stack:
        """Return the stack with outputs of its nested stacks and imports; the same stack if nothing changes."""
        document = stack.template.document
        imports = self._imports if any(name in document.text for name in IMPORTING_FUNCTIONS) else {}
        values = CrossStackValues(
            imports={key: export.value for key, export in imports.items() if isinstance(key, str)},
            outputs={},
            resources={**stack.passed_resources, **imported_resources(stack.template, imports)},
            stack_outputs={key: export.value for key, export in imports.items() if not isinstance(key, str)},
        )
        for child, nested_stack in children:
            values = _with_outputs(values, child, nested_stack, document)
        if values == stack.template.deployments.cross_stack_values:
            return stack
        try:
            return stack._replace(template=Template(document, stack.parameter_values, values))
        except TemplateError:  # Fn::ForEach over these values exceeds the limit of resources
            return stack

    def _nested_stacks(self, template: Template) -> Iterator[NestedStack]:
        """Yield the nested stacks in a template, up to the limit of visits."""
        for nested_stack in nested_stacks(template, self._boundary.folders, self._names_by_real_path):
            self._visits += not nested_stack.is_alternative
            if self._visits > _MAX_VISITS:
                self._report_limit(template)
                return
            yield nested_stack

    def _stack_of(self, nested_stack: NestedStack) -> Stack | None:
        """Return the stack that a nested stack deploys.

        Resources that deploy the same file with the same values share one stack. None if its template cannot be read,
        which is reported, or is excluded.
        """
        resources = passed_resources(nested_stack)
        key = _deployment_key(nested_stack, resources)
        if key not in self._stacks:
            if len(self._stacks) >= MAX_NESTED_STACKS:
                if nested_stack.is_alternative:
                    return None
                self._report_limit(nested_stack.parent)
                return None
            self._stacks[key] = self._build_stack(nested_stack, resources)
        problem = self._reader.read(nested_stack.file)
        if isinstance(problem, str):
            self._report_unreadable(nested_stack, problem)
        return self._stacks[key]

    def _build_stack(self, nested_stack: NestedStack, resources: Mapping[str, Mapping[str, Any]]) -> Stack | None:
        config = self._config_for_file(nested_stack.file)
        parameter_values = nested_parameter_values(nested_stack, config.parameters)
        document = self._reader.read(nested_stack.file)
        if document is None or isinstance(document, str):
            return None
        try:
            template = Template(document, parameter_values)
        except TemplateError as error:
            self._reader.reject(nested_stack.file, error.message)
            return None
        stack = Stack(template=template, config=config, parameter_values=parameter_values, passed_resources=resources)
        return self._with_cross_stack_values(stack, [])

    def _report_limit(self, template: Template) -> None:
        message = f"The templates deploy more than {MAX_NESTED_STACKS:,} nested stacks; the rest is not followed."
        if message not in (failure.message for failure in self.failures):
            self.failures[Failure(template.document.file, "load", message)] = ""

    def _report_unreadable(self, nested_stack: NestedStack, problem: str) -> None:
        parent = nested_stack.parent.document
        message = (
            f"The template '{nested_stack.file}' of nested stack '{nested_stack.logical_id}' cannot be read: {problem}"
        )
        span = parent.span_of(nested_stack.path)
        failure = Failure(parent.file_of(nested_stack.path), "load", message, span)
        self.failures[failure] = nested_stack.file


def _with_outputs(
    values: CrossStackValues, child: Stack, nested_stack: NestedStack, parent: Document
) -> CrossStackValues:
    """Return cross-stack values with the outputs of a nested stack that the text of its parent names."""
    rename = names_in_parent(nested_stack.logical_id, parent.file)
    outputs = {
        (nested_stack.logical_id, f"Outputs.{name}"): value
        for name, value in constant_outputs(child.template, rename)
        if f"Outputs.{name}" in parent.text
    }
    references = [value for value in outputs.values() if isinstance(value, Unknown)]
    resources = linked_resources(child.template, references, rename)
    own = {name: body for name, body in resources.items() if "." in name or " " in name}
    return values._replace(outputs={**values.outputs, **outputs}, resources={**own, **values.resources})


def _within(nested_stack: NestedStack, stack: Stack) -> NestedStack:
    """Return a nested stack as its parent deploys it, which may be a nested stack itself."""
    parent = stack.nested_stack
    conditions = filter(None, (nested_stack.condition, parent.condition if parent else ""))
    return nested_stack._replace(
        in_default_deployment=nested_stack.in_default_deployment and stack.in_default_deployment,
        condition=" and ".join(conditions),
        is_alternative=nested_stack.is_alternative or (parent is not None and parent.is_alternative),
        test_stage=nested_stack.test_stage or (parent.test_stage if parent else ""),
        is_production=nested_stack.is_production or (parent is not None and parent.is_production),
    )


def _deployment_key(nested_stack: NestedStack, resources: Mapping[str, Mapping[str, Any]]) -> tuple[Any, ...]:
    """Return a key that is equal for nested stacks with the same file, values and resources of other stacks."""
    cache = nested_stack.parent.cache
    key = f"digest of resources {id(resources)}"  # which the parent keeps as long as its cache
    if key not in cache:
        cache[key] = hash(repr(resources))
    return nested_stack.file, tuple(sorted(nested_stack.parameters.items())), cache[key]
