"""Edits that a rule file offers to make its finding go away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, Literal
from relint.catalog.rule_fields import RuleFields
from relint.catalog.update_effects import RESOURCE_TYPE

if TYPE_CHECKING:
    from relint.catalog.rule_fields import RulePath

Safety = Literal["safe", "unsafe"]
"""safe: the update neither replaces nor interrupts the resource, costs little, and does not fail."""

Step = str | int | tuple[str, str]
"""A step of a path: a key, an index, "*" for all items, or the key and value that the item of a list has."""

Operation = tuple[str, str, tuple[Step, ...], Any]
"""set, add or remove; the start of the path ("$", "@" or "#", see docs/rule-language.md), its steps, and the value."""

EDIT_KEYS = ("title", "set", "add", "remove", "exists", "safety", "because", "resources", "messages")
DERIVE_KEYS = ("from", "times", "plus")
SAFETIES: tuple[Safety, ...] = ("safe", "unsafe")

EDIT_PATH = re.compile(r"[$@#](?:(?:\.[A-Za-z0-9_:{}-]+|\[(?:\*|\d+)\]|\[\?\(@\.\w+ *== *(?:\"[^\"]*\"|'[^']*')\)\])*)")
_STEP = re.compile(
    r"\.(?P<key>[A-Za-z0-9_:{}-]+)|\[(?P<index>\*|\d+)\]|\[\?\(@\.(?P<name>\w+) *== *[\"'](?P<value>[^\"']*)[\"']\)\]"
)


def read_edits(fields: RuleFields, messages: Mapping[str, str]) -> tuple[Mapping[str, Any], ...]:
    """Return the edits of a rule file as plain data, the default first; raises RuleError with the line and the remedy.

    Each has `title` (empty if none is given), `safety`, `because`, `resources`, `messages`, `exists` and
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


def _steps(text: str) -> Iterator[Step]:
    for step in _STEP.finditer(text):
        if step["key"]:
            yield step["key"]
        elif step["index"]:
            yield step["index"] if step["index"] == "*" else int(step["index"])
        else:
            yield (step["name"], step["value"])


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
    return {
        "title": edit.text("title") if "title" in entry else "",
        "safety": safety,
        "because": edit.text("because") if "because" in entry else "",
        "resources": edit.texts("resources"),
        "messages": edit.texts("messages"),
        "exists": tuple(_read_steps(edit, ("exists",), path) for path in edit.texts("exists")),
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


def _check_value(edit: RuleFields, place: RulePath, value: Any) -> None:
    """Raise RuleError for a derived value that is written in another way."""
    if isinstance(value, dict) and "derive" in value:
        derived = value["derive"]
        is_derived = len(value) == 1 and isinstance(derived, dict) and "from" in derived
        if not is_derived or not set(derived) <= set(DERIVE_KEYS) or read_path(str(derived["from"])) is None:
            raise edit.error_at(place, "a derived value is {derive: {from: PATH, times: N, plus: N}}")
