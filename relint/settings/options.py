"""The keys of a configuration: what each means, what it may hold, and what holds without it."""

from __future__ import annotations

from typing import Any, Literal

from relint._named_tuple import NamedTuple
from relint.catalog.selection import RULESETS
from relint.level import LEVELS

Kind = Literal["flag", "text", "choice", "words", "levels", "numbers", "parameters", "suppressions", "layers"]
"""flag: true or false. text: one word. choice: one of `choices`. words: a list of texts. levels: rule -> level.
numbers: threshold -> number. parameters: see `parameter_values`. suppressions: see `suppressions`.
layers: name -> further keys."""

PROFILES = ("dev", "standard", "critical")
TOOLS = ("cfn-lint", "cfn-guard", "checkov", "cfn_nag", "cdk-nag")


class Key(NamedTuple):
    """One key. `inner`: it may also stand in an environment and under per-path. `grows`: farther values are kept."""

    kind: Kind
    meaning: str
    default: Any = None
    choices: tuple[str, ...] = ()
    inner: bool = True
    grows: bool = False


KEYS: dict[str, Key] = {
    "root": Key("flag", "true: files of configuration in the folders above are not read", default=False, inner=False),
    "select": Key("words", "only these rules: ids, names or prefixes (RDS, RDS-7)", default=()),
    "ignore": Key("words", "not these rules", default=()),
    "mandatory": Key("words", "rules that always run and that nobody can suppress", default=(), grows=True),
    "ruleset": Key("choice", "core, recommended or all (which adds the notes)", choices=RULESETS),
    "profile": Key("choice", "how much the templates matter", default="standard", choices=PROFILES),
    "severity": Key("levels", "the level of single rules: note, warning or error", default={}, choices=LEVELS),
    "fail-on": Key(
        "choice", "the least level that makes the exit code 1", default="warning", choices=(*LEVELS, "never")
    ),
    "parameters": Key("parameters", "values of template parameters, or files of them", default={}),
    "region": Key("text", "the value of AWS::Region"),
    "thresholds": Key("numbers", "numbers that rules compare with", default={}),
    "honor": Key("words", "tools whose suppressions count for the same rules of relint", default=(), choices=TOOLS),
    "suppressions": Key("suppressions", "findings that are accepted, each with a reason", default=(), grows=True),
    "report-unused": Key("flag", "true: suppressions that suppress nothing are reported", default=False),
    "exclude": Key("words", "files and folders that are not checked", default=(), inner=False, grows=True),
    "rules": Key("words", "folders of further rule files", default=(), inner=False, grows=True),
    "per-path": Key("layers", "pattern -> keys for the files that match it", default={}, inner=False),
    "environments": Key("layers", "name -> keys for --env NAME", default={}, inner=False),
}

INNER = tuple(name for name, key in KEYS.items() if key.inner)
SUPPRESSION_KEYS = ("rule", "resource", "property", "path", "reason", "until")
