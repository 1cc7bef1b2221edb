"""A YAML text -> a document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from yaml.error import YAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import Node

from relint.source.document import Document, Extent
from relint.source.full_yaml.errors import explain
from relint.source.full_yaml.locator import FullYamlLocator, duplicate_keys
from relint.source.full_yaml.values import Values
from relint.source.limits import MAX_COMPOSED_DEPTH, MAX_DEPTH, TOO_DEEP

if TYPE_CHECKING:
    from relint.source.location import Path
    from relint.source.text import SourceText

try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # PyYAML was built without libyaml
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Parser(Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        """The same in Python, about thirty times as slow."""

        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)


class _Nodes(_Parser):
    """A composer that leaves the types of scalars open: asking PyYAML's resolver takes longer than everything else."""

    def resolve(self, kind: type, value: str, implicit: tuple[bool, bool]) -> None:
        """No tag; Values decides."""

    def descend_resolver(self, parent: Node, index: Any) -> None:
        """Nothing depends on where a node stands."""

    def ascend_resolver(self) -> None:
        """Nothing depends on where a node stands."""


_FLOW_DEPTH = MAX_COMPOSED_DEPTH // 3
_DEEPLY_INDENTED = re.compile(rf"[ \t?:-]{{{MAX_COMPOSED_DEPTH // 6}}}")


def read_yaml(source: SourceText) -> Document:
    """The document of a YAML text; raises TemplateError with the place of the first mistake."""
    try:
        if _may_be_deep(source.text):
            _check_depth(source)
        root = _Nodes(source.text).get_single_node()
    except (YAMLError, UnicodeEncodeError) as error:
        raise explain(error, source) from error
    except RecursionError as error:
        raise source.error_at(TOO_DEEP, None) from error
    if root is None:
        return Document(source, "yaml", None, (), (), _nowhere)
    values = Values(source)
    data = values.build(root)
    duplicates = sorted(duplicate_keys(root, values.repeated, source), key=lambda duplicate: duplicate.second)
    return Document(
        source, "yaml", data, tuple(duplicates), _ignores(root, source), FullYamlLocator(root, source).locate
    )


def _may_be_deep(text: str) -> bool:
    """Whether the text could be nested so deeply that libyaml's recursive composer would overflow the stack.

    An upper bound, and cheap. A bracket opens at most two levels (`[a: b]` is a mapping in a list), and `${` none. A
    block mapping or list begins behind nothing but blanks and indicators, at most two of them in a column.
    """
    brackets = text.count("[") + text.count("{") - text.count("${")
    return brackets > _FLOW_DEPTH or _DEEPLY_INDENTED.search(text) is not None


def _check_depth(source: SourceText) -> None:
    parser: Any = _Nodes(source.text)
    depth = 0
    while event := parser.get_event():  # does not recurse
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise source.error_at(TOO_DEEP, event.start_mark.index)  # type: ignore[union-attr]
        elif isinstance(event, CollectionEndEvent):
            depth -= 1


def _ignores(root: Node, source: SourceText) -> Any:
    if "relint:" not in source.text:
        return ()
    from relint.source.inline_suppressions import find_inline_suppressions

    return tuple(find_inline_suppressions(root, source))


def _nowhere(path: Path) -> Extent:
    return Extent(None, (0, 0))
