"""Reading and replacing files that are fixed."""

from __future__ import annotations

import codecs
import os
import stat

from relint.errors import OptionError
from relint.storage.file_store import write_atomically


def read_file(file: str) -> bytes:
    """Return the bytes of a file."""
    with open(file, "rb") as stream:
        return stream.read()


def write_file(file: str, before: bytes, text: str) -> None:
    """Replace the content of a file by a text in the encoding that it has; readers find the old or the new content.

    `before` is the content from which the text was made. Raises OptionError if the file has changed since, or if it is
    a link to something that is no regular file; OSError if it cannot be written. Permissions stay as they are.
    """
    target = os.path.realpath(file)
    status = os.stat(target)
    if not stat.S_ISREG(status.st_mode):
        raise OptionError("it is no regular file")
    if read_file(target) != before:
        raise OptionError("the file has changed meanwhile, so it stays as it is; run relint again")
    write_atomically(target, encode_like(before, text), mode=stat.S_IMODE(status.st_mode))


def encode_like(before: bytes, text: str) -> bytes:
    """Return a text in the encoding of the content before, with its byte order mark."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if before.startswith(mark):
            return mark + text.encode(encoding)
    return text.encode("utf-8")
