"""BLAKE2 as hashlib has it, without OpenSSL, which hashlib loads first: milliseconds at every start."""

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["DIGEST_BYTES", "blake2b", "digest"]

DIGEST_BYTES = 20
"""Bytes of a hash."""


def digest(*parts: bytes) -> bytes:
    """A hash of bytes; all parts but the last must tell where they end."""
    made = blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        made.update(part)
    return made.digest()
