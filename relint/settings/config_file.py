"""One file of configuration, read and checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.catalog.thresholds import THRESHOLDS
from relint.errors import OptionError, TemplateError
from relint.level import LEVELS
from relint.resolve.value import scalar_text
from relint.settings.options import NESTABLE_OPTIONS, OPTIONS, SUPPRESSION_KEYS
from relint.settings.setting import Origin, Setting, SettingMap

if TYPE_CHECKING:
    from relint.source.location import Path, Span


class Layer(NamedTuple):
    """What one file of configuration says. `per_path` and `environments` are keys to be laid over `values`."""

    file: str
    folder: str
    values: SettingMap
    per_path: Mapping[str, SettingMap]
    environments: Mapping[str, SettingMap]

    @property
    def is_root(self) -> bool:
        """Whether files in the folders above do not count."""
        root = self.values.get("root")
        return bool(root and root.value)


def read_layer(file: str) -> Layer | None:
    """The configuration of a relint.yaml or pyproject.toml; None for a pyproject.toml without `[tool.relint]`.

    Raises OptionError, with the place, for what is no configuration.
    """
    source = _toml(file) if file.endswith(".toml") else _yaml(file)
    return None if source is None else _Reader(file, *source).layer()


class _Source(NamedTuple):
    data: Mapping[str, Any]
    span_of: Any


def _yaml(file: str) -> _Source:
    from relint.source.read import read_document

    try:
        with open(file, "rb") as stream:
            raw = stream.read()
        document = read_document(raw, file) if raw.strip() else None
    except OSError as error:
        raise OptionError(f"the configuration cannot be read ({error.strerror})", file) from error
    except TemplateError as error:
        raise OptionError(f"the configuration cannot be read: {error.message}", file, error.span) from error
    if document is None or document.data is None:
        return _Source({}, lambda path: None)
    for duplicate in document.duplicates:
        raise OptionError(f"'{duplicate.key}' stands twice; remove one", file, duplicate.second)
    if not isinstance(document.data, dict):
        raise OptionError("a configuration is a mapping, such as 'ruleset: core'", file, document.span_of(()))
    return _Source(document.data, document.span_of)


def _toml(file: str) -> _Source | None:
    try:
        with open(file, "rb") as stream:
            raw = stream.read()
    except OSError as error:
        raise OptionError(f"the configuration cannot be read ({error.strerror})", file) from error
    if b"tool.relint" not in raw:
        return None
    import sys

    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        data = tomllib.loads(raw.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OptionError(f"the file is no TOML: {error}", file) from error
    found = data.get("tool", {}).get("relint")
    if found is None:
        return None
    text = raw.decode()
    return _Source(_plain(found), lambda path: _toml_span(text, path))


def _plain(value: Any) -> Any:
    """TOML as YAML would have it: dates are text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _toml_span(text: str, path: Path) -> Span:
    """Where a key of `[tool.relint]` most likely stands: tomllib tells no places, so its line is looked for."""
    import re

    from relint.source.location import Position, Span

    start = found = text.find("tool.relint")
    for key in path:
        if isinstance(key, str):
            match = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])").search(text, found)
            found = match.start() if match else found
    line = text.count("\n", 0, max(found, start)) + 1
    column = found - text.rfind("\n", 0, found)
    return Span(Position(line, column), Position(line, column + 1))


class _Reader:
    """Checks the keys of one file."""

    def __init__(self, file: str, data: Mapping[str, Any], span_of: Any) -> None:
        self.file = file
        self.data = data
        self.span_of = span_of
        self.folder = os.path.dirname(os.path.abspath(file))

    def layer(self) -> Layer:
        inner: dict[str, dict[str, SettingMap]] = {"per-path": {}, "environments": {}}
        for name in inner:
            part = self.data.get(name, {})
            if not isinstance(part, dict):
                raise self.fail(f"'{name}' is a mapping of mappings", (name,))
            inner[name] = {str(key): self.values(value, (name, key), NESTABLE_OPTIONS) for key, value in part.items()}
        values = self.values({key: value for key, value in self.data.items() if key not in inner}, (), tuple(OPTIONS))
        return Layer(self.file, self.folder, values, inner["per-path"], inner["environments"])

    def fail(self, message: str, path: Path) -> OptionError:
        return OptionError(message, self.file, self.span_of(path))

    def values(self, data: Any, place: Path, known: tuple[str, ...]) -> SettingMap:
        if not isinstance(data, dict):
            raise self.fail(f"'{place[-1]}' is a mapping of keys such as ruleset and parameters", place)
        found = {}
        for key, value in data.items():
            path = (*place, key)
            if key not in known:
                outside = f"; '{key}' stands at the top of the file only" if key in OPTIONS else ""
                raise self.fail(with_suggestion(f"there is no key '{key}' here", str(key), known) + outside, path)
            found[key] = Setting(self.value(key, value, path), Origin(self.file, self.span_of(path)), self.folder)
        return found

    def value(self, name: str, value: Any, path: Path) -> Any:
        key = OPTIONS[name]
        if key.type == "flag":
            if not isinstance(value, bool):
                raise self.fail(f"'{name}' is true or false", path)
        elif key.type == "text":
            return self.text(name, value, path)
        elif key.type == "choice":
            self.choice(name, value, key.choices, path)
        elif key.type == "words":
            words = value if isinstance(value, list) else [value]
            if not all(isinstance(word, str) and word for word in words):
                raise self.fail(f"'{name}' is a list of texts", path)
            for index, word in enumerate(words if key.choices else ()):
                self.choice(name, word, key.choices, (*path, index) if words is value else path)
            return tuple(words)
        elif key.type == "levels":
            for rule, level in self.mapping(name, value, "rules and levels, such as RDS-701: error", path).items():
                self.choice(f"{name} of {rule}", level, LEVELS, (*path, rule))
        elif key.type == "numbers":
            self.numbers(name, value, path)
        elif key.type == "suppressions":
            return tuple(self.suppression(entry, (*path, index)) for index, entry in enumerate(self.list(value, path)))
        elif key.type == "parameters":
            return self.parameters(name, value, path)
        return value

    def text(self, name: str, value: Any, path: Path) -> str:
        if isinstance(value, dict | list) or value is None or value == "":
            raise self.fail(f"'{name}' is one text", path)
        return scalar_text(value)

    def choice(self, name: str, value: Any, choices: tuple[str, ...], path: Path) -> None:
        if value not in choices:
            shown = scalar_text(value) if not isinstance(value, dict | list) else "this"
            raise self.fail(with_suggestion(f"'{name}' cannot be '{shown}'", shown, choices), path)

    def mapping(self, name: str, value: Any, what: str, path: Path) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self.fail(f"'{name}' is a mapping of {what}", path)
        return value

    def list(self, value: Any, path: Path) -> list[Any]:
        if not isinstance(value, list):
            raise self.fail(f"'{path[-1]}' is a list", path)
        return value

    def numbers(self, name: str, value: Any, path: Path) -> None:
        for key, number in self.mapping(name, value, "names and numbers, such as min_azs: 3", path).items():
            if key not in THRESHOLDS:
                raise self.fail(
                    with_suggestion(f"there is no threshold '{key}'", str(key), tuple(THRESHOLDS)), (*path, key)
                )
            least = THRESHOLDS[key].minimum
            if not isinstance(number, int) or isinstance(number, bool) or number < least:
                raise self.fail(f"'{key}' is a whole number of {least} or more", (*path, key))

    def parameters(self, name: str, value: Any, path: Path) -> tuple[Any, ...]:
        """A tuple of file names and mappings of texts, the last of which wins."""
        items = value if isinstance(value, list) else [value]
        found: list[Any] = []
        for item in items:
            if isinstance(item, dict):
                texts = {}
                for key, inner in item.items():
                    many = inner if isinstance(inner, list) else [inner]
                    texts[str(key)] = ",".join(self.text(str(key), one, (*path, key)) for one in many)
                found.append(texts)
            elif isinstance(item, str) and item:
                found.append(item)
            else:
                raise self.fail(f"'{name}' is a mapping of values, or a file of them, or a list of both", path)
        return tuple(found)

    def suppression(self, entry: Any, path: Path) -> Mapping[str, Any]:
        known = self.mapping("suppressions", entry, "rule, reason and perhaps resource, property, path, until", path)
        for key in known:
            if key not in SUPPRESSION_KEYS:
                raise self.fail(
                    with_suggestion(f"a suppression has no '{key}'", str(key), SUPPRESSION_KEYS), (*path, key)
                )
        found = {key: self.text(key, value, (*path, key)) for key, value in known.items()}
        for key in ("rule", "reason"):
            if key not in found:
                raise self.fail(f"the suppression has no '{key}'", path)
        if "until" in found:
            from relint.suppressions.policy import is_iso_date

            if not is_iso_date(found["until"]):
                raise self.fail(f"'until' is a day such as 2027-03-01, not '{found['until']}'", path)
        return {**found, "span": self.span_of(path), "file": self.file}


def with_suggestion(message: str, word: str, known: tuple[str, ...]) -> str:
    """The message, with the nearest known word or all of them."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, 1) or get_close_matches(word.replace("_", "-").lower(), known, 1)
    return f"{message}; did you mean '{near[0]}'?" if near else f"{message}; known are {', '.join(known)}"
