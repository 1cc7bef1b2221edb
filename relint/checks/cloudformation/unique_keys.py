"""Keys that a mapping contains twice. CloudFormation takes the last one, in YAML and in JSON.

Seen with validate-template and get-template-summary: https://github.com/go-to-k/cdk-real-drift/pull/1133 (2026-07-10).
Of sections, AWS says that the behavior is undefined:
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html (read 2026-11-28).
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.checks.problem import TextProblem
from relint.discover.template_detection import SECTIONS

if TYPE_CHECKING:
    from relint.level import Level
    from relint.source.document import Document, DuplicateKey
    from relint.source.location import Span


def check_document(document: Document) -> Iterator[TextProblem]:
    """Yield a problem for each key that stands more than once, at its first place; the other places are related."""
    for places in _by_key(document.duplicates):
        last = places[-1].second
        is_equal = all(place.is_equal for place in places)
        message, level = _gravity(places[0], is_equal=is_equal)
        lost = [(place.first, f"The value of '{place.key}' here is lost, too.") for place in places[1:]]
        yield TextProblem(
            path=places[0].path,
            span=places[0].first,
            values={"key": places[0].key, "times": _times(len(places) + 1), "line": last.start.line},
            related=(*lost, (last, f"CloudFormation takes '{places[0].key}' from here.")),
            message=message,
            level=level,
        )


def _by_key(duplicates: tuple[DuplicateKey, ...]) -> list[list[DuplicateKey]]:
    """Return the duplicates of each key in each mapping, in the order of the text."""
    chains: dict[Span, list[DuplicateKey]] = {}
    for duplicate in duplicates:
        chain = chains.pop(duplicate.first, [])
        chain.append(duplicate)
        chains[duplicate.second] = chain
    return list(chains.values())


def _gravity(duplicate: DuplicateKey, *, is_equal: bool) -> tuple[str, Level | None]:
    """Return the id of the message and the level; None is that of the rule, for a lost resource or section."""
    if is_equal:
        return "equal", "warning"
    if len(duplicate.path) == 1 and duplicate.key in SECTIONS:  # files that a template includes have other keys
        return "section", None
    if len(duplicate.path) == 2 and duplicate.path[0] == "Resources" and not duplicate.key.startswith("Fn::"):
        return "resource", None
    return "default", "warning"


def _times(number: int) -> str:
    return "twice" if number == 2 else f"{number} times"
