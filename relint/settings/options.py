"""Options of a configuration: their meaning, their type and their default."""

from __future__ import annotations

from relint._about import RELEASES
from relint._typing import Any, Literal, NamedTuple
from relint.catalog.rule import RULESETS
from relint.level import LEVELS

OptionType = Literal[
    "flag", "text", "choice", "texts", "levels", "numbers", "parameters", "suppressions", "layers", "ruleset"
]
"""flag: true or false. text: a scalar. choice: one of `choices`. texts: a list of texts. levels: levels by rule.
numbers: numbers by threshold. parameters: values by parameter, names of files, or a list of both. suppressions: a list
of mappings with `SUPPRESSION_KEYS`. layers: further options by pattern or name. ruleset: a rule set, perhaps as of a
release."""

PROFILES = ("dev", "standard", "critical")
HONORED_TOOLS = ("cfn-lint", "cfn-guard", "checkov", "cfn_nag", "cdk-nag")


class Option(NamedTuple):
    """One option of a configuration.

    `is_nestable` is true for options that may also be set below `environments` and `per-path`. With `accumulates`,
    the values of all layers are joined; otherwise the last layer overrides the others, mappings key by key.
    """

    type: OptionType
    description: str
    default: Any = None
    choices: tuple[str, ...] = ()
    is_nestable: bool = True
    accumulates: bool = False


OPTIONS: dict[str, Option] = {
    "root": Option(
        "flag", "true: files of configuration in the folders above are not read", default=False, is_nestable=False
    ),
    "select": Option("texts", "only these rules: ids, names, prefixes (RDS, RDS-7), or ids of other tools", default=()),
    "ignore": Option("texts", "not these rules", default=()),
    "mandatory": Option("texts", "rules that always run and that nobody can suppress", default=(), accumulates=True),
    "ruleset": Option(
        "ruleset",
        f'core, recommended or all (which adds the notes); as of a release: "{RELEASES[-1]}" or all@{RELEASES[-1]}',
        choices=RULESETS,
    ),
    "preview": Option("flag", "true: rules in preview run, too", default=False),
    "profile": Option("choice", "how much the templates matter", default="standard", choices=PROFILES),
    "severity": Option("levels", "the level of single rules: note, warning or error", default={}, choices=LEVELS),
    "fail-on": Option(
        "choice", "the least level that makes the exit code 1", default="warning", choices=(*LEVELS, "never")
    ),
    "fail-on-review": Option("flag", "true: findings to review make the exit code 1 as well", default=False),
    "parameters": Option("parameters", "values of template parameters, or files of them", default={}),
    "region": Option("text", "the value of AWS::Region"),
    "thresholds": Option("numbers", "numbers that rules compare with", default={}),
    "honor": Option(
        "texts", "tools whose suppressions count for the same rules of relint", default=(), choices=HONORED_TOOLS
    ),
    "suppressions": Option(
        "suppressions", "findings that are accepted, each with a reason", default=(), accumulates=True
    ),
    "report-unused": Option("flag", "true: suppressions that suppress nothing are reported", default=False),
    "exclude": Option(
        "texts", "files and folders that are not checked", default=(), is_nestable=False, accumulates=True
    ),
    "gitignore": Option("flag", "false: files that git ignores are checked too", default=True, is_nestable=False),
    "rules": Option("texts", "folders of further rule files", default=(), is_nestable=False, accumulates=True),
    "per-path": Option("layers", "pattern -> keys for the files that match it", default={}, is_nestable=False),
    "environments": Option("layers", "name -> keys for --env NAME", default={}, is_nestable=False),
}

NESTABLE_OPTIONS = tuple(name for name, option in OPTIONS.items() if option.is_nestable)
SUPPRESSION_KEYS = ("rule", "resource", "property", "path", "reason", "until", "owner")
