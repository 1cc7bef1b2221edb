"""Suppressions in the comments and in the Metadata of a template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.evaluate.descriptions import to_single_line
from relint.resolve.value import scalar_text
from relint.suppressions.commented_member import members_by_line
from relint.suppressions.entry import SuppressionEntry
from relint.suppressions.metadata import metadata_sections

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.source.location import Path

_FIELDS = ("reason", "until", "property")
_UNTIL = re.compile(r"\(?\buntil:[ \t]*(?P<day>[^\s,;:)]+)\)?[ \t,;:-]*")


class _Details(NamedTuple):
    """The fields of a suppression in Metadata.

    `problem` describes a field that is unknown or not a text.
    """

    reason: str
    until: str | None = None
    property_path: str | None = None
    problem: str | None = None


def template_suppressions(template: Template, honored_tools: Sequence[str] = ()) -> Iterator[SuppressionEntry]:
    """Yield the suppressions in a template: comments, then Metadata, then those written for `honored_tools`."""
    yield from _comment_suppressions(template)
    yield from _metadata_suppressions(template)
    if honored_tools:
        from relint.suppressions.other_tools import other_tool_suppressions

        yield from other_tool_suppressions(template, honored_tools)


def _comment_suppressions(template: Template) -> Iterator[SuppressionEntry]:
    """Yield the suppressions in comments; one at a logical ID applies to the whole resource."""
    comments = template.document.inline_suppressions
    members = members_by_line(template.document) if comments else {}
    for comment in comments:
        reason, until = _split_until(comment.reason)
        member = next((members[line] for line in comment.lines if line in members), ())
        for selector in comment.selectors or ("",):
            yield SuppressionEntry(
                selector=selector,
                reason=reason,
                path=(),
                span=comment.span,
                lines=comment.lines,
                path_prefix=member,
                logical_id=str(member[-1]) if member[:1] == ("Resources",) else None,
                problem=comment.problem,
                malformed_comment=comment.text,
                until=until,
            )


def _metadata_suppressions(template: Template) -> Iterator[SuppressionEntry]:
    for section in metadata_sections(template):
        relint_section = section.content.get("relint")
        ignore = relint_section.get("ignore") if isinstance(relint_section, dict) else None
        if ignore is None:
            continue
        for selector, value, path in _items(ignore, (*section.path, "relint", "ignore")):
            details = _parse_details(value)
            yield SuppressionEntry(
                selector=scalar_text(selector),
                reason=details.reason,
                path=path,
                span=template.document.span_of(path),
                path_prefix=section.owner_path,
                logical_id=section.logical_id,
                problem=details.problem,
                until=details.until,
                property_path=details.property_path,
            )


def _items(ignore: Any, path: Path) -> Iterator[tuple[Any, Any, Path]]:
    """Yield selector, details and path of each suppression.

    `ignore` is a mapping of details, a list of selectors, or one selector.
    """
    if isinstance(ignore, dict):
        for selector, value in ignore.items():
            yield selector, value, (*path, selector)
    elif isinstance(ignore, list):
        for index, selector in enumerate(ignore):
            yield selector, "", (*path, index)
    else:
        yield ignore, "", path


def _parse_details(value: Any) -> _Details:
    """Return the fields of a suppression: its value is a reason, or a mapping."""
    if isinstance(value, list):
        return _Details(reason="")
    if not isinstance(value, dict):
        reason, until = _split_until(scalar_text(value).strip())
        return _Details(reason=reason, until=until)
    texts = {field: scalar_text(text).strip() for field, text in value.items() if not isinstance(text, dict | list)}
    wrong = next((str(field) for field in value if field not in _FIELDS or field not in texts), None)
    return _Details(
        reason=texts.get("reason", ""),
        until=texts.get("until"),
        property_path=texts.get("property"),
        problem=f'it takes {", ".join(_FIELDS)}, each a text, not "{to_single_line(wrong)}"' if wrong else None,
    )


def _split_until(reason: str) -> tuple[str, str | None]:
    """Return a reason without its `until: DAY`, and the day."""
    match = _UNTIL.search(reason)
    if match is None:
        return reason, None
    return (reason[: match.start()] + reason[match.end() :]).strip(" \t:,;-"), match["day"]
