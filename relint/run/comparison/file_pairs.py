"""Old and new files that belong together: two files, two folders, or files and a git revision."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.discover.candidate import Candidate, is_url
from relint.discover.files import discover
from relint.errors import OptionError
from relint.finding import Failure
from relint.run.inputs import discover_inputs
from relint.stacks.boundary import NO_NESTED_STACKS, SearchBoundary, search_roots

if TYPE_CHECKING:
    from relint.discover.candidate import Input
    from relint.settings.configuration import Configuration

Source = str | Candidate
"""A file, a folder, or a text that has the name of a file."""


class FilePair(NamedTuple):
    """The old and the new version of a file; one of them is None if the file is added or removed.

    The old version has the name that the file has in the new files, so that a reference to it is equal on both sides.
    """

    old: Candidate | None
    new: Candidate | None


def _same_name(file: str) -> str:
    return file


class Sides(NamedTuple):
    """The surroundings of the old and the new files.

    `old` and `new` bound the files to which templates refer. `name_of_old` returns the name in reports of a file of the
    old side; `base` is the git revision of the old side, with which such a name begins.
    """

    old: SearchBoundary = NO_NESTED_STACKS
    new: SearchBoundary = NO_NESTED_STACKS
    name_of_old: Callable[[str], str] = _same_name
    base: str = ""


class FilePairs(NamedTuple):
    """The files to compare, the failures to read others, and their surroundings."""

    pairs: Sequence[FilePair]
    failures: Sequence[Failure] = ()
    sides: Sides = Sides()


def pair_sources(
    old: Source, new: Source, configuration: Configuration, *, skip_non_templates: bool = False
) -> FilePairs:
    """Return the files of two folders with the same path below them, or two files, whatever their names.

    Raises OptionError for a folder and a file.
    """
    reject_folder_and_file(old, new)
    inputs = [inputs_of(side, configuration, skip_non_templates=skip_non_templates) for side in (old, new)]
    failures = [entry for side in inputs for entry in side if isinstance(entry, Failure)]
    if failures and not all(any(isinstance(entry, Candidate) for entry in side) for side in inputs):
        return FilePairs([], failures)  # nothing is new or gone because the other side has another name
    place = _Place(old, new)
    old_files = {place.name_now(entry.file): entry for entry in inputs[0] if isinstance(entry, Candidate)}
    new_files = {entry.file: entry for entry in inputs[1] if isinstance(entry, Candidate)}
    pairs = [
        FilePair(old_files[file]._replace(file=file) if file in old_files else None, new_files.get(file))
        for file in sorted({*old_files, *new_files})
    ]
    roots = search_roots([name_of(new)])
    old_boundary = SearchBoundary(roots, configuration.excluded_by, place.content_before)
    sides = Sides(
        old=NO_NESTED_STACKS
        if is_url(name_of(old))
        else old_boundary,  # a template from a URL must not name local files
        new=SearchBoundary(roots, configuration.excluded_by),
        name_of_old=place.name_before,
    )
    return FilePairs(pairs, failures, sides)


def reject_folder_and_file(old: Source, new: Source) -> None:
    """Raise OptionError if one side is a folder and the other is a file."""
    folders = [side for side in (old, new) if not isinstance(side, Candidate) and _is_folder(side)]
    files = [name_of(side) for side in (old, new) if isinstance(side, Candidate) or os.path.isfile(side)]
    if folders and files:
        raise OptionError(f"'{folders[0]}' is a folder and '{files[0]}' is a file; name two templates, or two folders")


def inputs_of(source: Source, configuration: Configuration, *, skip_non_templates: bool = False) -> list[Input]:
    """Return the candidates of a source, and what is skipped or cannot be read."""
    if isinstance(source, Candidate):
        return [source]
    return list(discover_inputs([source], configuration, skip_non_templates=skip_non_templates))


def name_of(source: Source) -> str:
    """Return the name of a file, a folder, or the file that a text is."""
    return source.file if isinstance(source, Candidate) else source


def _is_folder(name: str) -> bool:
    return name.endswith("/") if is_url(name) else os.path.isdir(name)


class _Place:
    """The old folder at the place of the new one, so that the files below both have one name.

    Of two files, the old one has the name of the new one, and the files beside the old one are beside the new one.
    """

    def __init__(self, old: Source, new: Source) -> None:
        old_name, new_name = name_of(old), name_of(new)
        is_pair_of_files = not (_is_folder(old_name) or _is_folder(new_name))
        self._old_file, self._new_file = (old_name, new_name) if is_pair_of_files else ("", "")
        self._old_root, self._new_root = (
            os.path.dirname(name) if is_pair_of_files else name for name in (old_name, new_name)
        )
        if isinstance(old, Candidate):  # a text is in no folder
            self._old_root = self._new_root

    def name_now(self, file: str) -> str:
        """Return the name of an old file at the place of the new ones."""
        if self._old_file:
            return _display(self._new_file)
        return _join(self._new_root, _below(file, self._old_root))

    def name_before(self, name: str) -> str:
        """Return the name of an old file, given its name at the place of the new ones."""
        if self._old_file and name == _display(self._new_file):
            return _display(self._old_file)
        path = _below(name, self._new_root)
        old_name = _join(self._old_root, path)
        return name if path.startswith("..") or not _exists(old_name) else old_name

    def content_before(self, name: str) -> str | bytes | None:
        """Return the content of an old file, given its name at the place of the new ones; None if it is no other."""
        old_name = self.name_before(name)
        found = next(discover([old_name]), None) if old_name != name and not is_url(old_name) else None
        return found.raw if isinstance(found, Candidate) else None


def _below(file: str, root: str) -> str:
    return file.removeprefix(root) if is_url(root) else os.path.relpath(file, root or os.curdir)


def _join(root: str, path: str) -> str:
    return f"{root.rstrip('/')}/{path}" if is_url(root) else _display(os.path.normpath(os.path.join(root, path)))


def _exists(name: str) -> bool:
    return is_url(name) or os.path.lexists(name)


def _display(path: str) -> str:
    return path if is_url(path) else os.path.normpath(path).replace(os.sep, "/")
