"""The messages of results: a text that equals its message string with the arguments filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relint.catalog.message_template import OPEN, SCENARIO, message_template, render, with_numbered_placeholders

if TYPE_CHECKING:
    from relint.finding import Finding, Related

RELATED = " See '{related_places}'."
"""The last sentence of a message with related locations: its argument is a list of links to them."""

_LINKS = 5
_LONGEST = 2048
"""GitLab drops results with longer messages."""


def message(finding: Finding) -> dict[str, Any]:
    """The message of a result: text, id and arguments; ids end in `-related` where links are added."""
    template = message_template(finding.rule.messages, finding.message_id)
    message_id, links = finding.message_id, []
    if finding.related:
        template += RELATED
        message_id += "-related"
        links = [_links(finding.related)]
    arguments = [_unlinked(argument) for argument in finding.arguments]
    text = render(template, arguments + links)
    if len(text) > _LONGEST and arguments:
        arguments = _shortened(arguments, len(text) - _LONGEST)
        text = render(template, arguments + links)
    found: dict[str, Any] = {"text": text, "id": message_id}
    if arguments or links:
        found["arguments"] = arguments + links
    return found


def message_strings(messages: Mapping[str, str], related: frozenset[str]) -> dict[str, Any]:
    """The message strings of a rule: each as it is, with a scenario, `open`, and those ids that are used with links."""
    templates: dict[str, str] = {}
    for message_id, template in messages.items():
        templates[message_id] = template
        templates[f"{message_id}-when"] = template + SCENARIO
    templates["open"] = OPEN
    for message_id in sorted(related):
        templates[f"{message_id}-related"] = message_template(messages, message_id) + RELATED
    return {message_id: {"text": with_numbered_placeholders(template)} for message_id, template in templates.items()}


def sentence(text: str) -> str:
    """The text on one line with a period at its end."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _links(related: Sequence[Related]) -> str:
    links = [f"[{_name(place)}]({number})" for number, place in enumerate(related[:_LINKS], start=1)]
    more = len(related) - _LINKS
    return ", ".join(links) + (f" and {more} more" if more > 0 else "")


def _name(place: Related) -> str:
    line = f"line {place.span.start.line}"
    name = f"{place.logical_id[:100]}, {line}" if place.logical_id else line
    return name.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _unlinked(argument: str) -> str:
    """What stands in a template is no link, even if it looks like one."""
    return argument.replace("](", "] (")


def _shortened(arguments: list[str], excess: int) -> list[str]:
    longest = max(arguments, key=len)
    short = longest[: max(len(longest) - excess - 3, 0)] + "..."
    return [short if argument is longest else argument for argument in arguments]
