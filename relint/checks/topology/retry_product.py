"""Retries that multiply along a path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

from relint._typing import TYPE_CHECKING
from relint.checks.problem import Problem
from relint.model.aws.step_functions_retries import Chain, Layer, retry_chains
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_UNBOUNDED = 1_000
"""Attempts that nobody waits for to end."""


def check(resource: Resource, view: View, most: int) -> Iterator[Problem | Unknown]:
    """Yield a problem where several layers of a workflow together try the same work more than `most` times.

    At the outermost layer of the longest chain. Message `unbounded` (a warning) if an outer layer does not end.
    Message values: `task`, `attempts` and `layers`. Unknown if a number of attempts, an error or the type of a state
    decides and is unknown. What a nested workflow multiplies by itself is reported there.
    """
    chains = list(retry_chains(view, resource))
    own = [chain for chain in chains if not _exceeds(chain.layers[len(chain.layers) - chain.nested :], most)]
    certain = [chain for chain in own if chain.doubt is None and _exceeds(chain.layers, most)]
    worst = max(certain, key=lambda chain: _product(chain.layers), default=None)
    if worst is None:
        yield from [doubt for chain in own if (doubt := _doubt(chain)) is not None][:1]
        return
    first, *others = _repeating(worst.layers)
    problem = Problem(
        first.path,
        values={"task": worst.layers[-1].name, "attempts": _product(worst.layers), "layers": len(others) + 1},
        related=tuple(
            (layer.path, f'"{layer.name}" is tried up to {layer.attempts} times.')
            for layer in others
            if layer.path != first.path and not isinstance(layer.attempts, Unknown)
        ),
    )
    is_endless = any(_product([layer]) > _UNBOUNDED for layer in (first, *others[:-1]))
    yield problem._replace(message="unbounded", level="warning") if is_endless else problem


def _doubt(chain: Chain) -> Unknown | None:
    """Return what may make the layers of a chain multiply."""
    unknown = [layer.attempts for layer in chain.layers if isinstance(layer.attempts, Unknown)]
    if unknown and len(unknown) + len(_repeating(chain.layers)) >= 2:
        return unknown[0]
    return chain.doubt


def _repeating(layers: Sequence[Layer]) -> list[Layer]:
    return [layer for layer in layers if not isinstance(layer.attempts, Unknown) and layer.attempts != 1]


def _product(layers: Sequence[Layer]) -> int:
    return prod(1 if isinstance(layer.attempts, Unknown) else layer.attempts for layer in layers)


def _exceeds(layers: Sequence[Layer], most: int) -> bool:
    return len(_repeating(layers)) >= 2 and _product(layers) > most
