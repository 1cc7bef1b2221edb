"""Roles of buckets in replication."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.s3_replication import replication_role

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Unknown


def fact(resource: Resource, view: View) -> str | Unknown:
    """Return "source", "destination" (of another bucket of the template) or "none"; Unknown if a macro decides."""
    return replication_role(view, resource)
