"""The text of an editor in, a report out, whatever the text is."""

from __future__ import annotations

import logging

from relint.api import Linter
from relint.errors import RelintError
from relint.finding import Failure, Report

_LINTER = Linter()
"""The linter of the server; files of rules and of configuration that change count from the next check on."""


def check_document(path: str, text: str) -> Report:
    """What is to say of a text that stands, or will stand, in a file, with the configuration of its folder.

    What is no template has no findings. Findings bear `path` as file.
    """
    return _LINTER.check_text(text, path, skip_non_templates=True, allow_empty=True)


def safe_report(path: str, text: str) -> Report:
    """What `check_document` says; what it raises is a failure of the report, for a server outlives its mistakes."""
    try:
        return check_document(path, text)
    except RelintError as error:
        return Report(failures=(Failure(error.file or path, "options", error.message, error.span),))
    except Exception as error:
        logging.getLogger(__name__).exception("checking %s", path)
        message = f"The check crashed ({type(error).__name__}: {error}); this is a defect of relint."
        return Report(failures=(Failure(path, "check", message),))
