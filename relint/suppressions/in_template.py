"""Suppressions that a template contains, in comments and in Metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relint.evaluate.descriptions import to_single_line
from relint.resolve.value import scalar_text
from relint.suppressions.entry import SuppressionEntry

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.source.location import Path


_SAID = ("reason", "until", "property")


_UNTIL = re.compile(r"\(?\buntil:[ \t]*(?P<day>[^\s,;)]+)\)?[ \t,;:-]*")


def template_suppressions(template: Template, honor: Sequence[str] = ()) -> Iterator[SuppressionEntry]:
    """What a template itself suppresses: comments, then Metadata, then the words of other tools in `honor`."""
    yield from _inline(template)
    yield from _metadata(template)
    if honor:
        from relint.suppressions.other_tools import other_tool_suppressions

        yield from other_tool_suppressions(template, honor)


def _inline(template: Template) -> Iterator[SuppressionEntry]:
    for comment in template.document.inline_suppressions:
        for word in comment.selectors or ("",):
            reason, until = _until(comment.reason)
            yield SuppressionEntry(
                word, reason, (), comment.span, lines=comment.lines, problem=comment.problem, until=until
            )


def _until(reason: str) -> tuple[str, str | None]:
    """A reason without `until: DAY`, and the day."""
    match = _UNTIL.search(reason)
    if match is None:
        return reason, None
    return (reason[: match.start()] + reason[match.end() :]).strip(" \t:,;-"), match["day"]


def _metadata(template: Template) -> Iterator[SuppressionEntry]:
    yield from _ignores(template, template.document.data, (), None)
    seen: set[Path] = set()
    for resource in template.resources.values():
        scope = resource.written_path
        if scope not in seen:  # several resources may come from one place, by a loop or by SAM
            seen.add(scope)
            yield from _ignores(template, resource.body, scope, resource.logical_id)


def _ignores(
    template: Template, holder: Mapping[str, Any], scope: Path, logical_id: str | None
) -> Iterator[SuppressionEntry]:
    metadata = holder.get("Metadata")
    said = metadata.get("relint") if isinstance(metadata, dict) else None
    ignore = said.get("ignore") if isinstance(said, dict) else None
    if ignore is None:
        return
    path = (*scope, "Metadata", "relint", "ignore")

    def accepted(word: Any, said: Any, place: Path) -> SuppressionEntry:
        span = template.document.span_of(place)
        ignore = SuppressionEntry(scalar_text(word), "", place, span, path_prefix=scope, logical_id=logical_id)
        if not isinstance(said, dict):
            reason, until = _until(scalar_text(said).strip() if not isinstance(said, list) else "")
            return ignore._replace(reason=reason, until=until)
        texts = {key: scalar_text(value).strip() for key, value in said.items() if not isinstance(value, dict | list)}
        wrong = next((str(key) for key in said if key not in _SAID or key not in texts), None)
        problem = f'it takes {", ".join(_SAID)}, each a text, not "{to_single_line(wrong)}"' if wrong else None
        return ignore._replace(
            reason=texts.get("reason", ""),
            until=texts.get("until"),
            property_path=texts.get("property"),
            problem=problem,
        )

    if isinstance(ignore, dict):
        for word, reason in ignore.items():
            yield accepted(word, reason, (*path, word))
    elif isinstance(ignore, list):
        for index, word in enumerate(ignore):
            yield accepted(word, "", (*path, index))
    else:
        yield accepted(ignore, "", path)
