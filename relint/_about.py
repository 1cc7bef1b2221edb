"""Name, version and addresses of relint; nothing else in the code contains them.

The command and the module are called relint. The distribution is not: `relint` on the Python package index is another
tool, which checks files with regular expressions (https://pypi.org/project/relint, read 2026-11-28).
"""

from __future__ import annotations

__version__ = "2026.1.0"
"""Year, number of the release in the year, number of the correction; docs/releases.md."""

RELEASES = ("2026.1",)
"""Releases whose rules a configuration can pin, oldest first; the last is that of the version. A year has at most nine
of them, because YAML reads 2026.10 without quotes as the number 2026.1."""

DISTRIBUTION = "cfn-relint"
REPOSITORY = "https://github.com/cfn-relint/cfn-relint"
ISSUES = f"{REPOSITORY}/issues"


def rule_page(rule_id: str) -> str:
    """Return the URL of the page about a rule, as it was when this version was released."""
    return f"{REPOSITORY}/blob/v{__version__}/docs/rules/{rule_id}.md"


def install_command(extra: str) -> str:
    """Return the command that installs relint with the packages of an extra, such as "lsp"."""
    return f"pip install '{DISTRIBUTION}[{extra}]'"
