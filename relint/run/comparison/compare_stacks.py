"""Comparison of stacks before and after a change, and the findings of the rules about changes."""

from __future__ import annotations

from collections.abc import Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.change.assignment import views_of_templates
from relint.change.compare import compare_views, is_created_anew
from relint.evaluate.finding_builder import with_condition
from relint.finding import Finding, Related
from relint.model.template import Template
from relint.run.comparison.judge_comparison import judge
from relint.source.read import read_document
from relint.source.text import SourceText
from relint.stacks.moved_files import cross_stack_values_after_move, passed_values_after_move
from relint.stacks.references import names_in_nested_stack

if TYPE_CHECKING:
    from relint.change.records import Comparison
    from relint.run.comparison.file_pairs import Sides
    from relint.run.comparison.stack_pairs import StackPair
    from relint.run.results import Results
    from relint.source.location import Span
    from relint.stacks.traversal import Stack


class GoneStack(NamedTuple):
    """The end of a stack: its template is gone, or a nested stack is removed from its parent.

    `logical_id` is that of the nested stack, and `span` in `file` the nearest place in the new template of the parent;
    without them `file` is the template that is gone.
    """

    file: str
    logical_id: str = ""
    span: Span | None = None


class FileComparison(NamedTuple):
    """Two templates that were compared, by the names of their files.

    `deployed_as` are the logical ids of the nested stacks that lead from the file of the outermost parent, which comes
    first, to this template; it is empty for a template that no other deploys. `gone` is the reason why a stack is gone;
    then the new template is empty, and has the name of the old file.
    """

    old_file: str
    new_file: str
    comparison: Comparison
    deployed_as: tuple[str, ...] = ()
    gone: GoneStack | None = None


class StackJudge:
    """Compares stacks, and adds findings and facts to results."""

    def __init__(self, results: Results, sides: Sides) -> None:
        self._results = results
        self._sides = sides
        self._findings: dict[str, list[list[Finding]]] = {}
        self._replaced: dict[tuple[str, ...], frozenset[str]] = {}

    def compare_all(self, pairs: Sequence[StackPair]) -> list[FileComparison]:
        """Return the comparisons of stacks, without those that repeat one of another deployment of the template."""
        comparisons: dict[tuple[str, str, str], FileComparison] = {}
        for pair in pairs:
            entry = self._compare(pair)
            if entry:
                comparisons.setdefault((entry.old_file, entry.new_file, _digest(entry.comparison)), entry)
        for file, deployments in self._findings.items():
            self._results.findings[file] = deployments[0] if len(deployments) == 1 else _joined(deployments)
        return list(comparisons.values())

    def _compare(self, pair: StackPair) -> FileComparison | None:
        """Return the comparison of a stack, and keep the findings; None if it fails."""
        file = pair.new.file if pair.new else self._without_revision(self._sides.name_of_old(pair.old.file))
        config = (pair.new or pair.old).config
        judged = judge(file, lambda: self._build(pair, file), config, self._results, self._without_revision)
        if judged is None:
            return None
        self._findings.setdefault(file, []).append(self._with_deployment(pair, judged.findings))
        old_file = judged.comparison.old.template.document.file
        return FileComparison(old_file, file, judged.comparison, _deployed_as(pair), self._gone(pair))

    def _build(self, pair: StackPair, file: str) -> Comparison:
        old = _renamed(pair.old, self._sides, pair.new)
        new = pair.new.template if pair.new else _empty_template(file)
        comparison = compare_views(*views_of_templates(old, new), self._replaced_around(pair))
        if pair.new:
            own = {change.logical_id for change in comparison.changes if is_created_anew(change)}
            key = _deployed_as(pair) or (pair.new.file,)
            self._replaced[key] = self._replaced_around(pair) | own
        return comparison

    def _without_revision(self, file: str) -> str:
        """Return the name of a file without the git revision with which it begins."""
        return file.removeprefix(f"{self._sides.base}:") if self._sides.base else file

    def _replaced_around(self, pair: StackPair) -> frozenset[str]:
        """Return the resources of the parents that the change replaces, by their names in a nested stack."""
        if not (pair.new and pair.new.ancestors):
            return frozenset()
        rename = names_in_nested_stack(pair.new.ancestors[-1][0])
        return frozenset(rename(name) for name in self._replaced.get(_deployed_as(pair)[:-1], ()))

    def _with_deployment(self, pair: StackPair, findings: Sequence[Finding]) -> list[Finding]:
        """Return findings with the deployment on which they depend: what removes the stack, or passes other values."""
        if pair.removed_from:
            return self._with_removal(findings, *pair.removed_from)
        if pair.new is None:
            file = self._sides.name_of_old(pair.gone_file)
            clause = f'the stack of "{file}" is deleted, as its template is'
            return [_to_review(with_condition(finding, clause)) for finding in findings]
        nested = pair.new.nested_stack
        if nested and pair.old.template.document.text == pair.new.template.document.text:
            clause = f'it is deployed as "{nested.logical_id}" of "{nested.parent.document.file}"'
            return [with_condition(finding, clause) for finding in findings]
        return list(findings)

    def _with_removal(
        self, findings: Sequence[Finding], old_parent: Stack, new_parent: Stack, logical_id: str
    ) -> list[Finding]:
        """Return findings with the place from which a nested stack is removed."""
        document = _renamed(old_parent, self._sides).document
        path = ("Resources", logical_id)
        place = Related(
            message=f"The change removes the nested stack '{logical_id}', which contains it.",
            path=path,
            span=document.span_of(path),
            logical_id=logical_id,
            file=document.file_of(path),
        )
        if findings:
            parts = (*document.parts, *new_parent.template.document.parts)
            self._results.sources.update((part.file, part.source.text) for part in parts)
        clause = f'the nested stack "{logical_id}" is removed from "{new_parent.file}"'
        return [with_condition(finding, clause)._replace(related=(*finding.related, place)) for finding in findings]

    def _gone(self, pair: StackPair) -> GoneStack | None:
        if pair.new:
            return None
        if pair.removed_from is None:
            return GoneStack(self._sides.name_of_old(pair.gone_file))
        _, new_parent, logical_id = pair.removed_from
        document = new_parent.template.document
        path = ("Resources", logical_id)
        return GoneStack(document.file_of(path), logical_id, document.span_of(path))


def _to_review(finding: Finding) -> Finding:
    return finding._replace(verdict="review") if finding.verdict == "fail" else finding


def _joined(deployments: Sequence[Sequence[Finding]]) -> list[Finding]:
    """Return the worst findings of several deployments of a template."""
    from relint.stacks.combine import worst_findings  # few templates have several deployments

    return worst_findings(deployments)


def _renamed(stack: Stack, sides: Sides, new: Stack | None = None) -> Template:
    """Return the template of a stack of the old side, whose files have their names in reports.

    References to resources of its parents name the files that these have on the `new` side.
    """
    template, values = stack.template, stack.parameter_values
    cross_stack_values = template.deployments.cross_stack_values
    new_files = [file for file, _ in new.ancestors] if new else []
    old_files = [file for file, _ in stack.ancestors]
    moved = {old: now for old, now in zip(old_files, new_files, strict=False) if old != now}
    document = template.document.renamed(sides.name_of_old)
    if moved:
        values = passed_values_after_move(values, moved)
        cross_stack_values = cross_stack_values_after_move(cross_stack_values, moved)
    elif all(sides.name_of_old(part.file) == part.file for part in template.document.parts):
        return template
    return Template(document, values, cross_stack_values)


def _empty_template(file: str) -> Template:
    """Return a template without resources in place of one that is gone."""
    document = read_document("Resources: {}", file)
    return Template(document._replace(source=SourceText(file, "")))


def _deployed_as(pair: StackPair) -> tuple[str, ...]:
    ancestors = (pair.new or pair.old).ancestors
    return (ancestors[0][0], *(logical_id for _, logical_id in ancestors)) if ancestors else ()


def _digest(comparison: Comparison) -> str:
    """Return a text that is equal for equal changes."""
    return repr(
        [
            (change.kind, change.logical_id, [(value.path, value.old, value.new, value.effect) for value in values])
            for change in comparison.changes
            for values in [(*change.properties, *change.attributes)]
        ]
    )
