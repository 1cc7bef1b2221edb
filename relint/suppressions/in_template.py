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

_FIELDS = ("reason", "until", "owner", "property")
_IN_REASON = {
    "until": re.compile(r"\(?\buntil:[ \t]*(?P<value>[^\s,;:)]+)\)?[ \t,;:-]*"),
    "owner": re.compile(
        r"""\(?\bowner:[ \t]*(?:"(?P<quoted>[^"]+)"|(?P<value>[^\s,;)"]*[^\s,;)".]))\.?\)?[ \t,;:-]*"""
    ),
}
"""Fields that a reason may contain, such as `until: 2027-03-01` and `owner: data-team`, by name."""


class _Details(NamedTuple):
    """The fields of a suppression in Metadata.

    `problem` describes a field that is unknown or not a text.
    """

    reason: str
    until: str | None = None
    owner: str | None = None
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
    document = template.document
    comments = [(part.file, comment) for part in document.parts for comment in part.inline_suppressions]
    members = members_by_line(document) if comments else {}
    for file, comment in comments:
        details = _parse_reason(comment.reason)
        member = next((members[file, line] for line in comment.lines if (file, line) in members), ())
        for selector in comment.selectors or ("",):
            yield SuppressionEntry(
                selector=selector,
                reason=details.reason,
                path=(),
                span=comment.span,
                lines=comment.lines,
                path_prefix=member,
                logical_id=str(member[-1]) if member[:1] == ("Resources",) else None,
                problem=comment.problem,
                malformed_comment=comment.text,
                until=details.until,
                owner=details.owner,
                file=file if document.included else None,
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
                selector=selector,
                reason=details.reason,
                path=path,
                span=template.document.span_of(path),
                path_prefix=section.owner_path,
                logical_id=section.logical_id,
                problem=details.problem,
                until=details.until,
                owner=details.owner,
                property_path=details.property_path,
                file=template.document.file_of(path) if template.document.included else None,
            )


def _items(ignore: Any, path: Path) -> Iterator[tuple[str, Any, Path]]:
    """Yield selector, details and path of each suppression.

    `ignore` is a mapping of details by selector, a list of mappings with the key `rule` or of selectors, or one
    selector. Commas separate selectors with the same details.
    """
    items: list[tuple[Any, Any, Path]] = [(ignore, "", path)]
    if isinstance(ignore, dict):
        items = [(selector, value, (*path, selector)) for selector, value in ignore.items()]
    elif isinstance(ignore, list):
        items = [(item, "", (*path, index)) for index, item in enumerate(ignore)]
    for selectors, value, item_path in items:
        if isinstance(selectors, dict):
            value = {key: field for key, field in selectors.items() if key != "rule"}
            selectors = selectors.get("rule", "")
        for selector in scalar_text(selectors).split(","):
            yield selector.strip(), value, item_path


def _parse_details(value: Any) -> _Details:
    """Return the fields of a suppression: its value is a reason, or a mapping."""
    if isinstance(value, list):
        return _Details(reason="")
    if not isinstance(value, dict):
        return _parse_reason(scalar_text(value).strip())
    texts = {field: scalar_text(text).strip() for field, text in value.items() if not isinstance(text, dict | list)}
    wrong = next((str(field) for field in value if field not in _FIELDS or field not in texts), None)
    return _Details(
        reason=texts.get("reason", ""),
        until=texts.get("until"),
        owner=texts.get("owner"),
        property_path=texts.get("property"),
        problem=f'it takes {", ".join(_FIELDS)}, each a text, not "{to_single_line(wrong)}"' if wrong else None,
    )


def _parse_reason(text: str) -> _Details:
    """Return a reason without the fields that it contains, and these fields."""
    fields: dict[str, str] = {}
    for name, pattern in _IN_REASON.items():
        match = pattern.search(text)
        if match is not None:
            fields[name] = next(value for value in match.groupdict().values() if value)
            text = (text[: match.start()] + text[match.end() :]).strip(" \t:,;-")
    return _Details(reason=text, until=fields.get("until"), owner=fields.get("owner"))
