"""BLAKE2 as hashlib has it, without OpenSSL, which hashlib loads first: milliseconds at every start."""

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["SIZE", "blake2b", "hash_of"]

SIZE = 20
"""Bytes of a hash."""


def hash_of(*parts: bytes) -> bytes:
    """A hash of bytes; all parts but the last must tell where they end."""
    made = blake2b(digest_size=SIZE)
    for part in parts:
        made.update(part)
    return made.digest()
