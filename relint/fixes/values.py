"""Values that edits write: those of the rule, with what the finding and the template add to them."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

from relint._typing import TYPE_CHECKING, Any
from relint.catalog.message_template import find_placeholders, select_template
from relint.catalog.rule_edits import LOGICAL_ID, fill_placeholders, read_path
from relint.fixes.alarm_actions import alarm_actions
from relint.fixes.author_place import place_of, source_of
from relint.fixes.data_paths import is_if, value_at
from relint.fixes.edit import EditError

if TYPE_CHECKING:
    from relint.finding import Finding
    from relint.source.location import Path


class Filling:
    """Values for the placeholders and the derived values in the edits of one finding.

    `data` is the template, `bases` the paths of what the starts of a path stand for. All methods raise EditError if
    the template or the finding does not have the value.
    """

    def __init__(self, data: Any, finding: Finding, bases: Mapping[str, Path]) -> None:
        self.data = data
        self.finding = finding
        self.bases = bases
        self._names = {LOGICAL_ID: finding.logical_id or "", **message_values(finding)}

    def text(self, text: str) -> str:
        """Return a text of the rule with its placeholders filled in."""
        return fill_placeholders(text, self._value_of)

    def value(self, value: Any) -> Any:
        """Return a value of the rule with its placeholders filled in, and derived values in place of their rules.

        A placeholder that is the whole value becomes a number if it shows one.
        """
        if isinstance(value, str):
            filled = self.text(value)
            return int(filled) if filled != value and filled.isdecimal() else filled
        if isinstance(value, list):
            return [self.value(item) for item in value]
        if isinstance(value, dict):
            if "derive" in value:
                return self._derive(value["derive"])
            return {self.text(key): self.value(item) for key, item in value.items()}
        return value

    def condition(self) -> str | None:
        """Return the name of the condition under which the resource of the finding is created, if there is one."""
        resource = value_at(self.data, self.bases["$"])
        return resource.get("Condition") if isinstance(resource, dict) else None

    def _value_of(self, name: str) -> str:
        if name not in self._names:
            raise EditError(f"its message does not say {name}")
        return self._names[name]

    def _derive(self, derived: Mapping[str, Any]) -> Any:
        if "alarm_actions" in derived:
            return alarm_actions(self._resources(), self.condition())
        if "only" in derived:
            return self._only_resource(derived["only"])
        source = self._source(derived["from"])
        if "choose" in derived:
            for pattern, choice in derived["choose"].items():
                if fnmatchcase(str(source), pattern):
                    return choice
            raise EditError(f"what follows from '{source}', only its author can say")
        if derived.get("as") == "reference":
            return _reference(str(source))
        if "times" in derived or "plus" in derived:
            if isinstance(source, bool) or not str(source).isdecimal():
                name = derived["from"].rpartition(".")[2].strip("{}")
                origin = source_of(self.data, source).partition(";")[0] or "is no number in the template"
                raise EditError(f"{name}, from which the value follows, {origin}")
            return int(int(source) * derived.get("times", 1) + derived.get("plus", 0))
        if "first" in derived:
            if not isinstance(source, list):
                raise EditError("the value is no list that the template writes")
            return [self.value(derived["first"]), *source]
        for key in derived.get("without", ()):
            source = _without(source, key.split("."))
        return source

    def _source(self, text: str) -> Any:
        """Return the value at a path, or that of a placeholder."""
        path = read_path(self.text(text))
        if path is None:
            return self.text(text)
        base, steps = place_of(self.data, self.finding, *path)
        place: Path = (*base, *steps)  # type: ignore[arg-type]
        value = value_at(self.data, place)
        if value is None and any(is_if(value_at(self.data, place[:end])) for end in range(len(base), len(place))):
            raise EditError(f"conditions decide {steps[-1]}, from which the value follows; change it by hand")
        if value is None:
            raise EditError(f"the template has no {steps[-1]}, from which the value follows")
        return value

    def _resources(self) -> Mapping[str, Any]:
        resources = value_at(self.data, ("Resources",))
        return resources if isinstance(resources, dict) else {}

    def _only_resource(self, resource_type: str) -> str:
        found = {
            name: resource
            for name, resource in self._resources().items()
            if isinstance(resource, dict) and resource.get("Type") == resource_type
        }
        if not found:
            raise EditError(f"the template has no {resource_type} for it")
        if len(found) > 1:
            raise EditError(f"the template has more than one {resource_type}, and only its author knows which one")
        ((name, resource),) = found.items()
        if resource.get("Condition") not in (None, self.condition()):
            raise EditError(f"'{name}' is created under another condition")
        return str(name)


def _reference(text: str) -> dict[str, Any]:
    """Return the call that a text such as "!Ref Queue" or "!GetAtt Queue.Arn" shows."""
    tag, _, name = text.partition(" ")
    if tag == "!Ref" and name.isalnum():
        return {"Ref": name}
    if tag == "!GetAtt" and name.replace(".", "").isalnum():
        return {"Fn::GetAtt": name.split(".", 1)}
    raise EditError("only its author can write the value")


def message_values(finding: Finding) -> dict[str, str]:
    """Return what stands in the message of a finding, by placeholder, without units."""
    template = select_template(finding.rule.messages, finding.message_id)
    values: dict[str, str] = {}
    named = zip(find_placeholders(template), finding.arguments, strict=False)  # a scenario comes last
    for placeholder, argument in named:
        name, _, unit = placeholder.partition(" ")
        values[name] = argument.rpartition(" ")[0] if unit else argument
    return values


def _without(value: Any, keys: list[str]) -> Any:
    """Return a mapping without the member at some keys, one below the other."""
    if not isinstance(value, dict) or keys[0] not in value:
        return value
    if len(keys) > 1:
        return {**value, keys[0]: _without(value[keys[0]], keys[1:])}
    return {key: item for key, item in value.items() if key != keys[0]}
