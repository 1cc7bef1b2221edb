"""A backup selection that names resources with a wildcard and lists tags as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.problem import Problem
from relint.resolve.value import Unknown, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Expression

_SELECTION = ("Properties", "BackupSelection")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem at the first ARN with a wildcard beside which tags are listed: AWS Backup takes either, not both.

    https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
    """
    if not view.select(resource, (*_SELECTION, "ListOfTags", "*")):
        return
    for arn in view.select(resource, (*_SELECTION, "Resources", "*")):
        if "*" in _written(expression_of(arn.value)):
            yield Problem(arn.path)
            return


def _written(form: Expression) -> str:
    """The literal parts of a text, of which other parts may be unknown."""
    parts = form[1:] if isinstance(form, tuple) and form[0] == "Concat" else (form,)
    return "".join(part for part in parts if isinstance(part, str))
