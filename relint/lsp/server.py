"""`relint lsp`: starts the language server, if what it needs is installed."""

from __future__ import annotations

import os

from relint.errors import OptionError


def serve() -> None:
    """Serves the editor at standard input and output until it says exit or closes the input.

    Raises OptionError when pygls 2 is not installed.
    """
    try:
        from relint.lsp.features import language_server
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise OptionError("the language server needs pygls 2: pip install 'relint[lsp]'") from error

    # The editor gets standard output for itself: whatever else might print there would end the conversation.
    with open(os.dup(0), "rb") as requests, open(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        language_server().start_io(requests, answers)
