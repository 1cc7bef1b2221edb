"""Locator of the full reader: the extent of a path, from the nodes of libyaml."""

from __future__ import annotations

from collections.abc import Iterator

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from relint._typing import TYPE_CHECKING
from relint.source.document import DuplicateKey, Extent
from relint.source.full_yaml.values import ValueBuilder, function_name, is_merge_key

if TYPE_CHECKING:
    from relint.source.location import Path
    from relint.source.text import SourceText

_Member = tuple[ScalarNode, Node]


class FullYamlLocator:
    """Locates the value of a path, through short tags, aliases and merge keys."""

    __slots__ = ("_members", "_root", "_source")

    def __init__(self, root: Node, source: SourceText) -> None:
        self._root = root
        self._source = source
        self._members: dict[int, dict[str, _Member]] = {}

    def locate(self, path: Path) -> Extent:
        """Return the extent of `path`, or of its nearest ancestor in the text."""
        key: ScalarNode | None = None
        node = self._root
        tag_key = function_name(node)
        for step in path:
            if tag_key:
                if step != tag_key:
                    break
                tag_key = None  # the tag is the key, so the node stays the same
                continue
            if isinstance(node, MappingNode) and isinstance(step, str):
                member = self._members_of(node).get(step)
                if member is None:
                    break
                key, node = member
            elif isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
                key, node = None, node.value[step]
            else:
                break
            tag_key = function_name(node)
        text = self._source.text
        return Extent(key=_range(key, text) if key is not None else None, value=_range(node, text))

    def _members_of(self, node: MappingNode) -> dict[str, _Member]:
        members = self._members.get(id(node))
        if members is None:
            members = {}
            for key, value in node.value:
                if is_merge_key(key):
                    for mapping in reversed(value.value if isinstance(value, SequenceNode) else [value]):
                        members.update(self._members_of(mapping))
            members.update((key.value, (key, value)) for key, value in node.value if not is_merge_key(key))
            self._members[id(node)] = members
        return members


def duplicate_keys(root: Node, builder: ValueBuilder, source: SourceText) -> Iterator[DuplicateKey]:
    """Yield the keys that occur twice in the mappings that `builder` has noted."""
    if not builder.mappings_with_duplicates:
        return
    paths = _paths(root)
    for mapping in builder.mappings_with_duplicates:
        members: dict[str, _Member] = {}
        for key, value in mapping.value:
            if is_merge_key(key):
                continue
            if key.value in members:
                first_key, first_value = members[key.value]
                yield DuplicateKey(
                    key=key.value,
                    path=(*paths[id(mapping)], key.value),
                    first=source.span(*_range(first_key, source.text)),
                    second=source.span(*_range(key, source.text)),
                    is_equal=builder.built_value(first_value) == builder.built_value(value),
                )
            members[key.value] = (key, value)


def _paths(root: Node) -> dict[int, Path]:
    """Return the path of every mapping and list by the `id` of its node. Aliased nodes have that of their anchor."""
    paths: dict[int, Path] = {}
    pending: list[tuple[Node, Path]] = [(root, ())]
    while pending:
        node, path = pending.pop()
        if id(node) in paths or not isinstance(node, CollectionNode):
            continue
        tag_key = function_name(node)
        paths[id(node)] = path = (*path, tag_key) if tag_key else path
        if isinstance(node, MappingNode):
            pending += [(value, (*path, key.value)) for key, value in reversed(node.value)]
        else:
            pending += [(item, (*path, index)) for index, item in reversed(list(enumerate(node.value)))]
    return paths


def _range(node: Node, text: str) -> tuple[int, int]:
    """Return the offsets of a node, from its tag to its last character."""
    start: int = node.start_mark.index
    return start, max(start, _end(node, text))


def _end(node: Node, text: str) -> int:
    """Return the offset after the last character of a node.

    libyaml ends block mappings, lists and scalars at the next token, after blank lines and comments.
    """
    while isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        if isinstance(node, MappingNode):
            key, last = last
            if last.start_mark.index < key.start_mark.index:  # an alias: its value is above
                return int(key.end_mark.index)
        elif last.start_mark.index < node.start_mark.index:
            return int(node.start_mark.index)
        node = last
    end: int = node.end_mark.index
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        end = node.start_mark.index + len(text[node.start_mark.index : end].rstrip())
    return end
