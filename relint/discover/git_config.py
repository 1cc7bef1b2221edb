"""The file of patterns that the user's configuration of git names, without a process of git.

https://git-scm.com/docs/gitignore, https://git-scm.com/docs/git-config#FILES
"""

from __future__ import annotations

import os
import re

_MAX_BYTES = 256 * 1024
_SECTION = re.compile(r"[ \t]*\[[ \t]*(?P<name>[^\]\"]*?)[ \t]*(?P<subsection>\"[^\n]*?\")?[ \t]*\]")
_VARIABLE = re.compile(r"[ \t]*excludesfile[ \t]*=[ \t]*(?P<value>.*)", re.IGNORECASE)


def excludes_file(git_folder: str, top: str) -> str | None:
    """Return the path that core.excludesFile names, or git's default; None without a home folder.

    The nearest configuration wins: that of the repository in `git_folder`, then the user's, then the system's. A
    relative path is one below `top`, the work tree. Files that a configuration includes are not read.
    """
    home = os.path.expanduser("~")
    for config in (os.path.join(git_folder, "config"), *_user_configs(home), *_system_configs()):
        value = _configured_path(_read(config))
        if value is not None:
            return os.path.join(top, os.path.expanduser(value)) if value else None
    folder = _config_home(home)
    return os.path.join(folder, "git", "ignore") if folder else None


def _read(file: str) -> str:
    """Return the beginning of a file; empty if it is not a regular file, or a link to one, that can be read."""
    try:
        if not os.path.isfile(file):
            return ""
        with open(file, "rb") as stream:
            return stream.read(_MAX_BYTES).decode("utf-8-sig", "surrogateescape")
    except (OSError, ValueError):
        return ""


def _config_home(home: str) -> str | None:
    return os.environ.get("XDG_CONFIG_HOME") or (os.path.join(home, ".config") if home != "~" else None)


def _user_configs(home: str) -> list[str]:
    """Return the user's files of configuration, the one that counts most first."""
    if "GIT_CONFIG_GLOBAL" in os.environ:
        return [os.environ["GIT_CONFIG_GLOBAL"]]
    folder = _config_home(home)
    return [os.path.join(home, ".gitconfig"), *([os.path.join(folder, "git", "config")] if folder else [])]


def _system_configs() -> list[str]:
    if os.environ.get("GIT_CONFIG_NOSYSTEM", "").lower() in ("1", "true", "yes", "on"):
        return []
    return [os.environ.get("GIT_CONFIG_SYSTEM", "/etc/gitconfig")]


def _configured_path(text: str) -> str | None:
    """Return the last value of core.excludesFile in a file of configuration; None if it has none."""
    found: str | None = None
    is_core = False
    for line in text.splitlines():
        section = _SECTION.match(line)
        if section:
            is_core = section["name"].lower() == "core" and section["subsection"] is None
            line = line[section.end() :]
        variable = _VARIABLE.fullmatch(line) if is_core else None
        if variable:
            found = _unquoted(variable["value"])
    return found


def _unquoted(value: str) -> str:
    """Return a value without quotes, escapes, and the comment behind it."""
    text, is_quoted, kept = "", False, 0
    characters = iter(value)
    for character in characters:
        if character == '"':
            is_quoted = not is_quoted
            kept = len(text)
        elif character == "\\":
            text += next(characters, "")
            kept = len(text)
        elif character in "#;" and not is_quoted:
            break
        else:
            text += character
            if is_quoted or not character.isspace():
                kept = len(text)
    return text[:kept]
