"""The rules that a command knows: those of relint, and those that its options and the configuration name."""

from __future__ import annotations

import os
from collections.abc import Sequence

from relint import api
from relint._typing import TYPE_CHECKING
from relint.commands.check_options import config_argument

if TYPE_CHECKING:
    import argparse

    from relint.catalog.rule import Rule


def available_rules(options: argparse.Namespace) -> Sequence[Rule]:
    """Return the rules of relint, of `--rules` and of `rules` in the configuration of the working directory.

    Doubtful names in the latter are said on standard error. Raises RuleError for a rule file with a mistake,
    OptionError for a configuration with one.
    """
    configuration = api.Linter(config=config_argument(options), rules=options.rules).configuration()
    folders = configuration.settings_for(os.path.join(os.curdir, "template.yaml")).get("rules")
    rules = api.load_rules(*dict.fromkeys(folders))
    if folders:
        from relint.commands.rule_warnings import warn_of_doubtful_names

        warn_of_doubtful_names(folders)
    return rules
