"""Places in SARIF's terms: relative URIs, regions counted in UTF-16 units, logical locations."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from relint.discover.candidate import is_url

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.report.source_lines import SourceLines
    from relint.source.location import Span

ROOT = "%SRCROOT%"
_ABSOLUTE = re.compile(r"(?:[A-Za-z]:)?/")
_DRIVE = re.compile(r"[A-Za-z]:")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
"""What stands for itself in a path. https://www.rfc-editor.org/rfc/rfc3986#section-2.3"""
_AROUND = 2
_LONG = 1000
_BESIDE = 100


def relative_files(files: Iterable[str]) -> dict[str, str]:
    """Each file with the relative path that a log may name: forward slashes, no drive, no way out of the root.

    A log must not tell where somebody's home is, so absolute files lose the folder that all of them share: what
    remains tells them apart. The leading `..` of a file outside of the working directory are dropped. URLs stay.
    """
    every = list(files)
    steps = {file: file.replace(os.sep, "/").split("/") for file in every if not is_url(file)}
    absolute = {file for file in steps if _ABSOLUTE.match("/".join(steps[file]))}
    shared = 0
    for column in zip(*(steps[file][:-1] for file in sorted(absolute)), strict=False):
        if len(set(column)) > 1:
            break
        shared += 1
    found = {file: _inside(steps[file][shared:] if file in absolute else steps[file]) for file in steps}
    return {file: found.get(file, file) for file in every}


def _inside(steps: list[str]) -> str:
    return "/".join(step for step in steps if step not in ("", ".", "..") and not _DRIVE.fullmatch(step)) or "unnamed"


def to_uri(path: str) -> str:
    """The relative URI of a relative path, percent-encoded; of a URL the absolute one."""
    protocol, mark, inside = path.partition("://") if is_url(path) else ("", "", path)
    if not _UNRESERVED.issuperset(inside):
        from urllib.parse import quote  # milliseconds, which most paths do not need

        inside = quote(inside, safe="/", errors="backslashreplace")
    return protocol + mark + inside


def artifact(uri: str) -> dict[str, Any]:
    """The artifactLocation of a URI: an absolute one stands for itself, in a relative one every colon is encoded."""
    return {"uri": uri} if is_url(uri) else {"uri": uri, "uriBaseId": ROOT}


def region(lines: SourceLines, file: str, span: Span) -> dict[str, Any]:
    """The region of a span on the line where it starts, with its text if the text of the file is known."""
    number = span.start.line
    place = lines.line_at(file, span)
    if place is None:
        end = max(span.end.column, span.start.column) if span.end.line == number else span.start.column
        return {"startLine": number, "startColumn": span.start.column, "endLine": number, "endColumn": end}
    return _on_line(number, *place)


def context_region(lines: SourceLines, file: str, span: Span) -> dict[str, Any] | None:
    """Two lines more on either side; on lines too long to be read, what stands beside. None when there is no more."""
    place = lines.line_at(file, span)
    if place is None:
        return None
    every, number = lines.lines_of(file), span.start.line
    first, last = max(number - _AROUND, 1), min(number + _AROUND, len(every))
    if last > first and last == len(every) and not every[-1]:
        last -= 1  # what follows the last line break is no line
    around = every[first - 1 : last]
    text, start, end = place
    if sum(map(len, around)) > _LONG:
        beside = max(start - _BESIDE, 0), min(end + _BESIDE, len(text))
        return None if beside == (start, end) else _on_line(number, text, *beside)
    if len(around) == 1 and (start, end) == (0, len(text)):
        return None
    return {"startLine": first, "endLine": last, "snippet": {"text": lines.newline(file).join(around)}}


def logical_locations(finding: Finding) -> list[dict[str, Any]]:
    """The resource that a finding speaks of, and the construct of the CDK that made it."""
    found = [resource_location(finding.logical_id)] if finding.logical_id else []
    if finding.cdk_path:
        path = finding.cdk_path
        found.append({"name": path.rpartition("/")[2] or path, "fullyQualifiedName": path, "kind": "cdkConstruct"})
    return found


def resource_location(logical_id: str) -> dict[str, Any]:
    """The logical location of a resource."""
    return {"name": logical_id, "fullyQualifiedName": f"Resources.{logical_id}", "kind": "resource"}


def _on_line(number: int, text: str, start: int, end: int) -> dict[str, Any]:
    before, inside = start, end - start
    if not text.isascii():
        before, inside = _units(text[:start]), _units(text[start:end])
    return {
        "startLine": number,
        "startColumn": before + 1,
        "endLine": number,
        "endColumn": before + inside + 1,
        "snippet": {"text": text[start:end]},
    }


def _units(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
