"""Choices without a default, and whether what is read of a template depends on them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from relint._typing import TYPE_CHECKING, Any, TypeVar
from relint.assessment.parameters import assumed_view
from relint.model.view import View
from relint.resolve.scenario import Scenario

if TYPE_CHECKING:
    from relint.model.template import Template

T = TypeVar("T")

_MAX_SCENARIOS = 40
"""Deployments that are compared for one reading; a mapping has some thirty Regions."""


def undecided_choices(view: View) -> tuple[str, ...]:
    """Return the parameters and conditions without a default that a view has chosen between so far."""
    return tuple(name for name, (choice, _) in view.scenario.choices_made.items() if not choice.has_default)


def read_assumed(
    template: Template, read: Callable[[View], T], compare: Callable[[T], Any] = lambda found: found
) -> tuple[T, tuple[str, ...]]:
    """Return what `read` finds in the assumed deployment, and the choices without a default that change it.

    `compare` returns what counts of a result. The choices are none if all deployments, at most 40, have the same.
    """
    view = assumed_view(template)
    found = read(view)
    names = undecided_choices(view)
    if not names or _is_same_in_all(template, read, compare, view.scenario, compare(found)):
        return found, ()
    return found, names


def _is_same_in_all(
    template: Template, read: Callable[[View], T], compare: Callable[[T], Any], first: Scenario, expected: Any
) -> bool:
    queue = deque(_alternatives({}, first))
    count = 1
    while queue:
        count += 1
        if count + len(queue) > _MAX_SCENARIOS:
            return False
        decided = queue.popleft()
        scenario = Scenario(template.deployments, decided)
        if compare(read(View(template, scenario))) != expected:
            return False
        queue.extend(_alternatives(decided, scenario))
    return True


def _alternatives(decided: dict[str, tuple[Any, ...]], scenario: Scenario) -> list[dict[str, tuple[Any, ...]]]:
    """Return the options that a scenario leaves out of choices without a default."""
    alternatives: list[dict[str, tuple[Any, ...]]] = []
    taken = dict(decided)
    for split in scenario.splits:
        if not scenario.choices_made[split.name][0].has_default:
            alternatives += [{**taken, split.name: other} for other in split.others]
        taken[split.name] = split.taken
    return alternatives
