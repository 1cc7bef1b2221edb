"""Nested stacks in a template: their files and their parameter values."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.checks.problem import NOT_APPLICABLE, PASS, Outcome
from relint.discover.candidate import is_url
from relint.evaluate.descriptions import describe_scenario
from relint.evaluate.scenarios import FirstRun, explore_scenarios
from relint.evaluate.stage_names import production_of, test_stages_of
from relint.resolve.parameters import PSEUDO_PARAMETERS, PassedValue
from relint.resolve.scenario import Scenario
from relint.resolve.value import ABSENT, Located, Unknown, scalar_text
from relint.stacks.references import linked_resources, names_in_nested_stack, shared_reference

if TYPE_CHECKING:
    from relint.evaluate.scenarios import Exploration, ScenarioResult
    from relint.model.resource import Resource
    from relint.model.template import Template
    from relint.source.location import Path

LOCATION_PROPERTIES = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
"""Properties with the location of the template of a nested stack, by resource type."""

_MAX_ALTERNATIVES = 16
"""Sets of values of other deployments with which one nested stack is checked."""

ParameterValues = Mapping[str, "str | PassedValue"]


class NestedStack(NamedTuple):
    """A nested stack: the resource in the parent, the file, and the parameter values.

    `in_default_deployment` is false if only other deployments of the parent include the stack with these values, in
    which the `condition` holds, in words. With `is_alternative` the default deployment has other values.
    `test_stage` is the stage, in words, if the default deployment is one for tests; with `is_production` the values are
    those that production has in its place.
    """

    parent: Template
    logical_id: str
    path: Path
    file: str
    parameters: Mapping[str, PassedValue]
    in_default_deployment: bool
    condition: str = ""
    is_alternative: bool = False
    test_stage: str = ""
    is_production: bool = False


class _Creation(NamedTuple):
    """The choices with which a resource is created: the options of each.

    `is_only` is true if the resource is created with no other choices. `condition` are those that differ from the
    default deployment, in words.
    """

    choices: Mapping[str, tuple[Any, ...]]
    in_default_deployment: bool
    is_only: bool
    condition: str = ""


def nested_stacks(
    template: Template, folders: Sequence[str], names_by_real_path: Mapping[str, str]
) -> Iterator[NestedStack]:
    """Yield the nested stacks whose templates are files below `folders`, which are real paths.

    A relative TemplateURL is relative to the parent, as in `aws cloudformation package`; in the output of the CDK, the
    Metadata contains the file. Neither `..` nor a link leads out of the folders. If the name of the file is a literal,
    the stack counts even if the file is missing, so that this is reported. A template from a URL has no nested stacks:
    it must not name local files. Files with a name in `names_by_real_path` are reported by that name.
    https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
    """
    parent_file = template.document.file
    if not folders or is_url(parent_file):
        return
    for resource_type, location_property in LOCATION_PROPERTIES.items():
        for resource in template.by_type.get(resource_type, ()):
            location, is_literal = template_location(template, resource, location_property)
            real_path = local_file(location, parent_file, folders) if location else None
            if location is None or real_path is None or not (is_literal or os.path.isfile(real_path)):
                continue
            creation = _nearest_creation(template, resource)
            if creation:
                nested_stack = NestedStack(
                    parent=template,
                    logical_id=resource.logical_id,
                    path=resource.path,
                    file=names_by_real_path.get(real_path) or name_of_local_file(location, parent_file),
                    parameters=_passed_values(template, resource, creation),
                    in_default_deployment=creation.in_default_deployment,
                    condition=creation.condition,
                )
                yield from _with_alternatives(nested_stack, resource)


def nested_parameter_values(nested_stack: NestedStack, parameter_values: ParameterValues) -> ParameterValues:
    """Return the values that the parent passes, and the pseudo parameters of the run."""
    pseudo_parameters = {name: value for name, value in parameter_values.items() if name in PSEUDO_PARAMETERS}
    return {**pseudo_parameters, **nested_stack.parameters}


def passed_resources(nested_stack: NestedStack) -> dict[str, dict[str, Any]]:
    """Return the resources of other stacks to which passed values refer, and those related to them, by name."""
    references = [passed.reference for passed in nested_stack.parameters.values() if passed.reference]
    parent = nested_stack.parent
    return linked_resources(parent, references, names_in_nested_stack(parent.document.file))


def parameter_text(value: Any) -> str | None:
    """Return a value as text of a parameter or output; None if unknown before deployment.

    CloudFormation passes lists as text with commas between the items.
    """
    if isinstance(value, list) and not any(isinstance(item, Unknown | dict | list) for item in value):
        return ",".join(map(scalar_text, value))
    return None if isinstance(value, Unknown | dict | list) or value is ABSENT else scalar_text(value)


def template_location(template: Template, resource: Resource, location_property: str) -> tuple[str | None, bool]:
    """Return the location of a template, if a text, and whether it is literal."""
    metadata = resource.body.get("Metadata")
    asset = metadata.get("aws:asset:path") if isinstance(metadata, dict) else None
    if isinstance(asset, str):
        return asset, True
    scenario = Scenario(template.deployments)
    properties = scenario.member(Located(resource.body, resource.path), "Properties")
    location = scenario.member(properties, location_property).value
    is_literal = isinstance(properties.value, dict) and isinstance(properties.value.get(location_property), str)
    return (location, is_literal) if isinstance(location, str) else (None, False)


def _relative_to(parent_file: str, location: str) -> str:
    return os.path.normpath(os.path.join(os.path.dirname(parent_file), location))


def name_of_local_file(location: str, parent_file: str) -> str:
    """Return the name of a file in reports, which is relative to what the name of its parent is relative to."""
    return _relative_to(parent_file, location).replace(os.sep, "/")


def local_file(location: str, parent_file: str, folders: Sequence[str]) -> str | None:
    """Return the real path of a location within the folders; None for a URL."""
    if "://" in location or "\0" in location or location.startswith("\\\\") or os.path.isabs(location):
        return None
    real_path = os.path.realpath(_relative_to(parent_file, location))
    return real_path if any(real_path.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders) else None


def _nearest_creation(template: Template, resource: Resource) -> _Creation | None:
    """Return the choices with which a resource is created, or None if it never is.

    Of several combinations, the one nearest to the default deployment counts.
    """
    condition = resource.body.get("Condition")
    if not isinstance(condition, str):
        return _Creation(choices={}, in_default_deployment=True, is_only=False)

    def is_created(scenario: Scenario) -> Outcome:
        return PASS if scenario.condition_value(condition) else NOT_APPLICABLE

    scenario = Scenario(template.deployments)
    first_run = FirstRun(scenario, is_created(scenario), scenario.conditions)
    exploration = explore_scenarios(template.deployments, first_run, is_created)
    results = [result for result in exploration.results if result.outcome.applies]
    if not results:
        return None
    return _Creation(
        choices={name: taken for name, (_, taken) in results[0].choices_made.items()},
        in_default_deployment=results[0].is_default_deployment,
        is_only=exploration.is_complete and len(results) == 1,
        condition=_in_words(template, results[0]),
    )


def _in_words(template: Template, result: ScenarioResult) -> str:
    """Return the choices of a scenario that differ from the default deployment, and the file that makes them."""
    description = describe_scenario(template.deployments, result, result.non_default_choices)
    return f'{description} in "{template.document.file}"' if description else ""


def _with_alternatives(nested_stack: NestedStack, resource: Resource) -> Iterator[NestedStack]:
    """Yield a nested stack, and the same with the values that other deployments of its parent pass.

    The values nearest to the default deployment come first. If there are not too many, the parent passes no others.
    """
    template = nested_stack.parent
    condition = resource.body.get("Condition")
    passed = nested_stack.parameters
    names = _parameters_in(Scenario(template.deployments), resource).value
    names = names if isinstance(names, dict) else {}
    varying = [name for name in names if isinstance(name, str) and not (name in passed and passed[name].is_fixed)]
    if not varying:
        yield nested_stack
        return

    def resolve_values(scenario: Scenario) -> Outcome:
        if isinstance(condition, str) and not scenario.condition_value(condition):
            return NOT_APPLICABLE
        for name in varying:
            _passed_value(template, scenario, resource, name)
        return PASS

    scenario = Scenario(template.deployments)
    first_run = FirstRun(scenario, resolve_values(scenario), scenario.conditions)
    exploration = explore_scenarios(template.deployments, first_run, resolve_values)
    conditions: dict[tuple[PassedValue | None, ...], str] = {}
    test_stage, production = _stages(template, exploration)
    values_in_production = set()
    for result in exploration.results:
        if result.outcome.applies:
            scenario = Scenario(template.deployments, {name: taken for name, (_, taken) in result.choices_made.items()})
            values = tuple(_passed_value(template, scenario, resource, name) for name in varying)
            conditions.setdefault(values, _in_words(template, result))
            if any(result is other for other in production):
                values_in_production.add(values)
    default_values = tuple(_passed_by_default(passed, name) for name in varying)
    conditions.pop(default_values, None)
    is_complete = exploration.is_complete and len(conditions) <= _MAX_ALTERNATIVES
    if is_complete:
        is_distinct = default_values not in values_in_production
        nested_stack = nested_stack._replace(test_stage=test_stage if is_distinct else "")
    yield _with_values(nested_stack, varying, default_values) if is_complete else nested_stack
    for values, words in list(conditions.items())[:_MAX_ALTERNATIVES]:
        alternative = _with_values(nested_stack, varying, values)
        yield alternative._replace(
            in_default_deployment=False,
            condition=words,
            is_alternative=True,
            test_stage="",
            is_production=values in values_in_production,
        )


def _stages(template: Template, exploration: Exploration) -> tuple[str, list[ScenarioResult]]:
    """Return the test stage that the default deployment is, in words, and the results of production in its place."""
    for result in exploration.results:
        for name in test_stages_of(result) if result.is_default_deployment and result.outcome.applies else ():
            production = production_of(exploration, result, name)
            if production:
                words = describe_scenario(template.deployments, result, [name])
                return f'{words} in "{template.document.file}"', production
    return "", []


def _with_values(nested_stack: NestedStack, names: Sequence[str], values: Sequence[PassedValue | None]) -> NestedStack:
    """Return the nested stack with other values of some parameters; None leaves a parameter to its default."""
    parameters = {name: value for name, value in nested_stack.parameters.items() if name not in names}
    parameters.update((name, value) for name, value in zip(names, values, strict=True) if value is not None)
    return nested_stack._replace(parameters=parameters)


def _passed_value(template: Template, scenario: Scenario, resource: Resource, name: str) -> PassedValue | None:
    """Return the value that a scenario passes as a parameter; None if it passes none."""
    parameters = _parameters_in(scenario, resource)
    value = scenario.resolve_deep(scenario.member(parameters, name).value, (*parameters.path, name))
    return None if value is ABSENT else _passed_once(template, value)


def _passed_by_default(passed: Mapping[str, PassedValue], name: str) -> PassedValue | None:
    value = passed.get(name)
    return value and value._replace(is_fixed=value.value is not None)


def _passed_once(template: Template, value: Any) -> PassedValue:
    """Return a value that the parent passes in one scenario."""
    text = parameter_text(value)
    rename = names_in_nested_stack(template.document.file)
    reference = shared_reference(template, value, rename) if text is None else None
    return PassedValue(value=text, is_fixed=text is not None, reference=reference)


def _parameters_in(scenario: Scenario, resource: Resource) -> Located:
    properties = scenario.member(Located(resource.body, resource.path), "Properties")
    return scenario.member(properties, "Parameters")


def _passed_values(template: Template, resource: Resource, creation: _Creation) -> dict[str, PassedValue]:
    """Return the values that the parent passes, by parameter.

    Each is resolved in a scenario of its own, so that only the choices on which it depends make it variable.
    """
    names = _parameters_in(Scenario(template.deployments, creation.choices), resource).value
    passed_values = {}
    for name in names if isinstance(names, dict) else ():
        scenario = Scenario(template.deployments, creation.choices)
        parameters = _parameters_in(scenario, resource)
        value = scenario.resolve_deep(scenario.member(parameters, name).value, (*parameters.path, name))
        if value is not ABSENT:
            depends_on_creation_only = creation.is_only and scenario.choices_made.keys() <= creation.choices.keys()
            is_fixed = not scenario.choices_made or (depends_on_creation_only and not scenario.splits)
            passed_values[str(name)] = _passed_once(template, value)._replace(is_fixed=is_fixed)
    return passed_values
