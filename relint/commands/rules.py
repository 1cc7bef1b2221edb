"""`relint rules`: the list of the rules, as a table, as JSON or as pages."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from relint.catalog.loader import load_rules
from relint.commands.exit_codes import CLEAN
from relint.errors import OptionError
from relint.report.rule_list import rules_json, rules_table

if TYPE_CHECKING:
    import argparse

    from relint.catalog.rule import Rule


def run(options: argparse.Namespace) -> int:
    """Prints the rules, or writes their pages."""
    rules = load_rules(*options.rules)
    if options.format == "markdown":
        return _write_pages(rules, options.output)
    print(rules_json(rules) if options.format == "json" else rules_table(rules))
    return CLEAN


def _write_pages(rules: Sequence[Rule], directory: str) -> int:
    """Writes the pages of the rules; a page of a rule that is gone is removed, what others have written is not."""
    from relint.report.rule_pages import NOTICE, pages

    wanted = pages(rules)
    try:
        os.makedirs(directory, exist_ok=True)
        for name in set(os.listdir(directory)) - set(wanted):
            file = os.path.join(directory, name)
            if name.endswith(".md") and _begins_with(file, NOTICE):
                os.remove(file)
        for name, text in wanted.items():
            with open(os.path.join(directory, name), "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        raise OptionError(f"'{directory}' cannot be written ({error.strerror})") from error
    print(f"{len(wanted)} pages written to {directory}")
    return CLEAN


def _begins_with(file: str, text: str) -> bool:
    with open(file, "rb") as stream:
        return stream.read(len(text.encode())) == text.encode()
