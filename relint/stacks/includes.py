"""Expansion of `AWS::Include` with a local file, as CloudFormation expands it after `aws cloudformation package`.

The keys of the file take the place of the key `Fn::Transform`, beside the other keys of the mapping. AWS does not say
which of two equal keys counts; here that of the file does. At the top level the members of a section are joined.
Of the rest AWS says: an include may stand anywhere but in Parameters, the file contains a mapping, it has neither short
forms nor includes.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html, read on 2026-11-28
https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html, read on 2026-11-28
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.discover.candidate import is_url
from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.discover.template_detection import INCLUDE, may_include
from relint.errors import TemplateError
from relint.source.document import Included
from relint.source.limits import MAX_DEPTH, MAX_EXPANSION
from relint.source.read import read_document
from relint.source.short_tags import function_key
from relint.stacks.file_reader import read_raw
from relint.stacks.nested import local_file, name_of_local_file

if TYPE_CHECKING:
    from relint.source.document import Document
    from relint.source.location import Path
    from relint.stacks.boundary import SearchBoundary

MAX_INCLUDED_FILES = 1_000
"""Number of files that one template includes; a limit for templates by unknown authors."""

_CALL = "Fn::Transform"
_NO_NESTED_INCLUDES = (
    "it has an include of its own, which CloudFormation does not expand; include that file from the template."
)


class _Snippet(NamedTuple):
    """A file that can be included, with the number of its values and its height in levels."""

    document: Document
    size: int
    height: int


def expand_includes(document: Document, boundary: SearchBoundary) -> Document:
    """Return a document with the content of the local files that it includes.

    A Location that is no literal, an address, or a file outside of the boundary stays as it is. So does a file that
    cannot be included, which is among the `include_errors`.
    """
    if (
        not may_include(document.text)
        or not boundary.folders
        or is_url(document.file)
        or not isinstance(document.data, dict)
    ):
        return document
    return _Expansion(document, boundary).expand()


class _Expansion:
    """The expansion of one template, within limits of files, bytes, values and levels."""

    def __init__(self, document: Document, boundary: SearchBoundary) -> None:
        self._document = document
        self._boundary = boundary
        self._snippets: dict[str, _Snippet | None] = {}
        self._included: dict[Path, Included] = {}
        self._errors: dict[str, TemplateError] = {}
        self._bytes = 0
        self._size = 0

    def expand(self) -> Document:
        data = self._expand_top_level(self._expand(self._document.data, ()))
        texts = [snippet.document.text for snippet in self._snippets.values() if snippet]
        return self._document._replace(
            data=data,
            included=self._included,
            included_text="\n".join((self._document.text, *texts)) if texts else "",
            include_errors=tuple(self._errors.values()),
        )

    def _expand(self, node: Any, path: Path) -> Any:
        """Return a value with its includes expanded; the same object if it has none."""
        if isinstance(node, list):
            items = [self._expand(item, (*path, index)) for index, item in enumerate(node)]
            return node if all(map(_is_same, items, node)) else items
        if not isinstance(node, dict):
            return node
        members = {key: self._expand(value, (*path, key)) for key, value in node.items() if key != _CALL}
        if _CALL in node:
            rest = self._include_all(members, node[_CALL], path, (*path, _CALL))
            if rest is not node[_CALL]:
                return members if rest is None else {**members, _CALL: rest}
        return node if all(_is_same(value, node[key]) for key, value in members.items()) else members

    def _expand_top_level(self, data: dict[str, Any]) -> dict[str, Any]:
        if "Transform" not in data:
            return data
        members = {key: value for key, value in data.items() if key != "Transform"}
        rest = self._include_all(members, data["Transform"], (), ("Transform",))
        if rest is data["Transform"]:
            return data
        return members if rest is None else {"Transform": rest, **members}

    def _include_all(self, members: dict[str, Any], calls: Any, path: Path, call_path: Path) -> Any:
        """Add what one or several calls of macros include to the mapping at `path`; return the other calls, or None."""
        if not isinstance(calls, list):
            return None if self._include(members, calls, path, call_path) else calls
        rest = [call for index, call in enumerate(calls) if not self._include(members, call, path, (*call_path, index))]
        return calls if len(rest) == len(calls) else rest or None

    def _include(self, members: dict[str, Any], call: Any, path: Path, call_path: Path) -> bool:
        """Add what a call includes; return False if it includes nothing."""
        location = _location(call)
        if location is None:
            return False
        try:
            snippet = self._find_snippet(location, path)
        except TemplateError as error:
            if error.message not in self._errors:
                span = self._document.span_of(call_path)
                self._errors[error.message] = TemplateError(error.message, self._document.file, span)
            return False
        if snippet is None:
            return False
        document = snippet.document
        for key, value in document.data.items():
            if path or not isinstance(value, dict):
                members[key] = value
                self._included[(*path, key)] = Included(document, (key,), call_path)
                continue
            section = members.get(key)
            members[key] = {**section, **value} if isinstance(section, dict) else value
            for name in value:
                self._included[key, name] = Included(document, (key, name), call_path)
        return True

    def _find_snippet(self, location: str, path: Path) -> _Snippet | None:
        """Return the file at a location, to be included at `path`; None if it is not read.

        Raises TemplateError if it cannot be included.
        """
        if local_file(location, self._document.file, self._boundary.folders) is None:
            return None
        file = name_of_local_file(location, self._document.file)
        if path[:1] == ("Parameters",):
            raise _refusal(file, "CloudFormation expands no include in Parameters; write the parameters out.")
        if file not in self._snippets:
            if len(self._snippets) >= MAX_INCLUDED_FILES:
                message = f"The template includes more than {MAX_INCLUDED_FILES:,} files; the rest is left out."
                raise TemplateError(message)
            self._snippets[file] = None
            self._snippets[file] = self._read(file)
        snippet = self._snippets[file]
        if snippet is None:
            return None
        if len(path) + snippet.height > MAX_DEPTH:
            raise _refusal(file, f"the template would be nested more than {MAX_DEPTH} levels deep.")
        if self._size + snippet.size > MAX_EXPANSION:
            message = f"The includes expand to more than {MAX_EXPANSION:,} values; the rest is left out."
            raise TemplateError(message)
        self._size += snippet.size
        return snippet

    def _read(self, file: str) -> _Snippet | None:
        """Return a file; None if a configuration excludes it. Raises TemplateError if it cannot be included."""
        try:
            raw = read_raw(file, self._boundary)
            if raw is None:
                return None
            self._bytes += len(raw)
            if self._bytes > MAX_TEMPLATE_BYTES:
                raise TemplateError(f"with it, the included files have more than {MAX_TEMPLATE_BYTES:,} bytes.")
            document = read_document(raw, file)
        except TemplateError as error:
            line = f"line {error.span.start.line}: " if error.span else ""
            raise _refusal(file, line + error.message) from error
        if not isinstance(document.data, dict):
            raise _refusal(file, "it is no mapping of keys to values.")
        if may_include(document.text):
            for path in _include_calls(document.data):
                line = f"line {document.span_of(path).start.line}: "
                raise _refusal(file, line + _NO_NESTED_INCLUDES)
        self._check_short_forms(document)
        return _Snippet(document, *_measure(document.data, {}))

    def _check_short_forms(self, document: Document) -> None:
        """Add an error for the first short form in a file; what it means is clear, so the file is included."""
        if document.language == "json" or not re.search(r"![A-Z]", document.text):
            return
        from yaml import TagToken, scan  # few files have one

        for token in scan(document.text):
            if isinstance(token, TagToken) and token.value[0] == "!":
                tag = token.value[1]
                message = (
                    f"CloudFormation reads no short forms in included files; "
                    f"write '{function_key(tag)}:' instead of '!{tag}'."
                )
                start, end = token.start_mark.index, token.end_mark.index
                self._errors[f"{document.file} {message}"] = TemplateError(
                    message, document.file, document.source.span(start, end)
                )
                return


def _refusal(file: str, reason: str) -> TemplateError:
    return TemplateError(f"'{file}' cannot be included: {reason}")


def _location(call: Any) -> str | None:
    """Return the Location of a call of AWS::Include, if it is a literal text."""
    parameters = call.get("Parameters") if isinstance(call, dict) and call.get("Name") == INCLUDE else None
    location = parameters.get("Location") if isinstance(parameters, dict) else None
    return location if isinstance(location, str) else None


def _include_calls(data: dict[str, Any]) -> Iterator[Path]:
    """Yield the paths of the macros in a document that are AWS::Include."""
    stack: list[tuple[Any, Path]] = [(data, ())]
    while stack:
        node, path = stack.pop()
        if isinstance(node, dict):
            for key in (_CALL, "Transform"):
                calls = node.get(key) if path == () or key == _CALL else None
                for call in calls if isinstance(calls, list) else [calls]:
                    if isinstance(call, dict) and call.get("Name") == INCLUDE:
                        yield (*path, key)
            stack.extend((value, (*path, key)) for key, value in node.items())
        elif isinstance(node, list):
            stack.extend((item, (*path, index)) for index, item in enumerate(node))


def _measure(value: Any, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Return the number of values in a value, and its height in levels; aliases are counted in full."""
    if not isinstance(value, dict | list):
        return 1, 0
    if id(value) not in known:
        children = [_measure(child, known) for child in (value.values() if isinstance(value, dict) else value)]
        known[id(value)] = 1 + sum(size for size, _ in children), 1 + max((height for _, height in children), default=0)
    return known[id(value)]


def _is_same(first: Any, second: Any) -> bool:
    return first is second
