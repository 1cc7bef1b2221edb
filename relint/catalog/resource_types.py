"""The resource types and properties of CloudFormation, from `resource_types.txt`; read for rules of users only."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from relint._typing import NamedTuple
from relint.system import package_directory


class Properties(NamedTuple):
    """The names of a type's properties, and the names below them at any depth.

    A name is mapped to whether the names below it are known; those of a policy document, for example, are not.
    """

    top: Mapping[str, bool]
    nested: Mapping[str, bool]


class ResourceTypes:
    """The types of CloudFormation's public registry that belong to AWS, as of a date."""

    def __init__(self) -> None:
        path = os.path.join(package_directory(), "catalog", "resource_types.txt")
        with open(path, encoding="utf-8") as stream:
            heading, *lines = stream.read().splitlines()
        self._lines = {line.partition(" ")[0]: line for line in lines}
        self.date = heading.rpartition(" ")[2]

    @property
    def names(self) -> list[str]:
        """The names of all types, sorted."""
        return list(self._lines)

    def properties(self, name: str) -> Properties | None:
        """Return the properties of a type; None for a type that is not in the list."""
        line = self._lines.get(name)
        if line is None:
            return None
        top, _, nested = line.partition(" / ")
        return Properties(_names(top.split()[1:]), _names(nested.split()))

    def similar(self, name: str) -> str | None:
        """Return the type that a mistyped name means; None if the name may well be a type of its own."""
        from difflib import get_close_matches

        lower = {known.lower(): known for known in self._lines}
        written = re.sub(":+", "::", name.strip().lower())
        for spelling in (written, f"aws::{written}"):
            if spelling in lower:
                return lower[spelling]
        nearest = get_close_matches(written, lower, 1, 0.88)
        return lower[nearest[0]] if nearest else None


def _names(words: list[str]) -> dict[str, bool]:
    return {word.rstrip(":"): word.endswith(":") for word in words}
