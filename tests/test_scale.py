"""One run in many parts: the same report, whoever does the work."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

import relint

ROOT = Path(__file__).parent.parent
CHILD = """Parameters: {Standby: {Type: String, Default: 'true'}}
Resources:
  Database: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !Ref Standby}}
"""
PARENT = """Resources:
  Data:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: child.yaml, Parameters: {Standby: 'false'}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    entry = "suppressions: [{rule: S3-601, resource: Never, reason: x}, {rule: RDS-604, reason: x}]\n"
    (tmp_path / "relint.yaml").write_text(f"root: true\nreport-unused: true\n{entry}", encoding="utf-8")
    for number in range(40):
        for story in sorted((ROOT / "fixtures").iterdir()):
            (source,) = story.glob("template.*")
            (tmp_path / f"{story.name}-{number}{source.suffix}").write_bytes(source.read_bytes())
    (tmp_path / "child.yaml").write_text(CHILD, encoding="utf-8")
    (tmp_path / "parent.yaml").write_text(PARENT, encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("Resources: [", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", [ProcessPoolExecutor, ThreadPoolExecutor])
def test_executor_gives_the_same_report(folder: Path, kind: type[Executor]) -> None:
    with kind(2) as executor:  # type: ignore[call-arg]
        assert relint.check(".", executor=executor) == relint.check(".")


def test_processes_give_the_same_bytes(folder: Path) -> None:
    command = [sys.executable, "-m", "relint", "check", ".", "--format", "json", "--jobs"]
    one, two = (subprocess.run([*command, jobs], capture_output=True, check=False) for jobs in ("1", "2"))
    assert one.stdout
    assert (one.returncode, one.stdout) == (two.returncode, two.stdout)


def test_dask_gives_the_same_report(folder: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install 'dask[distributed]'")
    with distributed.Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        assert relint.check(".", executor=client.get_executor()) == relint.check(".")


def log(name: str, *arguments: str) -> None:
    command = [sys.executable, "-m", "relint", "check", ".", "--format", "concise", "--output", f"sarif={name}"]
    subprocess.run([*command, *arguments], capture_output=True, check=False)


def test_logs_of_shards_make_the_log_of_one_run(folder: Path) -> None:
    for name in ("child.yaml", "parent.yaml", "relint.yaml"):  # what shards cannot see together
        (folder / name).unlink()
    log("whole.sarif", "--config", "/dev/null")
    for shard in ("1/3", "2/3", "3/3"):
        log(f"part-{shard[0]}.sarif", "--config", "/dev/null", "--shard", shard)
    command = [sys.executable, "-m", "relint", "merge", "part-1.sarif", "part-2.sarif", "part-3.sarif"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
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
def test_shard_that_cannot_be_is_told(folder: Path, shard: str) -> None:
    command = [sys.executable, "-m", "relint", "check", ".", "--shard", shard]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "such as 3/16" in done.stderr


@pytest.mark.parametrize("content", ["{", "[]", '{"runs": []}', '{"runs": [{"tool": {"driver": {"name": "x"}}}]}'])
def test_what_is_no_log_of_relint_is_not_merged(folder: Path, content: str) -> None:
    (folder / "x.sarif").write_text(content, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "relint", "merge", "x.sarif"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
