"""Values of two sites: what differs because of the Region, and how much smaller one size is than another."""

from __future__ import annotations

import re

from relint._typing import Any
from relint.logic.predicates import as_number
from relint.resolve.value import scalar_text

_REGIONAL = (
    (re.compile(r"\bami-[0-9a-f]{8,17}\b"), "ami"),
    (re.compile(r"\b[a-z]{2}(-(gov|iso|isob))?-(north|south|east|west|central)+-\d[a-z]?\b"), "region"),
    (re.compile(r"(?<!\d)\d{12}(?!\d)"), "account"),
)
"""Parts of values that each Region or account has of its own: images, Regions and zones, account ids."""

_SIZES = ("nano", "micro", "small", "medium", "large", "xlarge")
_SIZE = re.compile(r"[.-](nano|micro|small|medium|large|(\d*)xlarge)\b")
_VERSION = re.compile(r"\d+(\.\d+)*")


def is_same_but_for_the_site(old: Any, new: Any) -> bool:
    """Whether two values differ only in parts that each Region or account has of its own, or in how exact they are.

    A version such as 16 stands for the newest of 16.
    """
    left, right = _without_site(old), _without_site(new)
    if left == right:
        return True
    if not (_VERSION.fullmatch(left) and _VERSION.fullmatch(right)):
        return False
    return left.startswith(f"{right}.") or right.startswith(f"{left}.")


def _without_site(value: Any) -> str:
    text = scalar_text(value) if not isinstance(value, dict | list) else repr(value)
    for pattern, name in _REGIONAL:
        text = pattern.sub(name, text)
    return text


def times_smaller(old: Any, new: Any) -> float | None:
    """Return how many times a size of the primary is that of the recovery site; None unless it is larger.

    Sizes are numbers, or classes such as db.r6g.xlarge, of which each is twice the one before. Infinite for zero.
    """
    larger, smaller = _size(old), _size(new)
    if larger is None or smaller is None or larger <= smaller:
        return None
    return larger / smaller if smaller else float("inf")


def _size(value: Any) -> float | None:
    number = as_number(value)
    if number is not None:
        return float(number)
    match = _SIZE.search(value) if isinstance(value, str) else None
    if match is None:
        return None
    name = match[1]
    if name.endswith("xlarge"):
        return float(2 ** _SIZES.index("xlarge") * int(match[2] or 1))
    return float(2 ** _SIZES.index(name))
