"""Nested stacks: the children that local TemplateURLs name, and the values that their parents pass."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.checks.problem import NOT_APPLICABLE, PASS, Outcome
from relint.discover.candidate import is_url
from relint.evaluate.scenarios import FirstRun, explore_scenarios
from relint.resolve.parameters import PSEUDO_PARAMETERS, PassedValue
from relint.resolve.scenario import Scenario
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.template import Template
    from relint.source.location import Path

_SOURCES = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}

ParameterValues = Mapping[str, "str | PassedValue"]


class NestedStack(NamedTuple):
    """A nested stack: the resource that deploys it, the file of its template, and the values that it is passed.

    `assumed` says whether the parent deploys it in the assumed deployment, and not only in others that it allows.
    """

    parent: Template
    logical_id: str
    path: Path
    file: str
    parameters: Mapping[str, PassedValue]
    in_default_deployment: bool


class _Created(NamedTuple):
    """When a resource is created: the choices that make it so, if they are the assumed ones, and the only ones."""

    choices: Mapping[str, Any]
    in_default_deployment: bool
    only: bool


def nested_stacks(template: Template, folders: Sequence[str], names: Mapping[str, str] = {}) -> Iterator[NestedStack]:
    """The nested stacks of a template whose templates are files below `folders` (real paths); never those of URLs.

    A template that was itself read from a URL has none, so that it names neither files here nor other URLs.

    The file of a relative TemplateURL is looked for beside the parent, as `aws cloudformation package` does; in CDK's
    output the metadata names it. Neither `..` nor a link leads out of the folders. A file that is written out counts
    even if it is not there, so that this can be told. `names` are the names under which real paths are known already.
    https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
    """
    for kind, key in _SOURCES.items() if folders and not is_url(template.document.file) else ():
        for resource in template.by_type.get(kind, ()):
            named, written = _named(template, resource, key)
            real = _local(named, template.document.file, folders) if named else None
            if named is None or real is None or not (written or os.path.isfile(real)):
                continue
            created = _created(template, resource)
            if created:
                passed = _passed(template, resource, created)
                file = names.get(real) or _beside(template.document.file, named).replace(os.sep, "/")
                yield NestedStack(
                    template, resource.logical_id, resource.path, file, passed, created.in_default_deployment
                )


def _named(template: Template, resource: Resource, key: str) -> tuple[str | None, bool]:
    """What names the template of a nested stack, if that is a text; and whether it is written out."""
    metadata = resource.body.get("Metadata")
    asset = metadata.get("aws:asset:path") if isinstance(metadata, dict) else None
    if isinstance(asset, str):
        return asset, True
    scenario = Scenario(template.deployments)
    properties = scenario.member(Located(resource.body, resource.path), "Properties")
    value = scenario.member(properties, key).value
    written = isinstance(properties.value, dict) and isinstance(properties.value.get(key), str)
    return (value, written) if isinstance(value, str) else (None, False)


def _beside(parent: str, named: str) -> str:
    return os.path.normpath(os.path.join(os.path.dirname(parent), named))


def _local(named: str, parent: str, folders: Sequence[str]) -> str | None:
    """The real path of the file that a text names, beside its parent; None for a URL, or outside of the folders."""
    if "://" in named or "\0" in named or named.startswith("\\\\") or os.path.isabs(named):
        return None
    real = os.path.realpath(_beside(parent, named))
    return real if any(real.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders) else None


def _created(template: Template, resource: Resource) -> _Created | None:
    """The nearest deployment in which a resource is created; None if there is none."""
    condition = resource.body.get("Condition")
    if not isinstance(condition, str):
        return _Created({}, True, False)

    def question(scenario: Scenario) -> Outcome:
        return PASS if scenario.condition_value(condition) else NOT_APPLICABLE

    first = Scenario(template.deployments)
    answer = question(first)
    exploration = explore_scenarios(template.deployments, FirstRun(first, answer, first.conditions), question)
    runs = [run for run in exploration.results if run.outcome.applies]
    if not runs:
        return None
    choices = {name: choice for name, (_, choice) in runs[0].choices_made.items()}
    return _Created(choices, runs[0].is_default_deployment, exploration.is_complete and len(runs) == 1)


def _passed(template: Template, resource: Resource, created: _Created) -> dict[str, PassedValue]:
    """What the parent passes: a value that it fixes, one that it may choose otherwise, or one that nobody knows yet."""

    def parameters(scenario: Scenario) -> Located:
        properties = scenario.member(Located(resource.body, resource.path), "Properties")
        return scenario.member(properties, "Parameters")

    written = parameters(Scenario(template.deployments, created.choices)).value
    found = {}
    for name in written if isinstance(written, dict) else ():
        scenario = Scenario(template.deployments, created.choices)
        mapping = parameters(scenario)
        value = scenario.resolve_deep(scenario.member(mapping, name).value, (*mapping.path, name))
        if value is not ABSENT:
            fixed = not scenario.choices_made or (
                created.only and scenario.choices_made.keys() <= created.choices.keys()
            )
            found[str(name)] = PassedValue(parameter_text(value), fixed)
    return found


def parameter_text(value: Any) -> str | None:
    """The text that one stack hands to another, lists with commas; None for what only a deployment can tell."""
    if isinstance(value, list) and not any(isinstance(item, Unknown | dict | list) for item in value):
        return ",".join(map(scalar_text, value))
    return None if isinstance(value, Unknown | dict | list) or value is ABSENT else scalar_text(value)


def nested_parameter_values(child: NestedStack, given: ParameterValues) -> dict[str, str | PassedValue]:
    """The values for the template of a child: what it is passed, and the pseudo parameters of the run."""
    return {**{name: value for name, value in given.items() if name in PSEUDO_PARAMETERS}, **child.parameters}
