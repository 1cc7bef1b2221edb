"""Whether RDS offers a feature for a database; `relint.model.aws.rds_engines` has the table."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.rds_engines import supports

if TYPE_CHECKING:
    from relint.logic.truth import Truth
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, feature: str) -> Truth:
    """Whether RDS offers the feature for the engine, class and version of the database.

    Unknown if one of them decides and is unknown.
    """
    return supports(view, resource, feature)
