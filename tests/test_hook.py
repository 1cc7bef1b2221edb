"""The pre-commit hook, run by the real pre-commit from a real repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (shutil.which("pre-commit") and shutil.which("git")), reason="needs pre-commit and git"),
]
ROOT = Path(__file__).parent.parent
BAD = ROOT / "fixtures" / "fragile-web" / "template.yaml"
GOOD = ROOT / "fixtures" / "available-web" / "template.yaml"


@pytest.fixture(scope="module")
def consumer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a template that passes, one of another name, and YAML that is no template."""
    folder = tmp_path_factory.mktemp("consumer")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    shutil.copy(GOOD, folder / "good.yaml")
    (folder / "values.yaml").write_text("replicas: [1]\n", encoding="utf-8")
    (folder / "chart.yaml").write_text("{{ broken }}: [\n", encoding="utf-8")
    return folder


def run_hook(folder: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    return subprocess.run(
        ["pre-commit", "try-repo", str(ROOT), "relint", "--all-files", "--verbose"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PRE_COMMIT_HOME": str(cache), "PRE_COMMIT_COLOR": "never"},
        check=False,
    )


def test_hook_stops_bad_templates_only(consumer: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    cache = tmp_path_factory.mktemp("cache")
    done = run_hook(consumer, cache)
    assert done.returncode == 0, done.stdout + done.stderr
    (consumer / "stacks").mkdir()
    shutil.copy(BAD, consumer / "stacks" / "bad.template")
    done = run_hook(consumer, cache)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "stacks/bad.template:" in done.stdout
    assert "values.yaml" not in done.stdout
    assert "chart.yaml" not in done.stdout
    assert "good.yaml" not in done.stdout
