"""Candidates among the files and folders that the user names."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator

from relint._typing import TYPE_CHECKING
from relint.discover.candidate import Candidate, Input, Skipped, fail_or_skip, skip_excluded, skip_ignored
from relint.discover.filters import SNIFF_BYTES, has_template_suffix, reason_to_skip_folder, reject_oversized
from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.finding import Failure

if TYPE_CHECKING:
    from relint.discover.gitignore import IgnoreRules


def discover(
    paths: Iterable[str],
    *,
    skip_non_templates: bool = False,
    find_exclusion: Callable[[str], str | None] | None = None,
    respects_gitignore: Callable[[str], bool] | None = None,
) -> Iterator[Input]:
    """Yield the candidates among files and folders, each file once.

    The order is that of `paths`, and within a folder that of the sorted names. A file in `paths` is read whatever its
    suffix; in folders, YAML, JSON, .template and .cfn files are read. Links to folders are not followed. A file that is
    missing, unreadable or beyond the size limit is a Failure. In a folder, a broken link is Skipped, and so is a large
    file that does not look like a template; `skip_non_templates` extends the latter to files in `paths`.
    `find_exclusion` returns the settings file that excludes a file, or None. It applies to files in `paths` too,
    because pre-commit hooks name every file. In folders, what git ignores is Skipped where
    `respects_gitignore` is true.
    """
    arguments = list(paths)
    real_path = _cached_realpath()
    explicit_paths = {real_path(path) for path in arguments if not os.path.isdir(path)}
    yielded_paths: set[str] = set()
    for argument in arguments:
        for path in _find_files(os.path.normpath(argument) if argument else argument, respects_gitignore):
            if not isinstance(path, str):
                yield path
                continue
            real = real_path(path)
            if real in yielded_paths:
                continue
            yielded_paths.add(real)
            excluded_by = find_exclusion(path) if find_exclusion else None
            if excluded_by:
                yield skip_excluded(_display_path(path), excluded_by)
            else:
                yield _read(path, is_explicit=real in explicit_paths, skip_non_templates=skip_non_templates)


def count_files(
    paths: Iterable[str],
    find_exclusion: Callable[[str], str | None],
    respects_gitignore: Callable[[str], bool],
) -> int:
    """Return the number of files that `discover` would read with the same arguments."""
    real_path = _cached_realpath()
    found = (
        path
        for argument in paths
        for path in _find_files(os.path.normpath(argument) if argument else argument, respects_gitignore)
    )
    return len({real_path(path) for path in found if isinstance(path, str) and not find_exclusion(path)})


def _cached_realpath() -> Callable[[str], str]:
    """Return a function like `os.path.realpath` that resolves each folder once."""
    real_folders: dict[str, str] = {}

    def real_path(path: str) -> str:
        folder, name = os.path.split(path)
        if name in ("", os.curdir, os.pardir) or os.path.islink(path):
            return os.path.realpath(path)
        if folder not in real_folders:
            real_folders[folder] = os.path.realpath(folder)
        return os.path.join(real_folders[folder], name)

    return real_path


def file_sizes(paths: Iterable[str]) -> Iterator[int]:
    """Yield the size in bytes of each file that `discover` would read."""
    for argument in paths:
        for path in _find_files(argument):
            if isinstance(path, str):
                try:
                    yield os.stat(path).st_size
                except OSError:
                    continue


def _find_files(
    path: str, respects_gitignore: Callable[[str], bool] | None = None
) -> Iterator[str | Skipped | Failure]:
    """Yield the path, or the files with the suffix of a template below it, in the order of their names.

    What git ignores below it is Skipped if `respects_gitignore` is true of it; a folder that is not searched is one
    Skipped. The path itself is searched even if git ignores it.
    """
    pending: list[tuple[str, bool, IgnoreRules | None]] = [(path, os.path.isdir(path), None)]
    while pending:
        current, is_folder, rules = pending.pop()
        if not is_folder:
            yield current
            continue
        try:
            with os.scandir(current) as iterator:
                entries = {entry.name: entry for entry in iterator}
        except OSError as error:
            folder = _display_path(current)
            yield Failure(folder, "discover", f"Folder '{folder}' cannot be read: {error.strerror}.")
            continue
        if current is not path and "pyvenv.cfg" in entries:
            yield Skipped(_display_path(current) + "/", "a virtual environment of Python")
            continue
        absolute = os.path.abspath(current)
        in_cdk_output = "cdk.out" in absolute.split(os.sep)
        if respects_gitignore:
            rules = _ignore_rules(absolute, entries, rules, is_root=current is path)
        skipped = []
        for name, entry in sorted(entries.items(), reverse=True):
            is_subfolder = entry.is_dir(follow_symlinks=False)
            child = name if current == os.curdir else os.path.join(current, name)
            if is_subfolder:
                reason = reason_to_skip_folder(name, in_cdk_output=in_cdk_output)
                if reason is not None:
                    skipped += [Skipped(_display_path(child) + "/", reason)] if reason else []
                    continue
            elif not has_template_suffix(name, in_cdk_output=in_cdk_output):
                if entry.is_symlink() and os.path.isdir(entry.path):  # which is False for a link in a circle
                    skipped.append(Skipped(_display_path(child) + "/", "a link to a folder, which is not followed"))
                continue
            pattern = rules.ignored_by(os.path.join(absolute, name), is_folder=is_subfolder) if rules else None
            if pattern and respects_gitignore and respects_gitignore(child):
                skipped.append(skip_ignored(_display_path(child) + "/" if is_subfolder else child, pattern))
            else:
                pending.append((child, is_subfolder, rules))
        yield from reversed(skipped)


def _ignore_rules(
    folder: str, entries: dict[str, os.DirEntry[str]], rules: IgnoreRules | None, *, is_root: bool
) -> IgnoreRules | None:
    """Return the rules in an absolute folder, given those of the folder above, or None if git ignores nothing there."""
    if ".git" in entries:
        from relint.discover.gitignore import work_tree_rules  # most folders of most systems are in no work tree

        rules = work_tree_rules(folder)
    elif is_root and _is_in_work_tree(folder):
        from relint.discover.gitignore import rules_above

        rules = rules_above(folder)
    return rules.enter(folder) if rules and ".gitignore" in entries else rules


def _is_in_work_tree(folder: str) -> bool:
    while not os.path.lexists(os.path.join(folder, ".git")):
        parent = os.path.dirname(folder)
        if parent == folder:
            return False
        folder = parent
    return True


def _read(path: str, *, is_explicit: bool, skip_non_templates: bool) -> Input:
    file = _display_path(path)
    must_be_template = is_explicit and not skip_non_templates
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):  # opening a pipe or a device may wait for ever
            message = f"'{file}' is not a regular file."
            return fail_or_skip(file, fails=is_explicit, message=message, reason="not a regular file")
        with open(path, "rb") as stream:
            if status.st_size <= MAX_TEMPLATE_BYTES:
                return Candidate(file, stream.read(), is_explicit=must_be_template)
            head = stream.read(SNIFF_BYTES)
    except FileNotFoundError:
        message = f"'{file}' does not exist."
        return fail_or_skip(file, fails=is_explicit, message=message, reason="a link to nothing")
    except (OSError, ValueError) as error:
        return Failure(file, "discover", f"'{file}' cannot be read: {getattr(error, 'strerror', None) or error}.")
    return reject_oversized(file, status.st_size, head, is_explicit=must_be_template)


def _display_path(path: str) -> str:
    return path.replace(os.sep, "/")
