"""Names and sizes that decide whether a file is read."""

from __future__ import annotations

from relint.discover.candidate import Input, Skipped
from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.discover.template_detection import can_be_template
from relint.finding import Failure

_SUFFIXES = (".yaml", ".yml", ".json", ".template", ".cfn")


_NO_TEMPLATES_IN = frozenset({".git", ".aws-sam", ".tox", ".venv", "venv", "__pycache__", "node_modules"})


SNIFF_BYTES = 64 * 1024
"""Bytes by which a file that is too large is told to be a template or not."""


def is_searched_folder(folder: str, in_cdk: bool) -> bool:
    """Whether a folder of this name is searched; `in_cdk` says that it lies in the output of the CDK."""
    return folder not in _NO_TEMPLATES_IN and not (in_cdk and folder.startswith("asset."))


def has_template_suffix(name: str, in_cdk: bool) -> bool:
    """Whether a file of this name is taken from a folder."""
    name = name.lower()
    if in_cdk and (name in ("manifest.json", "tree.json") or name.endswith(".assets.json")):
        return False
    return name.endswith(_SUFFIXES)


def reject_oversized(file: str, size: int, head: bytes, named: bool) -> Input:
    """What becomes of a file beyond the size limit, which begins with `head`: it fails if it must be a template."""
    message = f"'{file}' has {size:,} bytes; relint reads up to {MAX_TEMPLATE_BYTES:,}, CloudFormation takes 1 MB."
    return fail_or_skip(file, named or can_be_template(head), message, "too large")


def fail_or_skip(file: str, fails: bool, message: str, reason: str) -> Input:
    """Return a Failure with `message` if `fails`, else a Skipped with `reason`."""
    return Failure(file, "discover", message) if fails else Skipped(file, reason)
