"""The inputs of a run, and the configuration of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from relint._typing import TYPE_CHECKING
from relint.discover.candidate import is_url
from relint.discover.files import discover
from relint.run.rule_cache import SHARED_RULES, RuleCache
from relint.settings.configuration import Configuration
from relint.settings.lint_config import LintConfig, build_lint_config
from relint.system import today

if TYPE_CHECKING:
    from relint.discover.candidate import Input


def discover_inputs(
    names: Sequence[str],
    configuration: Configuration,
    *,
    skip_non_templates: bool = False,
    shard: tuple[int, int] | None = None,
) -> Iterable[Input]:
    """Return the candidates at paths and URLs that the user named, or a shard, without what is excluded or ignored.

    Nothing else opens URLs, so that a URL in a template or in a file of configuration is never opened.
    """
    paths = [name for name in names if not is_url(name)]
    inputs: Iterable[Input] = discover(
        paths,
        skip_non_templates=skip_non_templates,
        find_exclusion=configuration.excluded_by,
        respects_gitignore=configuration.respects_gitignore,
    )
    if shard:
        from relint.discover.sharding import is_in_shard, select_shard

        inputs = select_shard(inputs, *shard)
    if len(paths) < len(names):
        from relint.discover.urls import discover_urls

        urls = [name for name in names if is_url(name)]
        url_filter = (lambda url: is_in_shard(url, *shard)) if shard else None
        inputs = chain(inputs, discover_urls(urls, skip_non_templates=skip_non_templates, url_filter=url_filter))
    return inputs


def config_resolver(configuration: Configuration, rules: RuleCache = SHARED_RULES) -> Callable[[str], LintConfig]:
    """Return a function from the name of a template to its configuration.

    Templates with the same settings get the same object, for the whole run.
    """
    date = today()
    config_by_settings: dict[int, LintConfig] = {}

    def config_for_file(file: str) -> LintConfig:
        settings = configuration.settings_for(file)
        config = config_by_settings.get(id(settings))
        if config is None:
            config = config_by_settings[id(settings)] = rules.lint_config(
                tuple(dict.fromkeys(settings.get("rules"))),
                (date, settings.identifier),
                lambda loaded: build_lint_config(settings, loaded.rules, date, loaded.sources_digest),
            )
        return config

    return config_for_file
