"""Runs that take results from the cache give the same reports as runs without one."""

from __future__ import annotations

import shutil
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.cached_folder import PARENT, TEMPLATE, cache_entries, check, run_cached
from tests.helpers.command_line import run_python
from tests.helpers.paths import ROOT

FORMATS = ("text", "concise", "json", "sarif", "junit", "gitlab", "github", "markdown")


@pytest.fixture
def varied_folder(folder: Path) -> Path:
    """Templates and files of every kind: nested stacks, exports, encodings, errors, suppressions."""
    for story in sorted((ROOT / "fixtures").iterdir()):
        shutil.copytree(story, folder / story.name)
    (folder / "child.yaml").write_text(TEMPLATE, encoding="utf-8")
    (folder / "parent.yaml").write_text(PARENT, encoding="utf-8")
    imports = PARENT.replace("TemplateURL: child.yaml", "TemplateURL: !ImportValue shared")
    (folder / "imports.yaml").write_text(imports, encoding="utf-8")
    (folder / "windows.yaml").write_bytes(TEMPLATE.replace("\n", "\r\n").encode("utf-16"))
    (folder / "broken.yaml").write_text("Resources: [", encoding="utf-8")
    (folder / "twice.yaml").write_text(TEMPLATE + "  Copies: {Type: AWS::S3::Bucket}\n", encoding="utf-8")
    (folder / "values.yaml").write_text("Resources: none", encoding="utf-8")
    entries = (
        "{rule: S3-601, reason: x}",
        "{rule: RDS-604, resource: Never, reason: x}",
        "{rule: CFN-504, reason: x, path: child.yaml}",
        "{rule: RDS-601, reason: x, until: 2020-01-01}",
    )
    text = f"ruleset: all\nreport-unused: true\nsuppressions: [{', '.join(entries)}]\n"
    (folder / "relint.yaml").write_text(text, encoding="utf-8")
    return folder


def test_every_format_has_the_same_bytes_from_the_cache(varied_folder: Path) -> None:
    def outputs(*options: str) -> list[object]:
        files = [f"--output={name}=../{name}.out" for name in FORMATS]
        done = run_cached(varied_folder, "check", ".", "-v", "--format", "text", "--show-open", *files, *options)
        written = [(varied_folder.parent / f"{name}.out").read_bytes() for name in FORMATS]
        return [done.exit_code, done.stdout, done.stderr, *written]

    wanted = outputs("--no-cache")
    assert not (varied_folder.parent / "xdg" / "relint" / "findings").exists()
    assert wanted[0] == 2
    for options in ([], [], ["--jobs", "2"]):
        assert outputs(*options) == wanted
    run_cached(varied_folder, "cache", "clear")
    for _ in ("cold", "warm"):
        assert outputs("--jobs", "2") == wanted


def test_cached_template_is_not_parsed(folder: Path) -> None:
    program = (
        "import sys; from relint import cli; cli.run(['check', 'stack.yaml', '--config', '/dev/null', *sys.argv[1:]]);"
        "modules = ('yaml', 'relint.run.check_template', 'relint.evaluate', 'hashlib');"
        "print([name for name in modules if name in sys.modules])"
    )

    def imported(*options: str) -> str:
        cache = str(folder.parent / "xdg")
        return run_python("-c", program, *options, cwd=folder, XDG_CACHE_HOME=cache).stdout.splitlines()[-1]

    assert "relint.run.check_template" in imported()
    assert imported() == "[]"
    assert "relint.run.check_template" in imported("--no-cache")


def test_suppression_that_a_cached_finding_needs_is_not_unused(folder: Path) -> None:
    text = "report-unused: true\nsuppressions: [{rule: RDS-701, reason: x}]\n"
    (folder / "relint.yaml").write_text(text, encoding="utf-8")
    wanted = check()
    assert "CFN-000" not in {finding.rule.id for finding in wanted.findings if finding.file == "relint.yaml"}
    assert check(cache="../cache") == check(cache="../cache") == wanted


class NoWorkers(Executor):
    """An executor that must not be used."""

    def submit(self, *work: Any, **more: Any) -> Any:
        raise AssertionError("there is nothing to do")


def test_cached_templates_are_not_sent_to_workers(folder: Path) -> None:
    wanted = check(cache="../cache")
    assert check(cache="../cache", executor=NoWorkers()) == wanted


def test_date_changes_the_results_of_workers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = "suppressions: [{rule: RDS-701, reason: Rebuilt., until: 2026-06-30}]\n"
    (folder / "relint.yaml").write_text(entry, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782000000")  # 2026-06-21
    with ThreadPoolExecutor(1) as executor:
        before = check(cache="../cache", executor=executor)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1783000000")  # 2026-07-02
    assert check(cache="../cache") == check() != before


@pytest.mark.parametrize("known", ["a.yaml", "b.yaml"])
def test_last_file_wins_where_cached_and_new_files_set_severities(folder: Path, known: str) -> None:
    """Also where one file is known, and a worker judges the other."""
    by_path = "per-path: {a.yaml: {severity: {RDS-701: error}}, b.yaml: {severity: {RDS-701: note}}}\n"
    (folder / "relint.yaml").write_text(by_path, encoding="utf-8")
    for name in ("a.yaml", "b.yaml"):
        shutil.copy(folder / "stack.yaml", folder / name)
    check(known, cache="../cache")
    with ThreadPoolExecutor(1) as executor:
        assert check("a.yaml", "b.yaml", cache="../cache", executor=executor) == check("a.yaml", "b.yaml")


def test_failures_are_not_cached(folder: Path) -> None:
    (folder / "stack.yaml").write_text("Resources: [", encoding="utf-8")
    cache = str(folder.parent / "cache")
    assert check(cache=cache) == check(cache=cache) == check()
    assert check(cache=cache).failures
    assert cache_entries(folder) == []


def test_library_caches_nothing_by_default(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder.parent / "xdg"))
    check()
    assert not (folder.parent / "xdg" / "relint" / "findings").exists()


def test_clear_reports_the_removed_entries(folder: Path) -> None:
    run_cached(folder, "check", ".")
    place = folder.parent / "xdg" / "relint" / "findings"
    (entry,) = place.iterdir()
    said = f"1 entry, {entry.stat().st_size:,} bytes\n"
    assert run_cached(folder, "cache", "show").stdout == f"{place}: {said}"
    assert run_cached(folder, "cache", "clear").stdout == f"removed {said}"
    assert list(place.iterdir()) == []
    assert run_cached(folder, "cache", "clear").stdout == "removed 0 entries, 0 bytes\n"


def test_results_of_workers_are_cached(folder: Path) -> None:
    cache = str(folder.parent / "cache")
    with ThreadPoolExecutor(1) as executor:
        report = check(cache=cache, executor=executor)
    assert len(cache_entries(folder)) == 1
    assert check(cache=cache) == report
