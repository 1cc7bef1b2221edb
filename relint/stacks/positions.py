"""Addresses of resources in a set of stacks, and the names that each stack has for them."""

from __future__ import annotations

from collections.abc import Iterable

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.model.placed_template import Address, PlacedTemplate
from relint.stacks.references import EXPORTING_STACK, name_in_file, split_name

if TYPE_CHECKING:
    from relint.stacks.traversal import Stack


class StackPosition(NamedTuple):
    """The place of a stack: its file, the files of its ancestors from the outermost, and its logical id in each."""

    file: str
    ancestor_files: tuple[str, ...]
    logical_ids: tuple[str, ...]

    def address_of(self, name: str) -> Address:
        """Return the address of a name in the stack; one of a stack whose export it imports is in that file."""
        ids, file = split_name(name)
        if not file:
            return (*self.address, *ids)
        if file in self.ancestor_files:
            return (self.ancestor_files[0], *self.logical_ids[: self.ancestor_files.index(file)], *ids)
        return (file.removeprefix(EXPORTING_STACK), *ids)

    def name_of(self, address: Address) -> str:
        """Return the name in the stack of a resource with an address; `address_of` returns this address again."""
        root, *ids = address
        if root != self.address[0]:
            return name_in_file(ids, EXPORTING_STACK + root)
        depth = 0
        while depth < min(len(self.logical_ids), len(ids) - 1) and self.logical_ids[depth] == ids[depth]:
            depth += 1
        is_below = depth == len(self.logical_ids)
        return name_in_file(ids[depth:], "" if is_below else self.ancestor_files[depth])

    @property
    def address(self) -> Address:
        """The file of the outermost stack, and the logical ids of the nested stacks from there to this one."""
        return (*self.ancestor_files, self.file)[0], *self.logical_ids


def position_of(stack: Stack) -> StackPosition:
    """Return the place of a stack in the set to which it belongs."""
    files, ids = [], []
    for file, logical_id in stack.ancestors:
        files.append(file)
        ids.append(logical_id)
    return StackPosition(stack.file, tuple(files), tuple(ids))


def placed_templates(stacks: Iterable[Stack]) -> list[PlacedTemplate]:
    """Return the templates of stacks, without those that only other deployments than the assumed one have."""
    return [
        PlacedTemplate(stack.template, position.address, position.address_of)
        for stack in stacks
        if stack.in_default_deployment and not stack.is_alternative and not stack.is_rejected
        for position in [position_of(stack)]
    ]
