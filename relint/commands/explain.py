"""`relint explain`: what a rule demands, why, and how to satisfy it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relint.catalog.loader import load_rules
from relint.catalog.selection import describe_unknown_rule, find_rule
from relint.commands.exit_codes import CLEAN
from relint.errors import OptionError
from relint.report.rule_text import explain

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Prints the rule that is named."""
    rules = load_rules(*options.rules)
    rule = find_rule(rules, options.rule)
    if rule is None:
        raise OptionError(describe_unknown_rule(rules, options.rule))
    print(explain(rule))
    return CLEAN
