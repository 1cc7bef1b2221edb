"""Subnets that a nested stack hands over as outputs, so that other stacks know them and their zones."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
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
from relint.stacks.exports import possible_outputs

if TYPE_CHECKING:
    from relint.model.template import Template

_SUBNET = "AWS::EC2::Subnet"


def subnet_outputs(template: Template, logical_id: str) -> Iterator[tuple[str, Unknown]]:
    """Yield name and value of the outputs that are a subnet, or a list of subnets with commas, in every deployment.

    `logical_id` is the nested stack in its parent, which tells its subnets from others of the same name.
    """
    if _SUBNET not in template.by_type:
        return
    for name, output in possible_outputs(template):
        scenario = Scenario(template.deployments)
        value = scenario.resolve_deep(output.get("Value"), ())
        if isinstance(value, Unknown) and not scenario.choices_made:
            view = View(template, scenario)
            parts = [_passed(view, part, logical_id) for part in parts_of(value.expression)]
            if not scenario.choices_made and all(part is not None for part in parts):
                expression = ("Concat", *parts) if is_concat(value.expression) else parts[0]
                yield name, Unknown(expression, f'"{logical_id}" has no outputs before it is created')


def _passed(view: View, part: Expression, stack: str) -> Expression | None:
    """Return a subnet with its zone, or commas as they are; None for anything else."""
    if isinstance(part, str):
        return part if not part.strip(", ") else None
    if is_call(part, PASSED):  # from a nested stack of the nested stack
        name, zone = arguments_of(part)
        return PASSED, f"{stack}.{name}", (SCOPED, stack, zone) if is_call(zone, SCOPED) else zone
    subnet = view.template.resources.get(referenced_id(part) or "")
    if subnet is None or subnet.type != _SUBNET or attribute_name(part) not in (None, "SubnetId"):
        return None
    zone = zone_of_resource(view, subnet).zone
    return PASSED, f"{stack}.{subnet.logical_id}", zone if _is_alike_everywhere(zone) else (SCOPED, stack, zone)


def _is_alike_everywhere(expression: Expression) -> bool:
    """Whether a zone is the same in every stack of a deployment: a name, or an item of the zones of the Region."""
    if not isinstance(expression, tuple):
        return True
    if is_call(expression, "Ref"):
        return str(arguments_of(expression)[0]).startswith("AWS::")
    is_known = is_call(expression, "Zone", "Select", "GetAZs")
    return is_known and all(map(_is_alike_everywhere, arguments_of(expression)))
