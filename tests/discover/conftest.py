from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

from tests.helpers.project import Project
from tests.helpers.s3_bucket import Server, start_server


@pytest.fixture(scope="session")
def running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    for package in ("s3fs", "moto", "flask"):
        if find_spec(package) is None:
            pytest.skip(f"{package} is not installed: pip install -e '.[dev]'")
    boto3 = pytest.importorskip("boto3")
    with start_server(tmp_path_factory.mktemp("server") / "log", boto3) as server:
        yield server


@pytest.fixture
def server(running_server: Server, project: Project, monkeypatch: pytest.MonkeyPatch) -> Server:
    """A server with two empty buckets, to which all clients connect; the working directory is an empty project."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in running_server.environment().items():
        monkeypatch.setenv(name, value)
    running_server.reset()
    return running_server
