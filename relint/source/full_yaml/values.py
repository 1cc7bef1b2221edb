"""Plain values of YAML nodes, with CloudFormation's short tags expanded."""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, ScalarNode

from relint._typing import TYPE_CHECKING, Any
from relint.source.limits import MAX_DEPTH, MAX_EXPANSION, TOO_DEEP
from relint.source.short_tags import expand_tag, function_key
from relint.source.yaml_scalars import resolve_plain_scalar

if TYPE_CHECKING:
    from relint.source.text import SourceText

_STANDARD_PREFIX = "tag:yaml.org,2002:"
_NOT_BUILT, _IN_PROGRESS = object(), object()


def function_name(node: Node) -> str | None:
    """Return the key that a node's short tag expands to, such as "Ref" or "Fn::Sub".

    Returns None for a node without a short tag.
    """
    tag: str | None = node.tag
    if tag is None or tag[0] != "!" or tag == "!":
        return None
    return function_key(tag[1:])


def is_merge_key(key: ScalarNode) -> bool:
    """Whether the key is `<<`, which adds the members of another mapping.

    https://yaml.org/type/merge.html
    """
    return key.value == "<<" and not key.style and key.tag is None


class ValueBuilder:
    """Builder of the values of nodes, each of which is built once.

    `mappings_with_duplicates` are the mappings that contain a key more than once.
    """

    __slots__ = ("_expanded_size", "_size_by_value", "_source", "_value_by_node", "mappings_with_duplicates")

    def __init__(self, source: SourceText) -> None:
        self.mappings_with_duplicates: list[MappingNode] = []
        self._source = source
        self._value_by_node: dict[int, Any] = {}
        self._size_by_value: dict[int, tuple[int, int]] = {}
        self._expanded_size = 0

    def build(self, node: Node, depth: int = 0) -> Any:
        """Return the value of a node inside `depth` mappings and lists. Raises TemplateError beyond a limit."""
        if node.__class__ is ScalarNode:
            if node.tag is None:
                return node.value if node.style else resolve_plain_scalar(node.value)
            return _tagged_scalar(node)
        value = self._value_by_node.get(id(node), _NOT_BUILT)
        if value is not _NOT_BUILT:
            return self._check_alias(node, value, depth)
        tag_key = function_name(node)
        depth += 2 if tag_key else 1
        if depth > MAX_DEPTH:
            raise self._source.error_at(TOO_DEEP, node.start_mark.index)
        self._value_by_node[id(node)] = _IN_PROGRESS
        if node.__class__ is MappingNode:
            value = self._build_mapping(node, depth)
        else:
            value = [self.build(item, depth) for item in node.value]
        if tag_key:
            value = {tag_key: value}
        self._value_by_node[id(node)] = value
        return value

    def built_value(self, node: Node) -> Any:
        """Return the value of a node that has been built."""
        return self.build(node) if node.__class__ is ScalarNode else self._value_by_node[id(node)]

    def _build_mapping(self, node: MappingNode, depth: int) -> dict[str, Any]:
        own_members: dict[str, Any] = {}
        merged_mappings: list[dict[str, Any]] = []
        for key, value in node.value:
            if key.__class__ is not ScalarNode:
                message = "A mapping or a list cannot be a key in a template; write a text before the ':'."
                raise self._source.error_at(message, key.start_mark.index)
            if key.value == "<<" and is_merge_key(key):
                merged_mappings.append(self._merge(key, self.build(value, depth)))
            else:
                own_members[key.value] = self.build(value, depth)
        if len(own_members) + len(merged_mappings) != len(node.value):
            self.mappings_with_duplicates.append(node)
        if not merged_mappings:
            return own_members
        members: dict[str, Any] = {}
        for mapping in merged_mappings:
            members.update(mapping)
        members.update(own_members)
        return members

    def _merge(self, key: ScalarNode, value: Any) -> dict[str, Any]:
        """Return the members that a merge key adds. Of several mappings, the first with a key wins."""
        mappings = value if isinstance(value, list) else [value]
        members: dict[str, Any] = {}
        for mapping in reversed(mappings):
            if not isinstance(mapping, dict):
                message = "'<<' merges a mapping or a list of mappings; give it one, or put the key between quotes."
                raise self._source.error_at(message, key.start_mark.index)
            self._count_expansion(len(mapping), key)
            members.update(mapping)
        return members

    def _check_alias(self, node: Node, value: Any, depth: int) -> Any:
        """Return the value of an aliased node. Raises TemplateError if it contains itself or exceeds a limit."""
        if value is _IN_PROGRESS:
            message = "The value that begins here contains an alias to itself; a template must end, so write it out."
            raise self._source.error_at(message, node.start_mark.index)
        size, height = self._measure(value)
        if depth + height > MAX_DEPTH:
            raise self._source.error_at(TOO_DEEP, node.start_mark.index)
        self._count_expansion(size, node)
        return value

    def _count_expansion(self, size: int, node: Node) -> None:
        self._expanded_size += size
        if self._expanded_size > MAX_EXPANSION:
            message = f"Aliases of this value expand to more than {MAX_EXPANSION:,} values; write the template shorter."
            raise self._source.error_at(message, node.start_mark.index)

    def _measure(self, value: Any) -> tuple[int, int]:
        """Return the number of values in a value, and its height in levels.

        Aliases are counted in full. The recursion is no deeper than the text is nested, because every alias in the
        value was measured before.
        """
        if not isinstance(value, dict | list):
            return 1, 0
        size_and_height = self._size_by_value.get(id(value))
        if size_and_height is None:
            size, height = 1, 0
            for child in value.values() if isinstance(value, dict) else value:
                child_size, child_height = self._measure(child)
                size += child_size
                height = max(height, child_height)
            size_and_height = self._size_by_value[id(value)] = (size, height + 1)
        return size_and_height


def _tagged_scalar(node: ScalarNode) -> Any:
    text: str = node.value
    if function_name(node):
        return expand_tag(node.tag[1:], text)
    if node.tag == _STANDARD_PREFIX + "str":
        return text
    value = resolve_plain_scalar(text)
    return float(value) if node.tag == _STANDARD_PREFIX + "float" and isinstance(value, int) else value
