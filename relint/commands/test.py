"""`relint test`: check rule files against their own examples."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.catalog.loader import file_is_builtin, find_rule_files, load_rules
from relint.commands.exit_codes import CLEAN, FINDINGS
from relint.commands.rule_warnings import warn_of_doubtful_names
from relint.testing import find_mutations, run_examples

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence


def run(options: argparse.Namespace) -> int:
    """Print every example that fails, with --mutate every change that no example notices; return the exit code."""
    files = [file for path in options.paths for file in find_rule_files(path)]
    code = print_example_results(files)
    warn_of_doubtful_names(file for file in files if not file_is_builtin(file))
    return print_unnoticed_changes(files) if options.mutate and code == CLEAN else code


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


def print_unnoticed_changes(files: Sequence[str]) -> int:
    """Print the changes of rule files that no example notices, and a summary; return 1 if there is one, else 0."""
    changes = noticed = equivalent = 0
    rules = load_rules()
    for file in files:
        for mutation in find_mutations(file, rules):
            changes += 1
            noticed += mutation.is_noticed
            equivalent += mutation.equivalent is not None
            if not mutation.is_noticed and mutation.equivalent is None:
                start = mutation.span.start
                location = f"{file}:{start.line}:{start.column}"
                print(f"{location}: warning: {mutation.rule_id} no example notices '{mutation.change}'")
    unnoticed = changes - noticed - equivalent
    print(
        f"{changes} changes of {len(files)} rule files: {noticed} noticed, {equivalent} explained, "
        f"{unnoticed or 'none'} left"
    )
    return FINDINGS if unnoticed else CLEAN
