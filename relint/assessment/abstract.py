"""The abstract system: nodes that fail, in terms that know nothing of AWS or of templates."""

from __future__ import annotations

from collections.abc import Mapping

from relint._typing import Literal, NamedTuple


class Unit(NamedTuple):
    """A replica of a node.

    `zone` is the number of the class of zones in which it lies, None if no zone takes it away. With `fails_alone` its
    hardware is an event of its own. `needs` are units, by node and position, without which it does not work.
    """

    zone: int | None = None
    fails_alone: bool = True
    needs: tuple[tuple[str, int], ...] = ()


class Node(NamedTuple):
    """A part of the system: it works if `need` of its units work, all of `hard`, and one of each of `alternatives`.

    A node without units fails with the Region only, and one that is global not even then.
    """

    units: tuple[Unit, ...] = ()
    need: int = 1
    hard: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    is_global: bool = False


class System(NamedTuple):
    """Nodes by name, and the classes of zones 0 to `zones` - 1.

    `distinct` are pairs of classes that are never the same zone. Other pairs may be the same: the pessimistic bound
    assumes that they are, where that is worse.
    """

    nodes: Mapping[str, Node]
    zones: int = 0
    distinct: frozenset[frozenset[int]] = frozenset()


class Event(NamedTuple):
    """A basic event: the hardware of a unit fails, a zone (of the class `number`) or the Region is lost."""

    kind: Literal["hardware", "zone", "region"]
    node: str = ""
    number: int = 0


class CutSets(NamedTuple):
    """The minimal sets of one and of two events that stop a node; `double` is None if there are too many events."""

    single: tuple[Event, ...]
    double: tuple[tuple[Event, Event], ...] | None


REGION = Event("region")
