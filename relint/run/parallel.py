"""A run whose templates are judged by the workers of an executor: parts of them go out, and what is found comes back.

A part takes along all that its worker must know, so that workers need relint and no file, wherever they are. Rules,
large and known on both sides, come back as their ids.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from relint._named_tuple import NamedTuple
from relint.catalog.loader import builtin_rules_directory, load_rules
from relint.discover.candidate import Candidate
from relint.run.results import Results
from relint.run.runner import is_known, judge_candidate
from relint.run.serialize import Plain, from_plain, rules_of, to_plain
from relint.settings.lint_config import ConfiguredSuppressions, LintConfig, applies_to_file, build_lint_config

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from relint.catalog.rule import Rule
    from relint.discover.candidate import Input
    from relint.finding import Failure
    from relint.run.findings_cache import Cache
    from relint.settings.configuration import Settings

PART = 300_000
"""Bytes of templates in a part: so many that to send it costs little, so few that all workers end at about one time."""


class Terms(NamedTuple):
    """What a worker makes the config of its part of: `rules` are those that do not ship with relint."""

    settings: Settings
    rules: tuple[Rule, ...]
    accepted: ConfiguredSuppressions
    today: str


class Part(NamedTuple):
    """Candidates with one configuration, and its pickled terms, which are the same bytes as long as they hold."""

    candidates: tuple[Candidate, ...]
    terms: bytes


class Answer(NamedTuple):
    """What is found in one candidate: plain results, unless it cannot be read, and failures."""

    plain: Plain | None
    failures: list[Failure]


class Sent(NamedTuple):
    """A part that is out: the config that its files share but for suppressions, and what will come back."""

    candidates: Sequence[Candidate]
    accepted: ConfiguredSuppressions
    future: Future[list[Answer]]


def share(
    found: Iterable[Input],
    executor: Executor,
    settings_of: Callable[[str], Settings],
    config_for_file: Callable[[str], LintConfig],
    cache: Cache | None = None,
) -> tuple[list[Input], Iterator[Results]]:
    """Gives the candidates that no cache knows to an executor while they are found.

    Returns all that are no candidates, and what is known and what will come back of the others, in order.
    """
    rest: list[Input] = []
    known: list[Results | None] = []  # with None for each that is not

    def candidates() -> Iterator[Candidate]:
        for one in found:
            if not isinstance(one, Candidate):
                rest.append(one)
                continue
            last = known[-1] if known else None
            if last is None:
                known.append(last := Results())
            if not is_known(one, config_for_file(one.file), last, cache):
                known.append(None)
                yield one

    sent: list[Sent] = []
    terms_of = _terms(settings_of, config_for_file)
    try:
        for part in _parts(candidates(), terms_of):
            accepted = terms_of(part.candidates[0].file)[1]
            sent.append(Sent(part.candidates, accepted, executor.submit(judge_part, part)))
    except BaseException:
        _cancel(sent)
        raise
    answers = _answers(sent, config_for_file, cache)
    return rest, (next(answers) if one is None else one for one in known)


def judge_part(part: Part) -> list[Answer]:
    """What a worker finds in each candidate of a part."""
    config = _scope(part.terms, threading.get_ident())
    answers = []
    for candidate in part.candidates:
        results = Results()
        judge_candidate(candidate, config, results)
        told = results.templates or results.skipped
        answers.append(Answer(to_plain(candidate.file, results, config) if told else None, results.failures))
    return answers


def _answers(sent: list[Sent], config_for_file: Callable[[str], LintConfig], cache: Cache | None) -> Iterator[Results]:
    """The results of each candidate as if they had been found here."""
    sent.reverse()
    try:
        while sent:
            candidates, accepted, future = sent.pop()
            config = config_for_file(candidates[0].file)
            concerned, rules = config._replace(configured_suppressions=accepted), rules_of(config)
            for candidate, answer in zip(candidates, future.result(), strict=True):
                results = _restored(answer, candidate, concerned, rules)
                results.scopes = {id(config): config}
                if cache:
                    cache.keep(candidate.file, candidate.raw, config, results)
                yield results
    finally:
        _cancel(sent)


def _restored(answer: Answer, candidate: Candidate, config: LintConfig, rules: Mapping[str, Rule]) -> Results:
    """The results of an answer; the config accepts what its worker's did, which the answer counts."""
    results = None
    if answer.plain:
        results = from_plain(answer.plain, candidate.file, candidate.raw, config, rules)
    results = results or Results()
    results.failures = answer.failures
    return results


def _cancel(sent: Iterable[Sent]) -> None:
    for one in sent:
        one.future.cancel()


def _parts(
    candidates: Iterable[Candidate], terms_of: Callable[[str], tuple[bytes, ConfiguredSuppressions]]
) -> Iterator[Part]:
    """The candidates in parts of one config and about `PART` bytes."""
    part: list[Candidate] = []
    size, terms = 0, b""
    for one in candidates:
        own = terms_of(one.file)[0]
        if part and (own is not terms or size >= PART):
            yield Part(tuple(part), terms)
            part, size = [], 0
        part.append(one)
        size, terms = size + len(one.raw), own
    if part:
        yield Part(tuple(part), terms)


def _terms(
    settings_of: Callable[[str], Settings], config_for_file: Callable[[str], LintConfig]
) -> Callable[[str], tuple[bytes, ConfiguredSuppressions]]:
    """What gives the terms for a file, the same object for the same ones, and the suppressions that concern it."""
    shipped = os.path.join(builtin_rules_directory(), "")
    known: dict[tuple[int, Sequence[bool]], tuple[bytes, ConfiguredSuppressions]] = {}

    def terms(file: str) -> tuple[bytes, ConfiguredSuppressions]:
        config = config_for_file(file)
        # Which suppressions concern a file depends on the folder in which this process runs.
        concerned = [applies_to_file(entry, file) for entry in config.configured_suppressions]
        key = (id(config), tuple(concerned))
        if key not in known:
            accepted = tuple(
                entry for entry, does in zip(config.configured_suppressions, concerned, strict=True) if does
            )
            sent = tuple({name: value for name, value in entry.items() if name != "path"} for entry in accepted)
            rules = tuple(rule for rule in config.all_rules if not rule.file.startswith(shipped))
            known[key] = pickle.dumps(Terms(settings_of(file), rules, sent, config.today)), accepted
        return known[key]

    return terms


@lru_cache(maxsize=16)
def _scope(terms: bytes, thread: int) -> LintConfig:
    """The config that terms describe, kept for the next part of the same thread."""
    settings, rules, accepted, today = pickle.loads(terms)
    known = tuple(sorted((*load_rules(), *rules), key=lambda rule: rule.id))
    return build_lint_config(settings, known, today)._replace(configured_suppressions=accepted)
