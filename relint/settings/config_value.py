"""Values of options in a file of configuration: checked, and converted to what relint uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.catalog.thresholds import THRESHOLDS
from relint.errors import OptionError
from relint.level import LEVELS
from relint.resolve.value import scalar_text
from relint.settings.options import OPTIONS, SUPPRESSION_KEYS, Option, OptionType
from relint.settings.suggestion import with_suggestion

if TYPE_CHECKING:
    from relint.settings.config_source import ConfigSource
    from relint.source.location import Path


class ConfigValue(NamedTuple):
    """A value in a file of configuration, and the name that messages give it."""

    source: ConfigSource
    name: str
    value: Any
    path: Path

    def error(self, message: str) -> OptionError:
        """Return an error at the value."""
        return self.source.error(message, self.path)

    def member(self, key: Any, value: Any, name: str | None = None) -> ConfigValue:
        """Return a member of this mapping or list.

        Messages give it a name, or else its key.
        """
        return ConfigValue(self.source, str(key) if name is None else name, value, (*self.path, key))

    def mapping(self, content: str) -> Mapping[Any, Any]:
        """Return the value; raises OptionError, which describes the expected content, unless it is a mapping."""
        if not isinstance(self.value, dict):
            raise self.error(f"'{self.name}' is a mapping of {content}")
        return self.value

    def text(self) -> str:
        """Return the value as text; raises OptionError unless it is a non-empty scalar."""
        if isinstance(self.value, dict | list) or self.value is None or self.value == "":
            raise self.error(f"'{self.name}' is one text")
        return scalar_text(self.value)

    def require_choice(self, choices: tuple[str, ...]) -> None:
        """Raise OptionError unless the value is one of the choices."""
        if self.value not in choices:
            shown = scalar_text(self.value) if not isinstance(self.value, dict | list) else "this"
            raise self.error(with_suggestion(f"'{self.name}' cannot be '{shown}'", shown, choices))


def parse_option(value: ConfigValue) -> Any:
    """Return the value of the option with that name.

    Raises OptionError, with the position, if the value is invalid.
    """
    option = OPTIONS[value.name]
    parse = _PARSERS.get(option.type)
    return parse(value, option) if parse else value.value


def _parse_flag(value: ConfigValue, option: Option) -> bool:
    if not isinstance(value.value, bool):
        raise value.error(f"'{value.name}' is true or false")
    return value.value


def _parse_text(value: ConfigValue, option: Option) -> str:
    return value.text()


def _parse_choice(value: ConfigValue, option: Option) -> Any:
    value.require_choice(option.choices)
    return value.value


def _parse_rule_set(value: ConfigValue, option: Option) -> str:
    """Return the name of a rule set; YAML reads a release without quotes as a number, which is accepted."""
    text = "" if isinstance(value.value, dict | list) or value.value is None else scalar_text(value.value)
    if text not in option.choices:
        if "." not in text and "@" not in text:
            value.require_choice(option.choices)
        from relint.catalog.rule_sets import parse_rule_set

        try:
            parse_rule_set(text)
        except OptionError as error:
            raise value.error(error.message) from error
    return text


def _parse_texts(value: ConfigValue, option: Option) -> tuple[str, ...]:
    is_list = isinstance(value.value, list)
    texts: list[Any] = value.value if is_list else [value.value]
    if not all(isinstance(text, str) and text for text in texts):
        raise value.error(f"'{value.name}' is a list of texts")
    for index, text in enumerate(texts if option.choices else ()):
        item = value.member(index, text, value.name) if is_list else value
        item.require_choice(option.choices)
    return tuple(texts)


def _parse_levels(value: ConfigValue, option: Option) -> Any:
    for rule, level in value.mapping("rules and levels, such as RDS-701: error").items():
        value.member(rule, level, f"{value.name} of {rule}").require_choice(LEVELS)
    return value.value


def _parse_numbers(value: ConfigValue, option: Option) -> Any:
    for name, number in value.mapping("names and numbers, such as min_azs: 3").items():
        member = value.member(name, number)
        if name not in THRESHOLDS:
            raise member.error(with_suggestion(f"there is no threshold '{name}'", str(name), THRESHOLDS))
        minimum = THRESHOLDS[name].minimum
        if not isinstance(number, int) or isinstance(number, bool) or number < minimum:
            raise member.error(f"'{name}' is a whole number of {minimum} or more")
    return value.value


def _parse_parameters(value: ConfigValue, option: Option) -> tuple[str | Mapping[str, str], ...]:
    """Return names of files and mappings of texts; later ones override earlier ones."""
    sources: list[str | Mapping[str, str]] = []
    for item in value.value if isinstance(value.value, list) else [value.value]:
        if isinstance(item, dict):
            sources.append({str(key): _parameter_text(value.member(key, content)) for key, content in item.items()})
        elif isinstance(item, str) and item:
            sources.append(item)
        else:
            raise value.error(f"'{value.name}' is a mapping of values, or a file of them, or a list of both")
    return tuple(sources)


def _parameter_text(parameter: ConfigValue) -> str:
    """Return the text of a parameter, which may be empty, and in which CloudFormation separates items by commas."""
    items: Iterable[Any] = parameter.value if isinstance(parameter.value, list) else [parameter.value]
    return ",".join("" if item == "" else parameter._replace(value=item).text() for item in items)


def _parse_suppressions(value: ConfigValue, option: Option) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(value.value, list):
        raise value.error(f"'{value.name}' is a list")
    return tuple(_parse_suppression(value.member(index, item, value.name)) for index, item in enumerate(value.value))


def _parse_suppression(item: ConfigValue) -> Mapping[str, Any]:
    """Return the texts of a suppression, its position as `span`, and its file as `file`."""
    fields = item.mapping("rule, reason and perhaps resource, property, path, until, owner")
    for key in fields:
        if key not in SUPPRESSION_KEYS:
            message = with_suggestion(f"a suppression has no '{key}'", str(key), SUPPRESSION_KEYS)
            raise item.member(key, fields[key]).error(message)
    texts = {key: item.member(key, content).text() for key, content in fields.items()}
    for key in ("rule", "reason"):
        if key not in texts:
            raise item.error(f"the suppression has no '{key}'")
    from relint.suppressions.policy import is_iso_date, is_placeholder  # most configurations suppress nothing

    if is_placeholder(texts["reason"]):
        raise item.member("reason", texts["reason"]).error(
            f"'{texts['reason']}' is no reason; write why the finding is accepted"
        )
    if "until" in texts and not is_iso_date(texts["until"]):
        raise item.error(f"'until' is a day such as 2027-03-01, not '{texts['until']}'")
    return {**texts, "span": item.source.span_of(item.path), "file": item.source.file}


_PARSERS: dict[OptionType, Callable[[ConfigValue, Option], Any]] = {
    "flag": _parse_flag,
    "text": _parse_text,
    "choice": _parse_choice,
    "ruleset": _parse_rule_set,
    "texts": _parse_texts,
    "levels": _parse_levels,
    "numbers": _parse_numbers,
    "parameters": _parse_parameters,
    "suppressions": _parse_suppressions,
}
