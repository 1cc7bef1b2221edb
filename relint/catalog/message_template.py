"""Messages: sentences with named placeholders in single quotes, and what is filled in.

Scenarios and reasons carry double quotes only, so that single quotes always mean something filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

SCENARIO = " This happens when '{scenario}'."
"""The second sentence of a finding that holds in some deployments only; its message id ends in `-when`."""

OPEN = "Whether '{resource}' meets this rule cannot be told from these files: '{reason}'."
"""What is said of every rule that these files cannot decide; its message id is `open`."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def placeholders(template: str) -> tuple[str, ...]:
    """The names in a template, each once, in the order in which they first stand there: the order of the arguments."""
    return tuple(dict.fromkeys(_PLACEHOLDER.findall(template)))


def render(template: str, arguments: Sequence[str]) -> str:
    """The template with its placeholders replaced; raises ValueError unless there is one argument for each name."""
    values = dict(zip(placeholders(template), arguments, strict=True))
    return _PLACEHOLDER.sub(lambda match: values[match[1]], template)


def with_numbered_placeholders(template: str) -> str:
    """The template in SARIF's form: `{0}` for the first name, `{1}` for the second, and so on."""
    names = placeholders(template)
    return _PLACEHOLDER.sub(lambda match: f"{{{names.index(match[1])}}}", template)


def message_template(messages: Mapping[str, str], message_id: str) -> str:
    """The template of a finding's `message_id`, suffix included; raises KeyError for an id that nobody gives out."""
    if message_id in messages:
        return messages[message_id]
    if message_id == "open":
        return OPEN
    plain = message_id.removesuffix("-when")
    if plain == message_id:
        raise KeyError(message_id)
    return messages[plain] + SCENARIO
