"""Stacks before and after a change: those of the templates, and the nested stacks that these deploy."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.change.assignment import with_old_parameters
from relint.discover.candidate import is_url
from relint.errors import TemplateError
from relint.finding import Failure
from relint.model.template import Template
from relint.resolve.scenario import Scenario
from relint.stacks.cross_stack import may_deploy_stacks

if TYPE_CHECKING:
    from relint.run.comparison.file_pairs import Sides
    from relint.settings.lint_config import LintConfig
    from relint.source.document import Document
    from relint.stacks.boundary import SearchBoundary
    from relint.stacks.traversal import Stack

KEEPING_POLICIES = ("Retain", "RetainExceptOnCreate")
"""Values of DeletionPolicy with which a nested stack, and all that it contains, goes on outside of its parent.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html, read on 2026-11-29.
"""


class DocumentPair(NamedTuple):
    """The template of a file before and after a change; None on the side that has none.

    Unless it `is_readable`, one side has a template that cannot be read, so that nothing is known of the change.
    """

    old: Document | None
    new: Document | None
    is_readable: bool = True


class StackPair(NamedTuple):
    """A stack before and after a change.

    Without `new` the stack is gone: with the nested stack `removed_from` its parent, a pair of the stacks of the parent
    and the logical id; or if that is None, because the template of the stack that deploys it, `gone_file`, is gone.
    """

    old: Stack
    new: Stack | None
    removed_from: tuple[Stack, Stack, str] | None = None
    gone_file: str = ""


_Key = tuple[int, tuple[str, ...]]
"""The number of a pair of documents, and the logical ids of the nested stacks that lead from it to a stack."""


def pair_stacks(
    documents: Sequence[DocumentPair],
    config_for_file: Callable[[str], LintConfig],
    sides: Sides,
    failures: tuple[list[Failure], list[Failure]],
) -> Iterator[StackPair]:
    """Yield the stacks that the old templates deploy, and what each has become.

    A nested stack is the same as long as its logical id and that of its parents are the same, whatever its file. A
    template that a parent deploys is compared with the values of the parent only. What cannot be read is added to the
    `failures` of its side.
    """
    old = _stacks_by_key([pair.old for pair in documents], config_for_file, sides.old, failures[0])
    new_documents = [_with_old_parameters(pair) for pair in documents]
    new = _stacks_by_key(new_documents, config_for_file, sides.new, failures[1])
    gone: dict[_Key, StackPair] = {}
    for key, stack in old.deployed.items():
        number, logical_ids = key
        new_stack = new.deployed.get(key)
        if new_stack is None and not logical_ids:
            new_stack = new.written.get(number)  # what was deployed by itself is nested now
        if new_stack is not None:
            yield StackPair(stack, new_stack)
        elif not logical_ids:
            if documents[number].new is None and documents[number].is_readable:
                gone[key] = StackPair(stack, None, gone_file=stack.file)
        else:
            parent_key = (number, logical_ids[:-1])
            removed = _removed_with(stack, logical_ids[-1], old.deployed, new.deployed, parent_key, gone)
            if removed:
                gone[key] = removed
    yield from gone.values()


def _removed_with(
    stack: Stack,
    logical_id: str,
    old: Mapping[_Key, Stack],
    new: Mapping[_Key, Stack],
    parent_key: _Key,
    gone: Mapping[_Key, StackPair],
) -> StackPair | None:
    """Return the pair of a nested stack that is gone; None if it is kept, or if nothing tells what becomes of it."""
    old_parent, new_parent = old[parent_key], new.get(parent_key)
    if old_parent.template.resources[logical_id].body.get("DeletionPolicy") in KEEPING_POLICIES:
        return None
    if parent_key in gone:
        return gone[parent_key]._replace(old=stack)
    if new_parent is None or _exists(new_parent.template, logical_id):  # as a template elsewhere, or one with an error
        return None
    return StackPair(stack, None, removed_from=(old_parent, new_parent, logical_id))


def _exists(template: Template, logical_id: str) -> bool:
    resource = template.resources.get(logical_id)
    condition = resource.body.get("Condition") if resource else None
    if not isinstance(condition, str):
        return resource is not None
    return bool(Scenario(template.deployments).condition_value(condition))


class _Stacks(NamedTuple):
    """The stacks of one side: as they are `written`, by the number of the document, and as they are `deployed`."""

    written: Mapping[int, Stack]
    deployed: Mapping[_Key, Stack]


def _with_old_parameters(pair: DocumentPair) -> Document | None:
    if pair.old is None or pair.new is None:
        return pair.new
    return pair.new._replace(data=with_old_parameters(pair.old.data, pair.new.data))


def _stacks_by_key(
    documents: Sequence[Document | None],
    config_for_file: Callable[[str], LintConfig],
    boundary: SearchBoundary,
    failures: list[Failure],
) -> _Stacks:
    from relint.stacks.traversal import Stack, StackTraversal  # examples of rules have one template and no traversal

    written: dict[int, Stack] = {}
    for number, document in enumerate(documents):
        if document is None:
            continue
        config = config_for_file(document.file)
        try:
            written[number] = Stack(Template(document, config.parameters), config, config.parameters)
        except TemplateError as error:
            failures.append(Failure(error.file or document.file, "load", error.message, error.span))
    if not any(may_deploy_stacks(stack.template.document.text) for stack in written.values()):
        return _Stacks(written, {(number, ()): stack for number, stack in written.items()})
    numbers = {stack.file: number for number, stack in written.items()}
    names_by_real_path = {os.path.realpath(file): file for file in numbers if not is_url(file)}
    traversal = StackTraversal(names_by_real_path, config_for_file, boundary, keeps_equal_stacks=True)
    deployed = {_key(stack, numbers): stack for stack in traversal.expand([*written.values()], {}) if _is_usual(stack)}
    reported_files = {failure.file for failure in failures}
    failures += [failure for failure, file in traversal.failures.items() if file not in reported_files]
    return _Stacks(written, deployed)


def _is_usual(stack: Stack) -> bool:
    """Whether the default deployment of the outermost parent includes the stack with these values."""
    return stack.in_default_deployment and not stack.is_alternative


def _key(stack: Stack, numbers: Mapping[str, int]) -> _Key:
    root = stack.ancestors[0][0] if stack.ancestors else stack.file
    return numbers[root], tuple(logical_id for _, logical_id in stack.ancestors)
