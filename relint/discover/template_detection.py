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
_KEY_LIKE_RESOURCES = re.compile(r"""(?<![\w.-])r\w{6,10}["']?[ \t]*:""", re.IGNORECASE)
_TYPE_OF_AWS = re.compile(r"""Type["']?[ \t]*:[ \t"']*AWS::""")
_AWS_TYPE = re.compile(r"AWS::\w+::\w+")
RESOURCE_ATTRIBUTES = frozenset(
    {
        "Condition",
        "CreationPolicy",
        "DeletionPolicy",
        "DependsOn",
        "IgnoreGlobals",
        "Metadata",
        "Properties",
        "Type",
        "UpdatePolicy",
        "UpdateReplacePolicy",
    }
)
"""The keys of a resource; IgnoreGlobals is one of the serverless transform. As of 2026-11-28.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-product-attribute-reference.html
"""

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

    Its Resources must contain a resource with a Type or a Fn::Transform, a Fn::ForEach or a Fn::Transform.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
    """
    resources = data.get("Resources") if isinstance(data, dict) else None
    return isinstance(resources, dict) and any(
        isinstance(body, dict) if logical_id == "Fn::Transform" else _is_resource(logical_id, body)
        for logical_id, body in resources.items()
    )


def _is_resource(logical_id: str, body: Any) -> bool:
    if not isinstance(body, dict):
        return logical_id.startswith("Fn::ForEach::")
    return isinstance(body.get("Type"), str) or "Fn::Transform" in body or is_rain_module(body.get("Type"))


def is_rain_module(resource_type: Any) -> bool:
    """Whether the type of a resource is a module, as in `Type: !Rain::Module "module.yaml"`, that a tool expands.

    https://aws-cloudformation.github.io/rain/modules.html
    """
    return isinstance(resource_type, dict) and any("Rain::" in str(key) for key in resource_type)


def is_flawless(data: dict[str, Any]) -> bool:
    """Whether a template has sections only, and resources with a Type only; if not, `find_slips` has a closer look."""
    return data.keys() <= SECTIONS and all(
        isinstance(body, dict)
        and isinstance(body.get("Type"), str)
        and "::" not in logical_id
        and body.keys() <= RESOURCE_ATTRIBUTES
        and is_resource_type(body["Type"])
        for logical_id, body in data["Resources"].items()
    )


def is_resource_type(text: str) -> bool:
    """Whether a text can be the Type of a resource; unlike `AWS:S3:Bucket`, or nothing.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
    """
    return _AWS_TYPE.match(text) is not None if text[:3].upper() == "AWS" else bool(text)


def is_meant_as_template(data: Any) -> bool:
    """Whether a document says that it is a template, whatever its resources look like.

    It has the key AWSTemplateFormatVersion, a Transform of AWS, or a resource whose type stands at another key. A
    section with resources of AWS whose name is like Resources is meant as that, too.
    """
    if not isinstance(data, dict):
        return False
    resources = data.get("Resources")
    if not resources:
        resources = next((body for key, body in data.items() if is_like_resources(str(key))), None)
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


def is_like_resources(key: str) -> bool:
    """Whether a key differs from Resources in case, or in a letter or two."""
    if not _KEY_LIKE_RESOURCES.fullmatch(f"{key}:"):
        return False
    from difflib import SequenceMatcher  # no good template needs it

    return SequenceMatcher(None, key.lower(), "resources").ratio() >= 0.8


def _names_a_type(body: Any) -> bool:
    return isinstance(body, dict) and any(map(_is_aws_name, body.values()))


def _is_aws_name(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("AWS::")


def can_be_template(raw: str | bytes) -> bool:
    """Whether a text contains a key by which templates are recognized; if not, the text need not be parsed."""
    if isinstance(raw, bytes):
        is_utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if not is_utf16 and not any(mark.encode() in raw for mark in (*_MARKS, "AWS::")):
            return False
        raw = raw.decode("utf-16" if is_utf16 else "latin-1", "ignore")
    starts = [start for mark in _MARKS if (start := raw.find(mark)) >= 0]
    # A search for text takes a tenth of the time of the regular expression.
    if starts and _KEY.search(raw, min(starts)):
        return True
    return "AWS::" in raw and bool(_TYPE_OF_AWS.search(raw) and _KEY_LIKE_RESOURCES.search(raw))


def may_include(raw: str | bytes) -> bool:
    """Whether a text contains the name of the macro that includes other files."""
    if isinstance(raw, str):
        return INCLUDE in raw
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return INCLUDE in raw.decode("utf-16", "ignore")
    return INCLUDE.encode() in raw
