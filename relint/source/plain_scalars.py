"""Plain (unquoted) scalars of YAML that are booleans or numbers in YAML 1.1 although they look like texts.

Such are `no`, `0755`, `12:30` and `1.10`. The document contains their values only, so the text is read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node, ScalarNode

    from relint.source.document import Document
    from relint.source.location import Path

_WORDS = "yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF"
_TREACHEROUS = rf"(?:{_WORDS}|0\d[\d_]*|[1-9]\d*(?::[0-5]?\d)+|\d+\.\d+0)"


class PlainScalar(NamedTuple):
    """A plain scalar: its path in the document, and its text; the path of a key ends with it."""

    path: Path
    text: str
    is_key: bool = False


def may_have_treacherous_scalars(document: Document) -> bool:
    """Whether the text of a document may contain such a scalar; False is certain."""
    pattern = rf"(?:[:-] |[,\[{{\n]) *{_TREACHEROUS}[ \r]*(?:[\n,}}\]]| #|:\s|$)"  # compiled once by `re`
    return document.language == "yaml" and re.search(pattern, document.text) is not None


def treacherous_scalars(document: Document) -> Iterator[PlainScalar]:
    """Yield such scalars of a YAML document: values, items and keys."""
    from yaml.nodes import MappingNode, ScalarNode, SequenceNode  # few templates have such scalars

    from relint.source.full_yaml.reader import compose
    from relint.source.full_yaml.values import function_name, is_merge_key

    matches = re.compile(_TREACHEROUS).fullmatch
    pending: list[tuple[Node | None, Path]] = [(compose(document.text), ())]
    seen: set[int] = set()
    while pending:
        node, path = pending.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, ScalarNode):
            if node.tag is None and not node.style and matches(node.value):
                yield PlainScalar(path=path, text=node.value)
            continue
        tag_key = function_name(node)
        path = (*path, tag_key) if tag_key else path
        if isinstance(node, MappingNode):
            for key, value in reversed(_counting_members(node)):
                if key.tag is None and not key.style and matches(key.value):
                    yield PlainScalar(path=(*path, key.value), text=key.value, is_key=True)
                pending.append((value, path if is_merge_key(key) else (*path, key.value)))
        elif isinstance(node, SequenceNode):
            pending += reversed([(item, (*path, index)) for index, item in enumerate(node.value)])


def _counting_members(node: MappingNode) -> list[tuple[ScalarNode, Node]]:
    """Return the keys and values of a mapping, without those whose key stands again below."""
    last = {key.value: index for index, (key, _) in enumerate(node.value)}
    return [member for index, member in enumerate(node.value) if last[member[0].value] == index]
