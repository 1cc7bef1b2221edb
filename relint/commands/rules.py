"""`relint rules`: list the rules as a table, as JSON or as Markdown pages."""

from __future__ import annotations

import os
from collections.abc import Sequence

from relint._typing import TYPE_CHECKING
from relint.commands.available_rules import available_rules
from relint.commands.exit_codes import CLEAN
from relint.commands.output_layout import output_layout
from relint.errors import OptionError
from relint.report.rule_list import render_rule_json, render_rule_table

if TYPE_CHECKING:
    import argparse

    from relint.catalog.rule import Rule


def run(options: argparse.Namespace) -> int:
    """Print the rules, or write their pages to a folder."""
    rules = available_rules(options)
    if options.equivalent_to:
        rules = _with_equivalents(rules, options.equivalent_to)
    if options.format == "markdown":
        return _write_pages(rules, options.output)
    if options.format == "json":
        print(render_rule_json(rules))
    else:
        print(render_rule_table(rules, output_layout(options.color), options.equivalent_to))
    return CLEAN


def _with_equivalents(rules: Sequence[Rule], tool: str) -> Sequence[Rule]:
    """Return the rules that answer to a rule of a tool; raises OptionError for a tool that none names."""
    matching = [rule for rule in rules if tool.lower() in rule.equivalents]
    if not matching:
        from relint.settings.suggestion import with_suggestion

        tools = sorted({name for rule in rules for name in rule.equivalents})
        raise OptionError(with_suggestion(f"no rule answers to '{tool}'", tool, tools))
    return matching


def _write_pages(rules: Sequence[Rule], directory: str) -> int:
    """Write a page for each rule, and remove the generated pages of rules that no longer exist."""
    from relint.report.rule_pages import NOTICE, render_pages

    pages = render_pages(rules)
    try:
        os.makedirs(directory, exist_ok=True)
        for name in set(os.listdir(directory)) - set(pages):
            file = os.path.join(directory, name)
            if name.endswith(".md") and _begins_with(file, NOTICE):
                os.remove(file)
        for name, text in pages.items():
            with open(os.path.join(directory, name), "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        raise OptionError(f"'{directory}' cannot be written ({error.strerror})") from error
    print(f"{len(pages)} pages written to {directory}")
    return CLEAN


def _begins_with(file: str, text: str) -> bool:
    with open(file, "rb") as stream:
        return stream.read(len(text.encode())) == text.encode()
