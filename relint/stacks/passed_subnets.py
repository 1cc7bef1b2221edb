"""Subnets that one stack passes to another, as expressions that mean the same in both."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Any
from relint.model.view import View
from relint.model.zone_members import PASSED, SCOPED, zone_of_resource
from relint.resolve.scenario import Scenario
from relint.resolve.value import (
    Expression,
    Unknown,
    arguments_of,
    attribute_name,
    is_call,
    is_concat,
    parts_of,
    referenced_id,
)

if TYPE_CHECKING:
    from relint.model.template import Template

_SUBNET = "AWS::EC2::Subnet"


def passed_subnets(template: Template, value: Any, prefix: str, scope: str) -> Expression | None:
    """Return the expression of a subnet, or of several with commas, with the zones that they have in a template.

    `prefix` precedes the logical ids, `scope` tells what only this stack knows from what others know. None for any
    other value, and for subnets whose zones differ from deployment to deployment.
    """
    if not isinstance(value, Unknown):
        return None
    view = View(template, Scenario(template.deployments))
    parts = [_passed_part(view, part, prefix, scope) for part in parts_of(value.expression)]
    if view.scenario.choices_made or any(part is None for part in parts):
        return None
    return ("Concat", *parts) if is_concat(value.expression) else parts[0]


def _passed_part(view: View, part: Expression, prefix: str, scope: str) -> Expression | None:
    """Return a subnet with its zone, or commas as they are; None for anything else."""
    if isinstance(part, str):
        return part if not part.strip(", ") else None
    if is_call(part, PASSED):  # from another stack
        name, zone = arguments_of(part)
        return PASSED, prefix + name, (SCOPED, scope, zone) if is_call(zone, SCOPED) else zone
    subnet = view.template.resources.get(referenced_id(part) or "")
    if subnet is None or subnet.type != _SUBNET or attribute_name(part) not in (None, "SubnetId"):
        return None
    zone = zone_of_resource(view, subnet).zone
    return PASSED, prefix + subnet.logical_id, zone if _is_alike_everywhere(zone) else (SCOPED, scope, zone)


def _is_alike_everywhere(expression: Expression) -> bool:
    """Whether a zone is the same in every stack of a deployment: a name, or an item of the zones of the Region."""
    if not isinstance(expression, tuple):
        return True
    if is_call(expression, "Ref"):
        return str(arguments_of(expression)[0]).startswith("AWS::")
    is_known = is_call(expression, "Zone", "Select", "GetAZs")
    return is_known and all(map(_is_alike_everywhere, arguments_of(expression)))
