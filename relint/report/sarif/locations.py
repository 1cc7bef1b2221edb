"""SARIF locations: relative URIs, regions counted in UTF-16 units, and logical locations."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.discover.candidate import is_url
from relint.source.text import SourceText

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.report.source_lines import SourceLines
    from relint.source.location import Span

ROOT = "%SRCROOT%"
_ABSOLUTE = re.compile(r"(?:[A-Za-z]:)?/")
_DRIVE = re.compile(r"[A-Za-z]:")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
"""Characters of a path that are not encoded. https://www.rfc-editor.org/rfc/rfc3986#section-2.3"""
_CONTEXT_LINES = 2
"""Lines of context before and after a region."""
_MAX_CONTEXT_LENGTH = 1000
"""Characters of context lines, beyond which the context is limited to the line itself."""
_CONTEXT_CHARACTERS = 100
"""Characters of context before and after a region on a very long line."""


def relative_paths(files: Iterable[str]) -> dict[str, str]:
    """Return the path of each file in a log, which is relative, with forward slashes, and below the root.

    Files in a repository have such names (`name_files_from_root`). A log must not reveal home folders, so absolute
    paths lose the folder that all of them share; the remaining steps tell the files apart. The leading `..` of files
    outside of the working directory are dropped. URLs do not change.
    """
    all_files = list(files)
    steps = {file: file.replace(os.sep, "/").split("/") for file in all_files if not is_url(file)}
    absolute = {file for file in steps if _ABSOLUTE.match("/".join(steps[file]))}
    shared_steps = 0
    for column in zip(*(steps[file][:-1] for file in sorted(absolute)), strict=False):
        if len(set(column)) > 1:
            break
        shared_steps += 1
    paths = {file: _path_below_root(steps[file][shared_steps:] if file in absolute else steps[file]) for file in steps}
    return {file: paths.get(file, file) for file in all_files}


def paths_in_log(files: Iterable[str], earlier: Mapping[str, str]) -> dict[str, str]:
    """Return the path of each name in a log; those of earlier versions of a file have the path of the file."""
    file_by_name = {name: earlier.get(name, name) for name in files}
    paths = relative_paths(file_by_name.values())
    return {name: paths[file] for name, file in file_by_name.items()}


def _path_below_root(steps: list[str]) -> str:
    return "/".join(step for step in steps if step not in ("", ".", "..") and not _DRIVE.fullmatch(step)) or "unnamed"


def to_uri(path: str) -> str:
    """Return the percent-encoded URI of a relative path or a URL."""
    protocol, separator, unencoded = path.partition("://") if is_url(path) else ("", "", path)
    if _UNRESERVED.issuperset(unencoded):
        return path
    from urllib.parse import quote  # takes milliseconds to import, and most paths need no encoding

    return protocol + separator + quote(unencoded, safe="/", errors="backslashreplace")


def build_artifact_location(uri: str) -> dict[str, Any]:
    """Return the artifactLocation of a URI; a relative URI is resolved against the root."""
    return {"uri": uri} if is_url(uri) else {"uri": uri, "uriBaseId": ROOT}


def build_region(lines: SourceLines, file: str, span: Span) -> dict[str, Any]:
    """Return the region of a span on its first line, with a snippet if the text of the file is available."""
    line = span.start.line
    source = lines.line_at(file, span)
    if source is None:
        end = max(span.end.column, span.start.column) if span.end.line == line else span.start.column
        return {"startLine": line, "startColumn": span.start.column, "endLine": line, "endColumn": end}
    return _region_on_line(line, *source)


def build_edited_region(text: str, start: int, end: int) -> dict[str, Any]:
    """Return the region of a text between two offsets in code points, of which equal ones are an insertion."""
    source = SourceText("", text.removeprefix("\ufeff"))
    positions = [source.position_at(offset) for offset in (start, end)]
    columns = [
        _utf16_length(source.text[offset - position.column + 1 : offset]) + 1
        for offset, position in zip((start, end), positions, strict=True)
    ]
    return {
        "startLine": positions[0].line,
        "startColumn": columns[0],
        "endLine": positions[1].line,
        "endColumn": columns[1],
    }


def build_context_region(lines: SourceLines, file: str, span: Span) -> dict[str, Any] | None:
    """Return a region with two more lines before and after a span, or with the characters around it on long lines.

    None if there is no context: the text of the file is not available, or the span is all of it.
    """
    source = lines.line_at(file, span)
    if source is None:
        return None
    all_lines, line = lines.lines_of(file), span.start.line
    first, last = max(line - _CONTEXT_LINES, 1), min(line + _CONTEXT_LINES, len(all_lines))
    if last > first and last == len(all_lines) and not all_lines[-1]:
        last -= 1  # the empty string after the last line break is not a line
    context = all_lines[first - 1 : last]
    text, start, end = source
    if sum(map(len, context)) > _MAX_CONTEXT_LENGTH:
        context_start, context_end = max(start - _CONTEXT_CHARACTERS, 0), min(end + _CONTEXT_CHARACTERS, len(text))
        if (context_start, context_end) == (start, end):
            return None
        return _region_on_line(line, text, context_start, context_end)
    if len(context) == 1 and (start, end) == (0, len(text)):
        return None
    return {"startLine": first, "endLine": last, "snippet": {"text": lines.line_break_of(file).join(context)}}


def build_logical_locations(finding: Finding) -> list[dict[str, Any]]:
    """Return the logical locations of a finding: its resource, and the CDK construct that generated the resource."""
    locations = [build_resource_location(finding.logical_id)] if finding.logical_id else []
    if finding.cdk_path:
        path = finding.cdk_path
        locations.append({"name": path.rpartition("/")[2] or path, "fullyQualifiedName": path, "kind": "cdkConstruct"})
    return locations


def build_resource_location(logical_id: str) -> dict[str, Any]:
    """Return the logical location of a resource."""
    return {"name": logical_id, "fullyQualifiedName": f"Resources.{logical_id}", "kind": "resource"}


def _region_on_line(line: int, text: str, start: int, end: int) -> dict[str, Any]:
    start_unit, length = start, end - start
    if not text.isascii():
        start_unit, length = _utf16_length(text[:start]), _utf16_length(text[start:end])
    return {
        "startLine": line,
        "startColumn": start_unit + 1,
        "endLine": line,
        "endColumn": start_unit + length + 1,
        "snippet": {"text": text[start:end]},
    }


def _utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
