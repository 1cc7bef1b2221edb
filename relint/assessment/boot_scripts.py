"""Fetches of boot scripts and of cfn-init: the hosts that they name, and package managers.

https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from relint.source.location import Path

_MAX_TEXT = 200_000
"""Characters of one script that are read: user data has at most 16,384 bytes, and cfn-init 51,200."""

_HOST = r"https?://((?:[A-Za-z0-9.-]|\$\{[A-Za-z0-9:.]{1,80}\}){1,253})"
_FETCH = r"curl|wget|rpm |yum|dnf|apt|zypper|pip|npm|gem |git |docker|Invoke-WebRequest|DownloadFile|aws s3"
_MANAGERS = r"\b(yum|dnf|apt-get|apt|zypper|pip3?|npm|gem|docker|git)\s+(?:-\S+\s+){0,4}(?:install|update|pull|clone)\b"
_OWN_HOSTS = ("127.0.0.1", "169.254.", "localhost")
"""Beginnings of the addresses of the instance itself and of its metadata."""

_PACKAGES = ("apt", "msi", "python", "rpm", "rubygems", "yum", "zypper")
"""The package formats of cfn-init; those of rpm and msi are fetched from an address."""


class Fetch(NamedTuple):
    """A host, or with `is_manager` a program with repositories of its own, from which a script fetches something."""

    name: str
    is_manager: bool
    path: Path


def fetches_of_script(script: Any, path: Path) -> Iterator[Fetch]:
    """Yield what user data fetches, in the order of the script: hosts only where a command that fetches names them."""
    for line in text_of(script)[:_MAX_TEXT].splitlines():
        for manager in re.findall(_MANAGERS, line):
            yield Fetch(manager, is_manager=True, path=path)
        if re.search(_FETCH, line):
            yield from _hosts(line, path)


def fetches_of_init(init: Any, path: Path) -> Iterator[Fetch]:
    """Yield what cfn-init fetches: packages, sources, files from an address, and what its commands fetch."""
    if not isinstance(init, dict):
        return
    for config_name, config in init.items():
        if not isinstance(config, dict) or config_name == "configSets":
            continue
        own = (*path, config_name)
        for manager, packages in _members(config, "packages"):
            if manager in _PACKAGES:
                hosts = list(_hosts(_all_text(packages), (*own, "packages", manager)))
                yield from hosts or [Fetch(manager, is_manager=True, path=(*own, "packages", manager))]
        for folder, source in _members(config, "sources"):
            yield from _hosts(text_of(source), (*own, "sources", folder))
        for name, file in _members(config, "files"):
            if isinstance(file, dict):
                yield from _hosts(text_of(file.get("source", "")), (*own, "files", name, "source"))
        for name, command in _members(config, "commands"):
            if isinstance(command, dict):
                yield from fetches_of_script(command.get("command", ""), (*own, "commands", name, "command"))


def text_of(node: Any) -> str:
    """Return the text that a node writes, with `${Name}` for each reference."""
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return "".join(text_of(item) for item in node)
    if not isinstance(node, dict) or len(node) != 1:
        return ""
    ((name, argument),) = node.items()
    if name == "Fn::Join" and isinstance(argument, list) and len(argument) == 2:
        separator, parts = argument
        listed = parts if isinstance(parts, list) else [parts]
        return (separator if isinstance(separator, str) else "").join(text_of(part) for part in listed)
    if name == "Fn::Sub":
        return text_of(argument[0] if isinstance(argument, list) and argument else argument)
    if name == "Fn::Base64":
        return text_of(argument)
    return f"${{{argument}}}" if name == "Ref" else "${value}"


def _hosts(text: str, path: Path) -> Iterator[Fetch]:
    for host in re.findall(_HOST, text):
        name = host.strip(".-")
        if name and not name.startswith(_OWN_HOSTS):
            yield Fetch(name, is_manager=False, path=path)


def _members(config: dict[str, Any], name: str) -> list[tuple[str, Any]]:
    members = config.get(name)
    return [(key, value) for key, value in members.items() if isinstance(key, str)] if isinstance(members, dict) else []


def _all_text(node: Any) -> str:
    """Return the values of packages by name, each with the list of its versions or its address."""
    if isinstance(node, dict) and not (len(node) == 1 and next(iter(node)).startswith(("Ref", "Fn::"))):
        return " ".join(_all_text(value) for value in node.values())
    return " ".join(_all_text(item) for item in node) if isinstance(node, list) else text_of(node)
