"""Check of the text of an open document, which never raises."""

from __future__ import annotations

import logging

from relint.api import Linter
from relint.errors import DEFECT, RelintError
from relint.finding import Failure, Report

_LINTER = Linter(reload_rules=True)
"""The linter of the server, which notices edits of rules and of the configuration between two checks."""


def check_document(path: str, text: str) -> Report:
    """Return the report on a text that is, or will be, the file `path`, with the configuration of its folder.

    A text that is not a template has no findings. Raises RelintError for errors that the user must correct.
    """
    return _LINTER.check_text(text, path, skip_non_templates=True, allow_empty=True)


def check_document_safely(path: str, text: str) -> Report:
    """Return the report of `check_document`; an exception becomes a failure in it, so that the server goes on."""
    try:
        return check_document(path, text)
    except RelintError as error:
        failure = Failure(file=error.file or path, stage="options", message=error.message, span=error.span)
    except Exception as error:
        logging.getLogger(__name__).exception("checking %s", path)
        message = f"The check crashed ({type(error).__name__}: {error}); {DEFECT}."
        failure = Failure(file=path, stage="check", message=message)
    return Report(failures=(failure,))
