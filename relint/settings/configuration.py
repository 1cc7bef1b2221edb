"""The settings that hold for each template."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.discover.candidate import is_url
from relint.errors import OptionError
from relint.settings.glob import matches_pattern
from relint.settings.options import OPTIONS
from relint.settings.setting import COMMAND_LINE, Origin, Setting, SettingMap

if TYPE_CHECKING:
    from relint.settings.config_file import Layer

CONFIGURATION_FILES = ("relint.yaml", "pyproject.toml")
"""Where configuration stands; in one folder the first of them that holds some counts."""

_DEFAULT = Origin("default")
_PROFILE: Mapping[str, Mapping[str, Any]] = {
    "critical": {"ruleset": "all", "thresholds": {"min_azs": 3, "backup_min_days": 35}},
}


class Settings(NamedTuple):
    """The value of every key for one template, in the words of `keys.KEYS`, each with its origin.

    `parameters` are texts by name, the Region among them; for mappings, `origins` tells of each entry.
    """

    values: Mapping[str, Setting]
    origins: Mapping[tuple[str, str], Origin]

    def get(self, key: str) -> Any:
        """The value of a key."""
        return self.values[key].value

    @property
    def parameters(self) -> Mapping[str, str]:
        """The values of parameters and pseudo parameters."""
        region = {"AWS::Region": self.get("region")} if self.get("region") else {}
        return {**self.get("parameters"), **region}


class Configuration:
    """Finds and merges what the files of configuration, the environment and the options of a run say.

    `options` are keys of `keys.KEYS` from the command line or a caller, which win over every file. `file` is read
    instead of looking for files; with `find` false no file is read at all. Each file and each template's settings are
    read once.
    """

    def __init__(
        self,
        options: Mapping[str, Any] | None = None,
        *,
        environment: str | None = None,
        file: str | None = None,
        find: bool = True,
    ) -> None:
        self._options = {key: Setting(value, COMMAND_LINE, os.getcwd()) for key, value in (options or {}).items()}
        self._environment = environment
        self._find = find
        self._layers: dict[str, tuple[Layer, ...]] = {}
        self._settings: dict[Any, Settings] = {}
        self._known: dict[str, None] = {}
        self._only = None
        if file:
            from relint.settings.config_file import read_layer

            layer = read_layer(file)
            if layer is None:
                raise OptionError("there is no [tool.relint] in it", file)
            self._only = (layer,)

    def layers(self, folder: str) -> tuple[Layer, ...]:
        """The files of configuration that hold for a folder, the farthest first."""
        if self._only is not None:
            return self._only
        if not self._find:
            return ()
        folder = os.path.abspath(folder or os.curdir)
        known = self._layers.get(folder)
        if known is None:
            own = _layer_of(folder)
            parent = os.path.dirname(folder)
            above = () if parent == folder or (own and own.is_root) else self.layers(parent)
            known = self._layers[folder] = (*above, own) if own else above
        return known

    def settings_for(self, file: str) -> Settings:
        """The settings for a template; the same object for templates with the same settings."""
        layers = self.layers(configuration_folder(file))
        path = absolute_path(file)
        stack: list[SettingMap] = [layer.values for layer in layers]
        for layer in layers:
            inside = relative_path(path, layer.folder)
            stack += [
                values for pattern, values in layer.per_path.items() if inside and matches_pattern(pattern, inside)
            ]
        if self._environment:
            self._known.update((name, None) for layer in layers for name in layer.environments)
            stack += [
                layer.environments[self._environment] for layer in layers if self._environment in layer.environments
            ]
        stack.append(self._options)
        key = tuple(map(id, stack))
        if key not in self._settings:
            self._settings[key] = _merged(stack)
        return self._settings[key]

    def require_environment(self) -> None:
        """Raises OptionError if no configuration of the files that were asked about names the environment."""
        if self._environment and self._environment not in self._known:
            raise unknown_environment(self._environment, tuple(self._known))

    def excluded_by(self, file: str) -> str | None:
        """The file of configuration that excludes a file, or None."""
        for layer in self.layers(configuration_folder(file)):
            exclude = layer.values.get("exclude")
            inside = relative_path(absolute_path(file), layer.folder) if exclude else None
            if exclude and inside and any(matches_pattern(pattern, inside) for pattern in exclude.value):
                return layer.file
        return None

    def environments(self, folders: Iterable[str]) -> tuple[str, ...]:
        """The names of the environments that are known in some folders, in the order in which files name them."""
        return tuple({name: None for folder in folders for layer in self.layers(folder) for name in layer.environments})


def unknown_environment(name: str, known: tuple[str, ...]) -> OptionError:
    """The error for an environment that no configuration names."""
    if not known:
        return OptionError(f"there is no environment '{name}'; name it in relint.yaml under 'environments'")
    from relint.settings.config_file import with_suggestion

    return OptionError(with_suggestion(f"there is no environment '{name}'", name, known))


def configuration_folder(file: str) -> str:
    """The folder whose configuration holds for a file: for a URL the working directory, as none is read from afar."""
    return os.curdir if is_url(file) else os.path.dirname(file)


def absolute_path(file: str) -> str:
    """The absolute path of a file; a URL as it is, which lies below no folder, so that no pattern means it."""
    return file if is_url(file) else os.path.abspath(file)


def relative_path(path: str, folder: str) -> str | None:
    """The path from a folder to a file below it, with forward slashes; None for a file elsewhere."""
    prefix = folder.rstrip(os.sep) + os.sep
    return path[len(prefix) :].replace(os.sep, "/") if path.startswith(prefix) else None


def _layer_of(folder: str) -> Layer | None:
    for name in CONFIGURATION_FILES:
        file = os.path.join(folder, name)
        if os.path.isfile(file) and (name != "pyproject.toml" or _names_relint(file)):
            from relint.settings.config_file import read_layer  # most runs find no configuration

            shown = relative_path(file, os.getcwd()) or file
            layer = read_layer(shown)
            if layer is not None:
                return layer
    return None


def _names_relint(file: str) -> bool:
    """A quick look at a pyproject.toml, which most projects have for others."""
    try:
        with open(file, "rb") as stream:
            return b"tool.relint" in stream.read()
    except OSError:
        return True  # whoever reads it says why it cannot


def _merged(stack: list[SettingMap]) -> Settings:
    profile = next((values["profile"].value for values in reversed(stack) if "profile" in values), "standard")
    base = Origin(f"profile {profile}")
    beneath = {key: Setting(value, base) for key, value in _PROFILE.get(profile, {}).items()}
    found = {name: Setting(key.default, _DEFAULT) for name, key in OPTIONS.items()}
    origins: dict[tuple[str, str], Origin] = {}
    for values in (beneath, *stack):
        for name, setting in values.items():
            setting = _resolved(setting) if name == "parameters" else setting
            if OPTIONS[name].accumulates:
                setting = setting._replace(value=(*found[name].value, *_rooted(name, setting)))
            elif isinstance(setting.value, dict):
                origins.update(((name, key), setting.origin) for key in setting.value)
                setting = setting._replace(value={**found[name].value, **setting.value})
            found[name] = setting
    return Settings(found, origins)


def _rooted(name: str, setting: Setting) -> tuple[Any, ...]:
    """The entries of a growing list; what is relative to the folder of its file says so itself."""
    if name == "rules" and setting.origin is not COMMAND_LINE:
        return tuple(os.path.join(setting.folder, entry) for entry in setting.value)
    if name == "suppressions":
        return tuple({**entry, "folder": setting.folder} for entry in setting.value)
    return tuple(setting.value)


def _resolved(setting: Setting) -> Setting:
    """Parameters as texts by name, files of them read."""
    from relint.settings.parameter_files import read_parameter_file

    if isinstance(setting.value, dict):
        return setting
    values: dict[str, str] = {}
    for item in setting.value:
        if isinstance(item, str):
            inside = os.path.join(setting.folder, item)
            values.update(read_parameter_file(relative_path(inside, os.getcwd()) or inside, setting.origin))
        else:
            values.update(item)
    return setting._replace(value=values)
