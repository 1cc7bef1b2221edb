"""SARIF messages: a text that equals the message string of the rule with the arguments filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any
from relint.catalog.message_template import (
    OPEN,
    SCENARIO,
    render,
    select_template,
    with_numbered_placeholders,
    with_quoted_placeholders,
)

if TYPE_CHECKING:
    from relint.finding import Finding, Related

RELATED = " See {related_places}."
"""The last sentence of a message with related locations; its argument is a list of links to them."""

_MAX_LINKS = 5
_MAX_LENGTH = 2048
"""Characters in a message; GitLab drops results with longer messages."""


def build_message(finding: Finding) -> dict[str, Any]:
    """Return the message of a result: text, id and arguments; ids end in `-related` if links are added."""
    template = select_template(finding.rule.messages, finding.message_id)
    message_id, links = finding.message_id, []
    if finding.related:
        template += RELATED
        message_id += "-related"
        links = [_links(finding.related)]
    template = with_quoted_placeholders(template)
    arguments = [_without_links(argument) for argument in finding.arguments]
    text = render(template, arguments + links)
    if len(text) > _MAX_LENGTH and arguments:
        arguments = _with_longest_shortened(arguments, len(text) - _MAX_LENGTH)
        text = render(template, arguments + links)
    message: dict[str, Any] = {"text": text, "id": message_id}
    if arguments or links:
        message["arguments"] = arguments + links
    return message


def build_message_strings(messages: Mapping[str, str], ids_with_links: frozenset[str]) -> dict[str, Any]:
    """Return the message strings of a rule.

    They are each message with and without a scenario, `open`, and the messages that are used with links.
    """
    templates: dict[str, str] = {}
    for message_id, template in messages.items():
        templates[message_id] = template
        templates[f"{message_id}-when"] = template + SCENARIO
    templates["open"] = OPEN
    for message_id in sorted(ids_with_links):
        templates[f"{message_id}-related"] = select_template(messages, message_id) + RELATED
    return {
        message_id: {"text": with_numbered_placeholders(with_quoted_placeholders(template))}
        for message_id, template in templates.items()
    }


def to_sentence(text: str) -> str:
    """Return the text on one line with a period at its end."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _links(related: Sequence[Related]) -> str:
    links = [f"[{_link_text(location)}]({number})" for number, location in enumerate(related[:_MAX_LINKS], start=1)]
    remaining = len(related) - _MAX_LINKS
    return ", ".join(links) + (f" and {remaining} more" if remaining > 0 else "")


def _link_text(location: Related) -> str:
    line = f"line {location.span.start.line}{f' of {location.revision}' if location.revision else ''}"
    name = f"{location.logical_id[:100]}, {line}" if location.logical_id else line
    return name.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _without_links(argument: str) -> str:
    """Return an argument in which readers find no link; only relint's own links refer to locations."""
    return argument.replace("](", "] (")


def _with_longest_shortened(arguments: list[str], excess: int) -> list[str]:
    longest = max(arguments, key=len)
    shortened = longest[: max(len(longest) - excess - 3, 0)] + "..."
    return [shortened if argument is longest else argument for argument in arguments]
