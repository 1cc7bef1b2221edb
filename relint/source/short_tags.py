"""CloudFormation's short tags, `!Ref x`, written out in full: `{"Ref": "x"}`.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

from typing import Any

_NOT_FUNCTIONS = {"Ref": "Ref", "Condition": "Condition"}


def function_key(tag: str) -> str:
    """The key that a tag without its "!" stands for: "Ref", "Condition", "Fn::Sub"."""
    return _NOT_FUNCTIONS.get(tag) or "Fn::" + tag


def expand_tag(tag: str, value: Any) -> dict[str, Any]:
    """The function call that a tag makes of a value; a text behind it stays text, whatever it looks like."""
    if tag == "GetAtt" and isinstance(value, str):
        return {"Fn::GetAtt": value.split(".", 1)}
    return {function_key(tag): value}
