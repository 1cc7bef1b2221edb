"""Rule files, read and checked; compiled rules, kept in a cache."""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.catalog.rule import Rule, Stored
from relint.errors import OptionError, RuleError
from relint.storage.file_stamps import stamps
from relint.system import cache_directory, package_directory

if TYPE_CHECKING:
    from relint.source.document import Document

_MOST = 10_000_000
"""Bytes of the disk for compiled rules, of which each installation and version of Python has its own 0.6 MB."""


def builtin_directory() -> str:
    """The folder of the rules that ship with relint: in the wheel inside of the package, in a checkout beside it."""
    package = package_directory()
    inside = os.path.join(package, "rules")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "rules")


def rule_files(directory: str) -> list[str]:
    """The rule files (`*.yaml`, `*.yml`) below a folder, or the file itself, sorted; RuleError if there is none."""
    if os.path.isfile(directory):
        return [directory]
    found = [
        os.path.join(folder, name)
        for folder, _, names in os.walk(directory)
        for name in names
        if name.endswith((".yaml", ".yml"))
    ]
    if not found:
        raise RuleError(f"there are no rule files (*.yaml) in '{directory}'", directory)
    return sorted(found)


class Known(NamedTuple):
    """Rules, sorted by id, and what they are made of: bytes that change when one of them may have changed."""

    rules: tuple[Rule, ...]
    made_of: bytes


def load_builtin_rules(cache: str | None) -> Known:
    """The rules that ship with relint.

    `cache` is a folder in which the compiled form is kept; it is used only while no rule file has changed. Without one,
    or when it cannot be read or written, the rules are compiled anew.
    """
    from relint._version import __version__

    directory = builtin_directory()
    compiler = os.path.join(package_directory(), "catalog")
    place = zlib.crc32(os.fsencode(directory))  # another installation of relint keeps its own
    stored = os.path.join(cache, "rules", f"{sys.hexversion:x}-{place:08x}") if cache else None
    try:
        files = (*stamps(directory), *stamps(compiler))
    except OSError as error:
        raise RuleError(f"the rules of relint cannot be read: {error.strerror}", directory) from error
    made_of = marshal.dumps((__version__, files), 2)  # a later format depends on more than what it says
    if stored:
        try:
            kept = _restore(stored)
            if kept["made_of"] == made_of:
                return Known(tuple(_from_plain(plain) for plain in kept["rules"]), made_of)
        except (OSError, ValueError, LookupError, TypeError, EOFError):
            pass  # no cache, one of another version, or a damaged one
    rules = load_rule_files(rule_files(directory))
    if stored:
        _store(stored, {"made_of": made_of, "rules": [_to_plain(rule) for rule in rules]})
    return Known(rules, made_of)


def load_rule_files(files: Iterable[str]) -> tuple[Rule, ...]:
    """The rules of some files, sorted by id; raises RuleError for the first that is wrong or that repeats an id."""
    from relint.catalog.rule_parser import read_rule

    rules: dict[str, Rule] = {}
    names: dict[str, Rule] = {}
    for file in files:
        rule = read_rule(read_rule_document(file))
        for known, key in ((rules, rule.id), (names, rule.name)):
            if key in known:
                raise RuleError(f"'{key}' is already the rule of {known[key].file}", file)
        rules[rule.id] = names[rule.name] = rule
    return tuple(rules[key] for key in sorted(rules))


def read_rule_document(file: str) -> Document:
    """The parsed text of a rule file; raises RuleError when it cannot be read or is not YAML."""
    from relint.errors import TemplateError
    from relint.source.read import read

    try:
        with open(file, "rb") as stream:
            return read(stream.read(), file)
    except OSError as error:
        raise RuleError(f"the rule file cannot be read: {error.strerror}", file) from error
    except TemplateError as error:
        raise RuleError(error.message, file, error.span) from error


def _store(path: str, content: Any) -> None:
    """Keeps something in a file, and removes the oldest beside it; a cache that cannot be written is none.

    marshal reads in a third of the time of json, which the start would have to import besides; it is tied to one
    version of Python, as the name of the file is, and trusts what it reads, hence the checksum.
    """
    from relint.storage.file_store import trim, write

    data = marshal.dumps(content)
    folder = os.path.dirname(path)
    try:
        os.makedirs(folder, exist_ok=True)
        write(path, zlib.crc32(data).to_bytes(4, "big") + data)
    except OSError:
        return
    trim(folder, _MOST)


def _restore(path: str) -> Any:
    """What `_store` wrote; raises OSError or ValueError when it is not there or not whole."""
    with open(path, "rb") as stream:
        checksum, data = stream.read(4), stream.read()
    if zlib.crc32(data).to_bytes(4, "big") != checksum:
        raise ValueError(f"'{path}' is damaged")
    return marshal.loads(data)


def _to_plain(rule: Rule) -> tuple[Any, ...]:
    """The rule as marshal takes it, which knows plain tuples only; its body apart."""
    body = rule.read()
    stored = marshal.dumps(([tuple(case) for case in body.cases], *body[1:]))  # type: ignore[arg-type]
    return tuple(rule._replace(body=stored))  # type: ignore[arg-type]


def _from_plain(plain: tuple[Any, ...]) -> Rule:
    rule = Rule._make(plain)
    return rule._replace(body=Stored(rule.body))  # type: ignore[arg-type]


def load_rules(*directories: str | os.PathLike[str]) -> tuple[Rule, ...]:
    """The rules that ship with relint and those of further folders, sorted by id; raises RuleError."""
    return load_known(*directories).rules


def load_known(*directories: str | os.PathLike[str]) -> Known:
    """What `load_rules` gives, and what it is made of."""
    own = load_builtin_rules(cache_directory())
    if not directories:
        return own
    more = load_rule_files([file for directory in directories for file in rule_files(os.fspath(directory))])
    taken = {key for rule in own.rules for key in (rule.id, rule.name)}
    for rule in more:
        if rule.id in taken or rule.name in taken:
            raise OptionError(f"{rule.file}: rule '{rule.id}' ({rule.name}) is already one of relint's own; rename it")
    rules = tuple(sorted((*own.rules, *more), key=lambda rule: rule.id))
    return Known(rules, own.made_of + repr(more).encode("utf-8", "surrogatepass"))
