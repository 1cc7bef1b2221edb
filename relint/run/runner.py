"""One run: candidates in, a report out. Templates are checked or taken from the cache, nested stacks checked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.discover.candidate import Candidate, Skipped, is_exclusion, is_url
from relint.discover.template_detection import NAMED_NO_TEMPLATE, NOT_A_TEMPLATE, can_be_template, may_include
from relint.finding import Failure, Finding, Report, Unjudged, finding_sort_key
from relint.run.results import Results
from relint.stacks.boundary import NO_NESTED_STACKS, SearchBoundary

if TYPE_CHECKING:
    from relint.discover.candidate import Input
    from relint.run.findings_cache import FindingsCache
    from relint.settings.lint_config import LintConfig
    from relint.suppressions.entry import SuppressionEntry


class RunOptions(NamedTuple):
    """Options of a run that do not change what the rules report.

    `search_label` names what was searched, for the failure that no template was found; None if that is no failure.
    `progress` is called with the name of each template. Nested stacks are followed within `boundary`. `is_complete` is
    false for a shard of the templates, in which parameters and suppressions may be unused because another shard uses
    them.
    """

    search_label: str | None = None
    progress: Callable[[str], object] | None = None
    boundary: SearchBoundary = NO_NESTED_STACKS
    cache: FindingsCache | None = None
    is_complete: bool = True


def run(
    candidates: Iterable[Input],
    config_for_file: Callable[[str], LintConfig],
    options: RunOptions,
    worker_results: Iterable[Results] = (),
) -> Report:
    """Return the report on candidates, each checked with the configuration of its file.

    `worker_results` are the results of further templates, which workers check in the meantime.
    """
    results = Results()
    for candidate in candidates:
        if isinstance(candidate, Failure):
            results.failures.append(candidate)
        elif isinstance(candidate, Skipped):
            results.skipped[candidate.file] = candidate.reason
        else:
            if options.progress:
                options.progress(candidate.file)
            config = config_for_file(candidate.file)
            check_candidate(candidate, config, results, options.cache, options.boundary)
    for part in worker_results:
        results.merge(part)
        if options.progress:
            for file in (*part.templates, *part.skipped):
                options.progress(file)
    if results.cross_stack.needs_recheck:
        from relint.run.check_template import recheck_stacks

        recheck_stacks(results, config_for_file, options.boundary)
    if results.included:
        from relint.run.included_files import combine_included_files  # few templates have includes

        combine_included_files(results)
    if options.search_label is not None:
        results.failures += _missing_templates(results, config_for_file, options.search_label)
    return build_report(results, options)


def check_candidate(
    candidate: Candidate,
    config: LintConfig,
    results: Results,
    cache: FindingsCache | None = None,
    boundary: SearchBoundary = NO_NESTED_STACKS,
) -> None:
    """Add the results of a candidate, from the cache if it has them."""
    if not load_cached(candidate, config, results, cache):
        check_uncached(candidate, config, results, cache, boundary)


def check_uncached(
    candidate: Candidate,
    config: LintConfig,
    results: Results,
    cache: FindingsCache | None = None,
    boundary: SearchBoundary = NO_NESTED_STACKS,
) -> None:
    """Check a candidate, and add the results to `results` and to the cache.

    What depends on included files, within `boundary`, is not cached.
    """
    from relint.run.check_template import check_text  # neither this nor its imports are needed if all is cached

    new_results = Results()
    check_text(candidate.file, candidate.raw, config, new_results, boundary)
    if cache and not may_include(candidate.raw):
        cache.put(candidate.file, candidate.raw, config, new_results)
    _merge(new_results, candidate, results)


def _merge(new_results: Results, candidate: Candidate, results: Results) -> None:
    """Add the results of a candidate, and say of a file that is skipped whether the user named it."""
    results.merge(new_results)
    if candidate.is_explicit and results.skipped.get(candidate.file) == NOT_A_TEMPLATE:
        results.skipped[candidate.file] = NAMED_NO_TEMPLATE


def load_cached(candidate: Candidate, config: LintConfig, results: Results, cache: FindingsCache | None) -> bool:
    """Add the results of a candidate that need no check; return False if a check is needed.

    No check is needed if the cache has the results, or if a file that the user did not name is not a template.
    """
    results.lint_configs[id(config)] = config
    if not (candidate.is_explicit or can_be_template(candidate.raw)):
        results.skipped[candidate.file] = NOT_A_TEMPLATE
        return True
    cached = cache.get(candidate.file, candidate.raw, config) if cache else None
    if cached:
        _merge(cached, candidate, results)
    return cached is not None


def _missing_templates(
    results: Results, config_for_file: Callable[[str], LintConfig], search_label: str
) -> list[Failure]:
    """Return the failure that no template was found."""
    if results.templates or results.failures:
        return []
    if not results.lint_configs:
        config_for_file(search_label)  # raises OptionError for a wrong option, which no template has revealed
    excluded = sorted(set(filter(is_exclusion, results.skipped.values())))
    cause = f" that is not {excluded[0]}" if excluded else ""
    message = f"There is no CloudFormation template{cause} in '{search_label}'; --allow-empty accepts that."
    return [Failure(file=search_label, stage="discover", message=message)]


def build_report(results: Results, options: RunOptions) -> Report:
    """Return the report on results."""
    configs = results.lint_configs.values()
    if results.templates and options.is_complete:
        given_parameters = {name for config in configs for name in config.given_parameters}
        for name in sorted(given_parameters - results.declared_parameters):
            message = f"Parameter '{name}' was given a value, but no template declares it."
            results.failures.append(Failure(file="--parameters", stage="options", message=message))
    findings = [finding for findings in results.findings.values() for finding in findings]
    findings += _suppression_findings(results, report_unused=options.is_complete)
    level_overrides = sorted(results.level_overrides.items())
    return Report(
        results=tuple(sorted(findings, key=finding_sort_key)),
        failures=tuple(sorted(set(results.failures), key=failure_sort_key)),
        rules=tuple(results.rules_run[rule_id] for rule_id in sorted(results.rules_run)),
        templates=tuple(sorted(results.templates)),
        skipped=dict(sorted(results.skipped.items())),
        sources=dict(sorted(results.sources.items())),
        fail_on=dict(sorted(results.fail_on.items())),
        fail_on_review=frozenset(results.fail_on_review),
        level_overrides={rule_id: level for rule_id, level in level_overrides if rule_id in results.rules_run},
        retired={selector: rule.id for config in configs for selector, rule in config.selection.retired.items()},
        unjudged=_unjudged(results, options.boundary),
        rule_folders=tuple(dict.fromkeys(folder for config in configs for folder in config.rule_folders)),
        mandatory_ids=frozenset().union(*(config.selection.mandatory for config in configs)),
        included={file: tuple(sorted(templates)) for file, templates in sorted(results.included.items())},
    )


def _unjudged(results: Results, boundary: SearchBoundary) -> tuple[Unjudged, ...]:
    """Return the parts that were not judged, sorted, without the nested stacks that were followed."""
    return tuple(
        sorted(entry for entry in results.unjudged if entry.kind != "nested stack" or not _is_followed(entry, boundary))
    )


def _is_followed(nested_stack: Unjudged, boundary: SearchBoundary) -> bool:
    if not (nested_stack.name and boundary.folders) or is_url(nested_stack.file):
        return False
    from relint.stacks.nested import local_file  # has been imported, because a template has a nested stack

    return local_file(nested_stack.name, nested_stack.file, boundary.folders) is not None


def _suppression_findings(results: Results, *, report_unused: bool) -> list[Finding]:
    """Return findings for suppressions of the configuration that are invalid or unused."""
    findings: dict[SuppressionEntry, Finding] = {}
    for config in results.lint_configs.values():
        if not config.configured_suppressions:
            continue
        rule = next((rule for rule in config.selection.rules if rule.scope == "suppression"), None)
        if rule is None:
            continue
        from relint.run.suppress import suppression_policy
        from relint.suppressions.apply import build_suppression_finding, retirement_findings
        from relint.suppressions.from_configuration import entry_from_configuration

        policy = suppression_policy(config, "", frozenset())
        for entry in config.configured_suppressions:
            suppression = entry_from_configuration(entry)
            rules, problem = policy.validate(suppression)
            has_run = any(rule.id in results.rules_run for rule in rules)
            is_unused = has_run and suppression not in results.used_suppressions
            is_reported = problem or (report_unused and config.report_unused and is_unused)
            if suppression in findings:
                continue
            if is_reported:
                findings[suppression] = build_suppression_finding(rule, suppression, problem, entry["file"])
            else:
                retired = retirement_findings(rule, suppression, rules, entry["file"])
                findings.update((suppression, finding) for finding in retired)
            if suppression in findings:
                with open(entry["file"], encoding="utf-8", errors="replace") as stream:
                    results.sources[entry["file"]] = stream.read()
    return list(findings.values())


def failure_sort_key(failure: Failure) -> tuple[Any, ...]:
    """Return the key that puts failures in the order of every report: by file, position and message."""
    line_and_column = (failure.span.start.line, failure.span.start.column) if failure.span else (0, 0)
    return (failure.file, *line_and_column, failure.message)
