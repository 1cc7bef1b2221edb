"""Changes of regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[aiLmsux]+\)|\((?:\?(?:[:=!]|<[=!]))?|.", re.DOTALL)


def loosen(pattern: str) -> Iterator[str]:
    """Yield the patterns without one of the alternatives, one of the anchors, or the flags of a pattern."""
    tokens = _TOKEN.findall(pattern)
    for index, token in enumerate(tokens):
        if token in ("^", "$", r"\b") or (token.startswith("(?") and token.endswith(")")):
            yield "".join(tokens[:index] + tokens[index + 1 :])
    for start, end in _alternatives(tokens):
        is_first = start == 0 or tokens[start - 1] != "|"
        first, last = (start, end + 1) if is_first else (start - 1, end)
        yield "".join(tokens[:first] + tokens[last:])


def _alternatives(tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the range of tokens of each alternative, of groups and of the whole pattern, where there are several."""
    groups: list[list[int]] = [[0]]  # for each open group: where its alternatives begin
    for index, token in enumerate([*tokens, ")"]):
        if token == "|":
            groups[-1].append(index + 1)
        elif token == ")":
            starts = groups.pop()
            if len(starts) > 1:
                yield from zip(starts, [start - 1 for start in starts[1:]] + [index], strict=True)
        elif token.startswith("(") and not token.endswith(")"):
            groups.append([index + 1])
