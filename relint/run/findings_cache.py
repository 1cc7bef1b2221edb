"""Findings in templates, cached on the disk for the next run over the same templates.

An entry is a file. Its name is a hash of everything that determines the findings: relint's code and rules, the versions
of Python and PyYAML, the settings, the rules of the user, and the name and content of the template. An entry that
depends on the date contains the date. Entries are therefore never out of date; the oldest are removed when their bytes
exceed a limit.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Mapping

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.run.code_version import code_digest, code_stamps
from relint.run.results import Results
from relint.run.serialize import deserialize, reportable_rules, serialize
from relint.settings.lint_config import applies_to_file
from relint.storage.file_stamps import is_stable
from relint.storage.file_store import create_private_directory, load_entry, save_entry
from relint.storage.hashing import digest
from relint.system import package_directory

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.settings.lint_config import LintConfig


class KeyPrefix(NamedTuple):
    """The part of a key that all entries of one configuration share.

    `rules` are those that findings may refer to. The configuration is kept alive, because prefixes are looked up by its
    `id()`.
    """

    config: LintConfig
    digest: bytes
    rules: Mapping[str, Rule]


class FindingsCache:
    """The cache entries in a directory that one version of the code has written."""

    def __init__(self, directory: str, code_digest: bytes) -> None:
        self._directory = directory
        self._code_digest = code_digest
        self._prefixes: dict[int, KeyPrefix] = {}

    def get(self, file: str, raw: str | bytes, config: LintConfig) -> Results | None:
        """Return the cached results of a template; None if there are none, or if the entry is damaged."""
        if config.cache_key is None:
            return None
        try:
            serialized = marshal.loads(load_entry(self._directory, self._key(file, raw, config)))
            return deserialize(serialized, file, raw, config, self._prefix(config).rules)
        except (OSError, ValueError, TypeError, LookupError, EOFError, AttributeError):
            return None

    def put(self, file: str, raw: str | bytes, config: LintConfig, results: Results) -> None:
        """Cache the results of a template, unless they contain failures.

        A failure may have a cause outside of the template, which may be gone in the next run.
        """
        if config.cache_key is None or results.failures:
            return
        try:
            save_entry(self._directory, self._key(file, raw, config), marshal.dumps(serialize(file, results, config)))
        except (OSError, ValueError):
            return  # the disk is full, or marshal cannot write a value

    def _key(self, file: str, raw: str | bytes, config: LintConfig) -> bytes:
        applicable = [applies_to_file(entry, file) for entry in config.configured_suppressions]
        content = _encode(raw) if isinstance(raw, str) else raw
        return digest(self._prefix(config).digest, _encode(repr((file, applicable, type(raw), len(raw)))), content)

    def _prefix(self, config: LintConfig) -> KeyPrefix:
        prefix = self._prefixes.get(id(config))
        if prefix is None:
            prefix = KeyPrefix(
                config=config,
                digest=digest(self._code_digest, config.cache_key or b""),
                rules=reportable_rules(config),
            )
            self._prefixes[id(config)] = prefix
        return prefix


def open_cache(base: str) -> FindingsCache | None:
    """Return the cache below a directory, which is created if it does not exist.

    None if the directory cannot be created, if other users can write to it, or if a file of relint's code has just
    changed, because the process may then run the previous code.
    """
    directory = findings_directory(base)
    try:
        if not create_private_directory(directory):
            return None
        file_stamps = code_stamps(package_directory())
    except OSError:
        return None
    return FindingsCache(directory, code_digest(file_stamps)) if is_stable(file_stamps) else None


def findings_directory(base: str) -> str:
    """Return the directory of the entries below relint's cache directory."""
    return os.path.join(base, "findings")


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
