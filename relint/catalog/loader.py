"""Loading of rules: reads rule files, and caches the compiled form of the rules that ship with relint."""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from collections.abc import Iterable, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.catalog.rule import LazyBody, Rule
from relint.errors import OptionError, RuleError, working_on
from relint.storage.file_stamps import FileStamp, FolderWatch, collect_file_stamps
from relint.system import cache_directory, package_directory

if TYPE_CHECKING:
    from relint.source.document import Document

_MAX_CACHE_BYTES = 10_000_000
"""Bytes on disk for compiled rules; each installation of relint and each version of Python adds a file of 1 MB."""

_BODY = Rule._fields.index("body")


class LoadedRules(NamedTuple):
    """Rules, sorted by id, and bytes that differ when the rules may differ (part of the key of cached findings)."""

    rules: tuple[Rule, ...]
    sources_digest: bytes


def load_rules(*directories: str | os.PathLike[str]) -> tuple[Rule, ...]:
    """Return the rules that ship with relint and those in further folders, sorted by id.

    Raises RuleError for a rule file with a mistake, OptionError for an id or a name that a rule of relint has.
    """
    return load_rules_with_digest(*directories).rules


def load_rules_with_digest(*directories: str | os.PathLike[str]) -> LoadedRules:
    """Return the rules that `load_rules` returns, with the digest of their sources."""
    builtin = load_builtin_rules(cache_directory())
    if not directories:
        return builtin
    return add_user_rules(
        builtin, [file for directory in directories for file in find_rule_files(os.fspath(directory))]
    )


def add_user_rules(builtin: LoadedRules, files: Iterable[str]) -> LoadedRules:
    """Return relint's rules and those in files of the user; raises RuleError and OptionError as `load_rules` does."""
    user_rules = load_rule_files(files)
    builtin_names = {key for rule in builtin.rules for key in _keys_of(rule)}
    for rule in user_rules:
        if not builtin_names.isdisjoint(_keys_of(rule)):
            raise OptionError(f"{rule.file}: rule '{rule.id}' ({rule.name}) is already one of relint's own; rename it")
    rules = tuple(sorted((*builtin.rules, *user_rules), key=lambda rule: rule.id))
    digest = builtin.sources_digest + repr(user_rules).encode("utf-8", "surrogatepass")
    return LoadedRules(rules=rules, sources_digest=digest)


class BuiltinStamps(NamedTuple):
    """The stamps of relint's rule files and of the code that compiles them."""

    rules: Sequence[FileStamp]
    compiler: Sequence[FileStamp]


def builtin_stamps() -> BuiltinStamps:
    """Return the stamps of the files that relint's rules are compiled from; raises RuleError."""
    directory = builtin_rules_directory()
    try:
        return BuiltinStamps(
            rules=collect_file_stamps(directory),
            compiler=collect_file_stamps(os.path.join(package_directory(), "catalog")),
        )
    except OSError as error:
        raise RuleError(f"the rules of relint cannot be read: {error.strerror}", directory) from error


def watch_builtin_files() -> FolderWatch:
    """Return a watch over the files of `builtin_stamps`; raises RuleError."""
    directory = builtin_rules_directory()
    try:
        return FolderWatch(directory, os.path.join(package_directory(), "catalog"))
    except OSError as error:
        raise RuleError(f"the rules of relint cannot be read: {error.strerror}", directory) from error


def load_builtin_rules(cache: str | None, file_stamps: BuiltinStamps | None = None) -> LoadedRules:
    """Return the rules that ship with relint; raises RuleError if their files cannot be read.

    `cache` is the folder for the compiled form, which is valid until a rule file or a module of `relint.catalog`
    changes. Without a cache, or if the cache cannot be read or written, the rules are compiled on each call.
    """
    from relint._about import __version__

    directory = builtin_rules_directory()
    installation_id = zlib.crc32(os.fsencode(directory))
    cache_file = os.path.join(cache, "rules", f"{sys.hexversion:x}-{installation_id:08x}") if cache else None
    rule_stamps, compiler_stamps = file_stamps or builtin_stamps()
    digest = marshal.dumps((__version__, (*rule_stamps, *compiler_stamps)), 2)  # later formats depend on shared objects
    if cache_file:
        try:
            cached = _read_cache(cache_file)
            if cached["sources_digest"] == digest:
                return LoadedRules(rules=tuple(map(_deserialize, cached["rules"])), sources_digest=digest)
        except (OSError, ValueError, LookupError, TypeError, EOFError):
            pass  # the file does not exist, is damaged, or was written by another version of relint
    rules = load_rule_files(find_rule_files(directory))
    if cache_file:
        _write_cache(cache_file, {"sources_digest": digest, "rules": [_serialize(rule) for rule in rules]})
    return LoadedRules(rules=rules, sources_digest=digest)


def load_rule_files(files: Iterable[str]) -> tuple[Rule, ...]:
    """Return the rules in some files, sorted by id; raises RuleError for the first mistake or repeated id or name."""
    from relint.catalog.rule_parser import read_rule

    rules_by_id: dict[str, Rule] = {}
    rules_by_key: dict[str, Rule] = {}  # ids, names and what the rules replace
    for file in files:
        with working_on(file):
            rule = read_rule(read_rule_document(file))
        for key in _keys_of(rule):
            if key in rules_by_key:
                raise RuleError(f"'{key}' is already the rule of {rules_by_key[key].file}", file)
            rules_by_key[key] = rule
        rules_by_id[rule.id] = rule
    return tuple(rules_by_id[rule_id] for rule_id in sorted(rules_by_id))


def read_rule_document(file: str) -> Document:
    """Return the parsed text of a rule file; raises RuleError if it cannot be read or is not YAML."""
    from relint.errors import TemplateError
    from relint.source.read import read_document

    try:
        with open(file, "rb") as stream:
            return read_document(stream.read(), file)
    except OSError as error:
        raise RuleError(f"the rule file cannot be read: {error.strerror}", file) from error
    except TemplateError as error:
        raise RuleError(error.message, file, error.span) from error


def find_rule_files(path: str) -> list[str]:
    """Return the rule files (`*.yaml`, `*.yml`) below a folder, sorted, or the path itself if it is a file.

    Hidden files are omitted. Raises RuleError if the folder contains no rule file.
    """
    if os.path.isfile(path):
        return [path]
    files = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(path)
        for name in names
        if name.endswith((".yaml", ".yml")) and name[0] != "."  # such as .#name.yaml, the lock of an editor
    ]
    if not files:
        reason = "" if os.path.exists(path) else ", which does not exist"
        raise RuleError(f"there are no rule files (*.yaml) in '{path}'{reason}", path)
    return sorted(files)


def builtin_rules_directory() -> str:
    """Return the folder of the rules that ship with relint: inside the package in a wheel, beside it in a checkout."""
    package = package_directory()
    packaged = os.path.join(package, "rules")
    return packaged if os.path.isdir(packaged) else os.path.join(os.path.dirname(package), "rules")


def _keys_of(rule: Rule) -> tuple[str, ...]:
    return (rule.id, rule.name, *rule.aliases)


def is_builtin(rule: Rule) -> bool:
    """Whether the rule ships with relint."""
    return rule.file.startswith(os.path.join(builtin_rules_directory(), ""))


def file_is_builtin(file: str) -> bool:
    """Whether a rule file, however it is named, is one of those that ship with relint."""
    return os.path.realpath(file).startswith(os.path.join(os.path.realpath(builtin_rules_directory()), ""))


def _write_cache(path: str, content: dict[str, Any]) -> None:
    """Write the cache file and evict the oldest files beside it; an OSError is ignored, since a cache is optional.

    marshal reads in a third of the time of json, and needs no import at start-up. Its format depends on the version
    of Python, which is therefore part of the file's name, and it may crash on damaged data, hence the checksum.
    """
    from relint.storage.file_store import evict, write_atomically

    data = marshal.dumps(content)
    folder = os.path.dirname(path)
    try:
        os.makedirs(folder, exist_ok=True)
        write_atomically(path, zlib.crc32(data).to_bytes(4, "big") + data)
    except OSError:
        return
    evict(folder, _MAX_CACHE_BYTES)


def _read_cache(path: str) -> Any:
    """Return the content that `_write_cache` wrote; raises OSError if there is no file, ValueError if it is damaged."""
    with open(path, "rb") as stream:
        checksum, data = stream.read(4), stream.read()
    if zlib.crc32(data).to_bytes(4, "big") != checksum:
        raise ValueError(f"'{path}' is damaged")
    return marshal.loads(data)


def _serialize(rule: Rule) -> tuple[Any, ...]:
    """Return the rule as a plain tuple, because marshal rejects subclasses; the body is a byte string of its own."""
    return tuple(rule._replace(body=LazyBody.encode(rule.read())))  # type: ignore[arg-type]


def _deserialize(values: tuple[Any, ...]) -> Rule:
    return Rule._make((*values[:_BODY], LazyBody(values[_BODY]), *values[_BODY + 1 :]))
