"""Rules that a process has loaded, kept for the next template that it checks."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Hashable, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.catalog.loader import (
    BuiltinStamps,
    LoadedRules,
    add_user_rules,
    builtin_stamps,
    find_rule_files,
    load_builtin_rules,
    watch_builtin_files,
)
from relint.storage.file_stamps import FileStamp, FolderWatch, is_stable
from relint.system import cache_directory

if TYPE_CHECKING:
    from relint.settings.lint_config import LintConfig

_MAX_RULE_SETS = 16
_MAX_CONFIGS = 64
"""Bounds for processes that never end; a set that is full is emptied."""


class _RuleSet(NamedTuple):
    """Loaded rules, the stamps of their files, and the configurations that were built from them."""

    stamps: object
    loaded: LoadedRules
    configs: dict[Hashable, LintConfig]


class RuleCache:
    """Loaded rules, and configurations built from them.

    By default they are valid until a rule file changes, for which each call looks at the times of all rule files, in
    half a millisecond.
    A fixed cache keeps the rules that it has loaded first.

    Threads may share a cache without a lock: rules never change, and what changes is replaced as a whole. Two threads
    that load the same rules at once do the work twice.
    """

    def __init__(self, *, is_fixed: bool = False) -> None:
        self._is_fixed = is_fixed
        self.clear()

    def clear(self) -> None:
        """Forget all rules."""
        self._builtin: _RuleSet | None = None
        self._watch: FolderWatch | None = None
        self._compiler: Sequence[FileStamp] | None = None
        self._with_user_rules: dict[tuple[str, ...], _RuleSet] = {}

    def load(self, *folders: str) -> LoadedRules:
        """Return relint's rules with those in further folders; raises RuleError and OptionError."""
        return self._rule_set(folders).loaded

    def lint_config(
        self, folders: tuple[str, ...], key: Hashable, build: Callable[[LoadedRules], LintConfig]
    ) -> LintConfig:
        """Return the configuration that `build` makes of the rules, built once for each key."""
        rule_set = self._rule_set(folders)
        config = rule_set.configs.get(key)
        if config is None:
            config = build(rule_set.loaded)
            if len(rule_set.configs) >= _MAX_CONFIGS:
                rule_set.configs.clear()
            rule_set.configs[key] = config
        return config

    def _rule_set(self, folders: tuple[str, ...]) -> _RuleSet:
        key = (os.getcwd(), *folders)
        if self._is_fixed and folders and key in self._with_user_rules:
            return self._with_user_rules[key]
        builtin = self._builtin_rules()
        if not folders:
            return builtin
        files = [file for folder in folders for file in find_rule_files(folder)]
        stamps = (builtin.stamps, _stamps_of(files))
        rule_set = self._with_user_rules.get(key)
        if rule_set is None or rule_set.stamps != stamps:
            rule_set = _RuleSet(stamps=stamps, loaded=add_user_rules(builtin.loaded, files), configs={})
            if self._is_fixed or is_stable(stamps[1]):
                if len(self._with_user_rules) >= _MAX_RULE_SETS:
                    self._with_user_rules.clear()
                self._with_user_rules[key] = rule_set
        return rule_set

    def _builtin_rules(self) -> _RuleSet:
        if self._builtin and (self._is_fixed or (self._watch and self._watch.is_unchanged())):
            return self._builtin
        # A program that checks once needs no watch. A watch precedes the stamps, so that it reveals later changes.
        watch = watch_builtin_files() if self._builtin else None
        stamps = builtin_stamps()
        builtin = self._builtin
        if builtin is None or builtin.stamps != stamps:
            builtin = _RuleSet(stamps=stamps, loaded=self._load_builtin_rules(stamps), configs={})
        if self._is_fixed or is_stable((*stamps.rules, *stamps.compiler)):
            self._builtin, self._watch = builtin, watch
        return builtin

    def _load_builtin_rules(self, stamps: BuiltinStamps) -> LoadedRules:
        """Load relint's rules; not from the disk if the code that compiles them is newer than the code that runs."""
        self._compiler = self._compiler or stamps.compiler
        return load_builtin_rules(cache_directory() if self._compiler == stamps.compiler else None, stamps)


def _stamps_of(files: Sequence[str]) -> list[FileStamp]:
    """Return the stamps of files; a file that cannot be read has a stamp that is never stable."""
    stamps = []
    for file in files:
        try:
            status = os.stat(file)
        except OSError:
            stamps.append((file, 0, time.time_ns(), 0))
        else:
            stamps.append((file, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return stamps


SHARED_RULES = RuleCache()
"""The rules of this process: every caller may share them, because they never change and their files are checked."""
