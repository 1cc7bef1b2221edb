"""Services in a template that AWS has closed or is going to close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_MESSAGES: dict[str, tuple[str | None, Level]] = {
    "ended": (None, "error"),
    "ending": ("ending", "warning"),
    "closed": ("closed", "note"),
}
"""Message and level by state of a service."""


def check(resource: Resource, view: View, services: Mapping[str, Mapping[str, str]], as_of: str) -> Iterator[Problem]:
    """Yield a problem at the first resource of each type of a retired service.

    The states are "ended" (shut down on the date: message `default`, an error), "ending" (the date is announced:
    message `ending`, a warning) and "closed" (to new customers since the date: message `closed`, a note).
    Message values: `service`, `date`, `as_of`.
    """
    for state, (message, level) in _MESSAGES.items():
        for resource_type in view.template.by_type:
            service = resource_type.rpartition("::")[0]
            if service in services[state]:
                first = next(view.resources(resource_type), None)
                if first is not None:
                    values = {"service": service, "date": services[state][service], "as_of": as_of}
                    yield Problem((*first.path, "Type"), values=values, message=message, level=level)
