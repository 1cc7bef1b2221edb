"""`relint lsp`: serve an editor."""

from __future__ import annotations

from relint._about import install_command
from relint._typing import TYPE_CHECKING
from relint.commands.exit_codes import CLEAN
from relint.errors import OptionError

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Serve on standard input and output until the editor disconnects; raises OptionError without pygls."""
    try:
        from relint.lsp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise OptionError(f"the language server needs pygls; run: {install_command('lsp')}") from error
    serve()
    return CLEAN
