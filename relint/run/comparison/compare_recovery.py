"""Comparison of a primary template with its recovery template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from relint._typing import TYPE_CHECKING
from relint.change.recovery.sites import compare_sites
from relint.finding import Failure
from relint.run.comparison.compare_files import Diff, read_template
from relint.run.comparison.judge_comparison import RECOVERY, judge
from relint.run.results import Results
from relint.run.runner import RunOptions, build_report
from relint.stacks.boundary import NO_NESTED_STACKS

if TYPE_CHECKING:
    from relint.run.comparison.file_pairs import FilePairs
    from relint.settings.lint_config import LintConfig
    from relint.stacks.boundary import SearchBoundary


def compare_recovery(
    files: FilePairs,
    config_for_file: Callable[[str], LintConfig],
    search_label: str,
    recovery_values: Mapping[str, str] | None = None,
    boundary: SearchBoundary = NO_NESTED_STACKS,
) -> Diff:
    """Return the findings of the rules about recovery in pairs of a primary template and its recovery template.

    The primary has the parameter values of the configuration. The recovery template has the same, or, with
    `recovery_values`, these instead of the values of the command line. Its configuration decides which rules judge.
    """
    results = Results()
    results.failures += files.failures
    one_sided: dict[str, list[str]] = {"added": [], "removed": []}
    declared: set[str] = set()
    for old, new in files.pairs:
        primary, recovery = (
            read_template(candidate, boundary, results.failures, results.skipped)
            for candidate in (old and old._replace(file=files.sides.name_of_old(old.file)), new)
        )
        if primary and recovery:
            config = config_for_file(recovery.file)
            results.lint_configs[id(config)] = config
            values = config.parameters
            if recovery_values is not None:
                common = {name: value for name, value in values.items() if name not in config.given_parameters}
                values = {**common, **recovery_values}
            build = partial(compare_sites, primary, recovery, config.parameters, values)
            judged = judge(recovery.file, build, config, results, scopes=RECOVERY)
            results.findings[recovery.file] = judged.findings if judged else []
            declared.update(judged.comparison.new.template.deployments.parameters if judged else ())
            if primary.file != recovery.file:
                results.add_template(primary.file, (), config)
        elif primary:
            one_sided["removed"].append(primary.file)
        elif recovery:
            one_sided["added"].append(recovery.file)
    if not (results.templates or any(one_sided.values()) or results.failures):
        message = f"There is no CloudFormation template in '{search_label}'."
        results.failures.append(Failure(file=search_label, stage="discover", message=message))
    for name in sorted((recovery_values or {}).keys() - declared) if results.templates else ():
        message = f"Parameter '{name}' was given a value, but no recovery template declares it."
        results.failures.append(Failure(file="--recovery-parameters", stage="options", message=message))
    added, removed = (tuple(one_sided[side]) for side in ("added", "removed"))
    return Diff(build_report(results, RunOptions()), added=added, removed=removed, is_of_sites=True)
