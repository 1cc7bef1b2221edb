"""`relint explain`: print what a rule demands, why, and how to satisfy it."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.catalog.loader import load_rules
from relint.catalog.selection import describe_unknown_rule, find_rule, is_retired
from relint.commands.exit_codes import CLEAN
from relint.commands.output_layout import output_layout
from relint.errors import OptionError
from relint.report.rule_text import render_rule

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print a rule, given its id or name; raises OptionError if there is no such rule."""
    rules = load_rules(*options.rules)
    rule = find_rule(rules, options.rule)
    if rule is None:
        raise OptionError(describe_unknown_rule(rules, options.rule))
    if is_retired(rule, options.rule):
        print(f"{options.rule} is retired; {rule.id} replaces it.\n")
    layout = output_layout(options.color)
    print(render_rule(rule, layout))
    return CLEAN
