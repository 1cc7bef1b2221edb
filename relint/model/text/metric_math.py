"""Arithmetic expressions of CloudWatch metric math.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
"""

from __future__ import annotations

import re
from collections.abc import Callable

from relint._typing import NamedTuple

_TOKEN = re.compile(r"\s*(\d+(?:\.\d+)?|[A-Za-z][A-Za-z0-9_]*|[-+*/^(),])")
_TRANSPARENT_FUNCTIONS = frozenset({"ABS", "CEIL", "FLOOR"})
"""Functions of one series whose result has data exactly when the series has."""


class Series(NamedTuple):
    """The metrics in an expression, by their ids; without data of those in `needed` the expression has no value."""

    metrics: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()


class NotArithmetic(ValueError):
    """An expression that contains more than arithmetic, FILL and functions of one series."""


def sums_of(text: str, look_up: Callable[[str], Series]) -> list[tuple[Series, Series]]:
    """Return the two sides of each addition of an expression.

    `look_up` returns the series of an id. Raises NotArithmetic, because what other functions do with gaps differs.
    """
    return _parse(text, look_up).sums


def series_of(text: str, look_up: Callable[[str], Series]) -> Series:
    """Return the metrics of an expression, and those without which it has no value; raises NotArithmetic."""
    return _parse(text, look_up).result


def _parse(text: str, look_up: Callable[[str], Series]) -> _Parser:
    tokens: list[str] = []
    position = 0
    stripped = text.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if match is None:
            raise NotArithmetic(text)
        tokens.append(match[1])
        position = match.end()
    return _Parser(tokens, look_up)


class _Parser:
    """A recursive descent parser; `sums` contains the sides of the additions read, `result` is the whole series."""

    def __init__(self, tokens: list[str], look_up: Callable[[str], Series]) -> None:
        self._tokens = tokens
        self._position = 0
        self._look_up = look_up
        self.sums: list[tuple[Series, Series]] = []
        self.result = self._sum()
        if self._peek():
            raise NotArithmetic(self._peek())

    def _peek(self) -> str:
        return self._tokens[self._position] if self._position < len(self._tokens) else ""

    def _next(self, expected: str = "") -> str:
        token = self._peek()
        if not token or (expected and token != expected):
            raise NotArithmetic(token)
        self._position += 1
        return token

    def _sum(self) -> Series:
        left = self._product()
        while self._peek() in ("+", "-"):
            operator = self._next()
            right = self._product()
            if operator == "+":
                self.sums.append((left, right))
            left = _joined(left, right)
        return left

    def _product(self) -> Series:
        left = self._operand()
        while self._peek() in ("*", "/", "^"):
            self._next()
            left = _joined(left, self._operand())
        return left

    def _operand(self) -> Series:
        token = self._next()
        if token in ("-", "+"):
            return self._operand()
        if token == "(":
            inner = self._sum()
            self._next(")")
            return inner
        if token[0].isdigit():
            return Series()
        if not token[0].isalpha():
            raise NotArithmetic(token)
        return self._call(token.upper()) if self._peek() == "(" else self._look_up(token)

    def _call(self, function: str) -> Series:
        self._next("(")
        series = self._sum()
        if function == "FILL":
            self._next(",")
            if self._peek().upper() in ("REPEAT", "LINEAR"):
                self._next()
            else:
                self._sum()
            series = Series(metrics=series.metrics)
        elif function not in _TRANSPARENT_FUNCTIONS:
            raise NotArithmetic(function)
        self._next(")")
        return series


def _joined(left: Series, right: Series) -> Series:
    return Series(metrics=left.metrics | right.metrics, needed=left.needed | right.needed)
