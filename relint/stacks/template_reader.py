"""Templates of nested stacks, read from files within a boundary."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.discover.template_detection import has_template_shape, may_include
from relint.errors import TemplateError
from relint.source.read import read_document
from relint.stacks.file_reader import read_raw

if TYPE_CHECKING:
    from relint.source.document import Document
    from relint.stacks.boundary import SearchBoundary


class TemplateReader:
    """A cache of the documents of templates, by file. Nested stacks often share one template."""

    def __init__(self, boundary: SearchBoundary) -> None:
        self._boundary = boundary
        self._documents: dict[str, Document | str | None] = {}

    def read(self, file: str) -> Document | str | None:
        """Return the document of a file, or the reason why it cannot be read.

        None if a configuration excludes the file.
        """
        if file not in self._documents:
            self._documents[file] = _read(file, self._boundary)
        return self._documents[file]

    def reject(self, file: str, reason: str) -> None:
        """Replace the document of a file, which is not a valid template, by the reason."""
        self._documents[file] = reason


def _read(file: str, boundary: SearchBoundary) -> Document | str | None:
    try:
        raw = read_raw(file, boundary)
        if raw is None:
            return None
        document = read_document(raw, file)
        if may_include(document.text):
            from relint.stacks.includes import expand_includes  # few templates have includes

            document = expand_includes(document, boundary)
    except TemplateError as error:
        return error.message
    return document if has_template_shape(document.data) else "It is no CloudFormation template."
