"""BLAKE2 as hashlib has it, without OpenSSL, which hashlib loads first: milliseconds at every start."""

try:
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = ["blake2b"]
