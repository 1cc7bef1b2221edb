"""Files of configuration that apply to a template, and the settings that result from them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from relint._typing import TYPE_CHECKING, Any
from relint.discover.candidate import is_url
from relint.errors import OptionError
from relint.settings.glob import absolute_path, matches_pattern, relative_path
from relint.settings.merge import Settings, merge_settings
from relint.settings.setting import COMMAND_LINE, Setting, SettingMap

if TYPE_CHECKING:
    from relint.settings.config_file import Layer

_FILE_NAMES = ("relint.yaml", "pyproject.toml")
"""Names of files of configuration; in one folder, only the first file that contains one is read."""


class Configuration:
    """The configuration of a run: its options, its environment, and the files of configuration.

    `options` are values of a caller or the command line, which override every file. `file` is read instead of the
    files beside and above the templates; with `find` false, no file is read. Files and the settings that result from
    them are cached.
    """

    def __init__(
        self,
        options: Mapping[str, Any] | None = None,
        *,
        environment: str | None = None,
        file: str | None = None,
        find: bool = True,
    ) -> None:
        self._options = {name: Setting(value, COMMAND_LINE, os.getcwd()) for name, value in (options or {}).items()}
        self._environment = environment
        self._find = find
        self._layers_by_folder: dict[str, tuple[Layer, ...]] = {}
        self._settings_by_layers: dict[tuple[int, ...], Settings] = {}
        self._environment_names: dict[str, None] = {}
        self._explicit_layers: tuple[Layer, ...] | None = None
        if file:
            from relint.settings.config_file import read_layer

            layer = read_layer(file)
            if layer is None:
                raise OptionError("there is no [tool.relint] in it", file)
            self._explicit_layers = (layer,)

    def settings_for(self, file: str) -> Settings:
        """Return the settings for a template.

        Templates to which the same layers apply share one object.
        """
        layers = self._layers_for(configuration_folder(file))
        path = absolute_path(file) if layers else ""
        setting_maps: list[SettingMap] = [layer.settings for layer in layers]
        for layer in layers:
            path_in_folder = relative_path(path, layer.folder)
            setting_maps += [
                settings
                for pattern, settings in layer.per_path.items()
                if path_in_folder and matches_pattern(pattern, path_in_folder)
            ]
        if self._environment:
            self._environment_names.update((name, None) for layer in layers for name in layer.environments)
            setting_maps += [
                layer.environments[self._environment] for layer in layers if self._environment in layer.environments
            ]
        setting_maps.append(self._options)
        key = tuple(map(id, setting_maps))
        if key not in self._settings_by_layers:
            self._settings_by_layers[key] = merge_settings(setting_maps)
        return self._settings_by_layers[key]

    def require_environment(self) -> None:
        """Raise OptionError if all configurations that were read lack the environment of the run."""
        if self._environment and self._environment not in self._environment_names:
            # Where every file is excluded, no settings were asked for.
            self._environment_names.update(
                (name, None)
                for layers in self._layers_by_folder.values()
                for layer in layers
                for name in layer.environments
            )
        if self._environment and self._environment not in self._environment_names:
            raise unknown_environment(self._environment, tuple(self._environment_names))

    def excluded_by(self, file: str) -> str | None:
        """Return the file of configuration that excludes a file, or None."""
        for layer in self._layers_for(configuration_folder(file)):
            exclude = layer.settings.get("exclude")
            path_in_folder = relative_path(absolute_path(file), layer.folder) if exclude else None
            if exclude and path_in_folder and any(matches_pattern(item, path_in_folder) for item in exclude.value):
                return layer.file
        return None

    def respects_gitignore(self, file: str) -> bool:
        """Whether a file or folder is skipped if git ignores it."""
        return bool(self.settings_for(file).get("gitignore"))

    def environments(self, folders: Iterable[str]) -> tuple[str, ...]:
        """Return the names of the environments in the configurations of folders, in their order."""
        return tuple(
            {name: None for folder in folders for layer in self._layers_for(folder) for name in layer.environments}
        )

    def _layers_for(self, folder: str) -> tuple[Layer, ...]:
        """Return the files of configuration that apply to a folder, the outermost first."""
        if self._explicit_layers is not None:
            return self._explicit_layers
        if not self._find:
            return ()
        folder = os.path.abspath(folder or os.curdir)
        layers = self._layers_by_folder.get(folder)
        if layers is None:
            layer = _find_layer(folder)
            parent = os.path.dirname(folder)
            outer_layers = () if parent == folder or (layer and layer.is_root) else self._layers_for(parent)
            layers = self._layers_by_folder[folder] = (*outer_layers, layer) if layer else outer_layers
        return layers


def unknown_environment(name: str, valid_names: tuple[str, ...]) -> OptionError:
    """Return the error for an environment that is in no file of configuration."""
    if not valid_names and name == "all":
        return OptionError("there are no environments; name them in relint.yaml under 'environments'")
    if not valid_names:
        return OptionError(f"there is no environment '{name}'; name it in relint.yaml under 'environments'")
    from relint.settings.suggestion import with_suggestion

    return OptionError(with_suggestion(f"there is no environment '{name}'", name, valid_names))


def configuration_folder(file: str) -> str:
    """Return the folder whose configuration applies to a file.

    The configuration of the working directory applies to URLs, because relint reads none from a URL.
    """
    return os.curdir if is_url(file) else os.path.dirname(file)


def _find_layer(folder: str) -> Layer | None:
    """Return the settings in the file of configuration in a folder, if there is one."""
    for name in _FILE_NAMES:
        file = os.path.join(folder, name)
        if os.path.isfile(file) and (name != "pyproject.toml" or _mentions_relint(file)):
            from relint.settings.config_file import read_layer  # most runs have no configuration

            layer = read_layer(relative_path(file, os.getcwd()) or file)
            if layer is not None:
                return layer
    return None


def _mentions_relint(file: str) -> bool:
    """Whether a pyproject.toml may configure relint.

    Most files do not, and a parser of TOML takes long to import.
    """
    try:
        with open(file, "rb") as stream:
            raw = stream.read()
    except OSError:
        return True  # `read_layer` reports the error
    if b"relint" not in raw:
        return False
    text = raw.translate(None, b" \t\"'")
    return any(sign in text for sign in (b"tool.relint", b"[tool]", b"tool={"))
