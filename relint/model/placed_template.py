"""A template with its place among the stacks of a system."""

from __future__ import annotations

from collections.abc import Callable

from relint._typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from relint.model.template import Template

Address = tuple[str, ...]
"""The file of the outermost stack, the logical ids of the nested stacks, and that of the resource."""


class PlacedTemplate(NamedTuple):
    """A template, the address of its stack, and the address of the resource that each name in the template means."""

    template: Template
    address: Address
    address_of: Callable[[str], Address]

    @property
    def file(self) -> str:
        """The name of the file of the template."""
        return self.template.document.file


def place_alone(template: Template) -> PlacedTemplate:
    """Return the place of a template that is the only one of its system."""
    file = template.document.file
    return PlacedTemplate(template, (file,), lambda name: (file, name))
