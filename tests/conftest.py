"""Fixtures of many tests, and the number of examples of a property: 100, or as RELINT_EXAMPLES says."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.helpers.project import Project

EXTRA_EXAMPLES = os.environ.get("RELINT_EXAMPLES")
settings.register_profile(
    "relint",
    max_examples=int(EXTRA_EXAMPLES or 100),
    derandomize=EXTRA_EXAMPLES is None,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("relint")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose folder is the working directory."""
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


def pytest_collection_finish() -> None:
    """Keep thousands of collected tests out of garbage collections, whose time tests of bounded time would measure."""
    gc.freeze()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return the number of worker processes: all tests run in parallel, selected files in this process."""
    is_complete_run = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return min(os.cpu_count() or 1, 4) if is_complete_run else 0
