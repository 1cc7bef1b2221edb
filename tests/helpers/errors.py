"""Errors of the readers."""

from __future__ import annotations

import pytest

from relint.errors import TemplateError
from relint.source.read import read_document


def error_of(text: str | bytes, file: str) -> TemplateError:
    """Return the error of reading a text; fails if the text is read."""
    with pytest.raises(TemplateError) as error:
        read_document(text, file)
    return error.value
