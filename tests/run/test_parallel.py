"""One run in many parts: the same report, whoever does the work."""

from __future__ import annotations

import json
import os
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import relint
from relint.commands import build_report
from tests.helpers.command_line import run_relint, run_relint_process
from tests.helpers.paths import ROOT

CHILD = """Parameters: {Standby: {Type: String, Default: 'true'}}
Resources:
  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !Ref Standby}}
"""
PARENT = """Resources:
  Data:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: child.yaml, Parameters: {Standby: 'false'}}
"""
RULE = """id: ACME-101
name: bucket-has-a-name
title: Name buckets
severity: warning
pillar: [REL04-BP02]
resources: [AWS::S3::Bucket]
assert: [{path: $.Properties.BucketName, exists: true}]
message: "'{resource}' has no name."
rationale: It is looked for.
fix: Name it.
references: [https://example.com/]
examples: {fail: [], pass: []}
"""


@pytest.fixture
def few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    entry = "suppressions: [{rule: S3-601, resource: Never, reason: x}, {rule: RDS-604, reason: x}]\n"
    (tmp_path / "relint.yaml").write_text(f"root: true\nreport-unused: true\n{entry}", encoding="utf-8")
    copy_stories(tmp_path, 1)
    (tmp_path / "child.yaml").write_text(CHILD, encoding="utf-8")
    (tmp_path / "parent.yaml").write_text(PARENT, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("Resources: [", encoding="utf-8")
    return tmp_path


@pytest.fixture
def folder(few: Path) -> Path:
    """More than one part."""
    copy_stories(few, 40)
    return few


def copy_stories(folder: Path, times: int) -> None:
    for number in range(times):
        for story in sorted((ROOT / "fixtures").iterdir()):
            (source,) = story.glob("template.*")
            (folder / f"{story.name}-{number}{source.suffix}").write_bytes(source.read_bytes())


@pytest.mark.parametrize("kind", [ProcessPoolExecutor, ThreadPoolExecutor])
def test_executor_gives_the_same_report(folder: Path, kind: type[Executor]) -> None:
    with kind(2) as executor:  # type: ignore[call-arg]
        assert relint.check(".", executor=executor) == relint.check(".")


def test_workers_see_none_of_the_files_of_the_caller(few: Path) -> None:
    """What depends on files, and on where the caller stands, travels: settings, their paths, rules of the user's."""
    by_path = "per-path: {'fragile*': {ignore: [S3-601], thresholds: {min_azs: 3}, severity: {RDS-701: error}}}\n"
    accepted = "suppressions: [{rule: RDS-701, path: 'fragile*', reason: x}, {rule: S3-601, path: sub/**, reason: x}]\n"
    (few / "relint.yaml").write_text(f"root: true\nrules: [acme]\n{by_path}{accepted}", encoding="utf-8")
    (few / "acme").mkdir()
    (few / "acme" / "rule.yaml").write_text(RULE, encoding="utf-8")
    with ProcessPoolExecutor(2, initializer=os.chdir, initargs=(os.sep,)) as executor:
        shared = relint.check(".", executor=executor)
    alone = relint.check(".")
    assert shared == alone
    assert {"ACME-101", "RDS-701"} <= {one.rule.id for one in shared.findings}
    assert any(one.suppression for one in shared.findings if one.rule.id == "RDS-701")


def test_order_in_which_settings_count_is_that_of_the_files(few: Path) -> None:
    by_path = "per-path: {child.yaml: {severity: {RDS-701: error}}, parent.yaml: {severity: {RDS-701: note}}}\n"
    (few / "relint.yaml").write_text(f"root: true\n{by_path}", encoding="utf-8")
    with ThreadPoolExecutor(2) as executor:
        assert (
            relint.check(".", executor=executor).level_overrides
            == relint.check(".").level_overrides
            == {"RDS-701": "note"}
        )


def test_error_of_a_configuration_is_that_of_one_process(few: Path) -> None:
    (few / "sub").mkdir()
    (few / "sub" / "relint.yaml").write_text("select: [NOPE-1]\n", encoding="utf-8")
    (few / "sub" / "a.yaml").write_text(CHILD, encoding="utf-8")
    with pytest.raises(relint.OptionError) as alone:
        relint.check(".")
    with ThreadPoolExecutor(2) as executor, pytest.raises(relint.OptionError) as shared:
        relint.check(".", executor=executor)
    assert (str(shared.value), shared.value.file) == (str(alone.value), alone.value.file)


def test_killed_process_is_told(few: Path) -> None:
    """As the system does when memory runs out."""
    code = """
import os, signal
import relint.run.parallel
caller = os.getpid()
real = relint.run.parallel.judge_candidate
die = lambda: os.kill(os.getpid(), signal.SIGKILL)
relint.run.parallel.judge_candidate = lambda *a: real(*a) if os.getpid() == caller else die()
"""
    done = run_relint_process("check", ".", "--no-cache", "--jobs", "2", "--format", "concise", code=code)
    assert done.exit_code == 2
    assert done.stderr == "error: a process has been killed, perhaps for want of memory; --jobs 1 starts none\n"


def test_processes_give_the_same_bytes(folder: Path) -> None:
    command = ["check", ".", "--no-cache", "--format", "json", "--jobs"]
    one_process, two_processes = (run_relint_process(*command, jobs) for jobs in ("1", "2"))
    assert one_process.stdout
    assert one_process == two_processes


def log(name: str, *arguments: str) -> None:
    run_relint("check", ".", "--format", "concise", "--output", f"sarif={name}", *arguments)


def test_logs_of_shards_make_the_log_of_one_run(folder: Path) -> None:
    for name in ("child.yaml", "parent.yaml", "relint.yaml"):  # what shards cannot see together
        (folder / name).unlink()
    for name in ("\u00e9t\u00e9.yaml", "zz.yaml", "a b.yaml"):  # whose encoded names sort otherwise
        (folder / name).write_text(CHILD, encoding="utf-8")
    log("whole.sarif", "--config", "/dev/null")
    for shard in ("1/3", "2/3", "3/3"):
        log(f"part-{shard[0]}.sarif", "--config", "/dev/null", "--shard", shard)
    (folder / "again.sarif").write_bytes((folder / "part-2.sarif").read_bytes())
    done = run_relint("merge", "part-1.sarif", "part-2.sarif", "part-3.sarif", "again.sarif")
    whole, joined = json.loads((folder / "whole.sarif").read_text(encoding="utf-8")), json.loads(done.stdout)
    assert [len(run["results"]) > 100 for run in joined["runs"]] == [True]
    assert joined["runs"][0]["results"] == whole["runs"][0]["results"]
    assert joined["runs"][0]["taxonomies"] == whole["runs"][0]["taxonomies"]
    assert joined["runs"][0]["invocations"] == whole["runs"][0]["invocations"]
    assert joined["runs"][0]["tool"] == whole["runs"][0]["tool"]


def test_shards_are_whole_and_stable(folder: Path) -> None:
    (folder / "parent.yaml").unlink()  # whose shard reads its child as well
    shards = [relint.check(".", config=None, shard=(index, 4)).templates for index in (1, 2, 3, 4)]
    assert sorted(file for shard in shards for file in shard) == list(relint.check(".", config=None).templates)
    (folder / "another.yaml").write_text(CHILD, encoding="utf-8")
    again = [relint.check(".", config=None, shard=(index, 4)).templates for index in (1, 2, 3, 4)]
    assert [[file for file in shard if file != "another.yaml"] for shard in again] == [list(shard) for shard in shards]


@pytest.mark.parametrize("shard", ["0/3", "4/3", "a/b", "1", "1/0"])
def test_shard_that_cannot_be_is_told(few: Path, shard: str) -> None:
    done = run_relint("check", ".", "--shard", shard)
    assert done.exit_code == 2
    assert "such as 3/16" in done.stderr


@pytest.mark.parametrize("content", ["{", "[]", '{"runs": []}', '{"runs": [{"tool": {"driver": {"name": "x"}}}]}'])
def test_what_is_no_log_of_relint_is_not_merged(few: Path, content: str) -> None:
    (few / "x.sarif").write_text(content, encoding="utf-8")
    done = run_relint("merge", "x.sarif")
    assert done.exit_code == 2
    assert done.stderr.strip()


def test_log_that_does_not_belong_to_the_others_is_named(few: Path) -> None:
    log("a.sarif")
    run = json.loads((few / "a.sarif").read_text(encoding="utf-8"))["runs"][0]
    other = run["tool"] | {"driver": run["tool"]["driver"] | {"version": "0.0.1"}}
    changes = {
        "the version of this log is '0.0.1', that of 'a.sarif' is": {"tool": other},
        "the category of this log is 'x/', that of 'a.sarif' is 'relint/": {"automationDetails": {"id": "x/"}},
        "the file is no log that relint has written": {"results": [{"ruleId": "S3-601"}]},
        "the file is no log that relint": {"invocations": []},
    }
    for said, change in changes.items():
        (few / "b.sarif").write_text(json.dumps({"runs": [run | change]}), encoding="utf-8")
        done = run_relint("merge", "a.sarif", "b.sarif")
        assert (done.exit_code, done.stderr.startswith(f"b.sarif: error: {said}")) == (2, True)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_logs_that_a_shell_has_encoded_are_merged(few: Path, encoding: str) -> None:
    log("a.sarif")
    (few / "b.sarif").write_text((few / "a.sarif").read_text(encoding="utf-8"), encoding=encoding)
    assert json.loads(run_relint("merge", "b.sarif").stdout) == json.loads(
        (few / "a.sarif").read_text(encoding="utf-8")
    )


def test_shard_does_not_miss_what_others_may_need(few: Path) -> None:
    """A parameter, a suppression, and an environment of a folder whose templates are in another shard."""
    (few / "sub").mkdir()
    (few / "sub" / "relint.yaml").write_text("environments: {prod: {fail-on: error}}\n", encoding="utf-8")
    (few / "sub" / "web.yaml").write_text("Resources: {A: {Type: AWS::S3::Bucket}}\n", encoding="utf-8")
    options = {"parameters": {"Standby": "true"}, "environment": "prod"}
    shards = [relint.check(".", shard=(index, 5), **options) for index in (1, 2, 3, 4, 5)]  # type: ignore[arg-type]
    assert {one.message for shard in shards for one in shard.failures if one.stage == "options"} == set()
    assert not [one for shard in shards for one in shard.findings if one.file == "relint.yaml"]
    assert [one for one in relint.check(".").findings if one.file == "relint.yaml"]


def test_processes_start_only_when_there_is_work_for_them(few: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_report, "cores_at_hand", lambda: 4)
    size = sum(file.stat().st_size for file in few.glob("*.*"))
    for share, count in ((size + 1, 1), (size // 2, 2), (size // 3, 3), (size // 20, 4)):
        monkeypatch.setattr(build_report, "ENOUGH", share)
        with build_report.workers(["."], 0) as executor:
            assert getattr(executor, "_max_workers", 1) == count
