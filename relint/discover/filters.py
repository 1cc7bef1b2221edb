"""Filters by name and size, which decide whether a file is read."""

from __future__ import annotations

from relint.discover.candidate import Skipped, fail_or_skip
from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.discover.template_detection import can_be_template
from relint.finding import Failure

SNIFF_BYTES = 64 * 1024
"""Bytes at the beginning of a file beyond the size limit that are searched for a sign of a template."""

_TEMPLATE_SUFFIXES = (".yaml", ".yml", ".json", ".template", ".cfn")
_SKIPPED_FOLDERS = {
    ".git": "",
    "__pycache__": "",
    "node_modules": "packages of Node.js",
    ".venv": "a virtual environment of Python",
    "venv": "a virtual environment of Python",
    ".tox": "virtual environments of Python",
    ".aws-sam": "what `sam build` writes",
}
"""Folders that are not searched, and the reason for the user, or "" where nobody would expect templates."""


def reason_to_skip_folder(name: str, *, in_cdk_output: bool) -> str | None:
    """Return why a folder of this name is not searched for templates: a text, which may be empty; None if it is."""
    if in_cdk_output and name.startswith("asset."):
        return "an asset of the CDK"
    return _SKIPPED_FOLDERS.get(name)


def has_template_suffix(name: str, *, in_cdk_output: bool) -> bool:
    """Whether a file of this name in a folder is read. Metadata of the CDK is not."""
    name = name.lower()
    if in_cdk_output and (name in ("manifest.json", "tree.json") or name.endswith(".assets.json")):
        return False
    return name.endswith(_TEMPLATE_SUFFIXES)


def reject_oversized(file: str, size: int, head: bytes, *, is_explicit: bool) -> Failure | Skipped:
    """Return the Failure or Skipped for a file beyond the size limit.

    It is a Failure if the file is explicit or may be a template.
    `head` are the first SNIFF_BYTES of the file, `size` all its bytes.
    """
    return fail_or_skip(
        file,
        fails=is_explicit or can_be_template(head),
        message=f"'{file}' has {size:,} bytes; relint reads up to {MAX_TEMPLATE_BYTES:,}, CloudFormation takes 1 MB.",
        reason="too large",
    )
