"""One run in several parts: the same report, whichever process or thread checks a template."""

from __future__ import annotations

import os
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest

import relint
from relint.run import parallel, work_estimate
from relint.run.processes import ProcessPool
from tests.helpers.command_line import run_relint_process
from tests.helpers.project import Project
from tests.helpers.rules import rule_text
from tests.helpers.templates import CHILD, PARENT

DIE_IN_WORKERS = """
import os, signal
import relint.run.parallel
caller = os.getpid()
real = relint.run.parallel.check_candidate
die = lambda: os.kill(os.getpid(), signal.SIGKILL)
relint.run.parallel.check_candidate = lambda *a: real(*a) if os.getpid() == caller else die()
"""


@pytest.fixture
def small_project(project: Project) -> Project:
    """Templates of one part: the fixtures, a nested stack, and a file that is not a template."""
    suppressions = "suppressions: [{rule: S3-601, resource: Never, reason: x}, {rule: RDS-604, reason: x}]\n"
    project.configure(f"report-unused: true\n{suppressions}").copy_fixtures()
    return project.write("child.yaml", CHILD).write("parent.yaml", PARENT).write("broken.yaml", "Resources: [")


@pytest.fixture
def large_project(small_project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Templates of a dozen parts."""
    monkeypatch.setattr(parallel, "SECONDS_PER_PART", 0.003)
    return small_project.copy_fixtures(times=3)


@pytest.mark.parametrize("executor_class", [ProcessPoolExecutor, ThreadPoolExecutor])
def test_executor_gives_the_same_report(large_project: Project, executor_class: type[Executor]) -> None:
    with executor_class(2) as executor:  # type: ignore[call-arg]
        assert large_project.check(executor=executor) == large_project.check()


def test_workers_need_none_of_the_files_of_the_caller(small_project: Project) -> None:
    """Settings, the paths they apply to, and rules of the user are sent to workers in another folder."""
    by_path = "per-path: {'fragile*': {ignore: [S3-601], thresholds: {min_azs: 3}, severity: {RDS-701: error}}}\n"
    entries = "{rule: RDS-701, path: 'fragile*', reason: x}, {rule: S3-601, path: sub/**, reason: x}"
    small_project.configure(f"rules: [acme]\n{by_path}suppressions: [{entries}]\n")
    body = "assert: [{path: $.Properties.BucketName, exists: true}]\n"
    small_project.write("acme/rule.yaml", rule_text(body, id="ACME-101", resources=["AWS::S3::Bucket"]))

    with ProcessPoolExecutor(2, initializer=os.chdir, initargs=(os.sep,)) as executor:
        report = small_project.check(executor=executor)

    assert report == small_project.check()
    assert {"ACME-101", "RDS-701"} <= {finding.rule.id for finding in report.findings}
    assert any(finding.suppression for finding in report.findings if finding.rule.id == "RDS-701")


def test_last_file_wins_where_files_set_different_severities(small_project: Project) -> None:
    by_path = "per-path: {child.yaml: {severity: {RDS-701: error}}, parent.yaml: {severity: {RDS-701: note}}}\n"
    small_project.configure(by_path)

    with ThreadPoolExecutor(2) as executor:
        overrides = small_project.check(executor=executor).level_overrides

    assert overrides == small_project.check().level_overrides == {"RDS-701": "note"}


def test_configuration_error_is_the_same_with_workers(small_project: Project) -> None:
    small_project.write("sub/relint.yaml", "select: [NOPE-1]\n").write("sub/a.yaml", CHILD)
    with pytest.raises(relint.OptionError) as expected:
        small_project.check()

    with ThreadPoolExecutor(2) as executor, pytest.raises(relint.OptionError) as error:
        small_project.check(executor=executor)

    assert (str(error.value), error.value.file) == (str(expected.value), expected.value.file)


def test_killed_worker_process_is_reported(small_project: Project) -> None:
    """The kernel kills a process when memory is exhausted."""
    result = run_relint_process("check", ".", "--no-cache", "--jobs", "2", code=DIE_IN_WORKERS)

    assert result.exit_code == 2
    assert result.stderr == "error: a process has been killed, perhaps for want of memory; --jobs 1 starts none\n"


def test_number_of_processes_does_not_change_the_output(large_project: Project) -> None:
    command = ["check", ".", "--no-cache", "--format", "json", "--jobs"]

    one_process, two_processes = (large_project.run(*command, jobs) for jobs in ("1", "2"))

    assert one_process.stdout
    assert one_process == two_processes


@pytest.mark.parametrize(
    ("expected_seconds", "count"),
    [
        pytest.param(0.9, 1, id="less work than pays for one"),
        pytest.param(1.9, 1, id="less work than pays for two"),
        pytest.param(2.0, 2, id="work for two"),
        pytest.param(3.5, 3, id="work for three"),
        pytest.param(20.0, 4, id="more work than processors"),
    ],
)
def test_number_of_processes_follows_from_the_expected_work(
    project: Project, monkeypatch: pytest.MonkeyPatch, expected_seconds: float, count: int
) -> None:
    monkeypatch.setattr(work_estimate, "available_cpus", lambda: 4)
    monkeypatch.setattr(work_estimate, "file_sizes", lambda paths: [1] * 10)
    seconds_per_file = expected_seconds * work_estimate.SECONDS_PER_PROCESS / 10
    monkeypatch.setattr(work_estimate, "expected_seconds", lambda size: seconds_per_file + 1e-9)

    assert work_estimate.process_count([str(project.folder)]) == count


def test_many_small_files_pay_for_two_processes(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """1,000 files of 2.6 KB take seconds, although they are only 2.6 MB."""
    monkeypatch.setattr(work_estimate, "available_cpus", lambda: 2)
    monkeypatch.setattr(work_estimate, "file_sizes", lambda paths: [2_600] * 1_000)

    assert work_estimate.process_count([]) == 2


def test_single_template_is_checked_in_one_process(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_estimate, "available_cpus", lambda: 64)
    project.write("stack.yaml", CHILD)

    assert work_estimate.process_count([str(project.folder)]) == 1


def submitted_parts(project: Project, minimum_seconds: float) -> int:
    """Check a project with a pool of one process; return the number of parts that were submitted."""
    with ProcessPool(1, minimum_seconds) as pool:
        count = 0
        submit = pool.submit

        def counting_submit(*work: Any) -> Any:
            nonlocal count
            count += 1
            return submit(*work)

        pool.submit = counting_submit  # type: ignore[method-assign, assignment]
        assert relint.check(".", executor=pool) == relint.check(".")
    return count


def test_work_that_does_not_pay_for_processes_is_done_in_this_one(large_project: Project) -> None:
    assert submitted_parts(large_project, minimum_seconds=100.0) == 0


def test_all_work_is_sent_once_it_pays_for_processes(large_project: Project) -> None:
    assert submitted_parts(large_project, minimum_seconds=0.006) == submitted_parts(large_project, 0.0) > 2


def test_cached_templates_start_no_process(large_project: Project) -> None:
    report = relint.check(".", cache="cache")
    with ProcessPool(2, minimum_seconds=0.006) as pool:
        cached_report = relint.check(".", cache="cache", executor=pool)

        assert pool.is_started is False
    assert cached_report == report


def test_single_part_starts_no_processes(project: Project) -> None:
    """Two parts have two configurations here, because a template alone fills no part."""
    project.write("a/child.yaml", CHILD).write("b/child.yaml", CHILD)
    for configuration, is_started in (("", False), ("severity: {RDS-701: note}\n", True)):
        project.write("b/relint.yaml", configuration)
        with ProcessPool(1, minimum_seconds=1e-9) as pool:
            project.check(executor=pool)
            assert pool.is_started is is_started
