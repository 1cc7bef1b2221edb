"""Sentences about the parts of templates that no rule judged."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relint.finding import Report, Unjudged

_PHRASES = {
    "macro": ("macro hides what it makes", "macros hide what they make"),
    "include": ("include is not expanded", "includes are not expanded"),
    "module": ("module is not expanded", "modules are not expanded"),
    "nested stack": ("nested stack is not followed", "nested stacks are not followed"),
    "stack relations": (
        "stack has more relations to others than relint follows",
        "stacks have more relations to others than relint follows",
    ),
}


def format_unjudged(report: Report) -> str:
    """Return the numbers of what was not judged in one line, and an empty text for nothing.

    As in "not judged: 3 resources of 2 types have no rule; 1 macro hides what it makes: -v lists them".
    """
    parts = []
    types = [entry for entry in report.unjudged if entry.kind == "type"]
    if types:
        number, type_count = sum(entry.number for entry in types), len({entry.name for entry in types})
        resources = "1 resource" if number == 1 else f"{number} resources"
        verb = "has" if number == 1 else "have"
        parts.append(f"{resources} of {type_count} type{'' if type_count == 1 else 's'} {verb} no rule")
    for kind, phrases in _PHRASES.items():
        number = sum(entry.number for entry in report.unjudged if entry.kind == kind)
        if number:
            parts.append(f"{number} {phrases[number != 1]}")
    return f"not judged: {'; '.join(parts)}: -v lists them" if parts else ""


def unjudged_lines(report: Report) -> Iterator[str]:
    """Yield a line for each part that was not judged, with the line of the template where it first stands."""
    for entry in report.unjudged:
        place = entry.file if entry.line is None else f"{entry.file}:{entry.line}"
        yield f"{place}: not judged: {describe_unjudged(entry)}"


def describe_unjudged(entry: Unjudged) -> str:
    """Return an entry in words, as in "2 resources of the type AWS::IAM::Role, which has no rule"."""
    if entry.kind == "type":
        return f"{entry.number} resource{'' if entry.number == 1 else 's'} of the type {entry.name}, which has no rule"
    name = f" ({entry.name})" if entry.name else ""
    return f"{entry.number} {_PHRASES[entry.kind][entry.number != 1]}{name}"
