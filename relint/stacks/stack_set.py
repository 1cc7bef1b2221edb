"""All stacks of a set of templates, as they are deployed together."""

from __future__ import annotations

from collections.abc import Sequence

from relint._typing import TYPE_CHECKING
from relint.stacks.exports import ExportKey, constant_exports, stack_outputs
from relint.stacks.traversal import MAX_ROUNDS, Stack, StackTraversal

if TYPE_CHECKING:
    from relint.stacks.exports import Export


def deployed_stacks(
    traversal: StackTraversal, stacks: Sequence[Stack], *, with_exports: bool, with_outputs: bool = False
) -> list[Stack]:
    """Return stacks with all their nested stacks, and in each the values that the others pass to it.

    With `with_exports` these are exports, too, and with `with_outputs` those of Fn::GetStackOutput.
    """
    imports: dict[ExportKey, Export] = {}
    for _ in range(MAX_ROUNDS):  # fixed-point iteration: an export may depend on exports of other stacks
        all_stacks = traversal.expand(stacks, imports)
        exports = constant_exports(stack.template for stack in all_stacks) if with_exports else {}
        if with_outputs:
            exports |= stack_outputs(stack.template for stack in all_stacks if stack.nested_stack is None)
        if exports == imports:
            break
        imports = exports
    return all_stacks
