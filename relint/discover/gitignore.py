"""Files that git ignores: patterns in .gitignore, .git/info/exclude and core.excludesFile, without a process of git.

Patterns are compared in time proportional to the product of their length and that of the name, whatever they contain.
https://git-scm.com/docs/gitignore
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence

from relint._typing import Any, NamedTuple
from relint.discover.git_config import excludes_file

MAX_BYTES = 256 * 1024
"""Bytes of a file of patterns that are read. Files that only a later pattern ignores are checked."""

_MAX_PATTERN_LENGTH = 4096
_CHARACTER_CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": " \\t",
    "digit": "0-9",
    "lower": "a-z",
    "space": "\\s",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}
_STAR: Any = object()
"""Stands for any number of characters in a name, or of folders in a path."""
_ANY_CHARACTER: Any = object()


class _Suffix(str):
    """The end of a name, as in `*.yaml`. Most patterns with a star are one, and tokens take ten times as long."""

    __slots__ = ()


class Pattern(NamedTuple):
    """One pattern; each segment is a literal name, a suffix, a sequence of tokens, or _STAR for any folders."""

    segments: Sequence[Any]
    is_negated: bool
    is_folder_only: bool
    is_anchored: bool
    line: int

    def matches(self, parts: Sequence[str], *, is_folder: bool) -> bool:
        """Whether the pattern matches a path, which is relative to the folder of the patterns."""
        if self.is_folder_only and not is_folder:
            return False
        if self.is_anchored:
            return _matches_sequence(self.segments, parts, _matches_name)
        return _matches_name(self.segments[0], parts[-1])


class PatternFile(NamedTuple):
    """A file of patterns, and the absolute path of the folder to which they are relative."""

    file: str
    folder: str
    patterns: Sequence[Pattern]


class IgnoreRules(NamedTuple):
    """The files of patterns that apply in a folder; later ones override earlier ones."""

    pattern_files: Sequence[PatternFile] = ()

    def enter(self, folder: str) -> IgnoreRules:
        """Return the rules in a folder, which adds those of its own .gitignore."""
        added = _read_patterns(os.path.join(folder, ".gitignore"), folder)
        return IgnoreRules((*self.pattern_files, added)) if added else self

    def ignored_by(self, path: str, *, is_folder: bool) -> str | None:
        """Return the file and line of the pattern that ignores an absolute path, or None.

        The folders above the path must not be ignored, for git would ignore the path whatever its patterns are.
        """
        for pattern_file in reversed(self.pattern_files):
            parts = path[len(pattern_file.folder.rstrip(os.sep)) + 1 :].split(os.sep)
            for pattern in reversed(pattern_file.patterns):
                if pattern.matches(parts, is_folder=is_folder):
                    return None if pattern.is_negated else f"{_display_path(pattern_file.file)}:{pattern.line}"
        return None


def rules_above(folder: str) -> IgnoreRules | None:
    """Return the rules that apply in an absolute folder without its own .gitignore; None outside of a work tree."""
    folders = _folders_of_work_tree(folder)
    if not folders:
        return None
    rules = work_tree_rules(folders[0])
    for ancestor in folders[:-1]:
        rules = rules.enter(ancestor)
    return rules


def pattern_for(path: str) -> str | None:
    """Return the file and line of the pattern that ignores the file at an absolute path, or a folder above it.

    None if no pattern does. A file that git tracks all the same is not excepted.
    """
    folders = _folders_of_work_tree(os.path.dirname(path))
    rules = work_tree_rules(folders[0]) if folders else IgnoreRules()
    for folder, child in zip(folders, (*folders[1:], path), strict=False):
        rules = rules.enter(folder)
        pattern = rules.ignored_by(child, is_folder=child != path)
        if pattern:
            return pattern
    return None


def _folders_of_work_tree(folder: str) -> list[str]:
    """Return the folders from the top of the work tree to an absolute folder; none outside of a work tree."""
    folders = [folder]
    while not os.path.lexists(os.path.join(folders[-1], ".git")):
        parent = os.path.dirname(folders[-1])
        if parent == folders[-1]:
            return []
        folders.append(parent)
    return folders[::-1]


def work_tree_rules(top: str) -> IgnoreRules:
    """Return the rules below the top of a work tree: those of the user's core.excludesFile, then .git/info/exclude."""
    git_folder = _git_folder(top)
    user_file = excludes_file(git_folder, top)
    files = [os.path.realpath(user_file)] if user_file else []
    read = (_read_patterns(file, top) for file in (*files, os.path.join(git_folder, "info", "exclude")))
    return IgnoreRules(tuple(patterns for patterns in read if patterns))


def _git_folder(top: str) -> str:
    """Return the folder of the repository; a linked work tree has a file .git, which names it.

    https://git-scm.com/docs/gitrepository-layout
    """
    git = os.path.join(top, ".git")
    reference = _read_text(git)
    if reference is None or not reference.startswith("gitdir: "):
        return git
    git = os.path.join(top, reference.removeprefix("gitdir: ").rstrip("\r\n"))
    common = _read_text(os.path.join(git, "commondir"))
    return os.path.join(git, common.rstrip("\r\n")) if common else git


def _read_patterns(file: str, folder: str) -> PatternFile | None:
    text = _read_text(file)
    patterns = tuple(parse_patterns(text)) if text else ()
    return PatternFile(file, folder, patterns) if patterns else None


def _read_text(file: str) -> str | None:
    """Return the beginning of a regular file, or None; git does not follow a link .gitignore either."""
    try:
        if not stat.S_ISREG(os.lstat(file).st_mode):
            return None
        with open(file, "rb") as stream:
            return stream.read(MAX_BYTES).decode("utf-8-sig", "surrogateescape")
    except (OSError, ValueError):
        return None


def parse_patterns(text: str) -> Iterator[Pattern]:
    """Yield the patterns in the text of a .gitignore; lines that no file can match are left out."""
    for number, line in enumerate(text.split("\n"), start=1):
        pattern = re.sub(r"(?<!\\)((?:\\\\)*) +$", r"\1", line.removesuffix("\r"))
        if not pattern or pattern.startswith("#") or len(pattern) > _MAX_PATTERN_LENGTH:
            continue
        is_negated = pattern.startswith("!")
        pattern = pattern[is_negated:]
        is_folder_only = pattern.endswith("/")
        pattern = pattern.removesuffix("/")
        names = pattern.removeprefix("/").split("/")
        is_anchored = "/" in pattern
        segments = [_STAR if name == "**" and is_anchored else _parse_name(name) for name in names]
        if segments[-1] is _STAR:  # a/** matches what is in a, but not a
            segments.append((_STAR,))
        if any(segment is None for segment in segments) or names == [""]:
            continue
        yield Pattern(tuple(segments), is_negated, is_folder_only, is_anchored, number)


def _parse_name(text: str) -> Any:
    """Return a literal name, its tokens if it has wildcards, or None if it is invalid and matches nothing."""
    tokens: list[Any] = []
    position = 0
    while position < len(text):
        character = text[position]
        position += 1
        if character == "*":
            tokens.append(_STAR)
        elif character == "?":
            tokens.append(_ANY_CHARACTER)
        elif character == "[":
            end = _end_of_set(text, position)
            if end is None:
                return None
            tokens.append(_parse_set(text[position:end]))
            position = end + 1
        elif character == "\\":
            if position == len(text):
                return None
            tokens.append(text[position])
            position += 1
        else:
            tokens.append(character)
    if all(isinstance(token, str) for token in tokens):
        return "".join(tokens)
    if tokens[0] is _STAR and all(isinstance(token, str) for token in tokens[1:]):
        return _Suffix("".join(tokens[1:]))
    return tuple(tokens)


def _end_of_set(text: str, start: int) -> int | None:
    """Return the position of the bracket that closes a set; one that comes first is a member."""
    closing = re.compile(r"(?:[!^]|(?![!^]))(?:\]|(?!\]))(?:\[:\w*:\]|\\.|(?!\[:\w*:\])[^\]\\])*\]").match(text, start)
    return closing.end() - 1 if closing else None


def _parse_set(content: str) -> Any:
    """Return the expression for one character of a set such as `a-z`, `!0-9` or `[:digit:]`."""
    is_complement = content[:1] in ("!", "^")
    members = re.sub(
        r"\[:(\w*):\]|(\\?.)(?:-(?!\[:\w*:\])(\\?.))?",
        lambda found: _CHARACTER_CLASSES.get(found[1], "") if found[2] is None else _escape_range(found[2], found[3]),
        content[is_complement:],
        flags=re.DOTALL,
    )
    if not members:
        return _ANY_CHARACTER if is_complement else None
    return re.compile(f"[{'^' if is_complement else ''}{members}]", re.DOTALL)


def _escape_range(first: str, last: str | None) -> str:
    """Return the characters of a set from one to another, each perhaps with a backslash, for an expression."""
    start = re.escape(first[-1])
    if last is None or last[-1] < first[-1]:  # to git, z-a is z
        return start
    return f"{start}-{re.escape(last[-1])}"


def _matches_name(segment: Any, name: str) -> bool:
    if isinstance(segment, _Suffix):
        return name.endswith(segment)
    if isinstance(segment, str):
        return segment == name
    return segment is not None and _matches_sequence(segment, name, _matches_character)


def _matches_character(token: Any, character: str) -> bool:
    if isinstance(token, str):
        return token == character
    return token is _ANY_CHARACTER or (token is not None and token.match(character) is not None)


def _matches_sequence(tokens: Sequence[Any], items: Sequence[str], matches: Callable[[Any, str], bool]) -> bool:
    """Whether tokens match items. On a mismatch only the last star takes one more, so that no search explodes."""
    token = item = star_item = 0
    star: int | None = None
    while item < len(items):
        if token < len(tokens) and tokens[token] is _STAR:
            star, star_item = token, item
            token += 1
        elif token < len(tokens) and matches(tokens[token], items[item]):
            token += 1
            item += 1
        elif star is None:
            return False
        else:
            star_item += 1
            token, item = star + 1, star_item
    return all(rest is _STAR for rest in tokens[token:])


def _display_path(file: str) -> str:
    """Return the path relative to the working directory."""
    try:
        return os.path.relpath(file).replace(os.sep, "/")
    except ValueError:  # another drive of Windows
        return file
