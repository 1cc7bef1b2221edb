"""`relint explain`: print what a rule demands, why, and how to satisfy it."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.catalog.selection import describe_unknown_rule, find_rule, is_retired, matching_rules
from relint.commands.available_rules import available_rules
from relint.commands.exit_codes import CLEAN
from relint.commands.output_layout import output_layout
from relint.errors import OptionError
from relint.report.rule_text import render_rule

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Print a rule, given its id or name, or the rules that are equivalent to one of another tool.

    Raises OptionError if there is no such rule.
    """
    rules = available_rules(options)
    rule = find_rule(rules, options.rule)
    matching = [rule] if rule else matching_rules(rules, options.rule)
    if not matching:
        raise OptionError(describe_unknown_rule(rules, options.rule))
    if rule and is_retired(rule, options.rule):
        print(f"{options.rule} is retired; {rule.id} replaces it.\n")
    layout = output_layout(options.color)
    print("\n\n".join(render_rule(rule, layout).rstrip("\n") for rule in matching))
    return CLEAN
