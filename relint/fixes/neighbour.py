"""The place of a new member among those that a mapping has: beside the ones that it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.fixes.place import Place
    from relint.source.document import Document

_PARTNERS = {
    "DeletionPolicy": "UpdateReplacePolicy",
    "UpdateReplacePolicy": "DeletionPolicy",
    "CreationPolicy": "UpdatePolicy",
    "UpdatePolicy": "CreationPolicy",
}
"""The attributes of resources that stand together, in this order of each pair."""
ATTRIBUTES = ("DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy", "UpdatePolicy")
"""The order in which new attributes stand behind the type."""
_LEAST_SORTED = 4
"""Members from which their alphabetical order is no chance."""
_LEAST_COMMON = 2
"""Words from which two names belong together, as HealthCheckType and HealthCheckGracePeriod do."""
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z\d]+")


def previous_member(document: Document, place: Place, steps: Sequence[str | int], key: str | None) -> str | int | None:
    """Return the member behind which a new one stands, of those that a mapping or list has; None before the first.

    An attribute of a resource stands as in the other resources: behind the type or the properties. Where an author
    sorts, so does a fix. Other members stand behind the one whose name is most like theirs, or at the end.
    """
    if key is None or not all(isinstance(step, str) for step in steps):
        return steps[-1]
    names = [str(step) for step in steps]
    if place.path[:1] == ("Resources",) and "Type" in names and key in _PARTNERS:
        return _previous_attribute(document, names, key)
    if len(names) >= _LEAST_SORTED and all(first < second for first, second in pairwise(names)):
        return max(filter(key.__gt__, names), default=None)
    likest = max(names, key=lambda name: (_common_words(name, key), names.index(name)))
    return likest if _common_words(likest, key) >= _LEAST_COMMON else names[-1]


def _previous_attribute(document: Document, names: Sequence[str], key: str) -> str | None:
    partner = _PARTNERS[key]
    if partner in names:
        index = names.index(partner)
        if partner < key:
            return partner
        return names[index - 1] if index else None
    if _stand_last(document, key):
        return names[-1]
    earlier = ATTRIBUTES[: ATTRIBUTES.index(key)]
    return ["Type", *takewhile(earlier.__contains__, names[names.index("Type") + 1 :])][-1]


def _stand_last(document: Document, key: str) -> bool:
    """Whether most resources that have an attribute or its partner have it behind their properties."""
    orders = [
        list(resource).index(attribute) > list(resource).index("Properties")
        for resource in _resources(document)
        for attribute in (key, _PARTNERS[key])
        if "Properties" in resource and attribute in resource
    ]
    return 2 * sum(orders) > len(orders)


def _resources(document: Document) -> Iterator[dict[str, object]]:
    resources = document.data.get("Resources") if isinstance(document.data, dict) else None
    if isinstance(resources, dict):
        yield from (resource for resource in resources.values() if isinstance(resource, dict))


def _common_words(one: str, other: str) -> int:
    """Return how many words two names have in common at their start, or at their end if there it is more."""
    words, others = _WORD.findall(one), _WORD.findall(other)
    return max(_common_start(words, others), _common_start(words[::-1], others[::-1]))


def _common_start(words: Sequence[str], others: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(words, others, strict=False)))
