"""The stacks of templates, which `relint graph` draws and `relint assess` judges."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING
from relint.discover.candidate import Candidate, is_url
from relint.discover.template_detection import (
    can_be_template,
    has_template_shape,
    is_flawless,
    is_meant_as_template,
    may_include,
)
from relint.errors import OptionError, TemplateError
from relint.finding import Failure
from relint.model.template import Template
from relint.run.check_template import include_errors, rejected_parameters, slips
from relint.run.inputs import config_resolver, discover_inputs
from relint.source.read import read_document
from relint.stacks.boundary import SearchBoundary, search_roots
from relint.stacks.stack_set import deployed_stacks
from relint.stacks.traversal import Stack, StackTraversal

if TYPE_CHECKING:
    from relint.discover.candidate import Input
    from relint.settings.configuration import Configuration
    from relint.settings.lint_config import LintConfig


def read_stacks(
    configuration: Configuration, paths: Iterable[str | os.PathLike[str]], stacks: Mapping[str, str | os.PathLike[str]]
) -> tuple[list[Stack], list[Failure]]:
    """Return the stacks of the templates in paths, with their nested stacks in the same folders.

    `stacks` are further files of templates by the name of their stack. What cannot be read is a failure, and so are
    paths without a template. Raises OptionError for a file that is the template of two stacks.
    """
    files = {name: os.fspath(file) for name, file in stacks.items()}
    stack_names = {os.path.realpath(file): name for name, file in files.items()}
    if len(stack_names) < len(files):
        raise OptionError("one file is the template of several stacks; a system has each file once")
    names = [*(os.fspath(path) for path in paths), *files.values()]
    inputs = discover_inputs(names, configuration)
    boundary = SearchBoundary(search_roots(names), configuration.excluded_by)
    result = _read_inputs(inputs, config_resolver(configuration), boundary, stack_names, ", ".join(names))
    configuration.require_environment()
    return result


def _read_inputs(
    inputs: Iterable[Input],
    config_for_file: Callable[[str], LintConfig],
    boundary: SearchBoundary,
    stack_names: Mapping[str, str],
    search_label: str,
) -> tuple[list[Stack], list[Failure]]:
    failures: list[Failure] = []
    stacks: list[Stack] = []
    for candidate in inputs:
        if isinstance(candidate, Failure):
            failures.append(candidate)
        elif isinstance(candidate, Candidate) and (candidate.is_explicit or can_be_template(candidate.raw)):
            try:
                stack = _read(candidate, config_for_file(candidate.file), boundary, stack_names, failures)
            except TemplateError as error:
                failures.append(Failure(error.file or candidate.file, "load", error.message, error.span))
            else:
                stacks += [stack] if stack else []
    if not stacks and not failures:
        message = f"There is no CloudFormation template in '{search_label}'."
        failures.append(Failure(search_label, "discover", message))
    names_by_real_path = {os.path.realpath(stack.file): stack.file for stack in stacks if not is_url(stack.file)}
    traversal = StackTraversal(names_by_real_path, config_for_file, boundary, keeps_equal_stacks=True)
    all_stacks = deployed_stacks(traversal, stacks, with_exports=True, with_outputs=True)
    failures += _undeclared_parameters(all_stacks)
    reported_files = {failure.file for failure in failures}
    failures += [failure for failure, file in traversal.failures.items() if file not in reported_files]
    return all_stacks, failures


def _read(
    candidate: Candidate,
    config: LintConfig,
    boundary: SearchBoundary,
    stack_names: Mapping[str, str],
    failures: list[Failure],
) -> Stack | None:
    """Return the stack of a template, None for other texts; add what is wrong with it to `failures`."""
    document = read_document(candidate.raw, candidate.file)
    if may_include(document.text):
        from relint.stacks.includes import expand_includes  # few templates have includes

        document = expand_includes(document, boundary)
    failures += include_errors(document)
    if not has_template_shape(document.data):
        if is_meant_as_template(document.data):
            failures += slips(document)
        return None
    if not is_flawless(document.data):
        failures += slips(document)
    name = stack_names.get(os.path.realpath(candidate.file))
    values = {**config.parameters, "AWS::StackName": name} if name else config.parameters
    template = Template(document, values)
    failures += rejected_parameters(template)
    return Stack(template=template, config=config, parameter_values=values)


def _undeclared_parameters(stacks: Sequence[Stack]) -> Iterator[Failure]:
    given = {name for stack in stacks for name in stack.config.given_parameters}
    declared = {name for stack in stacks for name in stack.template.deployments.parameters}
    for name in sorted(given - declared) if stacks else ():
        message = f"Parameter '{name}' was given a value, but no template declares it."
        yield Failure(file="--parameters", stage="options", message=message)
