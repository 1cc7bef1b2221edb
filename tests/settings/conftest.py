from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.settings import DATABASE, ConfiguredProject


@pytest.fixture
def project(tmp_path: Path) -> ConfiguredProject:
    """A project with one template, `stacks/a.yaml`."""
    project = ConfiguredProject(tmp_path)
    project.write("stacks/a.yaml", DATABASE)
    return project
