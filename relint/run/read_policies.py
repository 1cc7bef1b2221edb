"""The policies of `relint assess`: those that the templates declare, or those of the file that the user names."""

from __future__ import annotations

import os
from collections.abc import Sequence

from relint._typing import TYPE_CHECKING
from relint.assessment.policies.sources import failure_of, policies_of_templates, read_policy_file
from relint.discover.candidate import Candidate
from relint.discover.files import discover
from relint.errors import TemplateError
from relint.finding import Failure
from relint.run.inputs import config_resolver
from relint.source.read import read_document

if TYPE_CHECKING:
    from relint.assessment.records import Policy
    from relint.model.placed_template import PlacedTemplate
    from relint.settings.configuration import Configuration


def read_policies(
    configuration: Configuration, option: str | None, placed: Sequence[PlacedTemplate]
) -> tuple[list[Policy], list[Failure]]:
    """Return the policies, and a failure for each that cannot be read.

    `option` is a file, or a file and the name of a policy as in `gold.yaml#Objectives`; None for the policies of the
    templates. Parameters of a template have the values of the configuration.
    """
    if option is None:
        return policies_of_templates(placed)
    file, name = _split(option)
    for candidate in discover([file]):
        if isinstance(candidate, Failure):
            return [], [candidate]
        if isinstance(candidate, Candidate) and candidate.is_explicit:
            try:
                document = read_document(candidate.raw, candidate.file)
                return read_policy_file(document, name, config_resolver(configuration)(candidate.file).parameters), []
            except TemplateError as error:
                return [], [failure_of(error, candidate.file)]
    return [], [Failure(file, "discover", f"'{file}' is not a file; name the file of a policy, as in gold.yaml#Gold.")]


def _split(option: str) -> tuple[str, str]:
    file, _, name = option.rpartition("#")
    return (file, name) if file and not os.path.exists(option) else (option, "")
