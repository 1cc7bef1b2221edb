"""`relint suppressions`: everything that is accepted, by whom it may be questioned."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint import api
from relint._named_tuple import NamedTuple
from relint.commands.check_options import config_argument
from relint.commands.exit_codes import CLEAN, FAILED
from relint.discover.candidate import Candidate
from relint.discover.git import commit_time_by_line
from relint.discover.template_detection import has_template_shape
from relint.errors import TemplateError
from relint.finding import Failure
from relint.model.template import Template
from relint.report.terminal import printable
from relint.source.read import read_document
from relint.suppressions.entry import SuppressionEntry
from relint.suppressions.from_configuration import entry_from_configuration
from relint.suppressions.in_template import template_suppressions
from relint.suppressions.policy import SuppressionPolicy
from relint.system import today

if TYPE_CHECKING:
    import argparse

    from relint.settings.lint_config import LintConfig

_DAY = 24 * 60 * 60


class Listed(NamedTuple):
    """One suppression. `age` is in days, None where git does not know the line; `problem` why it accepts nothing."""

    file: str
    line: int
    rule: str
    where: str
    reason: str
    until: str | None
    age: int | None
    problem: str | None


def run(options: argparse.Namespace) -> int:
    """Prints every suppression in the templates and in their configuration, oldest problem first to see."""
    configuration = api.configuration(config=config_argument(options), environment=options.env)
    config_for_file = api.scopes(configuration)
    found: dict[Listed, None] = {}
    failures: list[Failure] = []
    blame: dict[str, dict[int, int]] = {}
    for candidate in api.found_in(options.paths, excludes=configuration.excluded_by):
        if isinstance(candidate, Failure):
            failures.append(candidate)
        elif isinstance(candidate, Candidate):
            try:
                for entry in _of_template(candidate, config_for_file(candidate.file)):
                    found[_listed(entry, config_for_file(candidate.file), candidate.file, blame)] = None
            except TemplateError as error:
                failures.append(Failure(candidate.file, "load", error.message, error.span))
    listed = sorted(found, key=lambda one: (one.file, one.line, one.rule))
    print(
        json.dumps([one._asdict() for one in listed], indent=2)
        if options.format == "json"
        else "\n".join(_rows(listed))
    )
    for failure in failures:
        print(printable(f"{failure.file}: error: {failure.message}"))
    return FAILED if failures else CLEAN


def _of_template(candidate: Candidate, config: LintConfig) -> Iterator[SuppressionEntry]:
    document = read_document(candidate.raw, candidate.file)
    if has_template_shape(document.data):
        yield from template_suppressions(Template(document, config.parameters), config.honored_tools)
        yield from map(entry_from_configuration, config.configured_suppressions)


def _listed(entry: SuppressionEntry, config: LintConfig, template: str, blame: dict[str, dict[int, int]]) -> Listed:
    file = entry.config_file or template
    if file not in blame:
        blame[file] = commit_time_by_line(file)
    line = entry.span.start.line if entry.span else 1
    written = blame[file].get(line)
    policy = SuppressionPolicy(config.all_rules, today(), mandatory_ids=config.selection.mandatory)
    if entry.lines is not None:
        where = f"line {max(entry.lines)}"
    else:
        where = entry.logical_id or entry.resource_pattern or "all of it"
    word = f"{entry.tool} {entry.selector}" if entry.tool else entry.selector
    age = None if written is None else max(0, int(time.time() - written) // _DAY)
    return Listed(file, line, word, where, entry.reason, entry.until, age, policy.validate(entry)[1])


def _rows(listed: list[Listed]) -> Iterator[str]:
    for one in listed:
        age = "age unknown" if one.age is None else f"{one.age} day{'' if one.age == 1 else 's'} old"
        notes = [
            age,
            *([f"until {one.until}"] if one.until else []),
            *([f"accepts nothing: {one.problem}"] if one.problem else []),
        ]
        yield printable(
            f"{one.file}:{one.line}: {one.rule} ({one.where}): {one.reason or 'no reason'} [{', '.join(notes)}]"
        )
    yield f"{len(listed)} suppression{'' if len(listed) == 1 else 's'}"
