"""The policy of a resource, and the assessment of its template, which is made where a policy asks for it."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.errors import TemplateError
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.assessment.records import Policy
    from relint.assessment.result import Assessment
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.source.location import Path

_KEY = "assessment of the template"


def policy_of(resource: Resource, view: View) -> Policy | Unknown:
    """Return the policy of a resource; Unknown with the sentence that says why it cannot be read."""
    from relint.assessment.policies.sources import (  # few templates have a policy
        MAX_POLICIES,
        POLICY_TYPES,
        read_policy_resource,
    )

    if sum(len(view.template.by_type.get(name, ())) for name in POLICY_TYPES) > MAX_POLICIES:
        return Unknown(("Policy", resource.logical_id), f"the template has more than {MAX_POLICIES} policies")
    try:
        return read_policy_resource(view.template, resource, resource.logical_id)
    except TemplateError as error:
        return Unknown(("Policy", resource.logical_id), error.message)


def assessment_of(view: View) -> Assessment:
    """Return the assessment of the template alone, in the assumed deployment; made once for a template."""
    from relint.assessment.assess import assess_stacks  # as above
    from relint.model.placed_template import place_alone

    cache = view.template.cache
    if _KEY not in cache:
        cache[_KEY] = assess_stacks([place_alone(view.template)], with_pairs=False)
    assessment: Assessment = cache[_KEY]
    return assessment


def list_names(names: list[str]) -> str:
    """Return up to three quoted names, and the number of the others."""
    quoted = [f'"{name}"' for name in names[:3]]
    if len(names) > len(quoted):
        quoted.append(f"{len(names) - len(quoted)} more")
    return f"{', '.join(quoted[:-1])} and {quoted[-1]}" if len(quoted) > 1 else quoted[0]


def places_of(view: View, sentences: dict[str, str]) -> tuple[tuple[Path, str], ...]:
    """Return the places of resources of the template, with a sentence about each."""
    resources = view.template.resources
    return tuple((resources[name].path, says) for name, says in sentences.items() if name in resources)
