"""Files of the work tree and their versions in a git revision."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from relint._typing import TYPE_CHECKING
from relint.discover.candidate import Candidate, is_url
from relint.discover.filters import has_template_suffix, reason_to_skip_folder
from relint.discover.git import BRANCH_POINT, Revision
from relint.errors import OptionError
from relint.finding import Failure
from relint.run.comparison.file_pairs import FilePair, FilePairs, Sides
from relint.run.inputs import discover_inputs
from relint.stacks.boundary import SearchBoundary, search_roots
from relint.stacks.related_files import referring_templates

if TYPE_CHECKING:
    from relint.settings.configuration import Configuration


def pair_with_revision(
    name: str, paths: Sequence[str], configuration: Configuration, *, skip_non_templates: bool = False
) -> FilePairs:
    """Return the files in paths that differ from a git revision, with the versions there, and those that are gone.

    Unchanged files are among them if they may deploy or include one that differs, because they decide its values.
    Raises OptionError for a URL, and if git fails.
    """
    for path in filter(is_url, paths):
        raise OptionError(f"a git revision has no '{path}'; compare files")
    revision = Revision(name)
    names_files = not all(map(os.path.isdir, paths))  # a named file may be a template whatever its name
    if not (names_files or any(map(_is_searched, (*revision.changed, *revision.removed)))):
        return FilePairs([])  # as most commits, which need not read the templates
    label = name.removesuffix(BRANCH_POINT)
    earlier = _EarlierFiles(revision, label)
    inputs = list(discover_inputs(paths, configuration, skip_non_templates=skip_non_templates))
    gone = list(dict.fromkeys(earlier.removed_below(paths, configuration)))
    candidates = {entry.file: entry for entry in inputs if isinstance(entry, Candidate)}
    changed = {file for file in candidates if earlier.differs(file)}
    referring = {entry.file for entry in referring_templates(candidates.values(), [*changed, *gone])}
    pairs = [
        FilePair(earlier.version_of(candidates[file]), candidates[file]) for file in sorted({*changed, *referring})
    ]
    roots = search_roots(paths)
    sides = Sides(
        old=SearchBoundary(roots, configuration.excluded_by, earlier.content),
        new=SearchBoundary(roots, configuration.excluded_by),
        name_of_old=earlier.name_in_report,
        base=label,
    )
    names_of_gone = {os.path.normpath(file) for file in gone}
    failures = [
        entry
        for entry in inputs
        if isinstance(entry, Failure) and not any(_is_at_or_below(file, entry.file) for file in names_of_gone)
    ]
    return FilePairs([*pairs, *(FilePair(earlier.candidate(file), None) for file in gone)], failures, sides)


class _EarlierFiles:
    """The files of a revision, by names as from the working directory."""

    def __init__(self, revision: Revision, name: str) -> None:
        self._revision = revision
        self._name = name
        self._earlier_paths = {*filter(None, revision.changed.values()), *revision.removed}
        self._paths: dict[str, str] = {}

    def _path(self, file: str) -> str:
        if file not in self._paths:
            self._paths[file] = self._revision.path_of(file)
        return self._paths[file]

    def differs(self, file: str) -> bool:
        """Whether a file of the work tree differs from its version in the revision."""
        return self._path(file) in self._revision.changed

    def content(self, file: str) -> bytes | None:
        """Return the content that a file has in the revision; None if it does not differ."""
        path = self._path(file)
        return self._revision.read(path) if path in self._earlier_paths else None

    def name_in_report(self, file: str) -> str:
        """Return the name of a file of the revision; one that does not differ has its own name."""
        return f"{self._name}:{file}" if self._path(file) in self._earlier_paths else file

    def candidate(self, file: str) -> Candidate:
        """Return the version of a file that differs."""
        return Candidate(file, self.content(file) or b"", is_explicit=False)

    def version_of(self, candidate: Candidate) -> Candidate | None:
        """Return the version of a file, by the name that it had in the revision; None if the file is new."""
        path = self._path(candidate.file)
        if path not in self._revision.changed:
            return candidate
        previous_path = self._revision.changed[path]
        if previous_path is None:
            return None
        name = candidate.file
        if previous_path != path:
            folder = os.path.relpath(os.path.dirname(previous_path) or ".", os.path.dirname(path) or ".")
            name = os.path.join(os.path.dirname(candidate.file), folder, os.path.basename(previous_path))
        return self.candidate(os.path.normpath(name).replace(os.sep, "/"))

    def removed_below(self, paths: Sequence[str], configuration: Configuration) -> Iterator[str]:
        """Yield the files at or below paths that only the revision has, without those that are not searched."""
        for path in paths:
            folder = self._path(path)
            for removed in sorted(self._revision.removed):
                if folder != os.curdir and not _is_at_or_below(removed, folder):
                    continue
                below = os.path.relpath(removed, folder)
                file = os.path.normpath(os.path.join(path, below)).replace(os.sep, "/")
                if (below == os.curdir or _is_searched(removed)) and not configuration.excluded_by(file):
                    yield file


def _is_searched(path: str) -> bool:
    *folders, name = path.split("/")
    in_cdk_output = "cdk.out" in folders
    skipped = (reason_to_skip_folder(folder, in_cdk_output=in_cdk_output) for folder in folders)
    return has_template_suffix(name, in_cdk_output=in_cdk_output) and all(reason is None for reason in skipped)


def _is_at_or_below(file: str, folder: str) -> bool:
    return file == folder or file.startswith(folder.rstrip("/") + "/")
