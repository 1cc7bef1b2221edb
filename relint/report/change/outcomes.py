"""Changes by what they do to what runs, the worst first, with the consequence in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Literal, NamedTuple
from relint.change.effect import CHANGE_EFFECTS
from relint.change.exchanged_items import with_exchanged_items
from relint.change.value_text import text_of_value
from relint.report.severity import SEVERITIES, effective_severity, visible_findings

if TYPE_CHECKING:
    from relint.change.records import ResourceChange, ValueChange
    from relint.finding import Finding
    from relint.model.resource import Resource
    from relint.run.comparison.compare_files import Diff
    from relint.run.comparison.compare_stacks import FileComparison

Outcome = Literal[
    "refused",
    "removed",
    "renamed",
    "replaced",
    "perhaps replaced",
    "interrupted",
    "perhaps interrupted",
    "weakened",
    "risky",
    "changed",
    "added",
    "cosmetic",
]
"""What happens to a resource.

weakened and risky: it is changed in place, and a rule has a finding; weakened if it passed another rule before.
cosmetic: only tags or descriptions differ. The other words are those of changes and effects.
"""

OUTCOMES: tuple[Outcome, ...] = (
    *("refused", "removed", "renamed", "replaced", "perhaps replaced", "interrupted", "perhaps interrupted"),
    *("weakened", "risky", "changed", "added", "cosmetic"),
)
"""The worst first."""

_PHRASES = {"changed": "changed in place", "cosmetic": "without effect on what runs"}
_WITHOUT_EFFECT = ("Tags", "Description")
"""Ends of the names of properties that are for people and bills."""
_CONSEQUENCES: Mapping[str, str] = {
    "refused": "CloudFormation refuses another type for a logical id, so the update fails.",
    "removed": "CloudFormation deletes it.",
    "renamed": "CloudFormation creates a new one and deletes '{old}'.",
    "replaced": "CloudFormation creates a new one and deletes this one.",
    "perhaps replaced": "Only the deployment decides whether CloudFormation creates a new one and deletes this one.",
}
_KEPT: Mapping[str, str] = {
    "Retain": "CloudFormation leaves it behind, outside of the stack.",
    "RetainExceptOnCreate": "CloudFormation leaves it behind, outside of the stack.",
    "Snapshot": "CloudFormation deletes it after a last snapshot.",
}
"""What a DeletionPolicy does; without one, databases of RDS have Snapshot.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html, read on 2026-11-29.
"""


class OutlinedChange(NamedTuple):
    """A change of a resource, in a comparison, with the findings about it."""

    outcome: Outcome
    change: ResourceChange
    entry: FileComparison
    findings: tuple[Finding, ...]

    @property
    def consequence(self) -> str:
        """A sentence about what follows from the outcome; empty if nothing does, or if a finding says it."""
        change = self.change
        if self.findings:
            return ""
        if self.outcome in ("interrupted", "perhaps interrupted"):
            says = next(value.fact.says for value in gravest_first(change) if value.effect in ("interrupts", "varies"))
            return f"{says[:1].upper()}{says[1:].rstrip('.')}."
        if self.outcome == "removed" and change.old and _deletion_policy(change.old) in _KEPT:
            return _KEPT[_deletion_policy(change.old)]
        return _CONSEQUENCES.get(self.outcome, "").format(old=change.old.logical_id if change.old else "")


def outline(diff: Diff, *, show_open: bool) -> list[OutlinedChange]:
    """Return the changes of all comparisons, the worst first: by the severity of their findings, then by outcome."""
    findings: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in visible_findings(diff.report, show_open=show_open):
        findings.setdefault((finding.file, finding.logical_id), []).append(finding)
    outlined = [_outlined(change, entry, findings) for entry in diff.comparisons for change in entry.comparison.changes]
    return sorted(outlined, key=_gravity)


def count_outcomes(changes: Iterable[OutlinedChange]) -> str:
    """Return the numbers of outcomes, the worst first: "1 removed, 2 replaced"; an empty text if there are none."""
    counts = Counter(change.outcome for change in changes)
    words = (f"{counts[outcome]} {_PHRASES.get(outcome, outcome)}" for outcome in OUTCOMES if counts[outcome])
    return ", ".join(words)


def gravest_first(change: ResourceChange) -> list[ValueChange]:
    """Return the values that differ, those with the gravest effect first, then the attributes."""
    values = with_exchanged_items(change.properties)
    properties = sorted(values, key=lambda value: CHANGE_EFFECTS.index(value.effect), reverse=True)
    return [*properties, *change.attributes]


def texts_of_change(change: ResourceChange) -> list[str]:
    """Return what differs in lines, the gravest first; the condition of a resource that both templates have."""
    if change.kind in ("added", "removed") and change.old and change.new:
        condition, holds = change.new.body.get("Condition"), "true" if change.kind == "added" else "false"
        return [f"Condition: {condition} is {holds}" if condition else "Condition: not set"]
    return [_text_of_value_change(value) for value in gravest_first(change)]


def _text_of_value_change(value: ValueChange) -> str:
    """Return a value that differs in a line: "Engine: mysql -> postgres"."""
    name = value.property
    if value.replaced:
        return f"{name}: refers to {value.replaced}, which is replaced"
    if value.renewed:
        return f"{name}: refers to {value.renewed}, of which there is another version"
    old, new = text_of_value(value.old), text_of_value(value.new)
    text = f"{name}: another value" if old == new else f"{name}: {old} -> {new}"
    return f"{text} (perhaps the same: {value.open_reason})" if value.open_reason else text


def _deletion_policy(resource: Resource) -> str:
    """Return the DeletionPolicy of a resource, or the one that CloudFormation takes without it."""
    properties = resource.body.get("Properties")
    is_in_cluster = isinstance(properties, dict) and "DBClusterIdentifier" in properties
    is_database = resource.type == "AWS::RDS::DBCluster" or (
        resource.type == "AWS::RDS::DBInstance" and not is_in_cluster
    )
    return str(resource.body.get("DeletionPolicy", "Snapshot" if is_database else "Delete"))


def _outlined(
    change: ResourceChange, entry: FileComparison, findings: Mapping[tuple[str, str | None], Sequence[Finding]]
) -> OutlinedChange:
    documents = (entry.comparison.old.template.document, entry.comparison.new.template.document)
    files = dict.fromkeys(part.file for document in documents for part in document.parts)
    about = [finding for file in files for finding in findings.get((file, change.logical_id), ())]
    return OutlinedChange(_outcome(change, about), change, entry, tuple(about))


def _gravity(row: OutlinedChange) -> tuple[int, int, str, str]:
    severities = [SEVERITIES.index(effective_severity(finding)) for finding in row.findings]
    worst = min(severities, default=len(SEVERITIES))
    return worst, OUTCOMES.index(row.outcome), row.entry.new_file, row.change.logical_id


def _outcome(change: ResourceChange, findings: Sequence[Finding]) -> Outcome:
    if change.kind == "retyped":
        return "refused"
    if change.kind in ("removed", "renamed"):
        return "removed" if change.kind == "removed" else "renamed"
    if change.kind == "modified":
        if change.effect == "replaces":
            return "replaced"
        if any(value.effect in ("replaces", "varies") and not value.fact.stays for value in change.properties):
            return "perhaps replaced"
        if change.effect == "interrupts":
            return "interrupted"
        if change.possible_effect in ("interrupts", "varies"):
            return "perhaps interrupted"
    decided = [finding for finding in findings if finding.is_decided]
    if decided:
        return "weakened" if any(finding.rule.scope == "comparison" for finding in decided) else "risky"
    if change.kind == "added":
        return "added"
    return "cosmetic" if _is_cosmetic(change) else "changed"


def _is_cosmetic(change: ResourceChange) -> bool:
    values = (*change.properties, *change.attributes)
    return bool(values) and all(
        len(value.path) > 1 and str(value.path[1]).endswith(_WITHOUT_EFFECT) for value in values
    )
