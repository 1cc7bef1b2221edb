"""Check of the text of an open document, which never raises."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from relint.api import Linter
from relint.errors import DEFECT, RelintError
from relint.finding import Failure, Report

_LINTER = Linter(reload_rules=True)
"""The linter of the server, which notices edits of rules and of the configuration between two checks."""


def check_document(path: str, text: str, unsaved: Mapping[str, str] | None) -> Report:
    """Return the report on a text that is, or will be, the file `path`, with the configuration of its folder.

    `unsaved` are the texts of the other open documents by path, which may be its parents or its nested stacks; None if
    the document is in no folder, so that it has neither. A text that is not a template has no findings. Raises
    RelintError for errors that the user must correct.
    """
    if unsaved is None:
        return _LINTER.check_text(text, name=path, skip_non_templates=True, allow_empty=True)
    report = _LINTER.check_text(text, path, skip_non_templates=True, allow_empty=True, unsaved=unsaved)
    return report._replace(failures=tuple(failure for failure in report.failures if failure.file not in unsaved))


def check_document_safely(path: str, text: str, unsaved: Mapping[str, str] | None = None) -> Report:
    """Return the report of `check_document`; an exception becomes a failure in it, so that the server goes on."""
    try:
        return check_document(path, text, unsaved)
    except RelintError as error:
        failure = Failure(file=error.file or path, stage="options", message=error.message, span=error.span)
    except Exception as error:
        logging.getLogger(__name__).exception("checking %s", path)
        message = f"The check crashed ({type(error).__name__}: {error}); {DEFECT}."
        failure = Failure(file=path, stage="check", message=message)
    return Report(failures=(failure,))
