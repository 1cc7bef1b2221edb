"""Reader of all YAML, built on libyaml's composer."""

from __future__ import annotations

import re

from yaml.error import YAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import Node

from relint._typing import TYPE_CHECKING, Any
from relint.source.document import Document, Extent
from relint.source.full_yaml.errors import explain
from relint.source.full_yaml.locator import FullYamlLocator, duplicate_keys
from relint.source.full_yaml.values import ValueBuilder
from relint.source.limits import MAX_COMPOSED_DEPTH, MAX_DEPTH, TOO_DEEP

if TYPE_CHECKING:
    from relint.source.inline_suppressions import InlineSuppression
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
        """The parser and composer in Python, about thirty times as slow."""

        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)


class _UntypedComposer(_Parser):
    """A composer without PyYAML's resolver of scalar types, which takes longer than all the rest."""

    def resolve(self, node_type: type, value: str, implicit: tuple[bool, bool]) -> None:
        """Return no tag; ValueBuilder resolves the scalar."""

    def descend_resolver(self, parent: Node, index: Any) -> None:
        """Do nothing: no tag depends on the path of a node."""

    def ascend_resolver(self) -> None:
        """Do nothing: no tag depends on the path of a node."""


_FLOW_DEPTH = MAX_COMPOSED_DEPTH // 3
_DEEPLY_INDENTED = re.compile(rf"[ \t?:-]{{{MAX_COMPOSED_DEPTH // 6}}}")


def read_yaml(source: SourceText) -> Document:
    """Return the document of a YAML text; raises TemplateError at the first mistake."""
    try:
        if _can_be_too_deep(source.text):
            _check_depth(source)
        root = _UntypedComposer(source.text).get_single_node()
    except (YAMLError, UnicodeEncodeError) as error:
        raise explain(error, source) from error
    except RecursionError as error:
        raise source.error_at(TOO_DEEP, None) from error
    if root is None:
        return Document(
            source=source, language="yaml", data=None, duplicates=(), inline_suppressions=(), locate=_locate_nothing
        )
    builder = ValueBuilder(source)
    data = builder.build(root)
    duplicates = duplicate_keys(root, builder, source)
    return Document(
        source=source,
        language="yaml",
        data=data,
        duplicates=tuple(sorted(duplicates, key=lambda duplicate: duplicate.second)),
        inline_suppressions=_inline_suppressions(root, source),
        locate=FullYamlLocator(root, source).locate,
    )


def compose(text: str) -> Node | None:
    """Return the root node of a text that a reader has accepted; None for an empty text."""
    node: Node | None = _UntypedComposer(text).get_single_node()
    return node


def _can_be_too_deep(text: str) -> bool:
    """Whether the text can be nested so deeply that libyaml's recursive composer overflows the stack.

    False is certain, True is not, because the test must be cheap. A bracket opens at most two levels (`[a: b]` is a
    mapping in a list), and `${` opens none. Only blanks and indicators precede a block mapping or list on its line, and
    at most two of them begin in one column.
    """
    brackets = text.count("[") + text.count("{") - text.count("${")
    return brackets > _FLOW_DEPTH or _DEEPLY_INDENTED.search(text) is not None


def _check_depth(source: SourceText) -> None:
    """Raise TemplateError if the text is nested deeper than MAX_DEPTH."""
    parser: Any = _UntypedComposer(source.text)
    depth = 0
    while event := parser.get_event():  # does not recurse, unlike the composer
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise source.error_at(TOO_DEEP, event.start_mark.index)  # type: ignore[union-attr]
        elif isinstance(event, CollectionEndEvent):
            depth -= 1


def _inline_suppressions(root: Node, source: SourceText) -> tuple[InlineSuppression, ...]:
    if "relint:" not in source.text:
        return ()
    from relint.source.inline_suppressions import find_inline_suppressions

    return tuple(find_inline_suppressions(root, source))


def _locate_nothing(path: Path) -> Extent:
    return Extent(key=None, value=(0, 0))
