"""Checked access to the keys of a rule file; each error points to a line of the file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from relint._typing import TYPE_CHECKING, Any, TypeVar
from relint.errors import RuleError

if TYPE_CHECKING:
    from relint.source.document import Document

RulePath = tuple[str | int, ...]
"""The keys and indexes that lead to a value in a rule file."""

OptionT = TypeVar("OptionT", bound=str)


class RuleFields:
    """A mapping in a rule file: the rule, or a part at `base`. All methods raise RuleError for a wrong value."""

    def __init__(self, document: Document, values: dict[str, Any], base: RulePath = ()) -> None:
        self.document = document
        self.values = values
        self._base = base

    def error_at(self, path: RulePath, message: str) -> RuleError:
        """Return an error that points to the value at `path` in the mapping; () is the mapping itself."""
        return RuleError(message, self.document.file, self.document.span_of((*self._base, *path)))

    def reject_other_keys(self, known: Iterable[str], whole: str) -> None:
        """Raise RuleError for a key that is no part of `whole`, such as "an example"."""
        for key in self.values:
            if key not in known:
                raise self.error_at((key,), f"'{key}' is no part of {whole}; known are {', '.join(sorted(known))}")

    def text(self, key: str) -> str:
        """Return a text that is not empty, without white space around it."""
        value = self.values[key]
        if not isinstance(value, str) or not value.strip():
            raise self.error_at((key,), f"'{key}' is a text")
        return value.strip()

    def text_like(self, key: str, pattern: re.Pattern[str], description: str) -> str:
        """Return a text that matches a pattern."""
        value = self.text(key)
        if not pattern.fullmatch(value):
            raise self.error_at((key,), f"'{key}' is {description}, not '{value}'")
        return value

    def texts(self, key: str, parent: str | None = None) -> tuple[str, ...]:
        """Return one or several texts, of `parent` if it is named; () if there is no such key."""
        values = self.values if parent is None else self.values[parent]
        if key not in values:
            return ()
        items = values[key] if isinstance(values[key], list) else [values[key]]
        if not items or not all(isinstance(item, str) for item in items):
            raise self.error_at((key,) if parent is None else (parent, key), f"'{key}' is a text or a list of texts")
        return tuple(items)

    def mapping(self, key: str) -> dict[str, Any]:
        """Return a mapping of names to values; {} if there is no such key."""
        value = self.values.get(key) or {}
        if not isinstance(value, dict):
            raise self.error_at((key,), f"'{key}' is a mapping of names to values")
        return value

    def one_of(self, key: str, options: tuple[OptionT, ...], default: OptionT | None = None) -> OptionT:
        """Return one of several words; `default` if there is no such key."""
        value = self.values.get(key, default)
        if value not in options:
            raise self.error_at((key,), f"'{key}' is one of {', '.join(options)}, not '{value}'")
        return value  # type: ignore[no-any-return]
