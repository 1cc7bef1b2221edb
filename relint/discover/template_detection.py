"""Distinction of CloudFormation templates from other YAML and JSON."""

from __future__ import annotations

import codecs
import re

from relint._typing import Any

NOT_A_TEMPLATE = "not a CloudFormation template"
"""The reason of a skip for files that do not have the shape of a template."""
_RESOURCES_KEY = re.compile(r"""(?<![\w.-])Resources["']?[ \t]*:""")


def has_template_shape(data: Any) -> bool:
    """Whether a document has the shape of a template.

    Its Resources must contain a resource with a Type, or a Fn::ForEach.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
    """
    resources = data.get("Resources") if isinstance(data, dict) else None
    return isinstance(resources, dict) and any(
        isinstance(body.get("Type"), str) if isinstance(body, dict) else logical_id.startswith("Fn::ForEach::")
        for logical_id, body in resources.items()
    )


def can_be_template(raw: str | bytes) -> bool:
    """Whether a text contains a key `Resources`; if not, the text need not be parsed."""
    if isinstance(raw, bytes):
        is_utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if not is_utf16 and b"Resources" not in raw:
            return False
        raw = raw.decode("utf-16" if is_utf16 else "latin-1", "ignore")
    start = raw.find("Resources")  # a search for text takes a tenth of the time of the regular expression
    return start >= 0 and _RESOURCES_KEY.search(raw, start) is not None
