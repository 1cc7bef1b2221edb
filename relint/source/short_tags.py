"""Expansion of CloudFormation's short tags: `!Ref x` means `{"Ref": "x"}`.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from relint._typing import Any

_KEYS_WITHOUT_PREFIX = {"Ref": "Ref", "Condition": "Condition"}


def function_key(tag: str) -> str:
    """Return the key that a tag without its "!" expands to: "Ref", "Condition", "Fn::Sub"."""
    return _KEYS_WITHOUT_PREFIX.get(tag) or "Fn::" + tag


def expand_tag(tag: str, value: Any) -> dict[str, Any]:
    """Return the function call that a tag with its value expands to. GetAtt splits a text at its first dot."""
    if tag == "GetAtt" and isinstance(value, str):
        return {"Fn::GetAtt": value.split(".", 1)}
    return {function_key(tag): value}
