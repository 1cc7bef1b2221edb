"""The order and the titles of the zones in a scene."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.assessment.scene.records import SceneZone
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
    distinct: dict[int, set[int]] = {}
    for pair in model.system.distinct:
        for number in pair:
            distinct.setdefault(number, set()).update(pair - {number})
    ranked: list[tuple[_Rank, SceneZone]] = []
    for number, names in sorted(owners.items()):
        key: Any = model.keys[number]
        rank, title, token = _name(key, model.labels[number], names)
        zone = SceneZone(number, title, token, rank[0] < _UNPLACED, frozenset(distinct.get(number, ())))
        ranked.append((rank, zone))
    ranked.sort(key=lambda item: (item[0], item[1].number))
    zones = [zone for _, zone in ranked]
    titles = Counter(zone.title for zone in zones if zone.is_placed)
    return [_qualified(zone, model.keys[zone.number]) if titles[zone.title] > 1 else zone for zone in zones]


_UNPLACED = 9
_TOKENS = {
    "Ref": "param",
    "Id": "subnet",
    "Select": "elem",
    "ImportValue": "import",
    "FindInMap": "map",
    "GetAtt": "attr",
}


def _name(key: Any, label: str, owners: Collection[str]) -> tuple[_Rank, str, str]:
    """Return the rank, the title and the token of a class of zones by its key."""
    if isinstance(key, str):
        return (_UNPLACED, 0, key), _capital(label), f"any({key.rpartition(':')[2]})"
    scope, zone = key
    text = describe_expression(zone)
    if is_call(zone, "Zone"):
        return (0, 0, text), text, f'const("{text}")'
    index = _index(zone)
    if index is not None:
        return (1, index, scope), f"Zone {index + 1}", f"idx({index})"
    if is_call(zone, "Anywhere"):
        return (_UNPLACED if text in owners else 3, 0, text), f"Zone of {text}", f"any({text})"
    return (2, 0, text), f"Zone of {text}", _token(zone, text)


def _index(zone: Expression) -> int | None:
    """Return the index of a zone in the list of the Region's zones, or None if it is another one."""
    if not is_call(zone, "Select"):
        return None
    index, zones = arguments_of(zone)
    return index if isinstance(index, int) and is_call(zones, "GetAZs") else None


def _token(zone: Expression, text: str) -> str:
    return next((f"{token}({text})" for name, token in _TOKENS.items() if is_call(zone, name)), f"any({text})")


def _qualified(zone: SceneZone, key: Any) -> SceneZone:
    """Return a zone with the stack in its title: the lists of zones of two stacks need not be alike."""
    stack = key[0].replace("\\", "/").rpartition("/")[2] if isinstance(key, tuple) else ""
    return zone._replace(title=f"{zone.title} of {stack}") if stack else zone


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
