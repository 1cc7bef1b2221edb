"""Results of a computation that scenarios of a template share."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from relint.resolve.scenario import Scenario

T = TypeVar("T")

_MAX_RESULTS = 64
"""Results that are kept: as many as there are scenarios of one rule and one resource."""


class _Node(Generic[T]):
    """A condition that the computation reads next, or the result if it reads no more."""

    __slots__ = ("branches", "condition", "result")

    def __init__(self) -> None:
        self.condition: str | None = None
        self.branches: dict[bool, _Node[T]] = {}
        self.result: tuple[T] | None = None


class SharedResults(Generic[T]):
    """The results of a computation by the conditions that it reads, as a tree, because one decides which is read next.

    `is_shareable` is False if a result depends on more than conditions, such as the value of a parameter.
    """

    __slots__ = ("_count", "_root", "is_shareable")

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()
        self._count = 0
        self.is_shareable = True

    @property
    def is_full(self) -> bool:
        """Whether no further result is kept."""
        return self._count >= _MAX_RESULTS

    def find(self, scenario: Scenario) -> tuple[T] | None:
        """Return the result in a scenario, which then depends on the conditions read; None if it is not known."""
        node = self._root
        while node.condition is not None:
            branch = node.branches.get(scenario.condition_value(node.condition))
            if branch is None:
                return None
            node = branch
        return node.result

    def add(self, trial: Scenario, result: T) -> None:
        """Keep the result of a computation that read all that it needs from the scenario `trial`."""
        conditions = trial.conditions if trial.choices_made else {}
        self.is_shareable = trial.depends_on_conditions_only
        node = self._root
        for name, value in conditions.items():
            node.condition = node.condition or name
            self.is_shareable = self.is_shareable and node.condition == name
            node = node.branches.setdefault(value, _Node())
        node.result = (result,)
        self._count += 1
