"""A run whose templates are judged by the workers of an executor: parts of them go out, and what is found comes back.

A part takes along all that its worker must know, so that workers need relint and no file, wherever they are. Rules,
large and known on both sides, travel as their ids.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from relint.discover import Candidate
from relint.joined import Joined
from relint.model.template import Template
from relint.run import Results, concerns, judge_candidate
from relint.scope import Accepted, Scope, load_rules, scope_of
from relint.source.read import read

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from relint.catalog.rule import Rule
    from relint.discover import Found
    from relint.settings.configuration import Settings

PART = 300_000
"""Bytes of templates in a part: so many that to send it costs little, so few that all workers end at about one time."""


class Terms(NamedTuple):
    """What a worker makes the scope of its part of: `rules` are those that do not ship with relint."""

    settings: Settings
    rules: tuple[Rule, ...]
    accepted: Accepted
    today: str


class Part(NamedTuple):
    """Candidates that are judged in one scope, and its pickled terms, which are the same bytes as long as they hold."""

    candidates: tuple[Candidate, ...]
    terms: bytes


class Answer(NamedTuple):
    """What is found in a part, with the ids of rules in their places; and the files that may decide about others."""

    results: Results
    ran: tuple[str, ...]
    joined: frozenset[str]


def share(
    found: Iterable[Found],
    executor: Executor,
    settings_of: Callable[[str], Settings],
    scope_of_file: Callable[[str], Scope],
) -> tuple[list[Found], Iterator[Results]]:
    """Gives the candidates to an executor while they are found; returns all else, and what will come back, in order."""
    rest: list[Found] = []

    def candidates() -> Iterator[Candidate]:
        for one in found:
            if isinstance(one, Candidate):
                yield one
            else:
                rest.append(one)

    given: list[tuple[Part, Future[Answer]]] = []
    try:
        for part in _parts(candidates(), _terms(settings_of, scope_of_file)):
            given.append((part, executor.submit(judge_part, part)))  # noqa: PERF401 - an error must find what is out
    except BaseException:
        _cancel(given)
        raise
    return rest, _collected(given, scope_of_file)


def judge_part(part: Part) -> Answer:
    """What a worker finds in a part."""
    scope = _scope(part.terms, threading.get_ident())
    results = Results()
    for candidate in part.candidates:
        judge_candidate(candidate, scope, results)
    joined, ran = results.stacks.files, tuple(results.ran)
    results.stacks, results.ran, results.scopes = Joined(), {}, {}
    for findings in results.findings.values():
        findings[:] = [finding._replace(rule=cast(Any, finding.rule.id)) for finding in findings]
    return Answer(results, ran, joined)


def _collected(given: list[tuple[Part, Future[Answer]]], scope_of_file: Callable[[str], Scope]) -> Iterator[Results]:
    """The results of each part as if they had been found here."""
    given.reverse()
    try:
        while given:
            part, future = given.pop()
            answer = future.result()
            yield _restored(answer, part.candidates, scope_of_file)
    finally:
        _cancel(given)


def _restored(answer: Answer, candidates: Sequence[Candidate], scope_of_file: Callable[[str], Scope]) -> Results:
    results = answer.results
    for candidate in candidates:
        scope = scope_of_file(candidate.file)
        results.scopes[id(scope)] = scope
        if candidate.file in answer.joined:
            results.stacks.note(Template(read(candidate.raw, candidate.file), scope.parameters), scope)
    rules = {rule.id: rule for rule in scope.selection.rules}
    results.ran = {rule: rules[rule] for rule in answer.ran}
    rules.update((rule.id, rule) for rule in scope.known if rule.scope == "suppression")  # as `suppress` does
    for findings in results.findings.values():
        findings[:] = [finding._replace(rule=rules[cast(Any, finding.rule)]) for finding in findings]
    return results


def _cancel(given: Iterable[tuple[Part, Future[Answer]]]) -> None:
    for _, future in given:
        future.cancel()


def _parts(candidates: Iterable[Candidate], terms_of: Callable[[str], bytes]) -> Iterator[Part]:
    """The candidates in parts of one scope and about `PART` bytes."""
    part: list[Candidate] = []
    size, terms = 0, b""
    for one in candidates:
        own = terms_of(one.file)
        if part and (own is not terms or size >= PART):
            yield Part(tuple(part), terms)
            part, size = [], 0
        part.append(one)
        size, terms = size + len(one.raw), own
    if part:
        yield Part(tuple(part), terms)


def _terms(settings_of: Callable[[str], Settings], scope_of_file: Callable[[str], Scope]) -> Callable[[str], bytes]:
    """What gives the terms for a file: the same object for the same ones."""
    shipped = {rule.id for rule in load_rules()}
    known: dict[tuple[int, Sequence[bool]], bytes] = {}

    def terms(file: str) -> bytes:
        scope = scope_of_file(file)
        # Which suppressions concern a file depends on the folder in which this process runs.
        concerned = [concerns(entry, file) for entry in scope.accepted]
        key = (id(scope), tuple(concerned))
        if key not in known:
            accepted = tuple(
                {name: value for name, value in entry.items() if name != "path"}
                for entry, does in zip(scope.accepted, concerned, strict=True)
                if does
            )
            rules = tuple(rule for rule in scope.known if rule.id not in shipped)
            known[key] = pickle.dumps(Terms(settings_of(file), rules, accepted, scope.today))
        return known[key]

    return terms


@lru_cache(maxsize=16)
def _scope(terms: bytes, thread: int) -> Scope:
    """The scope that terms describe, kept for the next part of the same thread."""
    settings, rules, accepted, today = pickle.loads(terms)
    known = tuple(sorted((*load_rules(), *rules), key=lambda rule: rule.id))
    return scope_of(settings, known, today)._replace(accepted=accepted)
