"""Edits that a rule file offers to make its finding go away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, Literal
from relint.catalog.message_template import find_placeholders
from relint.catalog.rule_fields import RuleFields
from relint.catalog.update_effects import RESOURCE_TYPE

if TYPE_CHECKING:
    from relint.catalog.rule_fields import RulePath

Safety = Literal["safe", "unsafe"]
"""safe: the update neither replaces nor interrupts the resource, costs nothing that matters, and cannot fail."""

Step = str | int | tuple[tuple[str, str], ...]
"""A step of a path: a key, an index, "*" for all items, or the keys and values that the item of a list has."""

Operation = tuple[str, str, tuple[Step, ...], Any]
"""set, add or remove; the start of the path ("$", "@" or "#", see docs/rule-language.md), its steps, and the value."""

EDIT_KEYS = ("title", "set", "add", "remove", "exists", "absent", "safety", "because", "resources", "messages")
DERIVE_KEYS = ("from", "times", "plus", "without", "first", "choose", "as", "only", "alarm_actions")
LOGICAL_ID = "logical_id"
"""The placeholder of the logical id of the resource; all others are those of the messages of the rule."""
SAFETIES: tuple[Safety, ...] = ("safe", "unsafe")

_CONDITION = r"@\.\w+ *== *(?:\"[^\"]*\"|'[^']*')"
EDIT_PATH = re.compile(
    rf"[$@#](?:(?:\.[A-Za-z0-9_:{{}}-]+|\[(?:\*|\d+)\]|\[\?\({_CONDITION}(?: *&& *{_CONDITION})*\)\])*)"
)
_STEP = re.compile(r"\.(?P<key>[A-Za-z0-9_:{}-]+)|\[(?P<index>\*|\d+)\]|\[\?\((?P<item>[^\]]*)\)\]")
_MEMBER = re.compile(r"@\.(\w+) *== *[\"']([^\"']*)[\"']")
_PLACEHOLDER = re.compile(r"(?<!\$)\{([a-z_]+)\}")


def read_edits(fields: RuleFields, messages: Mapping[str, str]) -> tuple[Mapping[str, Any], ...]:
    """Return the edits of a rule file as plain data, the default first; raises RuleError with the line and the remedy.

    Each has `title` (empty if none is given), `safety`, `because`, `resources`, `messages`, `exists`, `absent` and
    `operations`.
    """
    raw = fields.values.get("edits", [])
    if not isinstance(raw, list) or ("edits" in fields.values and not raw):
        raise fields.error_at(("edits",), "'edits' is a list of edits, the default first")
    return tuple(_read_edit(fields, ("edits", number), entry, messages) for number, entry in enumerate(raw))


def read_path(text: str) -> tuple[str, tuple[Step, ...]] | None:
    """Return where a path of an edit begins, and its steps; None if it is written in another way."""
    match = EDIT_PATH.fullmatch(text)
    return (text[0], tuple(_steps(text[1:]))) if match else None


def fill_placeholders(text: str, value_of: Callable[[str], str]) -> str:
    """Return a text of an edit in which the value of each placeholder stands in its place."""
    return _PLACEHOLDER.sub(lambda match: value_of(match[1]), text)


def _steps(text: str) -> Iterator[Step]:
    for step in _STEP.finditer(text):
        if step["key"]:
            yield step["key"]
        elif step["index"]:
            yield step["index"] if step["index"] == "*" else int(step["index"])
        else:
            yield tuple((name, value) for name, value in _MEMBER.findall(step["item"]))


def _read_edit(fields: RuleFields, base: RulePath, entry: Any, messages: Mapping[str, str]) -> Mapping[str, Any]:
    if not isinstance(entry, dict):
        raise fields.error_at(base, "an edit has 'set', 'add' or 'remove', and 'safety'")
    edit = RuleFields(fields.document, entry, base)
    edit.reject_other_keys(EDIT_KEYS, "an edit")
    if "safety" not in entry:
        raise edit.error_at((), f"the edit has no 'safety'; write one of {', '.join(SAFETIES)}")
    safety = edit.one_of("safety", SAFETIES)
    if safety == "unsafe" and "because" not in entry:
        raise edit.error_at((), "an unsafe edit says 'because': what it costs, interrupts or changes")
    operations = list(_read_operations(edit))
    if not operations:
        raise edit.error_at((), "the edit changes nothing; write 'set', 'add' or 'remove'")
    for name in edit.texts("resources"):
        if not RESOURCE_TYPE.fullmatch(name):
            raise edit.error_at(("resources",), f"'{name}' is no resource type; write it as AWS::RDS::DBInstance")
    for name in edit.texts("messages"):
        if name not in messages:
            raise edit.error_at(("messages",), f"there is no message '{name}'; known are {', '.join(messages)}")
    _check_placeholders(edit, messages)
    return {
        "title": edit.text("title") if "title" in entry else "",
        "safety": safety,
        "because": edit.text("because") if "because" in entry else "",
        "resources": edit.texts("resources"),
        "messages": edit.texts("messages"),
        "exists": tuple(_read_steps(edit, ("exists",), path) for path in edit.texts("exists")),
        "absent": tuple(_read_steps(edit, ("absent",), path) for path in edit.texts("absent")),
        "operations": tuple(operations),
    }


def _read_operations(edit: RuleFields) -> Iterator[Operation]:
    for action in ("set", "add"):
        for path, value in edit.mapping(action).items():
            anchor, steps = _read_steps(edit, (action, path), path)
            _check_value(edit, (action, path), value)
            yield action, anchor, steps, value
    for path in edit.texts("remove"):
        anchor, steps = _read_steps(edit, ("remove",), path)
        yield "remove", anchor, steps, None


def _read_steps(edit: RuleFields, place: RulePath, text: Any) -> tuple[str, tuple[Step, ...]]:
    found = read_path(text) if isinstance(text, str) else None
    if found is None:
        message = (
            f"'{text}' is no path of an edit; begin with $ (the resource), @ (the reported value) or # (the template), "
            """such as $.Properties.MultiAZ or $.Properties.Tags[?(@.Key == "Name")].Value"""
        )
        raise edit.error_at(place, message)
    return found


def _check_placeholders(edit: RuleFields, messages: Mapping[str, str]) -> None:
    """Raise RuleError for a placeholder that no message of the edit has."""
    texts = [text for name, text in messages.items() if name in (edit.texts("messages") or messages)]
    known = {LOGICAL_ID, *(name.partition(" ")[0] for text in texts for name in find_placeholders(text))}
    for key in ("title", "because", "set", "add", "remove", "exists", "absent"):
        for name in _PLACEHOLDER.findall(" ".join(_texts_in(edit.values.get(key)))):
            if name not in known:
                message = f"no message of this edit has {{{name}}}; known are {', '.join(sorted(known))}"
                raise edit.error_at((key,), message)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value:
            yield from _texts_in(item)
        for item in value.values() if isinstance(value, dict) else ():
            yield from _texts_in(item)


def _check_value(edit: RuleFields, place: RulePath, value: Any) -> None:
    """Raise RuleError for a derived value, or one in it, that is written in another way."""
    if isinstance(value, dict) and "derive" in value:
        derived = value["derive"]
        if len(value) > 1 or not isinstance(derived, dict) or not _is_derived(derived):
            message = (
                "a derived value is {derive: {from: PATH}}, with times and plus (numbers), without (keys), "
                "first (an item), choose (values by patterns) or as: reference, or {derive: {only: TYPE}}, or "
                "{derive: {alarm_actions: true}}"
            )
            raise edit.error_at(place, message)
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            _check_value(edit, place, item)


def _is_derived(derived: dict[str, Any]) -> bool:
    if "alarm_actions" in derived:
        return derived == {"alarm_actions": True}
    if "only" in derived:
        return len(derived) == 1 and RESOURCE_TYPE.fullmatch(str(derived["only"])) is not None
    source = str(derived.get("from", ""))
    is_place = read_path(source) is not None or _PLACEHOLDER.fullmatch(source) is not None
    kinds = [
        "without" in derived,
        "first" in derived,
        "choose" in derived,
        "as" in derived,
        "times" in derived or "plus" in derived,
    ]
    return (
        is_place
        and set(derived) <= set(DERIVE_KEYS)
        and sum(kinds) <= 1
        and all(isinstance(derived.get(key, 0), (int, float)) for key in ("times", "plus"))
        and isinstance(derived.get("without", []), list)
        and isinstance(derived.get("choose", {}), dict)
        and derived.get("as", "reference") == "reference"
    )
