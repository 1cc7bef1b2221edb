"""A run on a Dask cluster, whose worker processes have none of the files of the caller."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster
from distributed.diagnostics.plugin import SchedulerPlugin

from tests.helpers.command_line import run_python
from tests.helpers.paths import ROOT
from tests.helpers.project import Project
from tests.helpers.rules import rule_text
from tests.helpers.templates import CHILD

pytestmark = pytest.mark.slow
EXAMPLE = ROOT / "examples" / "library" / "dask_cluster.py"
CONFIGURATION = """rules: [acme]
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


class PartRecorder(SchedulerPlugin):
    """Records the workers that have checked a part."""

    def __init__(self) -> None:
        self.workers: list[str | None] = []

    def transition(self, key: Any, start: str, finish: str, *_: Any, worker: str | None = None, **__: Any) -> None:
        if (start, finish) == ("processing", "memory") and str(key).startswith("check_part"):
            self.workers.append(worker)


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
def folder(project: Project) -> Path:
    """Several parts, with all that is sent to workers: settings, rules, suppressions, parameters of a parent."""
    body = "assert: [{path: $.Properties.BucketName, exists: true}]\n"
    project.write("acme/rule.yaml", rule_text(body, id="ACME-101", resources=["AWS::S3::Bucket"]))
    project.configure(CONFIGURATION).copy_fixtures(times=10, folders=("some", "other"))
    project.write("parent.yaml", PARENT).write("child.yaml", CHILD).write("broken.yaml", "Resources: [")
    return project.folder


def log_of_one_process(path: str) -> str:
    return run_python("-c", f"import json, relint; print(json.dumps(relint.to_sarif(relint.check({path!r}))))").stdout


def test_workers_of_a_cluster_give_the_same_log(folder: Path, cluster: Any) -> None:
    recorder = PartRecorder()
    with Client(cluster, timeout=30) as client:
        processes = client.run(os.getpid)
        assert os.getpid() not in processes.values()
        assert len(set(processes.values())) == 2
        assert str(folder) not in client.run(os.getcwd).values()
    cluster.scheduler.add_plugin(recorder)
    log = run_python(str(EXAMPLE), ".", cluster.scheduler_address).stdout
    assert log == log_of_one_process(".")
    assert all(text in log for text in ("ACME-101", "RDS-604", "Rebuilt from", "broken.yaml", "parent.yaml"))
    assert set(recorder.workers) == set(processes)


def test_example_without_an_address_starts_a_cluster(folder: Path) -> None:
    log = run_python(str(EXAMPLE), "parent.yaml").stdout
    assert log == log_of_one_process("parent.yaml")
    assert "ACME-101" in log


def test_documentation_shows_the_example() -> None:
    shown = (ROOT / "docs" / "large-repositories.md").read_text(encoding="utf-8")
    assert f"```python\n{EXAMPLE.read_text(encoding='utf-8')}```" in shown
