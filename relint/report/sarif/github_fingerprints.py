"""The fingerprints by which GitHub recognises a result when lines move."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from operator import mul
from struct import unpack

_WINDOW = 100
_MASK = (1 << 64) - 1
_POWERS = [pow(37, exponent, 1 << 64) for exponent in reversed(range(_WINDOW))]
_END = b"\xff\xff"


def line_hashes(text: str, wanted: Collection[int]) -> dict[int, str]:
    """GitHub's `primaryLocationLineHash` of the wanted lines (counted from 1), such as "39fa2ee980eb94b0:1".

    The hash covers the first 100 UTF-16 units from the start of the line, into the following ones, without blanks and
    tabs; U+FFFF ends the file. The number after the colon counts the lines of the file that hash alike. Source: the
    rolling hash of github/codeql-action, src/fingerprints.ts, of which this gives the values without rolling: equal
    windows are counted as they are, and only those of the wanted lines are kept and hashed.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    hashes: dict[int, str] = {}
    counts = {window: 0 for number, window in _windows(text) if number in wanted}
    for number, window in _windows(text):
        if window in counts:
            counts[window] += 1
            if number in wanted:
                hashes[number] = f"{_hash(window):x}:{counts[window]}"
    return hashes


def _windows(text: str) -> Iterator[tuple[int, bytes]]:
    """Each line's number, and the units from its start that are hashed."""
    units = text.encode("utf-16-le", "surrogatepass") + _END
    offset = 0
    for number, line in enumerate(text.split("\n"), start=1):
        yield number, units[offset : offset + 2 * _WINDOW]
        offset += 2 * len(line) + 2 if line.isascii() else len(line.encode("utf-16-le", "surrogatepass")) + 2


def _hash(window: bytes) -> int:
    units = unpack(f"<{len(window) // 2}H", window)
    value: int = sum(map(mul, units, _POWERS))
    return value & _MASK
