"""What was discovered -> the report: each template judged or recalled, sets of stacks once more, put in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from relint.discover.candidate import Candidate, Skipped, is_exclusion
from relint.discover.template_detection import NOT_A_TEMPLATE, can_be_template
from relint.finding import Failure, Finding, Report, finding_sort_key
from relint.run.results import Results
from relint.stacks.boundary import NO_NESTED_STACKS, SearchBoundary

if TYPE_CHECKING:
    from relint.run.findings_cache import Cache
    from relint.settings.lint_config import LintConfig
    from relint.suppressions.entry import SuppressionEntry


def check_candidates(
    candidates: Iterable[Candidate | Skipped | Failure],
    config_for_file: Callable[[str], LintConfig],
    searched: str | None,
    progress: Callable[[str], object] | None = None,
    reach: SearchBoundary = NO_NESTED_STACKS,
    elsewhere: Iterable[Results] = (),
    cache: Cache | None = None,
    whole: bool = True,
) -> Report:
    """Checks what was discovered, each template in its config.

    `searched` is where templates were expected: if there are none, that is a failure, unless it is None. Templates of
    nested stacks are followed within `reach`. `elsewhere` is what others find meanwhile. What `cache` knows is not
    judged again. If the candidates are not the `whole` of what is checked, nothing is said of options that none of
    them needs.
    """
    results = Results()
    for found in candidates:
        if isinstance(found, Failure):
            results.failures.append(found)
        elif isinstance(found, Skipped):
            results.skipped[found.file] = found.reason
        else:
            if progress:
                progress(found.file)
            judge_candidate(found, config_for_file(found.file), results, cache)
    for part in elsewhere:
        results.absorb(part)
        if progress:
            for file in part.templates:
                progress(file)
    if results.stacks.needs_recheck:
        from relint.run.check_template import judge_again

        judge_again(results, config_for_file, reach)
    if any(map(is_exclusion, results.skipped.values())):
        searched = None  # somebody has said that these are not to be checked
    if not (results.templates or results.failures or searched is None):
        if not results.scopes:
            config_for_file(searched)  # a wrong option is told even when there is nothing to apply it to
        message = f"There is no CloudFormation template in '{searched}'; --allow-empty accepts that."
        results.failures.append(Failure(searched, "discover", message))
    return _report(results, whole)


def judge_candidate(found: Candidate, config: LintConfig, results: Results, cache: Cache | None = None) -> None:
    """Takes what is found in a candidate, or why it is none, into the results, judging what `cache` does not know."""
    if is_known(found, config, results, cache):
        return
    from relint.run.check_template import judge_text  # what is known needs none of it

    own = Results()
    judge_text(found.file, found.raw, config, own)
    if cache:
        cache.keep(found.file, found.raw, config, own)
    results.absorb(own)


def is_known(found: Candidate, config: LintConfig, results: Results, cache: Cache | None) -> bool:
    """Takes what is known of a candidate without judging it into the results; False if nothing is."""
    results.scopes[id(config)] = config
    if not (found.is_explicit or can_be_template(found.raw)):
        results.skipped[found.file] = NOT_A_TEMPLATE
        return True
    kept = cache.recall(found.file, found.raw, config) if cache else None
    if kept:
        results.absorb(kept)
    return kept is not None


def _report(results: Results, whole: bool) -> Report:
    scopes = results.scopes.values()
    if results.templates and whole:
        given = {name for config in scopes for name in config.given_parameters}
        for name in sorted(given - results.declared):
            message = f"Parameter '{name}' was given a value, but no template declares it."
            results.failures.append(Failure("--parameters", "options", message))
    everything = [finding for found in results.findings.values() for finding in found]
    everything += _wrong_suppressions(results, whole)
    return Report(
        findings=tuple(sorted(everything, key=finding_sort_key)),
        failures=tuple(sorted(set(results.failures), key=_failure_order)),
        rules=tuple(results.ran[key] for key in sorted(results.ran)),
        templates=tuple(sorted(results.templates)),
        skipped=dict(sorted(results.skipped.items())),
        sources={file: results.sources[file] for file in sorted(results.sources)},
        fail_on=dict(sorted(results.fail_on.items())),
        level_overrides={key: level for key, level in sorted(results.severity.items()) if key in results.ran},
        mandatory_ids=frozenset().union(*(config.selection.mandatory for config in scopes)),
    )


def _wrong_suppressions(results: Results, whole: bool) -> list[Finding]:
    """A finding, once a run, for each suppression of the configuration that is wrong or, if asked for, not needed."""
    found: dict[SuppressionEntry, Finding] = {}
    for config in results.scopes.values():
        own = next((rule for rule in config.selection.rules if rule.scope == "suppression"), None)
        if own is None or not config.configured_suppressions:
            continue
        from relint.run.check_template import policy_of
        from relint.suppressions.apply import build_suppression_finding
        from relint.suppressions.from_configuration import entry_from_configuration

        policy = policy_of(config, "", frozenset())
        for entry in config.configured_suppressions:
            ignore = entry_from_configuration(entry)
            rules, problem = policy.validate(ignore)
            needless = ignore not in results.used and any(one.id in results.ran for one in rules)
            unused = whole and config.report_unused and needless
            if (problem or unused) and ignore not in found:
                found[ignore] = build_suppression_finding(own, ignore, problem, entry["file"])
                with open(entry["file"], encoding="utf-8", errors="replace") as stream:
                    results.sources[entry["file"]] = stream.read()
    return list(found.values())


def _failure_order(failure: Failure) -> tuple[Any, ...]:
    place = (failure.span.start.line, failure.span.start.column) if failure.span else (0, 0)
    return (failure.file, *place, failure.message)
