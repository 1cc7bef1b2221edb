"""Budget of a run, in units that the load of the machine does not change: function calls and imported modules.

The committed figures are those of one version of Python. To write new ones: python -m tests.repository.test_cost_budget
"""

from __future__ import annotations

import json
import os
import sys
import tempfile

import pytest

from tests.helpers.cached_folder import wait_for_usable_cache
from tests.helpers.command_line import run_python
from tests.helpers.paths import DATA, ROOT

FIGURES = DATA / "cost_budget.json"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
TOLERANCE = 0.05

WORK = """
import json, sys
from relint.api import check
files = ["fixtures/available-web/template.yaml", "fixtures/cdk-queue-worker/template.json", "fixtures/network"]
check(*files, config=None)
calls = 0
def count(frame, event, argument):
    global calls
    calls += event in ("call", "c_call")
sys.setprofile(count)
check(*files, config=None)
sys.setprofile(None)
print(json.dumps(calls))
"""
PLAIN = """
import json, sys
before = set(sys.modules)
from relint import cli
cli.run(["check", "fixtures/available-web/template.yaml", "--format", "text", *sys.argv[1:]])
own = set(sys.modules) - before  # what Cython adds is named after its version
print(json.dumps(sorted(name for name in own if "cython" not in name)))
"""

ANEW = ("--no-cache", f"--output=sarif={os.devnull}")


def measured(code: str, *arguments: str) -> object:
    with tempfile.TemporaryDirectory() as folder:
        wait_for_usable_cache(folder)  # a cache that is not trusted would add the modules that check a template
    for _ in range(2):  # the first run may compile the rules, and fills the cache
        result = run_python("-c", code, *arguments, cwd=ROOT, PYTHONHASHSEED="0")
        assert result.exit_code in (0, 1), result.stderr
    return json.loads(result.stdout.splitlines()[-1])


def figures() -> dict[str, object]:
    return {"python": VERSION, "calls": measured(WORK), "modules": measured(PLAIN, *ANEW), "known": measured(PLAIN)}


@pytest.fixture(scope="module")
def committed() -> dict[str, object]:
    found: dict[str, object] = json.loads(FIGURES.read_text(encoding="utf-8"))
    if found["python"] != VERSION:
        pytest.skip(f"the figures are those of Python {found['python']}")
    return found


def test_run_makes_no_more_calls_than_its_budget(committed: dict[str, object]) -> None:
    calls = measured(WORK)
    assert isinstance(calls, int)
    assert isinstance(committed["calls"], int)
    assert calls <= committed["calls"] * (1 + TOLERANCE), (
        "slower; if it must be: python -m tests.repository.test_cost_budget"
    )
    assert calls >= committed["calls"] * (1 - TOLERANCE), (
        "faster: keep it so with python -m tests.repository.test_cost_budget"
    )


def test_run_imports_no_more_modules_than_its_budget(committed: dict[str, object]) -> None:
    assert measured(PLAIN, *ANEW) == committed["modules"], "if it must be: python -m tests.repository.test_cost_budget"


def test_run_with_cached_results_imports_no_more_modules_than_its_budget(committed: dict[str, object]) -> None:
    assert measured(PLAIN) == committed["known"], "if it must be: python -m tests.repository.test_cost_budget"


if __name__ == "__main__":
    FIGURES.write_text(json.dumps(figures(), indent=1) + "\n", encoding="utf-8")
