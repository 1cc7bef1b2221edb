"""The assessment of the system in some files, in the assumed deployment and with other values of its parameters."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from relint._typing import TYPE_CHECKING
from relint.assessment.assess import assess_stacks
from relint.assessment.changes import add_changes
from relint.assessment.policies.verdicts import with_verdicts
from relint.run.read_policies import read_policies
from relint.run.read_stacks import read_stacks
from relint.stacks.positions import placed_templates

if TYPE_CHECKING:
    from relint.assessment.result import Assessment
    from relint.settings.configuration import Configuration


def assess_system(
    configure: Callable[[Mapping[str, str]], Configuration],
    paths: Iterable[str | os.PathLike[str]],
    stacks: Mapping[str, str | os.PathLike[str]],
    policy: str | None,
) -> Assessment:
    """Return the assessment of the system in paths and in the files of `stacks`, by the name of their stack.

    The verdicts are those of `policy`, a file with an optional name in it, else of the policies of the templates.
    `configure` returns the configuration in which some parameters have other values. Raises OptionError as
    `read_stacks` does.
    """
    paths = list(paths)
    configuration = configure({})
    found, failures = read_stacks(configuration, paths, stacks)
    templates = placed_templates(found)
    policies, policy_failures = read_policies(configuration, policy, templates)

    def assess_with(name: str, value: str) -> Assessment | None:
        variant, errors = read_stacks(configure({name: value}), paths, stacks)
        is_rejected = len(errors) > len(failures)
        return None if is_rejected else assess_stacks(placed_templates(variant), with_pairs=False)

    assessment = assess_stacks(templates, [*failures, *policy_failures], with_listing=True)
    return with_verdicts(add_changes(assessment, templates, assess_with), policies)
