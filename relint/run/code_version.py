"""Digest of relint's code, PyYAML and Python, part of every key in the findings cache."""

from __future__ import annotations

import marshal
import os
import sys

from relint._typing import TYPE_CHECKING
from relint.storage.file_stamps import collect_file_stamps
from relint.storage.hashing import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relint.storage.file_stamps import FileStamp


def code_stamps(package: str) -> list[FileStamp]:
    """Return the stamps of the code in a package folder and of PyYAML. Raises OSError.

    The stamps of rules, which a wheel contains in the package, are part of the digest of the rules.
    """
    from importlib.machinery import PathFinder

    yaml = PathFinder.find_spec("yaml")
    if yaml is None or not yaml.origin:
        raise FileNotFoundError("PyYAML")
    return [
        (package, 0, 0, 0),
        *collect_file_stamps(package, excluded_folder="rules"),
        *collect_file_stamps(os.path.dirname(yaml.origin)),
    ]


def code_digest(file_stamps: Sequence[FileStamp]) -> bytes:
    """Return a digest of files of code and of the Python version."""
    return digest(marshal.dumps((sys.version, *file_stamps), 2))
