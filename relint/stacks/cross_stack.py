"""The templates of a run that decide about one another, and what has to be judged again because of that."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from relint.discover import is_url
from relint.finding import LEVELS, Failure, Finding

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.reach import Reach
    from relint.scope import Scope
    from relint.stacks import Child
    from relint.walk import Stack

MARKS = {
    "TemplateURL": "children",
    "AWS::Serverless::Application": "children",
    "Export": "exports",
    "ImportValue": "imports",
}
"""Words without which a template has nothing to do with others."""
_VERDICTS = ("open", "review", "fail")


def marks_of(text: str) -> set[str]:
    """What the text of a template may have to do with others: children, exports, imports."""
    return {mark for word, mark in MARKS.items() if word in text}


class Joined:
    """Collects what `note` is told, which for templates that stand alone is nothing."""

    def __init__(self) -> None:
        self._noted: list[tuple[Callable[[], Template], Scope]] = []
        self.marks: set[str] = set()

    @property
    def found(self) -> bool:
        """Whether there is anything to look at again."""
        return "children" in self.marks or {"exports", "imports"} <= self.marks

    def note(self, marks: Iterable[str], template: Callable[[], Template], scope: Scope) -> None:
        """Remembers a template that deploys, exports or imports something; `template` makes it if it is needed."""
        if marks:
            self.marks.update(marks)
            self._noted.append((template, scope))

    def absorb(self, other: Joined) -> None:
        """Remembers what another one does."""
        self._noted += other._noted
        self.marks |= other.marks

    def again(
        self, files: Iterable[str], scope_of_file: Callable[[str], Scope], reach: Reach, failures: list[Failure]
    ) -> list[Stack]:
        """The stacks to be judged again: nested ones as deployed, and those that others hand values to.

        `files` are all templates of the run. Children that cannot be read become failures, said of the parent's line.
        """
        from relint.outputs import exports
        from relint.walk import ROUNDS, Stack, Walk, received

        noted = [Stack(template(), scope, scope.parameters) for template, scope in self._noted]
        follows = "children" in self.marks and reach.folders
        names = {os.path.realpath(file): file for file in files if not is_url(file)} if follows else {}
        imports: dict[str, str] = {}
        walk = Walk(names, scope_of_file, reach)
        for _ in range(ROUNDS):  # what is exported may be made of what others export
            stacks = walk.through(noted, imports)
            exported = exports(stack.template for stack in stacks) if "imports" in self.marks else {}
            if exported == imports:
                break
            imports = exported
        told = {failure.file for failure in failures}
        failures += [failure for failure, file in walk.failures.items() if file not in told]
        return [stack for stack in stacks if stack.child or received(stack)]


def as_deployed(findings: Iterable[Finding], child: Child, alone: Iterable[Finding]) -> list[Finding]:
    """The findings on a nested stack, naming the parent where they are not `alone` true of the template as well.

    What fails in a stack that the parent does not deploy by itself needs no more than a review.
    """
    from relint.evaluate.findings import in_scenario

    usual = {_identity(finding) for finding in alone}
    clause = f'it is deployed as "{child.logical_id}" of "{child.parent.document.file}"'
    found = []
    for finding in findings:
        if finding.verdict == "fail" and not child.assumed and finding.rule.scope != "suppression":
            finding = finding._replace(verdict="review")
        found.append(finding if _identity(finding) in usual else in_scenario(finding, clause))
    return found


def _identity(finding: Finding) -> tuple[object, ...]:
    return finding.rule.id, finding.path, finding.verdict


def worst(deployments: Sequence[Sequence[Finding]]) -> list[Finding]:
    """What is said of a template in several deployments: of each rule at each place the worst, once.

    What is open in one is left out if another decides it. What is said of suppressions must hold in every deployment:
    one that is needed in one is needed.
    """
    found: dict[tuple[object, ...], list[Finding]] = {}
    times: dict[tuple[object, ...], int] = {}
    for findings in deployments:
        here: dict[tuple[object, ...], list[Finding]] = {}
        for finding in findings:
            own = finding.message if finding.rule.scope == "suppression" else ""
            here.setdefault((finding.rule.id, finding.path, own), []).append(finding)
        for key, group in here.items():
            times[key] = times.get(key, 0) + 1
            if key not in found or _weight(group) > _weight(found[key]):
                found[key] = group
    everything = [
        finding
        for key, group in found.items()
        for finding in group
        if finding.rule.scope != "suppression" or times[key] == len(deployments)
    ]
    # What is open stands at the resource, what fails often at a property of it.
    decided = {
        (one.rule.id, one.path[:depth])
        for one in everything
        if one.verdict != "open"
        for depth in range(len(one.path) + 1)
    }
    return [one for one in everything if one.verdict != "open" or (one.rule.id, one.path) not in decided]


def _weight(group: Iterable[Finding]) -> tuple[int, int]:
    return max((_VERDICTS.index(one.verdict), LEVELS.index(one.level)) for one in group)
