"""Library functions, which the command line and the integrations call: arguments in, a report out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from relint._typing import TYPE_CHECKING, Any, Literal
from relint.catalog.loader import load_rules
from relint.discover.candidate import Candidate, replace_texts, skip_excluded
from relint.discover.template_detection import may_include
from relint.finding import Report
from relint.run.inputs import config_resolver, discover_inputs
from relint.run.rule_cache import SHARED_RULES, RuleCache
from relint.run.runner import RunOptions, run
from relint.settings.configuration import Configuration
from relint.stacks.boundary import NO_NESTED_STACKS, SearchBoundary, search_roots
from relint.stacks.cross_stack import may_deploy_stacks

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from relint.assessment.result import Assessment
    from relint.discover.candidate import Input
    from relint.run.findings_cache import FindingsCache
    from relint.run.results import Results
    from relint.stacks.system_graph import SystemGraph

UNNAMED = "template.yaml"
"""The name in findings of a text without a file."""

__all__ = ["Linter", "assess", "check", "check_text", "config_resolver", "discover_inputs", "graph", "load_rules"]

FindConfig = Literal["find"]


class Linter:
    """Rules and settings with which any number of templates are checked.

    >>> linter = relint.Linter(ruleset="all")
    >>> linter.check_text(text, file="orders.yaml")
    >>> linter.check("stacks/")

    A linter never changes, and threads may share it. The arguments are those of `relint.check`. The first check loads
    the rules, and the linter keeps them, whatever happens to their files; with `reload_rules` each check first looks
    whether a rule file has changed, in half a millisecond. Files of configuration are read by each check.
    """

    __slots__ = ("_config", "_environment", "_options", "_rules")

    def __init__(
        self,
        *,
        parameters: Mapping[str, str] | None = None,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        ruleset: str | None = None,
        rules: Iterable[str | os.PathLike[str]] = (),
        settings: Mapping[str, Any] | None = None,
        environment: str | None = None,
        config: str | FindConfig | None = "find",
        reload_rules: bool = False,
    ) -> None:
        arguments = {
            "select": tuple(select),
            "ignore": tuple(ignore),
            "ruleset": ruleset,
            "rules": tuple(os.fspath(folder) for folder in rules),
            "parameters": dict(parameters or {}),
        }
        self._options = {**(settings or {}), **{option: value for option, value in arguments.items() if value}}
        self._environment = environment
        self._config = config
        self._rules = SHARED_RULES if reload_rules else RuleCache(is_fixed=True)

    def check(
        self,
        *paths: str | os.PathLike[str],
        skip_non_templates: bool = False,
        allow_empty: bool = False,
        progress: Callable[[str], object] | None = None,
        executor: Executor | None = None,
        shard: tuple[int, int] | None = None,
        cache: str | None = None,
        unsaved: Mapping[str, str] = {},
    ) -> Report:
        """Check the templates in files, folders and URLs, or their `unsaved` texts by file; see `relint.check`."""
        names = [os.fspath(path) for path in paths]
        configuration = self.configuration()
        files = discover_inputs(names, configuration, skip_non_templates=skip_non_templates, shard=shard)
        inputs = replace_texts(files, unsaved)
        options = RunOptions(
            search_label=None if allow_empty or shard else ", ".join(names),
            progress=progress,
            boundary=SearchBoundary(search_roots(names), configuration.excluded_by, unsaved.get),
            cache=_open_cache(cache),
            is_complete=not shard,
        )
        config_for_file = config_resolver(configuration, self._rules)
        worker_results: Iterable[Results] = ()
        if executor:
            from relint.run.parallel import submit

            inputs, worker_results = submit(
                inputs, executor, configuration.settings_for, config_for_file, options.cache, options.boundary
            )
        report = run(inputs, config_for_file, options, worker_results)
        if not shard:
            configuration.require_environment()
        return report

    def check_text(
        self,
        text: str | bytes,
        file: str | None = None,
        *,
        skip_non_templates: bool = False,
        allow_empty: bool = False,
        unsaved: Mapping[str, str] | None = None,
        name: str = UNNAMED,
    ) -> Report:
        """Check one template that is given as text; see `relint.check_text`.

        `unsaved` are the texts of other files by name, as an editor has them: those that deploy nested stacks or
        include files are checked too, because this template may be one. `name` is the name in findings of a text
        without a file.
        """
        configuration = self.configuration()
        name = file or name
        excluded_by = configuration.excluded_by(name)
        candidate = Candidate(file=name, raw=text, is_explicit=not skip_non_templates)
        inputs: list[Input] = [skip_excluded(name, excluded_by) if excluded_by else candidate]
        boundary = NO_NESTED_STACKS
        if file:
            others = unsaved or {}
            parents = [other for other, content in others.items() if may_deploy_stacks(content) or may_include(content)]
            inputs += [Candidate(file=other, raw=others[other], is_explicit=False) for other in parents]
            texts = {**others, file: text}
            boundary = SearchBoundary(search_roots([file, *parents]), configuration.excluded_by, texts.get)
        options = RunOptions(search_label=None if allow_empty else name, boundary=boundary)
        report = run(inputs, config_resolver(configuration, self._rules), options)
        configuration.require_environment()
        return report

    def configuration(self) -> Configuration:
        """Return the settings of this linter, merged with the current files of configuration."""
        file = None if self._config in ("find", None) else self._config
        return Configuration(self._options, environment=self._environment, file=file, find=self._config is not None)


def check(
    *paths: str | os.PathLike[str],
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
    progress: Callable[[str], object] | None = None,
    executor: Executor | None = None,
    shard: tuple[int, int] | None = None,
    cache: str | None = None,
) -> Report:
    """Check the templates in files, folders and URLs (s3://bucket/folder/), and return the report.

    `parameters` are values for this run, by the name of the parameter or pseudo parameter ("AWS::Region"). `select`,
    `ignore` and `ruleset` choose among the rules, `rules` adds folders of rule files, `settings` are further keys of
    `relint.yaml`; all of them win over the files of configuration. `config` is one such file; "find" looks for them
    beside and above each template, None reads none. `environment` is one that they name. A file that cannot be read is
    a failure in the report, and so is an empty set of templates unless `allow_empty`. `progress` is called with the
    name of each file before it is checked. `executor`, any of `concurrent.futures` or with the same methods, checks
    parts of the templates, in other processes if it has them; the report is the same. `shard` (3, 16) is the third of
    16 parts of the files, always the same ones. `cache` is a folder for the findings in each template, which the next
    run reads if the template has not changed; the report is the same. Raises OptionError and RuleError.
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
    return linter.check(
        *paths,
        skip_non_templates=skip_non_templates,
        allow_empty=allow_empty,
        progress=progress,
        executor=executor,
        shard=shard,
        cache=cache,
    )


def check_text(
    text: str | bytes,
    file: str | None = None,
    *,
    parameters: Mapping[str, str] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    ruleset: str | None = None,
    rules: Iterable[str | os.PathLike[str]] = (),
    settings: Mapping[str, Any] | None = None,
    environment: str | None = None,
    config: str | FindConfig | None = None,
    skip_non_templates: bool = False,
    allow_empty: bool = False,
    name: str = UNNAMED,
) -> Report:
    """Check one template that is given as text, and return the report; `file` is the file that it is, or will be.

    The templates of nested stacks, and included files, are read beside `file`. Without it nested stacks are among
    `skipped`, includes among `unjudged`, and `name` is the name in findings. Files of configuration are read only if
    `config` asks for them: "find" looks beside and above `file`. See `check`.
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
    return linter.check_text(text, file, skip_non_templates=skip_non_templates, allow_empty=allow_empty, name=name)


def graph(
    *paths: str | os.PathLike[str],
    stacks: Mapping[str, str | os.PathLike[str]] | None = None,
    parameters: Mapping[str, str] | None = None,
    settings: Mapping[str, Any] | None = None,
    environment: str | None = None,
    config: str | FindConfig | None = "find",
) -> SystemGraph:
    """Return the system that the templates in files, folders and URLs describe: resources and their dependencies.

    Nested stacks are followed, and exports lead to the stacks that import them. `stacks` are further files of
    templates by the name of their stack, which exports with the name of the stack, and Fn::GetStackOutput, need. The
    other arguments are those of `check`. `relint.render_graph` returns the system as a text.

    >>> for edge in relint.graph("stacks/").edges:
    ...     print(edge.source, edge.relation.verb, edge.target)
    """
    from relint.run.read_stacks import read_stacks  # a check needs none of this
    from relint.stacks.system_graph import build_system_graph

    linter = Linter(parameters=parameters, settings=settings, environment=environment, config=config, reload_rules=True)
    return build_system_graph(*read_stacks(linter.configuration(), paths, stacks or {}))


def assess(
    *paths: str | os.PathLike[str],
    stacks: Mapping[str, str | os.PathLike[str]] | None = None,
    parameters: Mapping[str, str] | None = None,
    settings: Mapping[str, Any] | None = None,
    environment: str | None = None,
    config: str | FindConfig | None = "find",
    policy: str | os.PathLike[str] | None = None,
) -> Assessment:
    """Return what failures do to the systems that the templates in files, folders and URLs describe.

    For each entry and each type of disruption (Software, Hardware, AZ, Region): the outcome, the time to recover and
    the loss of data, which facts say so, and what another value of a parameter changes. The arguments are those of
    `graph`. `policy` is a file with targets, or one of its policies ("gold.yaml#Gold"); without it, those of the
    templates give the verdicts. `relint.render_assessment` returns the assessment as a text.

    >>> for entry in relint.assess("stacks/").entries:
    ...     print(entry.name, [(result.disruption, result.outcome) for result in entry.results])
    """
    from relint.run.assess_system import assess_system  # a check needs none of this

    def configure(values: Mapping[str, str]) -> Configuration:
        return Linter(
            parameters={**(parameters or {}), **values},
            settings=settings,
            environment=environment,
            config=config,
            reload_rules=True,
        ).configuration()

    return assess_system(configure, paths, stacks or {}, None if policy is None else os.fspath(policy))


def _open_cache(folder: str | None) -> FindingsCache | None:
    if folder is None:
        return None
    from relint.run.findings_cache import open_cache

    return open_cache(folder)
