"""Results of one template as plain tuples, for the cache and for workers."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from relint._typing import TYPE_CHECKING, Any
from relint.finding import Finding, Related, Suppression, Unjudged
from relint.level import LEVELS
from relint.run.results import Results
from relint.source.encoding import decode
from relint.source.location import Position, Span

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.model.template import Template
    from relint.settings.lint_config import LintConfig
    from relint.suppressions.entry import SuppressionEntry

Serialized = tuple[Any, ...]
"""Tuples of strings, integers, booleans and None, which marshal writes and reads."""

_NONE = type(None)
_FINDING_TYPES = frozenset(
    product(*[(str,)] * 5, *[(tuple,)] * 3, *[(str, _NONE)] * 3, (tuple,), *[(str, _NONE)] * 2, (tuple,))
)
"""The types that the items of a serialized finding may have together, in the order of `_serialize_finding`."""


def serialize(file: str, results: Results, config: LintConfig) -> Serialized:
    """Return the results of one template without failures."""
    return (
        config.today if results.depends_on_today else "",
        results.skipped.get(file, ""),
        tuple(sorted(results.declared_parameters)),
        " ".join(results.rules_run),
        _suppression_indexes(results.used_suppressions, config),
        tuple(sorted(results.cross_stack.relations)),
        tuple(map(_serialize_finding, results.findings.get(file, ()))),
        file in results.sources,
        tuple(tuple(entry[1:]) for entry in results.unjudged),
    )


def deserialize(
    serialized: Serialized, file: str, raw: str | bytes, config: LintConfig, rules: Mapping[str, Rule]
) -> Results | None:
    """Return the results that `serialize` was given, without failures; None if they are those of another day.

    `rules` are the reportable rules of the configuration by id. Raises ValueError, TypeError or LookupError if the
    value was not made by `serialize`.
    """
    day, skipped, declared_parameters, rule_ids, suppression_indexes, relations, findings, has_source, unjudged = (
        serialized
    )
    if day and day != config.today:
        return None
    results = Results()
    results.depends_on_today = bool(day)
    if skipped:
        results.skipped[file] = skipped
        return results
    results.add_template(file, declared_parameters, config)
    results.rules_run = {rule_id: rules[rule_id] for rule_id in rule_ids.split()}
    results.used_suppressions = _suppressions_at(suppression_indexes, config)
    results.cross_stack.add(relations, lambda: _read_template(file, raw, config), config)
    results.findings[file] = [_deserialize_finding(finding, file, rules) for finding in findings]
    results.unjudged = [Unjudged(file, *entry) for entry in unjudged]
    if has_source:
        results.sources[file] = decode(raw, file).text
    return results


def reportable_rules(config: LintConfig) -> dict[str, Rule]:
    """Return the rules that findings may refer to, by id: those that run, and the rule about suppressions."""
    rules = {rule.id: rule for rule in config.selection.rules}
    rules.update((rule.id, rule) for rule in config.all_rules if rule.scope == "suppression")
    return rules


def _read_template(file: str, raw: str | bytes, config: LintConfig) -> Template:
    from relint.model.template import Template
    from relint.source.read import read_document

    return Template(read_document(raw, file), config.parameters)


def _suppression_indexes(suppressions: set[SuppressionEntry], config: LintConfig) -> tuple[int, ...]:
    """Return the indexes of suppressions among those of the configuration."""
    if not suppressions:
        return ()
    from relint.suppressions.from_configuration import entry_from_configuration

    entries = config.configured_suppressions
    return tuple(index for index, entry in enumerate(entries) if entry_from_configuration(entry) in suppressions)


def _suppressions_at(indexes: tuple[int, ...], config: LintConfig) -> set[SuppressionEntry]:
    if not indexes:
        return set()
    from relint.suppressions.from_configuration import entry_from_configuration

    return {entry_from_configuration(config.configured_suppressions[index]) for index in indexes}


def _serialize_finding(finding: Finding) -> Serialized:
    return (
        finding.rule.id,
        finding.verdict,
        finding.level,
        finding.message,
        finding.message_id,
        finding.arguments,
        finding.path,
        _serialize_span(finding.span),
        finding.logical_id,
        finding.resource_type,
        finding.cdk_path,
        tuple(
            (related.message, related.path, _serialize_span(related.span), related.logical_id)
            for related in finding.related
        ),
        finding.scenario,
        finding.reason,
        tuple(finding.suppression or ()),
    )


def _deserialize_finding(serialized: Serialized, file: str, rules: Mapping[str, Rule]) -> Finding:
    if tuple(map(type, serialized)) not in _FINDING_TYPES:
        raise TypeError("not a serialized finding")
    rule, verdict, level, message, message_id, arguments, path, span, logical_id, resource_type, *optional = serialized
    cdk_path, related, scenario, reason, suppression = optional
    if verdict not in ("fail", "review", "open") or level not in LEVELS:
        raise ValueError("not a verdict or not a level")
    return Finding(
        rule=rules[rule],
        verdict=verdict,
        level=level,
        message=message,
        message_id=message_id,
        arguments=arguments,
        file=file,
        path=path,
        span=_deserialize_span(*span),
        logical_id=logical_id,
        resource_type=resource_type,
        cdk_path=cdk_path,
        related=tuple(
            Related(message=message, path=path, span=_deserialize_span(*span), logical_id=logical_id)
            for message, path, span, logical_id in related
        ),
        scenario=scenario,
        reason=reason,
        suppression=Suppression(*suppression) if suppression else None,
    )


def _serialize_span(span: Span) -> Serialized:
    return (*span.start, *span.end)


def _deserialize_span(line: int, column: int, end_line: int, end_column: int) -> Span:
    return Span(Position(line, column), Position(end_line, end_column))
