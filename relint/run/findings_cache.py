"""What was found in templates, kept on the disk for the next run over the same ones.

An entry is a file of its own, whose name is a hash of everything that decides about it: relint's own code and rules,
the version of Python and of PyYAML, the settings, the rules of the user, the name of the template and its content. What
the day decides says of which day it is. So nothing ever has to be told that it is out of date; old entries go when
there are too many bytes of them.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from relint._named_tuple import NamedTuple
from relint.run.code_version import code, identity, settled
from relint.run.results import Results
from relint.run.serialize import from_plain, rules_of, to_plain
from relint.settings.lint_config import applies_to_file
from relint.storage.file_store import create_private_directory, load_entry, save_entry
from relint.storage.hashing import digest
from relint.system import package_directory

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.settings.lint_config import LintConfig


class Shelf(NamedTuple):
    """What the entries of one config have in common: the start of their hash, and the rules that they name.

    The config is kept with it so that no other one can have its `id`.
    """

    config: LintConfig
    start: bytes
    rules: Mapping[str, Rule]


class Cache:
    """The entries in a folder that were made by the code that runs."""

    def __init__(self, folder: str, identity: bytes) -> None:
        self._folder = folder
        self._identity = identity
        self._shelves: dict[int, Shelf] = {}

    def recall(self, file: str, raw: str | bytes, config: LintConfig) -> Results | None:
        """What was found in a template before; None if that is not known, or the entry is not whole."""
        if config.cache_key is None:
            return None
        try:
            plain = marshal.loads(load_entry(self._folder, self._key(file, raw, config)))
            return from_plain(plain, file, raw, config, self._shelf(config).rules)
        except (OSError, ValueError, TypeError, LookupError, EOFError, AttributeError):
            return None

    def keep(self, file: str, raw: str | bytes, config: LintConfig, results: Results) -> None:
        """Keeps what was found in a template, unless it may be another thing next time."""
        if config.cache_key is None or results.failures:  # a failure may be gone next time
            return
        try:
            save_entry(self._folder, self._key(file, raw, config), marshal.dumps(to_plain(file, results, config)))
        except (OSError, ValueError):
            return  # a disk that is full, or a value that is not plain

    def _key(self, file: str, raw: str | bytes, config: LintConfig) -> bytes:
        accepted = [applies_to_file(entry, file) for entry in config.configured_suppressions]
        content = _bytes(raw) if isinstance(raw, str) else raw
        return digest(self._shelf(config).start, _bytes(repr((file, accepted, type(raw), len(raw)))), content)

    def _shelf(self, config: LintConfig) -> Shelf:
        shelf = self._shelves.get(id(config))
        if shelf is None:
            start = digest(self._identity, config.cache_key or b"")
            shelf = self._shelves[id(config)] = Shelf(config, start, rules_of(config))
        return shelf


def open_cache(base: str) -> Cache | None:
    """The cache below a folder, which is made if need be; None if it cannot be, or if others could write to it.

    None as well while relint itself has just changed: what runs may then be what was there before.
    """
    folder = folder_in(base)
    try:
        if not create_private_directory(folder):
            return None
        files = code(package_directory())
    except OSError:
        return None
    return Cache(folder, identity(files)) if settled(files) else None


def folder_in(base: str) -> str:
    """Where entries are, in the folder in which relint keeps everything."""
    return os.path.join(base, "findings")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
