"""Suggestions for misspelled words in a configuration."""

from __future__ import annotations

from collections.abc import Iterable


def with_suggestion(message: str, word: str, valid_words: Iterable[str]) -> str:
    """Return the message with the nearest valid word, or else with all valid words."""
    from difflib import get_close_matches

    words = tuple(valid_words)
    near = get_close_matches(word, words, 1) or get_close_matches(word.replace("_", "-").lower(), words, 1)
    return f"{message}; did you mean '{near[0]}'?" if near else f"{message}; known are {', '.join(words)}"
