"""Memory of the DB instance classes of RDS and Aurora.

A class has the memory of the EC2 instance type of the same name. Looked up 2026-11-28 in the answers of
DescribeInstanceTypes, and for x2g, which EC2 does not have, in
https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_TO_16 = "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge"
_TO_24 = f"{_TO_16} 24xlarge"
_TO_32 = f"{_TO_24} 32xlarge"
_TO_48 = f"{_TO_24} 48xlarge"
_BURSTABLE = "micro small medium large xlarge 2xlarge"

_FAMILIES: Mapping[str, tuple[float, str]] = {
    "m3": (7.5, "medium large xlarge 2xlarge"),
    "m4": (8, "large xlarge 2xlarge 4xlarge 10xlarge 16xlarge"),
    **dict.fromkeys(("m6g", "m6gd", "m7g"), (8, _TO_16)),
    **dict.fromkeys(("m5", "m5d"), (8, _TO_24)),
    **dict.fromkeys(("m6i", "m6id", "m6idn", "m6in"), (8, _TO_32)),
    **dict.fromkeys(("m7i", "m8a", "m8g", "m8gd", "m9g"), (8, _TO_48)),
    "m8i": (8, f"{_TO_32} 48xlarge 96xlarge"),
    "r3": (15.25, "large xlarge 2xlarge 4xlarge 8xlarge"),
    "r4": (15.25, "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge"),
    **dict.fromkeys(("r6g", "r6gd", "r7g"), (16, _TO_16)),
    **dict.fromkeys(("r5", "r5b", "r5d"), (16, _TO_24)),
    **dict.fromkeys(("r6i", "r6id", "r6idn", "r6in"), (16, _TO_32)),
    **dict.fromkeys(("r7i", "r8a", "r8g", "r8gd"), (16, _TO_48)),
    "r8i": (16, f"{_TO_32} 48xlarge 96xlarge"),
    **dict.fromkeys(("t2", "t3", "t4g"), (8, _BURSTABLE)),
    "x1": (30.5, "16xlarge 32xlarge"),
    "x1e": (61, "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 32xlarge"),
    "x2g": (32, _TO_16),
    "x2idn": (32, "16xlarge 24xlarge 32xlarge"),
    "x2iedn": (64, "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 24xlarge 32xlarge"),
    "x2iezn": (64, "2xlarge 4xlarge 6xlarge 8xlarge 12xlarge"),
    "z1d": (16, "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge"),
}
"""The memory of the size "large" in GiB, from which that of the other sizes follows, and the sizes of the family."""

_PARTS_OF_LARGE: Mapping[str, float] = {"micro": 1 / 8, "small": 1 / 4, "medium": 1 / 2, "large": 1, "xlarge": 2}


def class_memory(name: str) -> float | None:
    """Return the memory of a DB instance class in GiB, or None if the table does not contain the class."""
    match = re.fullmatch(r"db\.([a-z0-9]+)\.((\d*)[a-z]+)", name.strip().lower())
    family = _FAMILIES.get(match[1]) if match else None
    if match is None or family is None or match[2] not in family[1].split():
        return None
    return family[0] * (2 * int(match[3]) if match[3] else _PARTS_OF_LARGE[match[2]])
