"""What Python programs call, and what the commands call: arguments and configuration -> a report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from relint.catalog.loader import load_rules, load_rules_with_digest
from relint.discover.candidate import Candidate, Skipped, is_url, skip_excluded
from relint.discover.files import discover
from relint.finding import Report
from relint.run.runner import check_candidates
from relint.settings.configuration import Configuration
from relint.settings.lint_config import LintConfig, build_lint_config
from relint.stacks.boundary import SearchBoundary, search_roots
from relint.system import today

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from relint.catalog.loader import LoadedRules
    from relint.discover.candidate import Input
    from relint.run.findings_cache import Cache
    from relint.run.results import Results

__all__ = ["check", "check_candidates", "check_text", "configuration", "load_rules", "scopes"]

Find = Literal["find"]


def check(
    *paths: str | os.PathLike[str],
    parameters: Mapping[str, str] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    ruleset: str | None = None,
    rules: Iterable[str | os.PathLike[str]] = (),
    settings: Mapping[str, Any] | None = None,
    environment: str | None = None,
    config: str | Find | None = "find",
    skip_non_templates: bool = False,
    allow_empty: bool = False,
    progress: Callable[[str], object] | None = None,
    executor: Executor | None = None,
    shard: tuple[int, int] | None = None,
    cache: str | None = None,
) -> Report:
    """Checks the templates among files, folders and URLs (s3://bucket/folder/) and returns what was found.

    `parameters` are values for this run, by the name of the parameter or pseudo parameter ("AWS::Region"). `select`,
    `ignore` and `ruleset` choose among the rules, `rules` adds folders of rule files, `settings` are further keys of
    `relint.yaml`; all of them win over the files of configuration. `config` is one such file; "find" looks for them
    beside and above each template, None reads none. `environment` is one that they name. What cannot be read is a
    failure of the report, and so is an empty set of templates unless `allow_empty`. `progress` is called with the name
    of each file before it is checked. `executor`, any of `concurrent.futures` or of its kind, works on parts of the
    templates, in other processes if it has them; the report is the same. `shard` (3, 16) is the third of 16 parts of
    the files, always the same ones. `cache` is a folder in which to keep what was found in each template, for the next
    run over it unchanged; the report is the same. Raises OptionError and RuleError.
    """
    found = configuration(parameters, select, ignore, ruleset, rules, settings, environment, config)
    names = [os.fspath(path) for path in paths]
    candidates = found_in(names, skip_non_templates, found.excluded_by, shard)
    searched = None if allow_empty or shard else ", ".join(names)
    config_for_file = scopes(found)
    memory = _opened(cache)
    elsewhere: Iterable[Results] = ()
    if executor:
        from relint.run.parallel import share

        candidates, elsewhere = share(candidates, executor, found.settings_for, config_for_file, memory)
    reach = SearchBoundary(search_roots(names), found.excluded_by)
    report = check_candidates(
        candidates, config_for_file, searched, progress, reach, elsewhere, memory, whole=not shard
    )
    if not shard:
        found.require_environment()
    return report


def check_text(
    text: str | bytes,
    file: str = "template.yaml",
    *,
    parameters: Mapping[str, str] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    ruleset: str | None = None,
    rules: Iterable[str | os.PathLike[str]] = (),
    settings: Mapping[str, Any] | None = None,
    environment: str | None = None,
    config: str | Find | None = None,
    skip_non_templates: bool = False,
    allow_empty: bool = False,
) -> Report:
    """Checks one template given as text; `file` is the name that findings bear.

    No configuration is read unless `config` asks for it: "find" looks beside and above `file`. See `check`.
    """
    found = configuration(parameters, select, ignore, ruleset, rules, settings, environment, config)
    by = found.excluded_by(file)
    candidate: Candidate | Skipped = Candidate(file, text, is_explicit=not skip_non_templates)
    if by:
        candidate = skip_excluded(file, by)
    report = check_candidates([candidate], scopes(found), None if allow_empty else file)
    found.require_environment()
    return report


def found_in(
    names: Sequence[str],
    skip_non_templates: bool = False,
    excludes: Callable[[str], str | None] | None = None,
    shard: tuple[int, int] | None = None,
) -> Iterable[Input]:
    """What is found at the names that a user gives, or a shard of it; see `discover` and `discover_urls`.

    Nothing else opens URLs, so that what stands in a template or a configuration never does.
    """
    paths = [name for name in names if not is_url(name)]
    found: Iterable[Input] = discover(paths, skip_non_templates=skip_non_templates, find_exclusion=excludes)
    if shard:
        from relint.discover.sharding import is_in_shard, select_shard

        found = select_shard(found, *shard)
    if len(paths) < len(names):
        from relint.discover.urls import discover_urls

        urls = [name for name in names if is_url(name)]
        only = (lambda url: is_in_shard(url, *shard)) if shard else None
        found = chain(found, discover_urls(urls, skip_non_templates=skip_non_templates, url_filter=only))
    return found


def configuration(
    parameters: Mapping[str, str] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    ruleset: str | None = None,
    rules: Iterable[str | os.PathLike[str]] = (),
    settings: Mapping[str, Any] | None = None,
    environment: str | None = None,
    config: str | Find | None = "find",
) -> Configuration:
    """What the arguments of `check` and the files of configuration say together."""
    options: dict[str, Any] = dict(settings or {})
    given = {
        "select": tuple(select),
        "ignore": tuple(ignore),
        "ruleset": ruleset,
        "rules": tuple(os.fspath(folder) for folder in rules),
        "parameters": dict(parameters or {}),
    }
    options.update((key, value) for key, value in given.items() if value)
    file = None if config in ("find", None) else config
    return Configuration(options, environment=environment, file=file, find=config is not None)


def scopes(configuration: Configuration) -> Callable[[str], LintConfig]:
    """What gives the config of a template by its name; templates with the same settings share one."""
    day = today()
    known: dict[tuple[str, ...], LoadedRules] = {}
    made: dict[int, LintConfig] = {}

    def config(file: str) -> LintConfig:
        settings = configuration.settings_for(file)
        if id(settings) not in made:
            folders = tuple(dict.fromkeys(settings.get("rules")))
            if folders not in known:
                known[folders] = load_rules_with_digest(*folders)
            made[id(settings)] = build_lint_config(settings, known[folders].rules, day, known[folders].sources_digest)
        return made[id(settings)]

    return config


def _opened(folder: str | None) -> Cache | None:
    if folder is None:
        return None
    from relint.run.findings_cache import open_cache

    return open_cache(folder)
