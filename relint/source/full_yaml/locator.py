"""YAML nodes -> the place of a path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from relint.source.document import DuplicateKey, Extent
from relint.source.full_yaml.values import function_name, is_merge_key

if TYPE_CHECKING:
    from relint.source.location import Path
    from relint.source.text import SourceText

_Member = tuple[ScalarNode, Node]


class FullYamlLocator:
    """Finds where the value of a path was written, through short tags, aliases and merge keys."""

    __slots__ = ("_members", "_root", "_source")

    def __init__(self, root: Node, source: SourceText) -> None:
        self._root = root
        self._source = source
        self._members: dict[int, dict[str, _Member]] = {}

    def locate(self, path: Path) -> Extent:
        """The place of `path`, or of its nearest ancestor that was written."""
        key: ScalarNode | None = None
        node = self._root
        name = function_name(node)
        for step in path:
            if name:
                if step != name:
                    break
                name = None  # the tag is the key, so this step stays on the node
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
            name = function_name(node)
        return Extent(_extent(key, self._source.text) if key is not None else None, _extent(node, self._source.text))

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


def duplicate_keys(root: Node, repeated: list[MappingNode], source: SourceText) -> Iterator[DuplicateKey]:
    """The keys that stand twice in the given mappings."""
    if not repeated:
        return
    paths = _paths(root)
    for mapping in repeated:
        seen: dict[str, ScalarNode] = {}
        for key, _ in mapping.value:
            if is_merge_key(key):
                continue
            if key.value in seen:
                first, second = (source.span(*_extent(node, source.text)) for node in (seen[key.value], key))
                yield DuplicateKey(key.value, (*paths[id(mapping)], key.value), first, second)
            seen[key.value] = key


def _paths(root: Node) -> dict[int, Path]:
    """The path of every mapping and list, by the identity of its node; of an anchored one where it was written."""
    found: dict[int, Path] = {}
    waiting: list[tuple[Node, Path]] = [(root, ())]
    while waiting:
        node, path = waiting.pop()
        if id(node) in found or not isinstance(node, CollectionNode):
            continue
        name = function_name(node)
        found[id(node)] = path = (*path, name) if name else path
        if isinstance(node, MappingNode):
            waiting += [(value, (*path, key.value)) for key, value in reversed(node.value)]
        else:
            waiting += [(item, (*path, index)) for index, item in reversed(list(enumerate(node.value)))]
    return found


def _extent(node: Node, text: str) -> tuple[int, int]:
    """The offsets between which a node stands, from its tag to its last character."""
    start: int = node.start_mark.index
    return start, max(start, _end(node, text))


def _end(node: Node, text: str) -> int:
    """The offset after the last character of a node.

    libyaml ends block mappings, lists and scalars where the next thing begins, behind blank lines and comments.
    """
    while isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        if isinstance(node, MappingNode):
            key, last = last
            if last.start_mark.index < key.start_mark.index:  # an alias: its value stands before it
                return int(key.end_mark.index)
        elif last.start_mark.index < node.start_mark.index:
            return int(node.start_mark.index)
        node = last
    end: int = node.end_mark.index
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        end = node.start_mark.index + len(text[node.start_mark.index : end].rstrip())
    return end
