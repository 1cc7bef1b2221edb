"""Suggestions for misspelled words in a configuration or on the command line."""

from __future__ import annotations

from collections.abc import Iterable


def with_suggestion(message: str, word: str, valid_words: Iterable[str]) -> str:
    """Return the message with the nearest valid word, or else with all valid words."""
    words = tuple(valid_words)
    nearest = nearest_word(word, words)
    return f"{message}; did you mean '{nearest}'?" if nearest else f"{message}; known are {', '.join(words)}"


def nearest_word(word: str, valid_words: Iterable[str]) -> str | None:
    """Return the valid word that resembles a misspelled word most, or None if none does."""
    from difflib import get_close_matches

    words = tuple(valid_words)
    near = get_close_matches(word, words, 1) or get_close_matches(word.replace("_", "-").lower(), words, 1)
    return near[0] if near else None
