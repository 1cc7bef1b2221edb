"""The library function that compares templates: `relint.diff`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.api import FindConfig, Linter
from relint.discover.candidate import Candidate
from relint.errors import OptionError
from relint.finding import Failure
from relint.run.comparison.compare_files import Diff, compare_files
from relint.run.comparison.file_pairs import inputs_of, name_of, pair_sources
from relint.run.inputs import config_resolver
from relint.stacks.boundary import SearchBoundary, search_roots

if TYPE_CHECKING:
    from relint.run.comparison.file_pairs import FilePairs
    from relint.settings.configuration import Configuration

Source = str | os.PathLike[str] | Candidate
"""A file, a folder, or a text that has the name of a file."""


def diff(
    old: Source | None = None,
    new: Source | None = None,
    *,
    change_set: Source | None = None,
    recovery: bool = False,
    recovery_parameters: Mapping[str, str] | None = None,
    base: str | None = None,
    paths: Sequence[str | os.PathLike[str]] = (),
    parameters: Mapping[str, str] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    ruleset: str | None = None,
    rules: Iterable[str | os.PathLike[str]] = (),
    settings: Mapping[str, Any] | None = None,
    environment: str | None = None,
    config: str | FindConfig | None = "find",
    skip_non_templates: bool = False,
    allow_empty: bool = False,
) -> Diff:
    """Return what differs between two templates, or the templates in two folders, and the findings about it.

    Files of folders are matched by path. Instead of `old` and `new`, `base` is a git revision with which `paths` (the
    current folder if there are none) are compared. With `change_set`, what `aws cloudformation describe-change-set`
    printed, the templates may be left out. With `recovery`, `old` is a primary template and `new` that of its recovery
    site, or `old` is both, and `recovery_parameters` are the values of that site. The other arguments are those of
    `relint.check`; `parameters` count on both sides. Raises OptionError and RuleError.

    >>> for change in relint.diff("old.yaml", "new.yaml").comparisons[0].comparison.changes:
    ...     print(change.kind, change.logical_id, change.effect)
    """
    linter = Linter(
        parameters=parameters,
        select=select,
        ignore=ignore,
        ruleset=ruleset,
        rules=rules,
        settings=settings,
        environment=environment,
        config=config,
        reload_rules=True,
    )
    configuration = linter.configuration()
    if change_set is not None:
        result = _diff_by_change_set(change_set, old, new, configuration)
    elif recovery:
        result = _diff_of_sites(old, new, recovery_parameters, configuration, skip_non_templates=skip_non_templates)
    elif base is not None and old is None and new is None:
        from relint.run.comparison.revision_pairs import pair_with_revision

        names = [os.fspath(path) for path in paths] or [os.curdir]
        files = pair_with_revision(base, names, configuration, skip_non_templates=skip_non_templates)
        result = _compare(files, names, configuration, allow_empty=True)  # most commits change no template
    elif base is None and old is not None and new is not None:
        files = pair_sources(_side(old), _side(new), configuration, skip_non_templates=skip_non_templates)
        result = _compare(files, [name_of(_side(old)), name_of(_side(new))], configuration, allow_empty=allow_empty)
    else:
        raise OptionError("name an old and a new template, or a git revision as base")
    configuration.require_environment()
    return result


def _compare(files: FilePairs, names: Sequence[str], configuration: Configuration, *, allow_empty: bool) -> Diff:
    return compare_files(files, config_resolver(configuration), ", ".join(names), allow_empty=allow_empty)


def _diff_by_change_set(
    change_set: Source, old: Source | None, new: Source | None, configuration: Configuration
) -> Diff:
    from relint.run.comparison.compare_change_set import compare_by_change_set

    if old is not None and new is None:
        raise OptionError("name the new template beside the change set, or the old and the new one")
    templates = [_only_file(source, configuration) for source in (old, new) if source is not None]
    boundary = SearchBoundary(search_roots([template.file for template in templates]), configuration.excluded_by)
    plan = _only_file(change_set, configuration)
    return compare_by_change_set(plan, templates, config_resolver(configuration), boundary)


def _diff_of_sites(
    primary: Source | None,
    recovery: Source | None,
    recovery_parameters: Mapping[str, str] | None,
    configuration: Configuration,
    *,
    skip_non_templates: bool,
) -> Diff:
    from relint.run.comparison.compare_recovery import compare_recovery

    if primary is None:
        raise OptionError("name the primary template and its recovery template")
    if recovery is None and recovery_parameters is None:
        raise OptionError("name the recovery template, or the parameter values that the primary template has there")
    sides = [_side(source) for source in (primary, primary if recovery is None else recovery)]
    files = pair_sources(sides[0], sides[1], configuration, skip_non_templates=skip_non_templates)
    boundary = SearchBoundary(search_roots([name_of(side) for side in sides]), configuration.excluded_by)
    label = ", ".join(dict.fromkeys(map(name_of, sides)))
    return compare_recovery(files, config_resolver(configuration), label, recovery_parameters, boundary)


def _side(source: Source) -> str | Candidate:
    return source if isinstance(source, Candidate) else os.fspath(source)


def _only_file(source: Source, configuration: Configuration) -> Candidate:
    """Return the file of a change set or its template; raises OptionError for a folder, and for what is no file."""
    side = _side(source)
    inputs = inputs_of(side, configuration)
    if len(inputs) != 1 or os.path.isdir(name_of(side)):
        raise OptionError(f"'{name_of(side)}' is a folder; a change set is that of one stack, so name one template")
    (entry,) = inputs
    if isinstance(entry, Failure):
        raise OptionError(f"{entry.file}: {entry.message}")
    if not isinstance(entry, Candidate):
        raise OptionError(f"{entry.file} is {entry.reason}")
    return entry
