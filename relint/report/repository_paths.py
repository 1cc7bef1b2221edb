"""Files of a report, named from the root of their repository wherever relint was called.

GitHub and GitLab look for a path in the repository only: "a relative path from the root of the GitHub repository"
(https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning),
"must be relative to the project repository" (https://docs.gitlab.com/ci/testing/code_quality/), read on 2026-11-28.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from relint._typing import TYPE_CHECKING
from relint.discover.candidate import is_url
from relint.finding import finding_sort_key

if TYPE_CHECKING:
    from relint.finding import Failure, Finding, Report

ROOT_VARIABLES = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY")
"""Variables in which GitHub Actions, GitLab and Azure Pipelines name the folder of the checkout."""

_QUOTED = re.compile(r"""(["'])([^"']+)\1""")
_DRIVE = re.compile(r"[A-Za-z]:[/\\]")


def name_files_from_root(report: Report) -> Report:
    """Return the report with every file in a repository named by its path from the root of the repository.

    The root is the folder that a variable in ROOT_VARIABLES names, if the file is below it, else the folder with
    `.git`. Other files, URLs, and names that are no files, keep their names. Fingerprints follow the names.
    """
    paths = paths_from_root(report)
    if not paths:
        return report
    return report._replace(
        results=tuple(sorted((_rename(finding, paths) for finding in report.results), key=finding_sort_key)),
        failures=tuple(_rename_failure(failure, paths) for failure in report.failures),
        unjudged=tuple(entry._replace(file=paths.get(entry.file, entry.file)) for entry in report.unjudged),
        templates=tuple(sorted(paths.get(file, file) for file in report.templates)),
        sources={paths.get(file, file): text for file, text in report.sources.items()},
        fail_on_review=frozenset(paths.get(file, file) for file in report.fail_on_review),
        fail_on={paths.get(file, file): level for file, level in report.fail_on.items()},
        included={
            paths.get(file, file): tuple(paths.get(template, template) for template in templates)
            for file, templates in report.included.items()
        },
        earlier={name: paths.get(file, file) for name, file in report.earlier.items()},
    )


def paths_from_root(report: Report) -> dict[str, str]:
    """Return the path from the root of each file of a report that is in a repository under another name."""
    repositories = _Repositories()
    findings = (finding.file for finding in report.results)
    related = (place.file for finding in report.results for place in finding.related if place.file)
    failures = (failure.file for failure in report.failures if not _is_no_file(failure))
    files = {*report.templates, *report.included, *findings, *related, *failures, *report.earlier.values()}
    files -= report.earlier.keys()
    paths = {file: repositories.path_from_root(file) for file in files}
    return {file: path for file, path in paths.items() if path is not None and path != file}


def _is_no_file(failure: Failure) -> bool:
    """Whether a failure is about an option, such as --parameters, or the whole run."""
    return failure.stage == "options" and (failure.file.startswith("--") or failure.file == "relint")


def _rename(finding: Finding, paths: Mapping[str, str]) -> Finding:
    if finding.scenario and '"' in finding.scenario:  # it names the parent of a nested stack
        finding = finding._replace(
            message=_rename_quoted(finding.message, paths),
            arguments=tuple(_rename_quoted(argument, paths) for argument in finding.arguments),
            scenario=_rename_quoted(finding.scenario, paths),
        )
    if any(related.file for related in finding.related):  # such as places in the template that includes the file
        related = (place._replace(file=paths.get(place.file or "", place.file)) for place in finding.related)
        finding = finding._replace(related=tuple(related))
    return finding._replace(file=paths[finding.file]) if finding.file in paths else finding


def _rename_failure(failure: Failure, paths: Mapping[str, str]) -> Failure:
    return failure._replace(file=paths.get(failure.file, failure.file), message=_rename_quoted(failure.message, paths))


def _rename_quoted(text: str, paths: Mapping[str, str]) -> str:
    return _QUOTED.sub(lambda match: f"{match[1]}{paths.get(match[2], match[2])}{match[1]}", text)


class _Repositories:
    """The roots of the repositories of files; each folder is looked up once."""

    def __init__(self) -> None:
        named = (os.environ.get(variable) for variable in ROOT_VARIABLES)
        self._named = [os.path.realpath(folder) for folder in named if folder]
        self._real_folders: dict[str, str] = {}
        self._root_by_folder: dict[str, str | None] = {}

    def path_from_root(self, file: str) -> str | None:
        """Return the path of a file from the root of its repository, with forward slashes; None if it is in none.

        Links are resolved, as GitHub asks; a link that leads out of the repository is in it by its own name.
        """
        if not file or "\0" in file or is_url(file) or (_DRIVE.match(file) and not os.path.isabs(file)):
            return None
        folder, name = os.path.split(os.path.abspath(file))
        path = os.path.join(self._real_folder(folder), name)
        root = self._root_of(os.path.dirname(path))
        for candidate in (os.path.realpath(path), path) if os.path.islink(path) else (path,):
            if root is not None and _is_below(candidate, root):
                return os.path.relpath(candidate, root).replace(os.sep, "/")
        return None

    def _real_folder(self, folder: str) -> str:
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.realpath(folder)
        return self._real_folders[folder]

    def _root_of(self, folder: str) -> str | None:
        if folder not in self._root_by_folder:
            named = next((root for root in self._named if _is_below(folder, root)), None)
            self._root_by_folder[folder] = named or self._find_git(folder)
        return self._root_by_folder[folder]

    def _find_git(self, folder: str) -> str | None:
        if os.path.lexists(os.path.join(folder, ".git")):  # a folder, or a file in worktrees and submodules
            return folder
        parent = os.path.dirname(folder)
        return None if parent == folder else self._root_of(parent)


def _is_below(path: str, folder: str) -> bool:
    """Whether a real path is a real folder or below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
