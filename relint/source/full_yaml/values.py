"""YAML nodes -> plain values, with CloudFormation's short tags written out in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yaml.nodes import MappingNode, Node, ScalarNode

from relint.source.limits import MAX_DEPTH, MAX_EXPANSION, TOO_DEEP
from relint.source.short_tags import expand_tag, function_key
from relint.source.yaml_scalars import resolve_plain_scalar

if TYPE_CHECKING:
    from relint.source.text import SourceText

_STANDARD = "tag:yaml.org,2002:"
_NEW, _OPEN = object(), object()


def function_name(node: Node) -> str | None:
    """The key that a short tag stands for: "Ref", "Condition", "Fn::Sub"; None for a node without a short tag."""
    tag: str | None = node.tag
    if tag is None or tag[0] != "!" or tag == "!":
        return None
    return function_key(tag[1:])


def is_merge_key(key: ScalarNode) -> bool:
    """Whether the key is `<<`, which adds the members of another mapping. https://yaml.org/type/merge.html"""
    return key.value == "<<" and not key.style and key.tag is None


class Values:
    """Builds the value of each node once; `repeated` are the mappings that have a key more than once."""

    __slots__ = ("_built", "_expanded", "_measured", "_source", "repeated")

    def __init__(self, source: SourceText) -> None:
        self.repeated: list[MappingNode] = []
        self._source = source
        self._built: dict[int, Any] = {}
        self._measured: dict[int, tuple[int, int]] = {}
        self._expanded = 0

    def build(self, node: Node, depth: int = 0) -> Any:
        """The value of a node that stands below `depth` mappings and lists; raises TemplateError beyond a limit."""
        if node.__class__ is ScalarNode:
            if node.tag is None:
                return node.value if node.style else resolve_plain_scalar(node.value)
            return _tagged(node)
        built = self._built.get(id(node), _NEW)
        if built is not _NEW:
            return self._alias(node, built, depth)
        name = function_name(node)
        depth += 2 if name else 1
        if depth > MAX_DEPTH:
            raise self._source.error_at(TOO_DEEP, node.start_mark.index)
        self._built[id(node)] = _OPEN
        value: Any
        if node.__class__ is MappingNode:
            value = self._mapping(node, depth)
        else:
            value = [self.build(item, depth) for item in node.value]
        if name:
            value = {name: value}
        self._built[id(node)] = value
        return value

    def _mapping(self, node: MappingNode, depth: int) -> dict[str, Any]:
        written: dict[str, Any] = {}
        merged: list[Any] = []
        for key, value in node.value:
            if key.__class__ is not ScalarNode:
                message = "A mapping or a list cannot be a key in a template; write a text before the ':'."
                raise self._source.error_at(message, key.start_mark.index)
            if key.value == "<<" and is_merge_key(key):
                merged.append(self._merged(key, self.build(value, depth)))
            else:
                written[key.value] = self.build(value, depth)
        if len(written) + len(merged) != len(node.value):
            self.repeated.append(node)
        if not merged:
            return written
        everything: dict[str, Any] = {}
        for members in merged:
            everything.update(members)
        everything.update(written)
        return everything

    def _merged(self, key: ScalarNode, value: Any) -> dict[str, Any]:
        """The members that a merge key adds; of several mappings the first to have a key wins."""
        mappings = value if isinstance(value, list) else [value]
        members: dict[str, Any] = {}
        for mapping in reversed(mappings):
            if not isinstance(mapping, dict):
                message = "'<<' merges a mapping or a list of mappings; give it one, or put the key between quotes."
                raise self._source.error_at(message, key.start_mark.index)
            self._expand(len(mapping), key)
            members.update(mapping)
        return members

    def _alias(self, node: Node, value: Any, depth: int) -> Any:
        if value is _OPEN:
            message = "The value that begins here contains an alias to itself; a template must end, so write it out."
            raise self._source.error_at(message, node.start_mark.index)
        size, height = self._measure(value)
        if depth + height > MAX_DEPTH:
            raise self._source.error_at(TOO_DEEP, node.start_mark.index)
        self._expand(size, node)
        return value

    def _expand(self, size: int, node: Node) -> None:
        self._expanded += size
        if self._expanded > MAX_EXPANSION:
            message = f"Aliases of this value expand to more than {MAX_EXPANSION:,} values; write the template shorter."
            raise self._source.error_at(message, node.start_mark.index)

    def _measure(self, value: Any) -> tuple[int, int]:
        """The number of values in a value, aliases counted each time, and its depth.

        Recurses no deeper than the text is nested, because an alias inside of it was measured when it was met.
        """
        if not isinstance(value, dict | list):
            return 1, 0
        known = self._measured.get(id(value))
        if known is None:
            size, height = 1, 0
            for child in value.values() if isinstance(value, dict) else value:
                child_size, child_height = self._measure(child)
                size += child_size
                height = max(height, child_height)
            known = self._measured[id(value)] = (size, height + 1)
        return known


def _tagged(node: ScalarNode) -> Any:
    text: str = node.value
    if function_name(node):
        return expand_tag(node.tag[1:], text)
    if node.tag == _STANDARD + "str":
        return text
    value = resolve_plain_scalar(text)
    return float(value) if node.tag == _STANDARD + "float" and isinstance(value, int) else value
