"""The policies of an assessment: those of the templates, or those of a file that the user names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.assessment.choices import undecided_choices
from relint.assessment.policies.aws_forms import read_aws_policy
from relint.assessment.policies.native import MARK, read_native_policy
from relint.assessment.policies.values import PolicyValues, values_of_file
from relint.assessment.records import Policy
from relint.discover.template_detection import has_template_shape
from relint.errors import TemplateError
from relint.finding import Failure
from relint.model.template import Template
from relint.model.view import View
from relint.resolve.scenario import Scenario
from relint.resolve.value import ABSENT, Located

if TYPE_CHECKING:
    from relint.model.placed_template import PlacedTemplate
    from relint.model.resource import Resource
    from relint.source.document import Document

POLICY_TYPES = ("AWS::ResilienceHub::ResiliencyPolicy", "AWS::ResilienceHubV2::Policy")
MAX_POLICIES = 20
"""Policies that one run judges by; a limit for templates by unknown authors, because each judges each entry."""

_EXAMPLE = "Policy: {Software: {RtoInSecs: 14400, RpoInSecs: 3600}, ...}"
_MAX_LISTED = 1_000
"""Policies in a list that are read; a limit for files by unknown authors."""

_LISTS = ("resiliencypolicies", "policysummaries")
"""The keys of the lists that the two APIs return, in lower case."""


def policies_of_templates(placed: Iterable[PlacedTemplate]) -> tuple[list[Policy], list[Failure]]:
    """Return the policies in the templates of a system, and those that cannot be read."""
    policies: dict[str, Policy] = {}
    failures: list[Failure] = []
    for stack in placed:
        for resource in _policy_resources(stack.template):
            name = ".".join((*stack.address[1:], resource.logical_id))
            try:
                policy = read_policy_resource(stack.template, resource, name)
            except TemplateError as error:
                failures.append(failure_of(error, stack.file))
            else:
                key = f"{policy.place} of {name}"
                policies[key] = policy
            if len(policies) > MAX_POLICIES:
                message = f"There are more than {MAX_POLICIES} policies; name the one that counts, --policy FILE#NAME."
                return [], [Failure(stack.file, "load", message)]
    return _with_unique_names(policies.values()), failures


def read_policy_file(document: Document, name: str, parameter_values: Mapping[str, str]) -> list[Policy]:
    """Return the policies in a file: a template, what an API returns, or the format of relint.

    `name` is the logical id or the name of the one that is meant; without it, all are. Parameters of a template have
    the given values. Raises TemplateError if the file has no such policy, or one that cannot be read.
    """
    data: Any = document.data
    if has_template_shape(data):
        template = Template(document, parameter_values)
        resources = [one for one in _policy_resources(template) if not name or one.logical_id == name]
        policies = [read_policy_resource(template, resource, resource.logical_id) for resource in resources]
        return _required(policies, document, name, "a resource of type " + " or ".join(POLICY_TYPES))
    values = values_of_file(document)
    file_name = posixpath.basename(document.file)
    if isinstance(data, dict) and MARK in data:
        return _required([read_native_policy(values, name or file_name)], document, "", "")
    keys = values.keys()
    for key in _LISTS:
        if key in keys and isinstance(data[keys[key]], list):
            return _required(_listed_policies(values, data[keys[key]], (keys[key],), name), document, name, "policies")
    policy = read_aws_policy(values)
    found = [policy._replace(name=policy.name or name or file_name)] if policy else []
    return _required(found, document, name, f"'{MARK}: 1' with targets, a template, or the JSON of AWS Resilience Hub")


def read_policy_resource(template: Template, resource: Resource, name: str) -> Policy:
    """Return the policy of a resource; raises TemplateError for one that cannot be read."""
    root = Located(resource.body.get("Properties", ABSENT), (*resource.path, "Properties"))
    values = PolicyValues(template, template.document, root)
    policy = read_aws_policy(values, name)
    if policy is None and resource.type == POLICY_TYPES[0]:
        raise values.error((), f"'{resource.logical_id}' has no targets; write {_EXAMPLE}")
    policy = policy or Policy(name, values.place(), {}, None, {}, "warn", ())
    view = View(template, Scenario(template.deployments))
    view.exists(resource)
    undecided = undecided_choices(view)
    if undecided:
        note = f"'{name}' exists or not, as the value of {', '.join(undecided)} decides"
        policy = policy._replace(notes=(*policy.notes, note))
    return policy


def failure_of(error: TemplateError, file: str) -> Failure:
    """Return the failure that reports an error in a policy."""
    return Failure(error.file or file, "load", error.message, error.span)


def _policy_resources(template: Template) -> Iterable[Resource]:
    own = {resource.logical_id for kind in POLICY_TYPES for resource in template.by_type.get(kind, ())}
    view = View(template, Scenario(template.deployments))
    return [resource for resource in view.resources(*POLICY_TYPES) if resource.logical_id in own]


def _listed_policies(values: PolicyValues, items: list[Any], steps: tuple[str, ...], name: str) -> list[Policy]:
    policies: list[Policy] = []
    for index in range(min(len(items), _MAX_LISTED)):
        root = Located(items[index], (*steps, index))
        policy = read_aws_policy(values.below(root))
        if policy is not None and (not name or policy.name == name):
            policies.append(policy)
    return policies


def _required(policies: list[Policy], document: Document, name: str, wanted: str) -> list[Policy]:
    if len(policies) > MAX_POLICIES:
        raise TemplateError(f"there are more than {MAX_POLICIES} policies; name one of them, FILE#NAME", document.file)
    if policies and not (name and all(policy.name != name for policy in policies)):
        return _with_unique_names(policies)
    which = f"no policy '{name}'" if name else "no policy"
    raise TemplateError(f"there is {which} in this file; name one that has {wanted}", document.file)


def _with_unique_names(policies: Iterable[Policy]) -> list[Policy]:
    """Return the policies, with the place behind the names that several have."""
    listed = list(policies)
    names = [policy.name for policy in listed]
    return [
        policy if names.count(policy.name) == 1 else policy._replace(name=f"{policy.name} ({policy.place})")
        for policy in listed
    ]
