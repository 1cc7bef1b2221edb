"""Message templates: sentences with named placeholders, such as '{resource}', {count} and {value days}.

A placeholder with a unit in the plural stands for the value and the unit, which is singular after 1: "1 day", "3 days".

The template decides about quotes: names and values that authors write stand between single quotes, numbers and phrases
do not. Scenarios and reasons are phrases; names in them are in double quotes, so that single quotes always enclose an
argument. SARIF wants quotes around every argument, so there the others get them, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

SCENARIO = " This happens when {scenario}."
"""The second sentence of a finding that depends on the scenario; its message id ends in `-when`."""

OPEN = "Whether '{resource}' meets this rule cannot be told from these files: {reason}."
"""The message for every rule that a template cannot decide; its message id is `open`."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+(?: [a-z]+s)?)\}")
_QUOTED_PLACEHOLDER = re.compile(r"'(\{[a-z_]+(?: [a-z]+s)?\})'")
_BARE_PLACEHOLDER = re.compile(r"(?<!')\{[a-z_]+(?: [a-z]+s)?\}(?!')")


def is_placeholder(text: str) -> bool:
    """Whether a text in braces is a placeholder."""
    return _PLACEHOLDER.fullmatch(text) is not None


def find_placeholders(template: str) -> tuple[str, ...]:
    """Return the placeholders of a template, each once, by first occurrence, which is the order of the arguments."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(template)))


def fill_placeholder(placeholder: str, text_of: Callable[[str], str]) -> str:
    """Return the argument for a placeholder, from the function that returns the text of a name."""
    name, _, unit = placeholder.partition(" ")
    value = text_of(name)
    return f"{value} {unit.removesuffix('s') if value == '1' else unit}" if unit else value


def render(template: str, arguments: Sequence[str]) -> str:
    """Return the message with its arguments; raises ValueError unless there is one argument for each placeholder."""
    values = dict(zip(find_placeholders(template), arguments, strict=True))
    return _PLACEHOLDER.sub(lambda match: values[match[1]], template)


def with_quoted_placeholders(template: str) -> str:
    """Return the template with every placeholder between single quotes, as SARIF2015 of the SARIF validator wants."""
    return _BARE_PLACEHOLDER.sub(r"'\g<0>'", template)


def as_phrase(template: str, arguments: Sequence[str]) -> str:
    """Return a message as a part of another sentence: without the period, and with names in double quotes."""
    return render(_QUOTED_PLACEHOLDER.sub(r'"\1"', template), arguments).removesuffix(".")


def with_numbered_placeholders(template: str) -> str:
    """Return the template as SARIF writes it: `{0}` for the first name, `{1}` for the second, and so on."""
    names = find_placeholders(template)
    return _PLACEHOLDER.sub(lambda match: f"{{{names.index(match[1])}}}", template)


def select_template(messages: Mapping[str, str], message_id: str) -> str:
    """Return the template of a finding's `message_id`, suffix included; raises KeyError for an unknown id."""
    if message_id in messages:
        return messages[message_id]
    if message_id == "open":
        return OPEN
    plain_id = message_id.removesuffix("-when")
    if plain_id == message_id:
        raise KeyError(message_id)
    return messages[plain_id] + SCENARIO
