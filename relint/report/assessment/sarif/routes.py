"""The shortest routes from an entry to what stops it."""

from __future__ import annotations

from collections import deque

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.assessment.listed import ListedDependency, Listing


class Routes:
    """The routes of requests through a system, along dependencies without which a part does not serve."""

    def __init__(self, listing: Listing) -> None:
        self._outgoing: dict[str, list[ListedDependency]] = {}
        for dependency in listing.dependencies:
            if dependency.strength == "HARD" and dependency.plane == "serve":
                self._outgoing.setdefault(dependency.source, []).append(dependency)
        self._arrivals: dict[str, dict[str, ListedDependency]] = {}

    def between(self, entry: str, target: str) -> list[ListedDependency]:
        """Return the dependencies of a shortest route in its order; none from a part to itself, or without a route."""
        if entry not in self._arrivals:
            self._arrivals[entry] = self._search(entry)
        arrivals = self._arrivals[entry]
        route: list[ListedDependency] = []
        while target != entry and target in arrivals:
            route.append(arrivals[target])
            target = arrivals[target].source
        return route[::-1]

    def _search(self, entry: str) -> dict[str, ListedDependency]:
        """Return, for each part that an entry reaches, the dependency by which it is reached first."""
        arrivals: dict[str, ListedDependency] = {}
        queue = deque([entry])
        while queue:
            for dependency in self._outgoing.get(queue.popleft(), ()):
                if dependency.target not in arrivals and dependency.target != entry:
                    arrivals[dependency.target] = dependency
                    queue.append(dependency.target)
        return arrivals
