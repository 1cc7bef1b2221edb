"""One file of configuration, read and checked."""

from __future__ import annotations

import os
from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.errors import working_on
from relint.settings.config_source import ConfigSource, read_toml_source, read_yaml_source
from relint.settings.config_value import ConfigValue, parse_option
from relint.settings.options import NESTABLE_OPTIONS, OPTIONS
from relint.settings.setting import Origin, Setting, SettingMap
from relint.settings.suggestion import with_suggestion

if TYPE_CHECKING:
    from relint.source.location import Path


class Layer(NamedTuple):
    """The settings in one file of configuration.

    Those in `per_path`, by pattern, and in `environments`, by name, override `settings` where they apply.
    """

    file: str
    folder: str
    settings: SettingMap
    per_path: Mapping[str, SettingMap]
    environments: Mapping[str, SettingMap]

    @property
    def is_root(self) -> bool:
        """Whether files of configuration in the folders above are ignored."""
        root = self.settings.get("root")
        return bool(root and root.value)


def read_layer(file: str) -> Layer | None:
    """Return the settings in a relint.yaml or pyproject.toml, or None for the latter without `[tool.relint]`.

    Raises OptionError, with the position, if the file is invalid.
    """
    with working_on(file):
        source = read_toml_source(file) if file.endswith(".toml") else read_yaml_source(file)
        return None if source is None else _parse_layer(source)


def _parse_layer(source: ConfigSource) -> Layer:
    per_path = _read_nested_settings(source, "per-path")
    environments = _read_nested_settings(source, "environments")
    options = {name: value for name, value in source.options.items() if name not in ("per-path", "environments")}
    return Layer(
        file=source.file,
        folder=_folder(source),
        settings=_read_settings(source, options, (), tuple(OPTIONS)),
        per_path=per_path,
        environments=environments,
    )


def _read_nested_settings(source: ConfigSource, name: str) -> dict[str, SettingMap]:
    """Return the settings for each pattern of `per-path`, or for each of the `environments`."""
    sections = source.options.get(name, {})
    if not isinstance(sections, dict):
        raise source.error(f"'{name}' is a mapping of mappings", (name,))
    for key in sections if name == "environments" else ():
        if key == "all" or "," in str(key):
            reason = "--env all checks every one" if key == "all" else "--env separates names by commas"
            raise source.error(f"'{key}' cannot name an environment, because {reason}", (name, key))
    return {
        str(key): _read_settings(source, options, (name, key), NESTABLE_OPTIONS) for key, options in sections.items()
    }


def _read_settings(source: ConfigSource, options: Any, path: Path, valid_names: tuple[str, ...]) -> SettingMap:
    """Return the settings in a mapping of options at a path of the file."""
    if not isinstance(options, dict):
        raise source.error(f"'{path[-1]}' is a mapping of keys such as ruleset and parameters", path)
    folder = _folder(source)
    settings = {}
    for name, value in options.items():
        option_path = (*path, name)
        if name not in valid_names:
            hint = f"; '{name}' stands at the top of the file only" if name in OPTIONS else ""
            message = with_suggestion(f"there is no key '{name}' here", str(name), valid_names) + hint
            raise source.error(message, option_path)
        parsed = parse_option(ConfigValue(source, name, value, option_path))
        settings[name] = Setting(parsed, Origin(source.file, source.span_of(option_path)), folder)
    return settings


def _folder(source: ConfigSource) -> str:
    return os.path.dirname(os.path.abspath(source.file))
