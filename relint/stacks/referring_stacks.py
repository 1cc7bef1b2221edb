"""Resources of other stacks that refer to what a stack has, such as the alarm of a queue in another nested stack."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from relint._typing import TYPE_CHECKING, Any
from relint.errors import TemplateError
from relint.model.template import Template
from relint.stacks.positions import StackPosition, position_of
from relint.stacks.references import STACK_TYPES, Rename, linked_body

if TYPE_CHECKING:
    from relint.model.placed_template import Address
    from relint.stacks.traversal import Stack

MAX_REFERRING_RESOURCES = 100
"""Resources of other stacks that one stack sees because they refer to the same resources."""
_MAX_SHARING_STACKS = 20
"""Stacks that refer to one resource of another stack, and see each other for that reason."""


def with_referring_resources(stacks: Sequence[Stack], limited: set[str]) -> list[Stack]:
    """Return stacks that see the resources of other stacks that refer to what they have, own or of other stacks.

    So a nested stack sees the alarm that a sibling has for its queue, and its own subnets in the load balancer of
    another sibling. At most MAX_REFERRING_RESOURCES per stack are added, in the order of the stacks. The file of a
    stack that would see more is added to `limited`.
    """
    positions = [position_of(stack) for stack in stacks]
    sources: dict[Address, dict[int, dict[str, None]]] = {}
    for index, (stack, position) in enumerate(zip(stacks, positions, strict=True)):
        if not stack.is_alternative:
            for name, referring in _referring_resources(stack.template):
                sources.setdefault(position.address_of(name), {}).setdefault(index, {}).update(referring)
    if not sources:
        return list(stacks)
    return [
        _with_resources(stack, _found(stacks, positions, stack, position, sources, limited))
        for stack, position in zip(stacks, positions, strict=True)
    ]


def _referring_resources(template: Template) -> Iterator[tuple[str, dict[str, None]]]:
    """Yield the names of resources, of any stack, each with the resources of this stack that refer to it."""
    for name, references in template.references.incoming.items():
        referring = {reference.source: None for reference in references if _is_own(template, reference.source)}
        if referring:
            yield name, referring


def _found(
    stacks: Sequence[Stack],
    positions: Sequence[StackPosition],
    stack: Stack,
    position: StackPosition,
    sources: Mapping[Address, Mapping[int, Mapping[str, None]]],
    limited: set[str],
) -> dict[str, Mapping[str, Any]]:
    """Return the bodies of the resources of other stacks that a stack should see, by the name that it has for them."""
    starts: dict[int, dict[str, None]] = {}
    linked = stack.template.deployments.cross_stack_values.resources
    for name in stack.template.resources:  # own resources come first
        of_resource = sources.get(position.address_of(name), {}).items()
        most = _MAX_SHARING_STACKS if name in linked else None
        if most is not None and len(of_resource) > most:
            limited.add(stack.file)
        for index, referring in islice(of_resource, most):
            if positions[index].address != position.address:
                starts.setdefault(index, {}).update(referring)
    found: dict[str, Mapping[str, Any]] = {}
    for index, names in starts.items():
        source, other = stacks[index].template, positions[index]
        rename = _rename(other, position)
        for name in _related(source, names):
            if len(found) >= MAX_REFERRING_RESOURCES:
                limited.add(stack.file)
                return found
            found[rename(name)] = linked_body(source, source.resources[name], rename)
    return found


def _rename(source: StackPosition, target: StackPosition) -> Rename:
    def rename(name: str) -> str:
        return target.name_of(source.address_of(name))

    return Rename(f"{source.address} in {target.address}", rename)


def _related(template: Template, names: Mapping[str, None]) -> Iterator[str]:
    """Yield resources of a template, then its other resources that are related to them, the nearest first."""
    related = dict(names)
    queue = deque(related)
    while queue:
        name = queue.popleft()
        yield name
        references = (*template.references.outgoing.get(name, ()), *template.references.incoming.get(name, ()))
        for end in (end for reference in references for end in (reference.source, reference.target)):
            if end not in related and _is_own(template, end):
                related[end] = None
                queue.append(end)


def _is_own(template: Template, name: str) -> bool:
    is_linked = name in template.deployments.cross_stack_values.resources
    return not is_linked and template.resources[name].type not in STACK_TYPES


def _with_resources(stack: Stack, found: Mapping[str, Mapping[str, Any]]) -> Stack:
    values = stack.template.deployments.cross_stack_values
    resources = {name: body for name, body in found.items() if name not in stack.template.resources}
    if not resources:
        return stack
    values = values._replace(resources={**values.resources, **resources})
    try:
        return stack._replace(template=Template(stack.template.document, stack.parameter_values, values))
    except TemplateError:  # as in `StackTraversal`
        return stack
