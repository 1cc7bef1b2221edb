"""Parameters whose values or comparisons are booleans of YAML 1.1 without quotes, such as `AllowedValues: [yes, no]`.

CloudFormation takes them for true and false, and the values that users pass are texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from relint.source.plain_scalars import PlainScalar

_WORDS = frozenset(("yes", "no", "on", "off"))
_ProblemOfParameter = tuple["PlainScalar", str, dict[str, str]]
"""The scalar to report, the id of the message, and its values."""


class _Uses(NamedTuple):
    """The unquoted words among the values of a parameter, and in comparisons with it."""

    values: list[PlainScalar]
    comparisons: list[PlainScalar]


def parameter_problems(data: dict[str, Any], words: Iterable[PlainScalar]) -> Iterator[_ProblemOfParameter]:
    """Yield the problems of unquoted words in parameters of type String and in comparisons with them."""
    uses: dict[str, _Uses] = {}
    for word in words:
        name, is_value = _parameter_of(data, word)
        if name is not None:
            use = uses.setdefault(name, _Uses([], []))
            (use.values if is_value else use.comparisons).append(word)
    compared_texts = _compared_texts(data) if uses else {}
    for name, use in uses.items():
        body = data["Parameters"][name]
        texts = {*_declared_texts(body), *compared_texts.get(name, ())}
        yield from _problems(name, body, use, sorted(text for text in texts if text.lower() in _WORDS))


def _problems(name: str, body: dict[str, Any], use: _Uses, texts: list[str]) -> Iterator[_ProblemOfParameter]:
    if texts:  # the same parameter has words with and without quotes
        for word in (*use.values, *use.comparisons):
            same = next((text for text in texts if text == word.text), texts[0])
            yield word, "mixed", {"parameter": name, "text": same}
        return
    allowed = next((word for word in use.values if "AllowedValues" in word.path), None)
    if allowed is not None:
        yield allowed, "allowed", {"parameter": name}
    elif "AllowedValues" not in body and (use.values or "Default" not in body):
        yield (*use.values, *use.comparisons)[0], "passed", {"parameter": name}


def _parameter_of(data: dict[str, Any], word: PlainScalar) -> tuple[str | None, bool]:
    """Return the parameter of type String that a word belongs to, and whether the word is one of its values."""
    path = word.path
    name: Any
    if path[0] == "Parameters" and len(path) > 2 and path[2] in ("Default", "AllowedValues"):
        name, is_value = path[1], True
    elif path[0] in ("Conditions", "Rules") and path[-2:-1] == ("Fn::Equals",):
        operands: Any = data
        for step in path[:-1]:
            operands = operands[step]
        name, is_value = _compared_parameter(operands), False
    else:
        return None, False
    parameters = data.get("Parameters")
    body = parameters.get(name) if isinstance(parameters, dict) and isinstance(name, str) else None
    is_text = isinstance(body, dict) and body.get("Type") == "String"
    return (str(name), is_value) if is_text else (None, is_value)


def _compared_parameter(operands: Any) -> str | None:
    """Return the name in `!Ref` among the operands of Fn::Equals; None if there is none."""
    for operand in operands if isinstance(operands, list) else ():
        if isinstance(operand, dict) and isinstance(operand.get("Ref"), str):
            return str(operand["Ref"])
    return None


def _declared_texts(body: dict[str, Any]) -> list[str]:
    allowed = body.get("AllowedValues")
    values = [body.get("Default"), *(allowed if isinstance(allowed, list) else ())]
    return [value for value in values if isinstance(value, str)]


def _compared_texts(data: dict[str, Any]) -> dict[str, list[str]]:
    """Return the texts that conditions and rules compare with parameters, by the name of the parameter."""
    texts: dict[str, list[str]] = {}
    pending = [data.get("Conditions"), data.get("Rules")]
    seen: set[int] = set()
    while pending:
        node = pending.pop()
        if not isinstance(node, dict | list) or id(node) in seen:
            continue
        seen.add(id(node))
        operands = node.get("Fn::Equals") if isinstance(node, dict) else None
        name = _compared_parameter(operands)
        if name is not None:
            texts.setdefault(name, []).extend(operand for operand in operands or () if isinstance(operand, str))
        pending += node.values() if isinstance(node, dict) else node
    return texts
