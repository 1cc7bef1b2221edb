"""Services that event source mappings read from."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.lambda_functions import event_source_service

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Unknown


def fact(resource: Resource, view: View) -> str | Unknown:
    """Return the service of the source, such as `kinesis`, `dynamodb` or `sqs`; Unknown if nothing decides it."""
    return event_source_service(view, resource)
