"""`relint suppressions`: list the suppressions in templates and configuration, with reason and age."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator

from relint import api
from relint._typing import TYPE_CHECKING, NamedTuple
from relint.commands.check_options import config_argument
from relint.commands.exit_codes import CLEAN, FAILED
from relint.discover.candidate import Candidate
from relint.discover.git import LineOrigin, origin_by_line
from relint.discover.template_detection import has_template_shape
from relint.errors import TemplateError
from relint.finding import Failure
from relint.model.template import Template
from relint.report.terminal import printable
from relint.source.read import read_document
from relint.stacks.boundary import SearchBoundary, search_roots
from relint.stacks.includes import expand_includes
from relint.suppressions.entry import SuppressionEntry
from relint.suppressions.from_configuration import entry_from_configuration
from relint.suppressions.in_template import template_suppressions
from relint.suppressions.policy import SuppressionPolicy
from relint.system import today

if TYPE_CHECKING:
    import argparse

    from relint.settings.lint_config import LintConfig

_SECONDS_PER_DAY = 24 * 60 * 60


class SuppressionRow(NamedTuple):
    """One suppression in the list; the names of the fields are the keys of the JSON output.

    `age` is in days and `author` the person who wrote the line, None if git has no commit of it. `problem` says why the
    suppression has no effect.
    """

    file: str
    line: int
    rule: str
    where: str
    reason: str
    until: str | None
    owner: str | None
    age: int | None
    author: str | None
    problem: str | None


def run(options: argparse.Namespace) -> int:
    """Print every suppression in the templates and in their configuration, sorted by file, line and rule."""
    configuration = api.Linter(config=config_argument(options), environment=options.env).configuration()
    config_for_file = api.config_resolver(configuration)
    paths = options.paths or [os.curdir]
    boundary = SearchBoundary(search_roots(paths), configuration.excluded_by)
    rows: dict[SuppressionRow, None] = {}  # without repetitions, in a reproducible order
    failures: list[Failure] = []
    origins: dict[str, dict[int, LineOrigin]] = {}
    for candidate in api.discover_inputs(paths, configuration):
        if isinstance(candidate, Failure):
            failures.append(candidate)
        elif isinstance(candidate, Candidate):
            config = config_for_file(candidate.file)
            try:
                for entry in _entries(candidate, config, boundary):
                    rows[_row(entry, config, candidate.file, origins)] = None
            except TemplateError as error:
                failures.append(Failure(file=candidate.file, stage="load", message=error.message, span=error.span))
    sorted_rows = sorted(rows, key=lambda row: (row.file, row.line, row.rule))
    if options.format == "json":
        print(json.dumps([row._asdict() for row in sorted_rows], indent=2))
    else:
        print("\n".join(_lines(sorted_rows)))
    for failure in failures:
        print(printable(f"{failure.file}: error: {failure.message}"))
    return FAILED if failures else CLEAN


def _entries(candidate: Candidate, config: LintConfig, boundary: SearchBoundary) -> Iterator[SuppressionEntry]:
    document = expand_includes(read_document(candidate.raw, candidate.file), boundary)
    if has_template_shape(document.data):
        yield from template_suppressions(Template(document, config.parameters), config.honored_tools)
        yield from map(entry_from_configuration, config.configured_suppressions)


def _row(
    entry: SuppressionEntry, config: LintConfig, template: str, origins: dict[str, dict[int, LineOrigin]]
) -> SuppressionRow:
    file = entry.config_file or entry.file or template
    if file not in origins:
        origins[file] = origin_by_line(file)
    line = entry.span.start.line if entry.span else 1
    origin = origins[file].get(line)
    policy = SuppressionPolicy(config.all_rules, today(), mandatory_ids=config.selection.mandatory)
    if entry.lines is not None and not entry.path_prefix:
        where = f"line {max(entry.lines)}"
    else:
        where = entry.logical_id or entry.resource_pattern or ".".join(map(str, entry.path_prefix)) or "all of it"
    return SuppressionRow(
        file=file,
        line=line,
        rule=f"{entry.tool} {entry.selector}" if entry.tool else entry.selector,
        where=where,
        reason=entry.reason,
        until=entry.until,
        owner=entry.owner,
        age=None if origin is None else max(0, int(time.time() - origin.time) // _SECONDS_PER_DAY),
        author=origin.author if origin else None,
        problem=policy.validate(entry)[1],
    )


def _lines(rows: list[SuppressionRow]) -> Iterator[str]:
    for row in rows:
        notes = ["age unknown" if row.age is None else f"{row.age} day{'' if row.age == 1 else 's'} old"]
        if row.author:
            notes[0] += f", by {row.author}"
        if row.owner:
            notes.append(f"owner {row.owner}")
        if row.until:
            notes.append(f"until {row.until}")
        if row.problem:
            notes.append(f"accepts nothing: {row.problem}")
        yield printable(
            f"{row.file}:{row.line}: {row.rule} ({row.where}): {row.reason or 'no reason'} [{', '.join(notes)}]"
        )
    yield f"{len(rows)} suppression{'' if len(rows) == 1 else 's'}"
