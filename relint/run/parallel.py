"""Run whose templates are checked by the workers of an executor.

Workers need relint, but no file of the calling process. Candidates are sent in parts, which contain everything that
determines the results: settings, rules of the user and suppressions. relint's rules are large and known on both sides,
so that results contain only their ids.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.catalog.loader import builtin_rules_directory
from relint.discover.candidate import Candidate
from relint.discover.template_detection import may_include
from relint.run.processes import ProcessPool
from relint.run.results import Results
from relint.run.rule_cache import SHARED_RULES
from relint.run.runner import check_candidate, check_uncached, load_cached
from relint.run.serialize import Serialized, deserialize, reportable_rules, serialize
from relint.run.work_estimate import expected_seconds
from relint.settings.lint_config import ConfiguredSuppressions, LintConfig, applies_to_file, build_lint_config
from relint.stacks.boundary import NO_NESTED_STACKS

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from relint.catalog.loader import LoadedRules
    from relint.catalog.rule import Rule
    from relint.discover.candidate import Input
    from relint.finding import Failure
    from relint.run.findings_cache import FindingsCache
    from relint.settings.merge import Settings
    from relint.stacks.boundary import SearchBoundary

SECONDS_PER_PART = 0.03
"""Expected work in a part: enough that sending it costs little, little enough that all workers end together."""


class WorkerConfig(NamedTuple):
    """The configuration of a part for its worker: `rules` are those that do not ship with relint."""

    settings: Settings
    rules: tuple[Rule, ...]
    suppressions: ConfiguredSuppressions
    today: str


class Part(NamedTuple):
    """Candidates with the same configuration, which is pickled; parts with equal configurations have equal bytes."""

    candidates: tuple[Candidate, ...]
    config: bytes
    suppressions: ConfiguredSuppressions
    seconds: float


class CheckedCandidate(NamedTuple):
    """The results of a candidate, None if it could not be read, and failures."""

    results: Serialized | None
    failures: list[Failure]


class PendingPart(NamedTuple):
    """A part that has been submitted."""

    part: Part
    future: Future[list[CheckedCandidate]]


class Submission(NamedTuple):
    """The inputs that are not candidates, and the results of the candidates, in order."""

    other_inputs: list[Input]
    results: Iterator[Results]


def submit(
    inputs: Iterable[Input],
    executor: Executor,
    settings_for_file: Callable[[str], Settings],
    config_for_file: Callable[[str], LintConfig],
    cache: FindingsCache | None = None,
    boundary: SearchBoundary = NO_NESTED_STACKS,
) -> Submission:
    """Send the candidates that are not cached to an executor, while they are discovered.

    Candidates that do not pay for starting processes are checked in this one, and those with includes, because workers
    have no files.
    """
    other_inputs: list[Input] = []
    cached: list[Results | None] = []  # None for each candidate that is not cached

    def uncached_candidates() -> Iterator[Candidate]:
        for candidate in inputs:
            if not isinstance(candidate, Candidate):
                other_inputs.append(candidate)
                continue
            results = cached[-1] if cached else None
            if results is None:
                results = Results()
                cached.append(results)
            config = config_for_file(candidate.file)
            if load_cached(candidate, config, results, cache):
                continue
            if may_include(candidate.raw):
                check_uncached(candidate, config, results, cache, boundary)
            else:
                cached.append(None)
                yield candidate

    parts = _make_parts(uncached_candidates(), _worker_configs(settings_for_file, config_for_file))
    minimum_seconds = executor.minimum_seconds if isinstance(executor, ProcessPool) else 0.0
    pending, unsent = _send(parts, executor, minimum_seconds)
    checked = _collect(pending, config_for_file, cache) if pending else _check(unsent, config_for_file, cache)
    return Submission(other_inputs, (next(checked) if results is None else results for results in cached))


def check_part(part: Part) -> list[CheckedCandidate]:
    """Return the results of the candidates of a part. Workers call this."""
    config = SHARED_RULES.lint_config((), part.config, lambda loaded: _build_worker_config(part.config, loaded))
    checked = []
    for candidate in part.candidates:
        results = Results()
        check_candidate(candidate, config, results)
        is_readable = results.templates or results.skipped
        serialized = serialize(candidate.file, results, config) if is_readable else None
        checked.append(CheckedCandidate(results=serialized, failures=results.failures))
    return checked


def _send(parts: Iterable[Part], executor: Executor, minimum_seconds: float) -> tuple[list[PendingPart], list[Part]]:
    """Submit parts as they come, from `minimum_seconds` of expected work on; return those that were not submitted."""
    pending: list[PendingPart] = []
    waiting: list[Part] = []
    try:
        for part in parts:
            waiting.append(part)
            if pending or not minimum_seconds or _is_worth_sending(waiting, minimum_seconds):
                pending += [PendingPart(part, executor.submit(check_part, part)) for part in waiting]
                waiting = []
    except BaseException:
        _cancel(pending)
        raise
    return pending, waiting


def _is_worth_sending(parts: Sequence[Part], minimum_seconds: float) -> bool:
    return len(parts) > 1 and sum(part.seconds for part in parts) >= minimum_seconds


def _check(
    parts: Iterable[Part], config_for_file: Callable[[str], LintConfig], cache: FindingsCache | None
) -> Iterator[Results]:
    """Yield the results of candidates that are checked in this process."""
    for part in parts:
        for candidate in part.candidates:
            results = Results()
            check_uncached(candidate, config_for_file(candidate.file), results, cache)
            yield results


def _collect(
    pending: list[PendingPart], config_for_file: Callable[[str], LintConfig], cache: FindingsCache | None
) -> Iterator[Results]:
    """Yield the results of candidates that workers check."""
    pending.reverse()
    try:
        while pending:
            part, future = pending.pop()
            config = config_for_file(part.candidates[0].file)
            worker_config = config._replace(configured_suppressions=part.suppressions)
            rules = reportable_rules(config)
            for candidate, checked in zip(part.candidates, future.result(), strict=True):
                results = _deserialize(checked, candidate, worker_config, rules)
                results.lint_configs = {id(config): config}
                if cache:
                    cache.put(candidate.file, candidate.raw, config, results)
                yield results
    finally:
        _cancel(pending)


def _deserialize(
    checked: CheckedCandidate, candidate: Candidate, worker_config: LintConfig, rules: Mapping[str, Rule]
) -> Results:
    """Return results as if this process had checked the candidate.

    Workers refer to suppressions by their index in `worker_config`, which has only those that apply to the file.
    """
    results = None
    if checked.results:
        results = deserialize(checked.results, candidate.file, candidate.raw, worker_config, rules)
    results = results or Results()
    results.failures = checked.failures
    return results


def _cancel(pending: Iterable[PendingPart]) -> None:
    for _, future in pending:
        future.cancel()


def _make_parts(
    candidates: Iterable[Candidate], config_for_worker: Callable[[str], tuple[bytes, ConfiguredSuppressions]]
) -> Iterator[Part]:
    """Yield parts of about `SECONDS_PER_PART`, whose candidates follow one another and have one configuration."""
    part: list[Candidate] = []
    seconds, config = 0.0, b""
    suppressions: ConfiguredSuppressions = ()
    for candidate in candidates:
        next_config, next_suppressions = config_for_worker(candidate.file)
        if part and (next_config is not config or seconds >= SECONDS_PER_PART):
            yield Part(tuple(part), config, suppressions, seconds)
            part, seconds = [], 0.0
        part.append(candidate)
        seconds += expected_seconds(len(candidate.raw))
        config, suppressions = next_config, next_suppressions
    if part:
        yield Part(tuple(part), config, suppressions, seconds)


def _worker_configs(
    settings_for_file: Callable[[str], Settings], config_for_file: Callable[[str], LintConfig]
) -> Callable[[str], tuple[bytes, ConfiguredSuppressions]]:
    """Return a function from a file to its pickled `WorkerConfig` and suppressions.

    Files with the same configuration get the same object.
    """
    builtin_prefix = os.path.join(builtin_rules_directory(), "")
    worker_configs: dict[tuple[int, Sequence[bool]], tuple[bytes, ConfiguredSuppressions]] = {}

    def config_for_worker(file: str) -> tuple[bytes, ConfiguredSuppressions]:
        config = config_for_file(file)
        # Which suppressions apply to a file depends on the working directory of this process.
        applicable = [applies_to_file(entry, file) for entry in config.configured_suppressions]
        key = (id(config), tuple(applicable))
        if key not in worker_configs:
            entries = zip(config.configured_suppressions, applicable, strict=True)
            suppressions = tuple(entry for entry, applies in entries if applies)
            worker_config = WorkerConfig(
                settings=settings_for_file(file),
                rules=tuple(rule for rule in config.all_rules if not rule.file.startswith(builtin_prefix)),
                suppressions=tuple({key: entry[key] for key in entry if key != "path"} for entry in suppressions),
                today=config.today,
            )
            worker_configs[key] = pickle.dumps(worker_config), suppressions
        return worker_configs[key]

    return config_for_worker


def _build_worker_config(pickled: bytes, builtin: LoadedRules) -> LintConfig:
    config: WorkerConfig = pickle.loads(pickled)
    all_rules = tuple(sorted((*builtin.rules, *config.rules), key=lambda rule: rule.id))
    lint_config = build_lint_config(config.settings, all_rules, config.today)
    return lint_config._replace(configured_suppressions=config.suppressions)
