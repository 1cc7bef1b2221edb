"""The templates of a run that decide about one another, and what has to be judged again because of that."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from relint.discover.candidate import is_url
from relint.finding import Failure

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.settings.lint_config import LintConfig
    from relint.stacks.boundary import SearchBoundary
    from relint.stacks.traversal import Stack

CROSS_STACK_KEYWORDS = {
    "TemplateURL": "children",
    "AWS::Serverless::Application": "children",
    "Export": "exports",
    "ImportValue": "imports",
}
"""Words without which a template has nothing to do with others."""


def cross_stack_relations(text: str) -> set[str]:
    """What the text of a template may have to do with others: children, exports, imports."""
    return {mark for word, mark in CROSS_STACK_KEYWORDS.items() if word in text}


class CrossStackIndex:
    """Collects what `note` is told, which for templates that stand alone is nothing."""

    def __init__(self) -> None:
        self._noted: list[tuple[Callable[[], Template], LintConfig]] = []
        self.relations: set[str] = set()

    @property
    def needs_recheck(self) -> bool:
        """Whether there is anything to look at again."""
        return "children" in self.relations or {"exports", "imports"} <= self.relations

    def add(self, marks: Iterable[str], template: Callable[[], Template], config: LintConfig) -> None:
        """Remembers a template that deploys, exports or imports something; `template` makes it if it is needed."""
        if marks:
            self.relations.update(marks)
            self._noted.append((template, config))

    def merge(self, other: CrossStackIndex) -> None:
        """Remembers what another one does."""
        self._noted += other._noted
        self.relations |= other.relations

    def stacks_to_recheck(
        self,
        files: Iterable[str],
        config_for_file: Callable[[str], LintConfig],
        reach: SearchBoundary,
        failures: list[Failure],
    ) -> list[Stack]:
        """The stacks to be judged again: nested ones as deployed, and those that others hand values to.

        `files` are all templates of the run. Children that cannot be read become failures, said of the parent's line.
        """
        from relint.stacks.exports import constant_exports
        from relint.stacks.traversal import MAX_ROUNDS, Stack, StackTraversal, has_cross_stack_values

        noted = [Stack(template(), config, config.parameters) for template, config in self._noted]
        follows = "children" in self.relations and reach.folders
        names = {os.path.realpath(file): file for file in files if not is_url(file)} if follows else {}
        imports: dict[str, str] = {}
        walk = StackTraversal(names, config_for_file, reach)
        for _ in range(MAX_ROUNDS):  # what is exported may be made of what others export
            stacks = walk.expand(noted, imports)
            exported = constant_exports(stack.template for stack in stacks) if "imports" in self.relations else {}
            if exported == imports:
                break
            imports = exported
        told = {failure.file for failure in failures}
        failures += [failure for failure, file in walk.failures.items() if file not in told]
        return [stack for stack in stacks if stack.nested_stack or has_cross_stack_values(stack)]
