"""Content of files within a boundary."""

from __future__ import annotations

import os

from relint._typing import TYPE_CHECKING
from relint.discover.candidate import Candidate
from relint.discover.files import discover
from relint.errors import TemplateError
from relint.finding import Failure

if TYPE_CHECKING:
    from relint.stacks.boundary import SearchBoundary


def read_raw(file: str, boundary: SearchBoundary) -> str | bytes | None:
    """Return the content of a file within a boundary; None if a configuration excludes it.

    Raises TemplateError if it cannot be read.
    """
    raw = boundary.content_of(file) if boundary.content_of else None
    if raw is not None:
        return raw
    if os.path.isdir(file):
        raise TemplateError(f"'{file}' is a folder.", file)
    file_or_failure = next(discover([file], find_exclusion=boundary.excluded_by))
    if isinstance(file_or_failure, Failure):
        raise TemplateError(file_or_failure.message, file)
    return file_or_failure.raw if isinstance(file_or_failure, Candidate) else None
