"""Quick look at a pyproject.toml, without a parser of TOML."""

from __future__ import annotations


def can_configure_relint(raw: bytes) -> bool:
    """Whether a file may have a key `relint` in `tool`: as [tool.relint], or within [tool] or tool = {...}."""
    if b"relint" not in raw:
        return False
    text = raw.translate(None, b" \t\"'")
    return any(sign in text for sign in (b"tool.relint", b"[tool]", b"tool={"))
