"""Fingerprints by which GitHub recognises a result after lines have moved."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from operator import mul
from struct import unpack

_WINDOW_UNITS = 100
_MASK = (1 << 64) - 1
_POWERS = [pow(37, exponent, 1 << 64) for exponent in reversed(range(_WINDOW_UNITS))]
_END_OF_FILE = b"\xff\xff"


def hash_lines(text: str, line_numbers: Collection[int]) -> dict[int, str]:
    """Return GitHub's `primaryLocationLineHash` of lines (counted from 1), such as "39fa2ee980eb94b0:1".

    The hash covers 100 UTF-16 units from the start of the line on, across line breaks, without blanks and tabs; U+FFFF
    ends the file. The number after the colon counts the lines of the file with equal hashes. Source: the rolling hash
    of github/codeql-action, src/fingerprints.ts. This function returns the same values without rolling: it counts
    equal windows, and hashes only the windows of `line_numbers`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
    hashes: dict[int, str] = {}
    counts = {window: 0 for number, window in _hash_windows(text) if number in line_numbers}
    for number, window in _hash_windows(text):
        if window in counts:
            counts[window] += 1
            if number in line_numbers:
                hashes[number] = f"{_hash(window):x}:{counts[window]}"
    return hashes


def _hash_windows(text: str) -> Iterator[tuple[int, bytes]]:
    """Yield the number of each line, and the UTF-16 units from its start that its hash covers."""
    units = text.encode("utf-16-le", "surrogatepass") + _END_OF_FILE
    offset = 0
    for number, line in enumerate(text.split("\n"), start=1):
        yield number, units[offset : offset + 2 * _WINDOW_UNITS]
        offset += 2 * len(line) + 2 if line.isascii() else len(line.encode("utf-16-le", "surrogatepass")) + 2


def _hash(window: bytes) -> int:
    units = unpack(f"<{len(window) // 2}H", window)
    value: int = sum(map(mul, units, _POWERS))
    return value & _MASK
