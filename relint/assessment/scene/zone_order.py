"""The order and the titles of the zones in a scene."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.assessment.scene.records import SceneZone
from relint.assessment.zone_tokens import zone_tokens
from relint.model.zone_names import describe_expression
from relint.resolve.value import arguments_of, is_call

if TYPE_CHECKING:
    from relint.assessment.builder import Model
    from relint.resolve.value import Expression

_Rank = tuple[int, int, str]


def scene_zones(model: Model, owners: Mapping[int, Collection[str]]) -> list[SceneZone]:
    """Return the classes of zones with an owner: named ones first, those of the Region by number, the others by name.

    `owners` are the logical ids of the parts in each class. A class is placed if it is the zone of something else, such
    as a subnet: several parts can lie in it together.
    """
    distinct: dict[int, dict[int, str]] = {}
    for pair, proof in model.zones.distinct.items():
        says = f"{proof.says} ({proof.rule})" if proof.rule else proof.says
        for number in pair:
            distinct.setdefault(number, {}).update(dict.fromkeys(pair - {number}, says))
    tokens = zone_tokens(model.zones)
    ranked: list[tuple[_Rank, SceneZone]] = []
    for number, names in sorted(owners.items()):
        key: Any = model.keys[number]
        rank, title = _name(key, model.labels[number], names)
        is_placed = rank[0] < _UNPLACED
        zone = SceneZone(number, title, tokens[number].canon, is_placed, distinct.get(number, {}))
        ranked.append((rank, zone))
    ranked.sort(key=lambda item: (item[0], item[1].number))
    zones = [zone for _, zone in ranked]
    titles = Counter(zone.title for zone in zones if zone.is_placed)
    return [_qualified(zone, model.keys[zone.number]) if titles[zone.title] > 1 else zone for zone in zones]


_UNPLACED = 9


def _name(key: Any, label: str, owners: Collection[str]) -> tuple[_Rank, str]:
    """Return the rank and the title of a class of zones by its key."""
    if isinstance(key, str):
        return (_UNPLACED, 0, key), _capital(label)
    scope, zone = key
    text = describe_expression(zone)
    if is_call(zone, "Zone"):
        return (0, 0, text), text
    index = _index(zone)
    if is_call(zone, "Select") and index is not None:
        listed = arguments_of(zone)[1]
        if is_call(listed, "GetAZs"):
            return (1, index, scope), f"Zone {index + 1}"
        return (2, index, describe_expression(listed)), f"Zone of {describe_expression(listed)}[{index}]"
    return (_UNPLACED if is_call(zone, "Anywhere") and text in owners else 3, 0, text), f"Zone of {text}"


def _index(zone: Expression) -> int | None:
    """Return the index of a zone in a list, or None."""
    index = arguments_of(zone)[0] if is_call(zone, "Select") else None
    return index if isinstance(index, int) else None


def _qualified(zone: SceneZone, key: Any) -> SceneZone:
    """Return a zone with the stack in its title: the lists of zones of two stacks need not be alike."""
    stack = key[0].replace("\\", "/").rpartition("/")[2] if isinstance(key, tuple) else ""
    return zone._replace(title=f"{zone.title} of {stack}") if stack else zone


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
