"""The library function that compares templates: `relint.diff`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.api import FindConfig, Linter
from relint.discover.candidate import Candidate, is_url
from relint.errors import OptionError
from relint.finding import Failure
from relint.run.compare_files import Diff, FilePair, compare_pairs, pair_by_path
from relint.run.inputs import config_resolver, discover_inputs
from relint.stacks.boundary import SearchBoundary, search_roots

if TYPE_CHECKING:
    from relint.settings.configuration import Configuration

Source = str | os.PathLike[str] | Candidate
"""A file, a folder, or a text that has the name of a file."""


def diff(
    old: Source | None = None,
    new: Source | None = None,
    *,
    change_set: Source | None = None,
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
    current folder if there are none) are compared; a renamed file is compared with what it was. With `change_set`, a
    file that `aws cloudformation describe-change-set` printed, CloudFormation itself says what changes; `new`, or `old`
    and `new`, are then the templates of the stack and may be left out. The other arguments are those of `relint.check`;
    values of `parameters` count on both sides. Raises OptionError and RuleError.

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
        return _diff_by_change_set(change_set, old, new, configuration)
    if (old is None or new is None) == (base is None):
        raise OptionError("name an old and a new template, or a git revision as base")
    if base is not None:
        names = [os.fspath(path) for path in paths] or [os.curdir]
        pairs = _pairs_since(base, names, configuration, skip_non_templates=skip_non_templates)
    else:
        assert old is not None and new is not None
        names = [_name(old), _name(new)]
        inputs = [_inputs(side, configuration, skip_non_templates=skip_non_templates) for side in (old, new)]
        pairs = pair_by_path(inputs[0], inputs[1], *names)
    boundary = SearchBoundary(search_roots(names), configuration.excluded_by)
    label = ", ".join(names)
    result = compare_pairs(pairs, config_resolver(configuration), label, boundary, base or "", allow_empty=allow_empty)
    configuration.require_environment()
    return result


def _diff_by_change_set(
    change_set: Source, old: Source | None, new: Source | None, configuration: Configuration
) -> Diff:
    from relint.run.compare_change_set import compare_by_change_set

    if old is not None and new is None:
        raise OptionError("name the new template beside the change set, or the old and the new one")
    templates = [_only_file(source, configuration) for source in (old, new) if source is not None]
    boundary = SearchBoundary(search_roots([template.file for template in templates]), configuration.excluded_by)
    plan = _only_file(change_set, configuration)
    result = compare_by_change_set(plan, templates, config_resolver(configuration), boundary)
    configuration.require_environment()
    return result


def _only_file(source: Source, configuration: Configuration) -> Candidate:
    """Return the file of a change set or its template; raises OptionError for a folder, and for what is no file."""
    inputs = _inputs(source, configuration, skip_non_templates=False)
    if len(inputs) != 1 or os.path.isdir(_name(source)):
        raise OptionError(f"'{_name(source)}' is a folder; a change set is that of one stack, so name one template")
    (entry,) = inputs
    if isinstance(entry, Failure):
        raise OptionError(f"{entry.file}: {entry.message}")
    if not isinstance(entry, Candidate):
        raise OptionError(f"{entry.file} is {entry.reason}")
    return entry


def _name(source: Source) -> str:
    return source.file if isinstance(source, Candidate) else os.fspath(source)


def _inputs(source: Source, configuration: Configuration, *, skip_non_templates: bool) -> list[Any]:
    if isinstance(source, Candidate):
        return [source]
    return list(discover_inputs([os.fspath(source)], configuration, skip_non_templates=skip_non_templates))


def _pairs_since(
    revision: str, names: Sequence[str], configuration: Configuration, *, skip_non_templates: bool
) -> list[FilePair | Failure]:
    """Return the files that differ from a git revision, each with its previous version."""
    from relint.discover.git import find_changed_templates

    for name in names:
        if is_url(name):
            raise OptionError(f"a git revision has no '{name}'; compare files")
    inputs = list(discover_inputs(names, configuration, skip_non_templates=skip_non_templates))
    candidates = {entry.file: entry for entry in inputs if isinstance(entry, Candidate)}
    changed, previous = find_changed_templates(list(candidates), revision)
    old = {entry.file: entry._replace(file=f"{revision}:{entry.file}") for entry in previous}
    failures: list[FilePair | Failure] = [entry for entry in inputs if isinstance(entry, Failure)]
    return failures + [FilePair(old.get(file), candidates[file]) for file in sorted(changed)]
