"""Content of a file of configuration, YAML or TOML, with the positions of its keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.errors import OptionError, TemplateError

if TYPE_CHECKING:
    from relint.source.location import Path, Span


class ConfigSource(NamedTuple):
    """The options in a file of configuration.

    `span_of` returns the position of a path in the file.
    """

    file: str
    options: Mapping[Any, Any]
    span_of: Callable[[Path], Span | None]

    def error(self, message: str, path: Path) -> OptionError:
        """Return an error at a path of the file."""
        return OptionError(message, self.file, self.span_of(path))


def read_yaml_source(file: str) -> ConfigSource:
    """Return the options in a relint.yaml.

    Raises OptionError if the file is unreadable or not a mapping.
    """
    from relint.source.read import read_document

    try:
        raw = _read_bytes(file)
        document = read_document(raw, file) if raw.strip() else None
    except TemplateError as error:
        raise OptionError(f"the configuration cannot be read: {error.message}", file, error.span) from error
    if document is None or document.data is None:
        return ConfigSource(file, {}, lambda path: None)
    for duplicate in document.duplicates:
        raise OptionError(f"'{duplicate.key}' stands twice; remove one", file, duplicate.second)
    if not isinstance(document.data, dict):
        raise OptionError("a configuration is a mapping, such as 'ruleset: core'", file, document.span_of(()))
    return ConfigSource(file, document.data, document.span_of)


def read_toml_source(file: str) -> ConfigSource | None:
    """Return the options in `[tool.relint]` of a pyproject.toml, or None without that table.

    Raises OptionError if the file is unreadable or invalid.
    """
    raw = _read_bytes(file)
    data = load_toml(raw, file)
    text = raw.decode()
    tool = data.get("tool")
    table = tool.get("relint") if isinstance(tool, dict) else None
    if table is None:
        return None
    if not isinstance(table, dict):
        raise OptionError("'tool.relint' is a table, such as [tool.relint]", file, _estimate_span(text, ()))
    return ConfigSource(file, _dates_as_text(table), lambda path: _estimate_span(text, path))


def load_toml(raw: bytes, file: str) -> dict[str, Any]:
    """Return the tables of a TOML file; raises OptionError if it is none."""
    import sys

    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(raw.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OptionError(f"the file is no TOML: {error}", file) from error


def _read_bytes(file: str) -> bytes:
    try:
        with open(file, "rb") as stream:
            return stream.read()
    except OSError as error:
        raise OptionError(f"the configuration cannot be read ({error.strerror})", file) from error


def _dates_as_text(value: Any) -> Any:
    """Return a value of TOML with dates as text, as the YAML reader returns them."""
    if isinstance(value, dict):
        return {key: _dates_as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_dates_as_text(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _estimate_span(text: str, path: Path) -> Span:
    """Return the probable position of a path below `[tool.relint]`: tomllib reports no positions.

    Each key of the path is searched for behind the previous one.
    """
    import re

    from relint.source.location import Position, Span

    table_start = offset = max(text.find("tool.relint" if "tool.relint" in text else "relint"), 0)
    for key in path:
        if isinstance(key, str):
            match = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])").search(text, offset)
            offset = match.start() if match else offset
    line = text.count("\n", 0, max(offset, table_start)) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Span(Position(line, column), Position(line, column + 1))
