from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.nested_stacks import CHILD, StackProject


@pytest.fixture
def stacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StackProject:
    """A project in a folder of its own, which is the working directory, so that files outside can be written."""
    (tmp_path / "inside").mkdir()
    monkeypatch.chdir(tmp_path / "inside")
    stacks = StackProject(tmp_path / "inside")
    stacks.configure("select: [RDS-701]\n").write("child.yaml", CHILD)
    return stacks


@pytest.fixture
def parts(stacks: StackProject) -> StackProject:
    """A project without templates."""
    (stacks.folder / "child.yaml").unlink()
    return stacks
