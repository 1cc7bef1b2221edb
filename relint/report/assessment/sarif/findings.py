"""The findings of an assessment: one for each entry, rule and resource, or type of disruption and policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.assessment.result import loss_class, time_class
from relint.catalog.message_template import OPEN, find_placeholders, render
from relint.finding import Finding, Related
from relint.report.assessment.sarif.routes import Routes
from relint.report.assessment.sarif.rules import POLICY_RULES, RULES
from relint.report.assessment.sarif.shared_egress import shared_gateways
from relint.report.assessment.sarif.zones_without_target import zones_without_target

if TYPE_CHECKING:
    from relint.assessment.listed import ListedDependency, ListedPart
    from relint.assessment.records import Policy, Verdict
    from relint.assessment.result import Assessment, EntryResult, Result
    from relint.finding import Verdict as Kind

_CATEGORIES = {
    **dict.fromkeys(("RLA001", "RLA002", "RLA003", "RLA011"), "SINGLE_POINT_OF_FAILURE"),
    **dict.fromkeys(("RLA005", "RLA006", "RLA012", "RLA013"), "SHARED_FATE"),
}
"""Categories of failures in the words of AWS Resilience Hub; of other rules it is MISCONFIGURATION_AND_BUGS.

https://docs.aws.amazon.com/resilience-hub/latest/userguide/next-gen.html
"""
_EVENTS = {
    "Software": "damaged data",
    "Hardware": "the failure of a host",
    "AZ": "the loss of a zone",
    "Region": "the loss of the Region",
    "availability": "the agreements on its path",
}
_KINDS: dict[str, Kind] = {"breached": "fail", "undetermined": "open", "met": "pass"}


def findings_of(assessment: Assessment) -> list[Finding]:
    """Return the findings of all entries: what fails, what is open, and targets that are met.

    The related places of each lead from the entry to the resource.
    """
    builder = _Builder(assessment)
    return [found for entry in assessment.entries for found in builder.build(entry)]


class _Builder:
    def __init__(self, assessment: Assessment) -> None:
        self._parts = {part.id: part for part in assessment.listing.parts}
        self._listing = assessment.listing
        self._policies = assessment.policies
        self._routes = Routes(assessment.listing)

    def build(self, entry: EntryResult) -> Iterator[Finding]:
        """Yield the findings of an entry."""
        results: dict[str, Result] = {result.disruption: result for result in entry.results}
        points = entry.single_points
        yield from self._points(entry, "RLA001", points.instance, "fail", results["Hardware"])
        yield from self._points(entry, "RLA001", points.instance_possible, "open", results["Hardware"])
        yield from self._points(entry, "RLA002", points.zonal, "fail", results["AZ"])
        yield from self._points(entry, "RLA003", points.zonal_possible, "open", results["AZ"])
        yield from self._points(entry, "RLA004", _lost(results["Software"]), "fail", results["Software"])
        for need in entry.recovery_dependencies:
            if need.kind == "host":
                yield from self._finding("RLA006", entry, need.resource, "fail", {"needs": need.needs}, None)
        if any(_has_region_target(policy, entry) for policy in self._policies):
            yield from self._points(entry, "RLA007", _lost(results["Region"]), "fail", results["Region"])
        for gateway in shared_gateways(entry, self._listing):
            yield from self._finding("RLA005", entry, gateway, "fail", {}, results["AZ"])
        for resource, zone in zones_without_target(entry, self._listing):
            yield from self._finding("RLA008", entry, resource, "fail", {"zone": zone}, results["AZ"])
        yield from self._verdicts(entry, results)

    def _points(
        self, entry: EntryResult, rule_id: str, resources: Iterable[str], kind: Kind, result: Result
    ) -> Iterator[Finding]:
        for resource in resources:
            own = [unknown.needs for unknown in result.unknowns if unknown.resource == resource]
            needs = own or [unknown.needs for unknown in result.unknowns]
            reason = f"{'; '.join(dict.fromkeys(needs)) or 'its number is open'} (entry {entry.id})"
            yield from self._finding(rule_id, entry, resource, kind, {"reason": reason}, result)

    def _verdicts(self, entry: EntryResult, results: Mapping[str, Result]) -> Iterator[Finding]:
        groups: dict[tuple[str, str], list[Verdict]] = {}
        for verdict in entry.verdicts:
            groups.setdefault((verdict.disruption, verdict.policy), []).append(verdict)
        for (disruption, policy), verdicts in groups.items():
            names = {verdict.verdict for verdict in verdicts}
            worst = next((name for name in _KINDS if name in names), None)
            if worst is None:
                continue
            kind, result = _KINDS[worst], results.get(disruption)
            needs = dict.fromkeys(need for verdict in verdicts for need in verdict.needs)
            words = ", ".join(_words(verdict) for verdict in verdicts if verdict.verdict == worst)
            values = {
                "disruption": _EVENTS[disruption],
                "verdict": f"the {words}, by policy {policy}",
                "reason": f"the target of {policy} for {_EVENTS[disruption]} needs {'; '.join(needs) or 'more'}",
            }
            yield from self._finding(POLICY_RULES[disruption], entry, entry.id, kind, values, result)

    def _finding(
        self,
        rule_id: str,
        entry: EntryResult,
        resource: str,
        kind: Kind,
        values: Mapping[str, str],
        result: Result | None,
    ) -> Iterator[Finding]:
        part, rule = self._parts.get(resource), RULES[rule_id]
        if part is None:
            return
        culprit = next((reason.resource for reason in result.reasons), resource) if result else resource
        route = self._routes.between(entry.id, culprit if resource == entry.id else resource)
        message_id = "open" if kind == "open" else "default"
        if resource == entry.id and "own" in rule.messages and kind == "fail":
            message_id = "own"
        template = OPEN if kind == "open" else rule.messages[message_id]
        values = {"resource": resource, "entry": entry.id, **values}
        arguments = tuple(values[name] for name in find_placeholders(template))
        yield Finding(
            rule=rule,
            verdict=kind,
            level=rule.level,
            message=render(template, arguments),
            message_id=message_id,
            arguments=arguments,
            file=part.place.template,
            path=part.place.path,
            span=part.place.span,
            logical_id=resource,
            resource_type=part.type,
            related=tuple(self._related(entry.id, route)),
            properties=tuple(_properties(entry, rule_id, result)),
        )

    def _related(self, entry: str, route: list[ListedDependency]) -> Iterator[Related]:
        if not route:
            return
        front: ListedPart = self._parts[entry]
        place = front.place
        yield Related(f"Requests enter at '{entry}'.", place.path, place.span, entry, place.template)
        for dependency in route:
            message = f"'{dependency.source}' {dependency.verb} '{dependency.target}'."
            for place in dependency.evidence[:1]:
                yield Related(message, place.path, place.span, dependency.source, place.template)


def _lost(result: Result) -> list[str]:
    return [reason.resource for reason in result.reasons if reason.outcome == "data_loss_unrecoverable"]


def _has_region_target(policy: Policy, entry: EntryResult) -> bool:
    targets = (policy.targets.get("Region"), policy.entries.get(entry.id, {}).get("Region"))
    return any(target is not None and (target.rto is not None or target.rpo is not None) for target in targets)


def _words(verdict: Verdict) -> str:
    unit = " %" if verdict.measure == "availability" else " s"
    target = "" if verdict.target is None else f" of {verdict.target:g}{unit}"
    typically = " typically" if verdict.is_typical else ""
    return f"{verdict.measure} target{target} is {verdict.verdict}{typically}"


def _properties(entry: EntryResult, rule_id: str, result: Result | None) -> Iterator[tuple[str, str]]:
    yield "entry", entry.id
    yield "failureCategory", _CATEGORIES.get(rule_id, "MISCONFIGURATION_AND_BUGS")
    if result is not None:
        yield "confidence", result.confidence
        yield "disruption", result.disruption
        yield "outcome", result.outcome
        yield "rto", time_class(result.rto, has_no_path=result.has_no_path, is_restore=result.is_restore)
        yield "rpo", loss_class(result.rpo)
