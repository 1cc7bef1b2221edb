"""Whether AWS still offers the services that a template builds on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from relint.checks.problem import Problem

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_SAID: dict[str, tuple[str | None, Level]] = {
    "ended": (None, "error"),
    "ending": ("ending", "warning"),
    "closed": ("closed", "note"),
}


def check(resource: Resource, view: View, services: Mapping[str, Mapping[str, str]], as_of: str) -> Iterator[Problem]:
    """A problem at the first resource of each type of a service that `services` lists.

    By state: "ended" (shut down on the date), "ending" (announced for it), "closed" (to new customers since then).
    """
    for state, (message, level) in _SAID.items():
        for kind in view.template.by_type:
            service = kind.rpartition("::")[0]
            if service in services[state]:
                first = next(view.resources(kind), None)
                if first is not None:
                    values = {"service": service, "date": services[state][service], "as_of": as_of}
                    yield Problem((*first.path, "Type"), values, (), message, level)
