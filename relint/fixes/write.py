"""Reading and replacing files that are fixed."""

from __future__ import annotations

import codecs
import os
import stat
import tempfile
from contextlib import suppress

from relint.errors import OptionError


def read_file(file: str) -> bytes:
    """Return the bytes of a file."""
    with open(file, "rb") as stream:
        return stream.read()


def write_file(file: str, before: bytes, text: str) -> None:
    """Replace the content of a file by a text in the encoding that it has; readers find the old or the new content.

    `before` is the content from which the text was made. Permissions and owner stay as they are; a link stays one.
    Raises OptionError if the file has changed since, is read-only, or cannot be replaced.
    """
    target = os.path.realpath(file)
    try:
        status = os.stat(target)
        if not os.access(target, os.W_OK):  # a replacement needs the permission of the folder only
            raise OptionError("the file is read-only; make it writable")
        _replace(target, before, encode_like(before, text), status)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OptionError(f"it cannot be replaced ({reason}); make the file and its folder writable") from error


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


def _replace(target: str, before: bytes, content: bytes, status: os.stat_result) -> None:
    """Put a complete new file in the place of the old one, which stays if anything fails before."""
    descriptor, temporary = tempfile.mkstemp(prefix=".relint-", dir=os.path.dirname(target))
    try:
        with open(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())  # or a loss of power could leave an empty file under the old name
        _copy_access(target, temporary, status)
        if read_file(target) != before:
            raise OptionError("the file has changed meanwhile, so it stays as it is; run relint again")
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _copy_access(target: str, temporary: str, status: os.stat_result) -> None:
    """Give a new file the owner, the permissions and the access control list of the one that it replaces."""
    created = os.stat(temporary)
    if hasattr(os, "chown") and (created.st_uid, created.st_gid) != (status.st_uid, status.st_gid):
        os.chown(temporary, status.st_uid, status.st_gid)
    os.chmod(temporary, stat.S_IMODE(status.st_mode))
    if hasattr(os, "listxattr"):
        with suppress(OSError):  # a file system without attributes
            for name in os.listxattr(target):
                os.setxattr(temporary, name, os.getxattr(target, name))
