"""Kinds of event sources that a function is mapped to."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.lambda_functions import event_source_kind

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Unknown


def fact(resource: Resource, view: View) -> str | Unknown:
    """Return the source of a mapping: `queue`, `stream` (Kinesis or DynamoDB), `topic`, `broker` or `database`.

    Unknown if the ARN of the source is unknown.
    """
    return event_source_kind(view, resource)
