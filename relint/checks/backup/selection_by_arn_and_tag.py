"""Backup selections that name resources with a wildcard and list tags as well."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.resolve.value import Unknown, expression_of, literal_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_SELECTION = ("Properties", "BackupSelection")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the first ARN with a wildcard if the selection lists tags: AWS Backup accepts one of the two.

    The message has no values. Parts of an ARN that are unknown count as text without a wildcard.
    https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
    """
    if not view.select(resource, (*_SELECTION, "ListOfTags", "*")):
        return
    for arn in view.select(resource, (*_SELECTION, "Resources", "*")):
        if "*" in literal_text(expression_of(arn.value)):
            yield Problem(arn.path)
            return
