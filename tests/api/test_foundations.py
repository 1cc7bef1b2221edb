"""Facts about the machine, errors and findings, which every package uses."""

from __future__ import annotations

import os
import time

import pytest

from relint.errors import OptionError, RelintError, RuleError, TemplateError, format_error
from relint.finding import finding_sort_key
from relint.source.location import Position, Span
from relint.system import available_cpus, cache_directory, package_directory, today
from tests.helpers.command_line import run_relint
from tests.helpers.report_builder import RDS, S3, make_finding


def span(line: int, column: int, width: int = 1) -> Span:
    return Span(Position(line, column), Position(line, column + width))


@pytest.mark.parametrize(
    ("file", "place", "expected"),
    [
        (None, None, "error: it is wrong"),
        ("a.yaml", None, "a.yaml: error: it is wrong"),
        ("a.yaml", span(3, 7), "a.yaml:3:7: error: it is wrong"),
        (None, span(3, 7), "error: it is wrong"),
    ],
)
@pytest.mark.parametrize("kind", [OptionError, RuleError, TemplateError])
def test_error_is_one_line_with_its_place(
    kind: type[RelintError], file: str | None, place: Span | None, expected: str
) -> None:
    error = kind("it is wrong", file, place)
    assert (format_error(error), str(error)) == (expected, "it is wrong")


@pytest.mark.parametrize(
    ("epoch", "day"), [("0", "1970-01-01"), ("1798761599", "2026-12-31"), ("1798761600", "2027-01-01")]
)
def test_date_is_that_of_the_environment_in_utc(monkeypatch: pytest.MonkeyPatch, epoch: str, day: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today() == day


@pytest.mark.parametrize("epoch", ["", None])
def test_date_is_that_of_the_clock_without_the_variable(monkeypatch: pytest.MonkeyPatch, epoch: str | None) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if epoch is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    before = time.strftime("%Y-%m-%d", time.gmtime())
    assert today() in (before, time.strftime("%Y-%m-%d", time.gmtime()))


@pytest.mark.parametrize("epoch", ["yesterday", "1.5", "\u00b2", "9" * 30])
def test_invalid_date_in_the_environment_is_an_error(tmp_path: object, epoch: str) -> None:
    """https://reproducible-builds.org/specs/source-date-epoch/: a malformed value should end the build."""
    done = run_relint("check", "-", "--no-config", stdin="Resources: {}\n", SOURCE_DATE_EPOCH=epoch)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"error: SOURCE_DATE_EPOCH is the number of seconds since 1970, not '{epoch}'\n"


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"XDG_CACHE_HOME": "/xdg", "LOCALAPPDATA": "/app", "HOME": "/home/ada"}, "/xdg/relint"),
        ({"LOCALAPPDATA": "/app", "HOME": "/home/ada"}, "/app/relint/Cache"),
        ({"XDG_CACHE_HOME": "", "LOCALAPPDATA": "", "HOME": "/home/ada"}, "/home/ada/.cache/relint"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the paths are those of POSIX")
def test_cache_is_in_the_folder_of_the_system(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_directory() == expected


def test_processors_are_those_that_the_process_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 3, 7} if process == 0 else set(), raising=False)
    assert available_cpus() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 5)
    assert available_cpus() == 5
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert available_cpus() == 1


def test_package_contains_its_own_code() -> None:
    assert os.path.isfile(os.path.join(package_directory(), "system.py"))


def test_findings_are_sorted_by_file_place_rule_and_message() -> None:
    ordered = [
        make_finding(S3, "a.yaml", span(1, 1)),
        make_finding(S3, "a.yaml", span(1, 2)),
        make_finding(RDS, "a.yaml", span(2, 1)),
        make_finding(RDS, "a.yaml", span(2, 1, 3), "A"),
        make_finding(RDS, "a.yaml", span(2, 1, 3), "B"),
        make_finding(S3, "a.yaml", span(2, 1)),
        make_finding(RDS, "b.yaml", span(1, 1)),
    ]
    shuffled = [*ordered[3:], *ordered[:3]]
    assert sorted(shuffled, key=finding_sort_key) == ordered


def test_failure_outranks_review_and_review_outranks_open() -> None:
    kinds = [("open", "error"), ("review", "note"), ("review", "error"), ("fail", "note"), ("fail", "warning")]
    findings = [make_finding(verdict=verdict, level=level) for verdict, level in [*kinds, ("fail", "error")]]
    shuffled = [*findings[3:], *findings[:3]]
    assert sorted(shuffled, key=lambda finding: finding.severity_rank) == findings


def test_fingerprint_depends_on_file_rule_and_path_alone() -> None:
    finding = make_finding()
    assert len(finding.fingerprint) == 32
    assert finding._replace(span=span(90, 1), message="x", level="note").fingerprint == finding.fingerprint
    others = [make_finding(S3), make_finding(file="b.yaml"), make_finding(path=("Resources", "OrdersDb"))]
    assert len({finding.fingerprint, *(other.fingerprint for other in others)}) == 4
