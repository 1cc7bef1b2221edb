"""Names in the files of a game day: of pages, of resources and of parameters, from names that others wrote."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.assessment.gameday.records import GameDayEvent

_MAX_PAGE_NAME = 60
_MAX_LOGICAL_ID = 100
_KIND_WORDS = {"hardware": "host", "service": "service", "zone": "zone", "data": "data", "region": "region"}


def page_name(event: GameDayEvent) -> str:
    """Return the file name of the page of an event: its number, its kind and its name in ASCII letters and digits."""
    name = "" if event.kind == "region" else "-" + re.sub(r"[^A-Za-z0-9]+", "-", event.name).strip("-")
    return f"{event.number:02}-{_KIND_WORDS[event.kind]}{name}"[:_MAX_PAGE_NAME].rstrip("-") + ".md"


def title(event: GameDayEvent) -> str:
    """Return what fails, as the heading of the page of an event."""
    return {
        "hardware": f"A host of {event.name} fails",
        "service": f"{event.name} answers with errors",
        "zone": f"The zone of {event.name} is lost",
        "data": f"The data of {event.name} are damaged",
        "region": "The Region is lost",
    }[event.kind]


class LogicalIds:
    """Logical ids of at most `length` characters and a number, unique, made of names that may contain anything."""

    def __init__(self, length: int = _MAX_LOGICAL_ID) -> None:
        self._length = length
        self._names: dict[tuple[object, ...], str] = {}
        self._used: set[str] = set()

    def get(self, *words: str, key: object = None) -> str:
        """Return the logical id for some words, always the same one for the same words and `key`."""
        if (*words, key) not in self._names:
            start = "".join(_camel(word) for word in words)[: self._length] or "Unnamed"
            name, number = start, 2
            while name in self._used:
                name, number = f"{start}{number}", number + 1
            self._used.add(name)
            self._names[(*words, key)] = name
        return self._names[(*words, key)]


def _camel(word: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in re.findall(r"[A-Za-z0-9]+", word))
