"""What was found in one template as plain tuples, which a cache can keep and workers send, and back."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

from relint.finding import Finding, Related, Suppression
from relint.level import LEVELS
from relint.run.results import Results
from relint.source.encoding import decode
from relint.source.location import Position, Span

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.model.template import Template
    from relint.settings.lint_config import LintConfig
    from relint.suppressions.entry import SuppressionEntry

Plain = tuple[Any, ...]

_NONE = type(None)
_SHAPES = frozenset(
    product(*[(str,)] * 5, *[(tuple,)] * 3, *[(str, _NONE)] * 3, (tuple,), *[(str, _NONE)] * 2, (tuple,))
)
"""What types the parts of a plain finding have, in the order of `_from_finding`."""


def to_plain(file: str, results: Results, config: LintConfig) -> Plain:
    """What was found in a template, or why it is none, but for failures."""
    return (
        config.today if results.dated else "",
        results.skipped.get(file, ""),
        tuple(sorted(results.declared)),
        " ".join(results.ran),
        _numbers(results.used, config),
        tuple(sorted(results.stacks.relations)),
        tuple(map(_from_finding, results.findings.get(file, ()))),
        file in results.sources,
    )


def from_plain(
    plain: Plain, file: str, raw: str | bytes, config: LintConfig, rules: Mapping[str, Rule]
) -> Results | None:
    """The results of which `plain` was made, if it is of this day; None if not.

    `rules` are those of the config by id. Raises ValueError, TypeError or LookupError for what is no plain results.
    """
    day, skipped, declared, ran, used, marks, findings, has_source = plain
    if day and day != config.today:
        return None
    results = Results()
    results.dated = bool(day)
    if skipped:
        results.skipped[file] = skipped
        return results
    results.enter(file, declared, config)
    results.ran = {one: rules[one] for one in ran.split()}
    results.used = _used(used, config)
    results.stacks.add(marks, lambda: _template(file, raw, config), config)
    results.findings[file] = [_to_finding(finding, file, rules) for finding in findings]
    if has_source:
        results.sources[file] = decode(raw, file).text
    return results


def rules_of(config: LintConfig) -> dict[str, Rule]:
    """The rules that findings of a config name, by id: those that run, and as it is known the one on suppressions."""
    found = {rule.id: rule for rule in config.selection.rules}
    found.update((rule.id, rule) for rule in config.all_rules if rule.scope == "suppression")
    return found


def _template(file: str, raw: str | bytes, config: LintConfig) -> Template:
    from relint.model.template import Template
    from relint.source.read import read_document

    return Template(read_document(raw, file), config.parameters)


def _numbers(used: set[SuppressionEntry], config: LintConfig) -> Plain:
    """Which suppressions of the configuration these are."""
    if not used:
        return ()
    from relint.suppressions.from_configuration import entry_from_configuration

    return tuple(
        number for number, entry in enumerate(config.configured_suppressions) if entry_from_configuration(entry) in used
    )


def _used(numbers: Plain, config: LintConfig) -> set[SuppressionEntry]:
    if not numbers:
        return set()
    from relint.suppressions.from_configuration import entry_from_configuration

    return {entry_from_configuration(config.configured_suppressions[number]) for number in numbers}


def _from_finding(finding: Finding) -> Plain:
    return (
        finding.rule.id,
        finding.verdict,
        finding.level,
        finding.message,
        finding.message_id,
        finding.arguments,
        finding.path,
        _from_span(finding.span),
        finding.logical_id,
        finding.resource_type,
        finding.cdk_path,
        tuple((one.message, one.path, _from_span(one.span), one.logical_id) for one in finding.related),
        finding.scenario,
        finding.reason,
        tuple(finding.suppression or ()),
    )


def _to_finding(plain: Plain, file: str, rules: Mapping[str, Rule]) -> Finding:
    if tuple(map(type, plain)) not in _SHAPES:
        raise TypeError("this is no finding")
    rule, verdict, level, message, message_id, arguments, path, span, logical_id, resource_type, *optional = plain
    cdk_path, related, scenario, reason, suppression = optional
    if verdict not in ("fail", "review", "open") or level not in LEVELS:
        raise ValueError("this is no verdict")
    return Finding(
        rule=rules[rule],
        verdict=verdict,
        level=level,
        message=message,
        message_id=message_id,
        arguments=arguments,
        file=file,
        path=path,
        span=_to_span(*span),
        logical_id=logical_id,
        resource_type=resource_type,
        cdk_path=cdk_path,
        related=tuple(
            Related(message=message, path=path, span=_to_span(*span), logical_id=logical_id)
            for message, path, span, logical_id in related
        ),
        scenario=scenario,
        reason=reason,
        suppression=Suppression(*suppression) if suppression else None,
    )


def _from_span(span: Span) -> Plain:
    return (*span.start, *span.end)


def _to_span(line: int, column: int, last: int, end: int) -> Span:
    return Span(Position(line, column), Position(last, end))
