"""`relint test`: check rule files against their own examples."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.catalog.loader import find_rule_files, load_rules
from relint.commands.exit_codes import CLEAN, FINDINGS
from relint.testing import run_examples

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def run(options: argparse.Namespace) -> int:
    """Print every example that fails, and return the exit code."""
    return print_example_results([file for path in options.paths for file in find_rule_files(path)])


def print_example_results(files: Sequence[str]) -> int:
    """Print the failed examples of rule files and a summary; return 1 if an example failed, else 0."""
    examples = failed = 0
    for example, mistakes in run_examples(files, load_rules()):
        examples += 1
        failed += bool(mistakes)
        for mistake in mistakes:
            location = f"{example.file}:{example.line}:1"
            print(f"{location}: error: {example.rule_id} {example.verdict} example '{example.name}': {mistake}")
    print(f"{examples} examples of {len(files)} rule files: {failed or 'none'} failed")
    return FINDINGS if failed else CLEAN
