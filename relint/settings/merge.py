"""The settings of a template, merged from defaults, profile, files of configuration and options."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence

from relint._typing import Any, NamedTuple
from relint.errors import OptionError
from relint.settings.glob import relative_path
from relint.settings.options import OPTIONS
from relint.settings.setting import COMMAND_LINE, Origin, Setting, SettingMap

_DEFAULT = Origin("default")
_DEFAULT_SETTINGS = {name: Setting(option.default, _DEFAULT) for name, option in OPTIONS.items()}
_PROFILES: Mapping[str, Mapping[str, Any]] = {
    "critical": {"ruleset": "all", "thresholds": {"min_azs": 3, "backup_min_days": 35}},
}
"""Options that a profile sets; dev changes levels instead (see `relint.catalog.selection`)."""
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-\d+")
"""Codes such as eu-west-1, us-gov-west-1 and eusc-de-east-1, of Regions that do not exist yet, too."""


class Settings(NamedTuple):
    """The value and the origin of every option, for one template.

    `values` are by name of the option. `origins` are those of the entries of mappings, by option and key.
    """

    values: Mapping[str, Setting]
    origins: Mapping[tuple[str, str], Origin]

    def get(self, option: str) -> Any:
        """Return the value of an option."""
        return self.values[option].value

    @property
    def identifier(self) -> str:
        """A text that is the same only for equal settings with equal origins.

        Options with their default values are left out.
        """
        changed = [(name, setting) for name, setting in self.values.items() if setting.origin is not _DEFAULT]
        return repr((changed, self.origins))

    @property
    def parameters(self) -> Mapping[str, str]:
        """The values of parameters and pseudo parameters, as text; raises OptionError for what cannot be a Region."""
        region = {"AWS::Region": self.get("region")} if self.get("region") else {}
        values = {**self.get("parameters"), **region}
        if not _REGION.fullmatch(values.get("AWS::Region", "eu-west-1")):
            raise OptionError(f"'{values['AWS::Region']}' is no Region; write its code, such as eu-west-1")
        return values


def merge_settings(layers: Sequence[SettingMap]) -> Settings:
    """Return the settings that result from layers, of which later ones override earlier ones.

    Lists such as `exclude` accumulate, and mappings are merged key by key. Raises OptionError for a file of parameters
    that cannot be read.
    """
    profile = next((layer["profile"].value for layer in reversed(layers) if "profile" in layer), "standard")
    profile_origin = Origin(f"profile {profile}")
    profile_settings = {name: Setting(value, profile_origin) for name, value in _PROFILES.get(profile, {}).items()}
    merged = dict(_DEFAULT_SETTINGS)
    origins: dict[tuple[str, str], Origin] = {}
    for layer in (profile_settings, *layers):
        for name, setting in layer.items():
            setting = _with_parameter_files(setting) if name == "parameters" else setting
            if OPTIONS[name].accumulates:
                setting = setting._replace(value=(*merged[name].value, *_with_folder(name, setting)))
            elif isinstance(setting.value, dict):
                origins.update(((name, key), setting.origin) for key in setting.value)
                setting = setting._replace(value={**merged[name].value, **setting.value})
            merged[name] = setting
    return Settings(merged, origins)


def _with_folder(name: str, setting: Setting) -> tuple[Any, ...]:
    """Return the items of an accumulating option.

    Items that are relative to the folder of their file contain this folder.
    """
    if name == "rules" and setting.origin is not COMMAND_LINE:
        return tuple(os.path.join(setting.folder, item) for item in setting.value)
    if name == "suppressions":
        return tuple({**item, "folder": setting.folder} for item in setting.value)
    return tuple(setting.value)


def _with_parameter_files(setting: Setting) -> Setting:
    """Return the setting of `parameters` with the content of files in place of their names."""
    if isinstance(setting.value, dict):
        return setting
    from relint.settings.parameter_files import read_parameter_file

    values: dict[str, str] = {}
    for item in setting.value:
        if isinstance(item, str):
            file = os.path.join(setting.folder, item)
            values.update(read_parameter_file(relative_path(file, os.getcwd()) or file, setting.origin))
        else:
            values.update(item)
    return setting._replace(value=values)
