"""A run on a Dask cluster: real workers, in processes of their own, that see none of the caller's files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster
from distributed.diagnostics.plugin import SchedulerPlugin

from tests.helpers.paths import ROOT
from tests.run.test_parallel import CHILD, RULE

EXAMPLE = ROOT / "examples" / "library" / "dask_cluster.py"
CONFIGURATION = """root: true
rules: [acme]
report-unused: true
thresholds: {min_azs: 3}
severity: {S3-601: error}
per-path: {"some/**": {ignore: [S3-601], thresholds: {min_azs: 2}}}
suppressions:
  - {rule: RDS-701, path: some/**, reason: Rebuilt from the warehouse.}
  - {rule: RDS-604, path: never/**, reason: There is none.}
"""
PARENT = """Resources:
  Plain: {Type: AWS::S3::Bucket}
  Data:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: child.yaml, Parameters: {Standby: 'false'}}
"""


class Watch(SchedulerPlugin):
    """Which workers have judged parts."""

    def __init__(self) -> None:
        self.judged: list[str | None] = []

    def transition(self, key: Any, start: str, finish: str, *_: Any, worker: str | None = None, **__: Any) -> None:
        if (start, finish) == ("processing", "memory") and str(key).startswith("judge_part"):
            self.judged.append(worker)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))  # where the workers stay
        with LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            scheduler_port=0,
            dashboard_address=None,
        ) as cluster:
            yield cluster


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Several parts, with all that a run has to be told about them."""
    monkeypatch.chdir(tmp_path)
    for name in ("acme", "some", "other"):
        Path(name).mkdir()
    Path("relint.yaml").write_text(CONFIGURATION, encoding="utf-8")
    Path("acme", "rule.yaml").write_text(RULE, encoding="utf-8")
    for story in sorted((ROOT / "fixtures").glob("*/template.*")):
        for number in range(20):
            place = Path(("some", "other")[number % 2], f"{story.parent.name}-{number}{story.suffix}")
            place.write_bytes(story.read_bytes())
    Path("parent.yaml").write_text(PARENT, encoding="utf-8")
    Path("child.yaml").write_text(CHILD, encoding="utf-8")
    Path("broken.yaml").write_text("Resources: [", encoding="utf-8")
    return tmp_path


def run(*command: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = (sys.executable, *command)
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=180, env=environment).stdout


def plain(path: str) -> str:
    return run("-c", f"import json, relint; print(json.dumps(relint.to_sarif(relint.check({path!r}))))")


def test_workers_in_processes_of_a_cluster_give_the_same_log(folder: Path, cluster: Any) -> None:
    watch = Watch()
    with Client(cluster, timeout=30) as client:
        processes = client.run(os.getpid)
        assert os.getpid() not in processes.values()
        assert len(set(processes.values())) == 2
        assert str(folder) not in client.run(os.getcwd).values()
    cluster.scheduler.add_plugin(watch)
    log = run(str(EXAMPLE), ".", cluster.scheduler_address)
    assert log == plain(".")
    assert all(word in log for word in ("ACME-101", "RDS-604", "Rebuilt from", "broken.yaml", "parent.yaml"))
    assert set(watch.judged) == set(processes)


def test_example_starts_a_cluster_when_it_is_given_none(folder: Path) -> None:
    log = run(str(EXAMPLE), "parent.yaml")
    assert log == plain("parent.yaml")
    assert "ACME-101" in log


def test_example_is_the_one_that_the_documentation_shows() -> None:
    shown = (ROOT / "docs" / "large-repositories.md").read_text(encoding="utf-8")
    assert f"```python\n{EXAMPLE.read_text(encoding='utf-8')}```" in shown
