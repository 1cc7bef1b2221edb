"""Values as text in the style of a template."""

from __future__ import annotations

import json
import re

from relint._typing import TYPE_CHECKING, Any
from relint.fixes.place import is_call
from relint.source.yaml_scalars import resolve_plain_scalar

if TYPE_CHECKING:
    from relint.fixes.style import Style

_PLAIN = re.compile(r"[A-Za-z0-9_./$(][\w./$@()+=*%-]*(?:(?: |::?)[\w./$@()+=*%-]+)*", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
"""The start of what many readers of YAML take for a date, and CloudFormation for a text: the version of a policy."""
_WITHOUT_PREFIX = ("Ref", "Condition")


def render_block(value: Any, style: Style, indent: str) -> str:
    """Return what follows the colon of a member at `indent` in a block of YAML: a value on its line, or lines below."""
    if not _has_lines(value, style):
        return f" {render_flow(value, style)}"
    deeper = indent + (style.step if isinstance(value, dict) or style.indents_items else "")
    return "".join(f"{style.line_break}{line}" for line in _block_lines(value, style, deeper))


def render_item(value: Any, style: Style, indent: str) -> str:
    """Return an item of a block list of YAML, with its dash, without the indentation of its first line."""
    return style.line_break.join(_block_lines([value], style, indent))[len(indent) :]


def render_flow(value: Any, style: Style) -> str:
    """Return a value on one line of YAML."""
    function = _function(value, style)
    if function:
        tag, argument = function
        return f"{tag} {render_flow(argument, style)}"
    if isinstance(value, dict):
        return in_braces(
            [f"{render_key(key, style)}: {render_flow(item, style)}" for key, item in value.items()], style
        )
    if isinstance(value, list):
        return _in_brackets([render_flow(item, style) for item in value], style)
    if not isinstance(value, str):
        return json.dumps(value)
    return quoted(value, style.quote) if style.quotes_values else quote(value, style.quote)


def render_key(key: str, style: Style) -> str:
    """Return a key of a mapping of YAML."""
    return quoted(key, style.quote) if style.quotes_keys else quote(key, style.quote)


def render_json(value: Any, style: Style, indent: str | None) -> str:
    """Return a value as JSON: with lines of which the first follows a key at `indent`, or on one line without it."""
    if indent is not None:
        return f"{style.line_break}{indent}".join(_json_lines(value, style))
    if isinstance(value, dict):
        members = [
            f"{render_json(key, style, None)}{style.colon}{render_json(value[key], style, None)}" for key in value
        ]
        return in_braces(members, style)
    if isinstance(value, list):
        return _in_brackets([render_json(item, style, None) for item in value], style)
    return json.dumps(value, ensure_ascii=False)


def _json_lines(value: Any, style: Style) -> list[str]:
    if not isinstance(value, (dict, list)) or not value or (style.has_calls_on_a_line and is_call(value)):
        return [render_json(value, style, None)]
    members = (
        [(f"{render_json(key, style, None)}{style.colon}", value[key]) for key in value]
        if isinstance(value, dict)
        else [("", item) for item in value]
    )
    lines: list[str] = []
    for key, member in members:
        first, *others = _json_lines(member, style)
        lines += [f"{style.step}{key}{first}", *(f"{style.step}{line}" for line in others)]
        lines[-1] += ","
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return [opening, *lines[:-1], lines[-1][:-1], closing]


def in_braces(members: list[str], style: Style) -> str:
    """Return members of a mapping between braces, on one line."""
    return f"{{{style.in_braces}{style.comma.join(members)}{style.in_braces}}}" if members else "{}"


def _in_brackets(items: list[str], style: Style) -> str:
    return f"[{style.in_brackets}{style.comma.join(items)}{style.in_brackets}]" if items else "[]"


def quote(text: str, mark: str) -> str:
    """Return a text as a scalar of YAML: plain if it stays a text so, else in the author's quotes."""
    if _PLAIN.fullmatch(text) and not _DATE.match(text) and resolve_plain_scalar(text) == text:
        return text
    return quoted(text, mark)


def quoted(text: str, mark: str) -> str:
    """Return a text as a scalar of YAML in quotes; in double ones if it has characters that only these can write."""
    if mark == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _has_lines(value: Any, style: Style) -> bool:
    return isinstance(value, (dict, list)) and bool(value) and not _function(value, style)


def _block_lines(value: Any, style: Style, indent: str) -> list[str]:
    if isinstance(value, dict):
        return [
            f"{indent}{line}"
            for key, item in value.items()
            for line in f"{render_key(key, style)}:{render_block(item, style, '')}".split(style.line_break)
        ]
    lines: list[str] = []
    for item in value:
        if _has_lines(item, style):
            first, *others = _block_lines(item, style, f"{indent}  ")
            lines += [f"{indent}- {first.strip()}", *others]
        else:
            lines.append(f"{indent}- {render_flow(item, style)}")
    return lines


def _function(value: Any, style: Style) -> tuple[str, Any] | None:
    """Return the short tag and the argument of a call, if the author writes calls so; a tag in a tag needs a key."""
    if not style.has_short_tags or not isinstance(value, dict) or len(value) != 1:
        return None
    ((key, argument),) = value.items()
    if key not in _WITHOUT_PREFIX and not key.startswith("Fn::"):
        return None
    if key == "Fn::GetAtt" and isinstance(argument, list):
        return ("!GetAtt", ".".join(argument)) if all(isinstance(part, str) for part in argument) else None
    return None if _function(argument, style) else (f"!{key.removeprefix('Fn::')}", argument)
