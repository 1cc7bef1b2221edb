"""The configuration of a template for a run: rules, parameter values and suppressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.catalog.selection import Selection, select_rules
from relint.errors import OptionError
from relint.settings.glob import absolute_path, matches_pattern, relative_path
from relint.settings.setting import COMMAND_LINE

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.settings.merge import Settings
    from relint.settings.setting import Setting

ConfiguredSuppressions = tuple[Mapping[str, Any], ...]
"""Entries of `suppressions` in files of configuration, each with `file`, `span` and `folder`."""


class LintConfig(NamedTuple):
    """The configuration of one template, or of all templates with the same settings.

    `all_rules` are the rules that a suppression may name, `rules_by_type` those that run, by resource type.
    `honored_tools` are the tools whose own suppressions count. `given_parameters` are the names of the parameters that
    have a value on the command line; at least one template must declare each. `cache_key` identifies the rules and
    the settings, but not `today`; None if the results must not be cached. `judged_types` are the resource types that
    any of `all_rules` checks (a rule in preview counts where previews run), and `rule_folders` the folders of rules
    that do not ship with relint.
    """

    all_rules: Sequence[Rule]
    selection: Selection
    rules_by_type: Mapping[str, Sequence[Rule]]
    parameters: Mapping[str, str]
    today: str
    configured_suppressions: ConfiguredSuppressions = ()
    honored_tools: tuple[str, ...] = ()
    report_unused: bool = False
    fail_on: str = "warning"
    fail_on_review: bool = False
    given_parameters: frozenset[str] = frozenset()
    is_dev_profile: bool = False
    cache_key: bytes | None = None
    judged_types: frozenset[str] = frozenset()
    rule_folders: tuple[str, ...] = ()


def build_lint_config(
    settings: Settings, all_rules: Sequence[Rule], today: str, sources_digest: bytes | None = None
) -> LintConfig:
    """Return the configuration that settings describe.

    `sources_digest` identifies the rules; without one, results are not cached. Raises OptionError, with the position
    in the file of configuration, for a selector that matches no rule.
    """
    _validate_selectors(settings, all_rules)
    selection = select_rules(
        all_rules,
        settings.get("select"),
        settings.get("ignore"),
        settings.get("ruleset"),
        mandatory=settings.get("mandatory"),
        severity=settings.get("severity"),
        thresholds=settings.get("thresholds"),
        preview=settings.get("preview"),
    )
    return LintConfig(
        all_rules=all_rules,
        selection=selection,
        rules_by_type=index_by_type(selection.rules),
        parameters=settings.parameters,
        today=today,
        configured_suppressions=tuple(settings.get("suppressions")),
        honored_tools=tuple(settings.get("honor")),
        report_unused=settings.get("report-unused"),
        fail_on=settings.get("fail-on"),
        fail_on_review=settings.get("fail-on-review"),
        given_parameters=_given_parameters(settings),
        is_dev_profile=settings.get("profile") == "dev",
        cache_key=None if sources_digest is None else sources_digest + _serialize(settings),
        judged_types=frozenset(
            name
            for rule in all_rules
            if not rule.compares_templates and (settings.get("preview") or not rule.preview)
            for name in rule.resources
        ),
        rule_folders=tuple(settings.get("rules")),
    )


def config_for_single_rule(
    rule: Rule,
    all_rules: Sequence[Rule],
    parameters: Mapping[str, str],
    today: str,
    thresholds: Mapping[str, int] | None = None,
) -> LintConfig:
    """Return the configuration in which only one rule runs, notes included."""
    return config_for_rules([rule], all_rules, parameters, today, thresholds)


def config_for_rules(
    rules: Sequence[Rule],
    all_rules: Sequence[Rule],
    parameters: Mapping[str, str],
    today: str,
    thresholds: Mapping[str, int] | None = None,
) -> LintConfig:
    """Return the configuration in which some rules run, notes included."""
    selection = select_rules(rules, ruleset="all", thresholds=thresholds, preview=True)
    if any(rule.scope in ("comparison", "recovery") for rule in rules):
        judging_rules = select_rules(all_rules, ruleset="all", thresholds=thresholds).judging_rules
        selection = selection._replace(judging_rules=judging_rules)
    return LintConfig(
        all_rules=all_rules,
        selection=selection,
        rules_by_type=index_by_type(selection.rules),
        parameters=parameters,
        today=today,
    )


def index_by_type(rules: Iterable[Rule]) -> Mapping[str, Sequence[Rule]]:
    """Return the rules by the resource type that they check.

    The key "*" has rules for every type. Rules about documents, suppressions and changes are left out: they check no
    resources.
    """
    rules_by_type: dict[str, list[Rule]] = {}
    for rule in rules:
        for resource_type in rule.resources if rule.scope in ("resource", "template") else ():
            rules_by_type.setdefault(resource_type, []).append(rule)
    return rules_by_type


def applies_to_file(entry: Mapping[str, Any], file: str) -> bool:
    """Whether a suppression of the configuration applies to a file, which its `path` pattern decides."""
    if "path" not in entry:
        return True
    path_in_folder = relative_path(absolute_path(file), entry["folder"])
    return path_in_folder is not None and matches_pattern(entry["path"], path_in_folder)


def _given_parameters(settings: Settings) -> frozenset[str]:
    return frozenset(
        parameter
        for (option, parameter), origin in settings.origins.items()
        if option == "parameters" and origin is COMMAND_LINE
    )


def _serialize(settings: Settings) -> bytes:
    values = sorted((option, setting.value) for option, setting in settings.values.items())
    return repr(values).encode("utf-8", "surrogatepass")


def _validate_selectors(settings: Settings, all_rules: Sequence[Rule]) -> None:
    """Raise OptionError, with the position in the file, for a selector that matches no rule.

    Selectors of the command line are left to `select_rules`, whose message names the option.
    """
    ruleset = settings.get("ruleset")
    for option in ("select", "ignore", "mandatory", "severity"):
        setting: Setting = settings.values[option]
        for selector in setting.value:
            origin = settings.origins.get((option, selector), setting.origin)
            if origin.span is None:
                continue
            try:
                if option in ("select", "mandatory"):
                    select_rules(all_rules, [selector], ruleset=ruleset, preview=settings.get("preview"))
                else:
                    select_rules(all_rules, ignore=[selector])
            except OptionError as error:
                raise OptionError(f"'{option}': {error.message}", origin.name, origin.span) from error
