"""BLAKE2 digests, without hashlib, which loads OpenSSL first and so takes milliseconds at every start."""

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["DIGEST_BYTES", "blake2b", "digest"]

DIGEST_BYTES = 20


def digest(*parts: bytes) -> bytes:
    """Return the digest of the parts. Every part but the last must mark its own end."""
    hasher = blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        hasher.update(part)
    return hasher.digest()
