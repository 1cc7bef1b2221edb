"""Templates that affect each other through nested stacks or exports, and their second check."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from relint._typing import TYPE_CHECKING
from relint.discover.candidate import is_url
from relint.finding import Failure, Unjudged

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.settings.lint_config import LintConfig
    from relint.stacks.boundary import SearchBoundary
    from relint.stacks.traversal import Stack

_NESTED_STACKS, _EXPORTS, _IMPORTS = "nested stacks", "exports", "imports"

CROSS_STACK_KEYWORDS = {
    "TemplateURL": _NESTED_STACKS,
    "AWS::Serverless::Application": _NESTED_STACKS,
    "Export": _EXPORTS,
    "ImportValue": _IMPORTS,
}
"""Relations to other templates, by the keyword without which a template does not have them."""
FILE_KEYWORDS = tuple(keyword for keyword, relation in CROSS_STACK_KEYWORDS.items() if relation == _NESTED_STACKS)
"""The keywords of relations to templates that are named by their files."""


def cross_stack_relations(text: str) -> set[str]:
    """Return the relations to other templates that keywords in a text indicate."""
    return {relation for keyword, relation in CROSS_STACK_KEYWORDS.items() if keyword in text}


def may_deploy_stacks(text: str) -> bool:
    """Whether keywords in a text indicate nested stacks."""
    return _NESTED_STACKS in cross_stack_relations(text)


def may_share_exports(left: str, right: str) -> bool:
    """Whether keywords in two texts indicate that one imports what the other exports."""
    relations = cross_stack_relations(left), cross_stack_relations(right)
    return any(_EXPORTS in one and _IMPORTS in other for one, other in (relations, relations[::-1]))


class CrossStackIndex:
    """The templates of a run that may be related to others, and all their `relations`."""

    def __init__(self) -> None:
        self._templates: list[tuple[Callable[[], Template], LintConfig]] = []
        self.relations: set[str] = set()

    @property
    def needs_recheck(self) -> bool:
        """Whether templates may affect each other, through nested stacks, or exports and imports."""
        return _NESTED_STACKS in self.relations or {_EXPORTS, _IMPORTS} <= self.relations

    def add(self, relations: Iterable[str], load_template: Callable[[], Template], config: LintConfig) -> None:
        """Add a template that has relations; others are left out. `load_template` is called for a recheck only."""
        if relations:
            self.relations.update(relations)
            self._templates.append((load_template, config))

    def merge(self, other: CrossStackIndex) -> None:
        """Add the templates of another index."""
        self._templates += other._templates
        self.relations |= other.relations

    def stacks_to_recheck(
        self,
        files: Iterable[str],
        config_for_file: Callable[[str], LintConfig],
        boundary: SearchBoundary,
        failures: list[Failure],
        skipped: dict[str, str],
        unjudged: list[Unjudged],
    ) -> list[Stack]:
        """Return the nested stacks of the run, and the stacks with values of other stacks.

        `files` are all templates of the run. Templates of nested stacks that cannot be read are added to `failures`,
        at the line of the parent, unless there is a failure for the file itself; those beside a text that is in no file
        are added to `skipped`. Stacks with more relations to others than the limits allow are added to `unjudged`.
        """
        from relint.stacks.references import sees_too_much
        from relint.stacks.referring_stacks import with_referring_resources
        from relint.stacks.stack_set import deployed_stacks
        from relint.stacks.traversal import Stack, StackTraversal, has_cross_stack_values

        if not boundary.folders:
            self._skip_nested_stacks(skipped)
        stacks = [
            Stack(template=load_template(), config=config, parameter_values=config.parameters)
            for load_template, config in self._templates
        ]
        traversal = StackTraversal(self._names_by_real_path(files, boundary), config_for_file, boundary)
        all_stacks = deployed_stacks(traversal, stacks, with_exports=_IMPORTS in self.relations)
        reported_files = {failure.file for failure in failures}
        failures += [failure for failure, file in traversal.failures.items() if file not in reported_files]
        limited = {stack.file for stack in all_stacks if sees_too_much(stack.template)}
        all_stacks = with_referring_resources(all_stacks, limited)
        unjudged += [Unjudged(file, "stack relations", "", number=1) for file in sorted(limited)]
        return [stack for stack in all_stacks if stack.nested_stack or has_cross_stack_values(stack)]

    def _skip_nested_stacks(self, skipped: dict[str, str]) -> None:
        """Add the templates of nested stacks beside a text that has no place."""
        from relint.stacks.nested import nested_stacks

        for load_template, _ in self._templates:
            for nested_stack in nested_stacks(load_template(), [os.sep], {}):
                parent = nested_stack.parent.document.file
                skipped[nested_stack.file] = f"nested stack of '{parent}', a text of which no file is named"

    def _names_by_real_path(self, files: Iterable[str], boundary: SearchBoundary) -> Mapping[str, str]:
        """Return the names of the run's files, under which nested stacks are reported."""
        if _NESTED_STACKS not in self.relations or not boundary.folders:
            return {}
        return {os.path.realpath(file): file for file in files if not is_url(file)}
