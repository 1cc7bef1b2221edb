"""Paths -> the files among them that may be CloudFormation templates, read. Beside cli, all that touches the disk.

It knows what a URL is, but opens none: `remote` does, for those that the user has named.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator

from relint.discover.candidate import Candidate, Input, skip_excluded
from relint.discover.filters import SNIFF_BYTES, fail_or_skip, has_template_suffix, is_searched_folder, reject_oversized
from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.finding import Failure


def discover(
    paths: Iterable[str],
    *,
    skip_non_templates: bool = False,
    find_exclusion: Callable[[str], str | None] | None = None,
) -> Iterator[Input]:
    """Yield the candidates among files and folders, each file once.

    The order is that of `paths`, and within a folder that of the sorted names. A file in `paths` is read whatever its
    suffix; in folders, YAML, JSON, .template and .cfn files are read. Links to folders are not followed. A file that is
    missing, unreadable or too large is a Failure, unless a folder or `skip_non_templates` leaves open whether the file
    is a template: then a large file without `Resources` is Skipped. `find_exclusion` returns the settings file that
    excludes a file, or None. It applies to files in `paths` too, because pre-commit hooks name every file.
    """
    arguments = list(paths)
    real_path = _real_paths()
    named = {real_path(path) for path in arguments if not os.path.isdir(path)}
    seen: set[str] = set()
    for argument in arguments:
        for found in _files(os.path.normpath(argument) if argument else argument):
            if isinstance(found, Failure):
                yield found
                continue
            real = real_path(found)
            if real not in seen:
                seen.add(real)
                by = find_exclusion(found) if find_exclusion else None
                if by:
                    yield skip_excluded(_shown(found), by)
                    continue
                yield _read(found, real in named, skip_non_templates)


def _real_paths() -> Callable[[str], str]:
    """What `os.path.realpath` is for many files of few folders, of which each is looked at once only."""
    folders: dict[str, str] = {}

    def real_path(path: str) -> str:
        folder, name = os.path.split(path)
        if name in ("", os.curdir, os.pardir) or os.path.islink(path):
            return os.path.realpath(path)
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        return os.path.join(folders[folder], name)

    return real_path


def file_sizes(paths: Iterable[str]) -> Iterator[int]:
    """Yield the size in bytes of each file that `discover` would read."""
    for path in paths:
        for file in _files(path):
            if isinstance(file, str):
                try:
                    yield os.stat(file).st_size
                except OSError:
                    continue


def _files(path: str) -> Iterator[str | Failure]:
    """The path itself, or if it is a folder the files below it that have the suffix of a template."""
    waiting = [(path, os.path.isdir(path))]
    while waiting:
        here, is_folder = waiting.pop()
        if not is_folder:
            yield here
            continue
        try:
            with os.scandir(here) as entries:
                members = {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}
        except OSError as error:
            yield Failure(_shown(here), "discover", f"Folder '{_shown(here)}' cannot be read: {error.strerror}.")
            continue
        if here is not path and "pyvenv.cfg" in members:
            continue
        in_cdk = "cdk.out" in os.path.abspath(here).split(os.sep)
        for name, is_inner in sorted(members.items(), reverse=True):
            if is_searched_folder(name, in_cdk) if is_inner else has_template_suffix(name, in_cdk):
                waiting.append((name if here == os.curdir else os.path.join(here, name), is_inner))


def _read(path: str, named: bool, skip_non_templates: bool) -> Input:
    file = _shown(path)
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):  # opening a pipe or a device may wait for ever
            return fail_or_skip(file, named, f"'{file}' is not a regular file.", "not a regular file")
        with open(path, "rb") as stream:
            if status.st_size <= MAX_TEMPLATE_BYTES:
                return Candidate(file, stream.read(), named and not skip_non_templates)
            head = stream.read(SNIFF_BYTES)
    except FileNotFoundError:
        return fail_or_skip(file, named, f"'{file}' does not exist.", "a link to nothing")
    except (OSError, ValueError) as error:
        return Failure(file, "discover", f"'{file}' cannot be read: {getattr(error, 'strerror', None) or error}.")
    return reject_oversized(file, status.st_size, head, named and not skip_non_templates)


def _shown(path: str) -> str:
    return path.replace(os.sep, "/")
