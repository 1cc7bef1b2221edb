"""Nodes of a graph that lead back to themselves."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from relint._typing import TypeVar

T = TypeVar("T", bound=Hashable)


def find_circles(starts: Iterable[T], next_of: Callable[[T], Iterable[T]]) -> list[frozenset[T]]:
    """Return the largest groups of nodes that all lead to each other: two nodes or more, or one that leads to itself.

    Only nodes that the starts lead to are found, in time that grows with the number of steps (Tarjan's algorithm).
    """
    index: dict[T, int] = {}
    lowest: dict[T, int] = {}
    open_nodes: dict[T, None] = {}
    found: list[frozenset[T]] = []
    for start in starts:
        if start in index:
            continue
        waiting = [(start, iter(next_of(start)))]
        index[start] = lowest[start] = len(index)
        open_nodes[start] = None
        while waiting:
            node, steps = waiting[-1]
            for target in steps:
                if target not in index:
                    index[target] = lowest[target] = len(index)
                    open_nodes[target] = None
                    waiting.append((target, iter(next_of(target))))
                    break
                if target in open_nodes:
                    lowest[node] = min(lowest[node], index[target])
            else:
                waiting.pop()
                if waiting:
                    lowest[waiting[-1][0]] = min(lowest[waiting[-1][0]], lowest[node])
                if lowest[node] == index[node]:
                    group = _pop_until(open_nodes, node)
                    if len(group) > 1 or node in next_of(node):
                        found.append(group)
    return found


def _pop_until(nodes: dict[T, None], last: T) -> frozenset[T]:
    group = set()
    while last not in group:
        group.add(nodes.popitem()[0])
    return frozenset(group)
