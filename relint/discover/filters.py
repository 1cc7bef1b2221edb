"""Filters by name and size, which decide whether a file is read."""

from __future__ import annotations

from relint.discover.candidate import Skipped, fail_or_skip
from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.discover.template_detection import can_be_template
from relint.finding import Failure

SNIFF_BYTES = 64 * 1024
"""Bytes at the beginning of a file beyond the size limit that are searched for a sign of a template."""

_TEMPLATE_SUFFIXES = (".yaml", ".yml", ".json", ".template", ".cfn")
_FOLDERS_WITHOUT_TEMPLATES = frozenset({".git", ".aws-sam", ".tox", ".venv", "venv", "__pycache__", "node_modules"})


def is_searched_folder(name: str, *, in_cdk_output: bool) -> bool:
    """Whether a folder of this name is searched for templates."""
    return name not in _FOLDERS_WITHOUT_TEMPLATES and not (in_cdk_output and name.startswith("asset."))


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
