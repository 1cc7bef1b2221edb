"""Names and sizes that decide whether a file is read."""

from __future__ import annotations

from relint.discover.candidate import Found, Skipped
from relint.discover.limits import MAX_SIZE
from relint.discover.template_detection import may_be_template
from relint.finding import Failure

_SUFFIXES = (".yaml", ".yml", ".json", ".template", ".cfn")


_NO_TEMPLATES_IN = frozenset({".git", ".aws-sam", ".tox", ".venv", "venv", "__pycache__", "node_modules"})


HEAD = 64 * 1024
"""Bytes by which a file that is too large is told to be a template or not."""


def may_hold_templates(folder: str, in_cdk: bool) -> bool:
    """Whether a folder of this name is searched; `in_cdk` says that it lies in the output of the CDK."""
    return folder not in _NO_TEMPLATES_IN and not (in_cdk and folder.startswith("asset."))


def has_suffix(name: str, in_cdk: bool) -> bool:
    """Whether a file of this name is taken from a folder."""
    name = name.lower()
    if in_cdk and (name in ("manifest.json", "tree.json") or name.endswith(".assets.json")):
        return False
    return name.endswith(_SUFFIXES)


def too_large(file: str, size: int, head: bytes, named: bool) -> Found:
    """What becomes of a file beyond the size limit, which begins with `head`: it fails if it must be a template."""
    message = f"'{file}' has {size:,} bytes; relint reads up to {MAX_SIZE:,}, CloudFormation takes 1 MB."
    return _refuse(file, named or may_be_template(head), message, "too large")


def _refuse(file: str, fails: bool, message: str, reason: str) -> Found:
    return Failure(file, "discover", message) if fails else Skipped(file, reason)
