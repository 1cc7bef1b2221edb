"""The table of what follows for those who use a resource when the update replaces it.

Each row of `replacement_consequences.csv` is a part of a sentence, with the page of AWS behind it and the day on which
it was read.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from functools import cache

from relint._typing import Literal, NamedTuple
from relint.system import package_directory

Role = Literal["path", "entry", "link", "store"]
"""When a replacement is felt.

path: wherever the resource is on the request path. entry: where requests or work from outside enter by it. link: as
path, but not under another logical id, because a link has no identity of its own. store: as path, for what answers
requests but is neither an entry point nor a part of the network.
"""


class Consequence(NamedTuple):
    """A row of the table; `says` continues a sentence after "so"."""

    resource_type: str
    role: Role
    says: str
    source: str
    as_of: str


@cache
def replacement_consequences() -> Mapping[str, Consequence]:
    """Return the rows by resource type; read once."""
    path = os.path.join(package_directory(), "change", "facts", "replacement_consequences.csv")
    with open(path, encoding="utf-8", newline="") as file:
        rows = [Consequence(*record.values()) for record in csv.DictReader(file)]  # type: ignore[arg-type]
    return {row.resource_type: row for row in rows}
