"""Distinction of CloudFormation templates from other YAML and JSON."""

from __future__ import annotations

import codecs
import re

from relint._typing import Any

NOT_A_TEMPLATE = "not a CloudFormation template"
"""The reason of a skip for files that do not have the shape of a template."""
NAMED_NO_TEMPLATE = "not a CloudFormation template, although it was named"
"""The reason of a skip for such a file that the user named, which commands always say."""
_MARKS = ("Resources", "AWSTemplateFormatVersion", "Transform")
_KEY = re.compile(
    r"""(?<![\w.-])(?:(?:Resources|AWSTemplateFormatVersion)["']?[ \t]*:"""
    r"""|Transform["']?[ \t]*:[\s\["'{-]*(?:Name["']?[ \t]*:[\s"']*)?AWS::)"""
)

INCLUDE = "AWS::Include"
"""The macro that puts the content of another file into a template."""

SECTIONS = frozenset(
    {
        "AWSTemplateFormatVersion",
        "Conditions",
        "Description",
        "Globals",
        "Hooks",
        "Mappings",
        "Metadata",
        "Outputs",
        "Parameters",
        "Resources",
        "Rules",
        "Transform",
    }
)
"""The sections of a template; Globals is one of the serverless transform. As of 2026-11-28.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
"""


def has_template_shape(data: Any) -> bool:
    """Whether a document has the shape of a template.

    Its Resources must contain a resource with a Type, a Fn::ForEach or a Fn::Transform.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
    """
    resources = data.get("Resources") if isinstance(data, dict) else None
    return isinstance(resources, dict) and any(
        isinstance(body, dict) if logical_id == "Fn::Transform" else _is_resource(logical_id, body)
        for logical_id, body in resources.items()
    )


def _is_resource(logical_id: str, body: Any) -> bool:
    return isinstance(body.get("Type"), str) if isinstance(body, dict) else logical_id.startswith("Fn::ForEach::")


def is_flawless(data: dict[str, Any]) -> bool:
    """Whether a template has sections only, and resources with a Type only; if not, `find_slips` has a closer look."""
    return data.keys() <= SECTIONS and all(
        isinstance(body, dict) and isinstance(body.get("Type"), str) and body["Type"] and "::" not in logical_id
        for logical_id, body in data["Resources"].items()
    )


def is_meant_as_template(data: Any) -> bool:
    """Whether a document says that it is a template, whatever its resources look like.

    It has the key AWSTemplateFormatVersion, a Transform of AWS, or a resource whose type stands at another key.
    """
    if not isinstance(data, dict):
        return False
    resources = data.get("Resources")
    return (
        "AWSTemplateFormatVersion" in data
        or any(map(_is_aws_name, macro_names(data.get("Transform"))))
        or (isinstance(resources, dict) and any(map(_names_a_type, resources.values())))
    )


def macro_names(transform: Any) -> list[str]:
    """Return the names in a Transform: texts, or mappings with a Name."""
    items = transform if isinstance(transform, list) else [transform]
    names = [item.get("Name") if isinstance(item, dict) else item for item in items]
    return [name for name in names if isinstance(name, str)]


def _names_a_type(body: Any) -> bool:
    return isinstance(body, dict) and any(map(_is_aws_name, body.values()))


def _is_aws_name(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("AWS::")


def can_be_template(raw: str | bytes) -> bool:
    """Whether a text contains a key by which templates are recognized; if not, the text need not be parsed."""
    if isinstance(raw, bytes):
        is_utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if not is_utf16 and not any(mark.encode() in raw for mark in _MARKS):
            return False
        raw = raw.decode("utf-16" if is_utf16 else "latin-1", "ignore")
    starts = [start for mark in _MARKS if (start := raw.find(mark)) >= 0]
    # A search for text takes a tenth of the time of the regular expression.
    return bool(starts) and _KEY.search(raw, min(starts)) is not None


def may_include(raw: str | bytes) -> bool:
    """Whether a text contains the name of the macro that includes other files."""
    if isinstance(raw, str):
        return INCLUDE in raw
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return INCLUDE in raw.decode("utf-16", "ignore")
    return INCLUDE.encode() in raw
