"""What a run costs, in numbers that no other work on the machine changes: calls of functions, and modules imported.

The committed figures are those of one version of Python. To set them anew: python tests/repository/test_cost_budget.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

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
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *arguments]
    for _ in range(2):  # the first run may compile the rules, and keep what it finds
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def figures() -> dict[str, object]:
    return {"python": VERSION, "calls": measured(WORK), "modules": measured(PLAIN, *ANEW), "known": measured(PLAIN)}


@pytest.fixture(scope="module")
def committed() -> dict[str, object]:
    found: dict[str, object] = json.loads(FIGURES.read_text(encoding="utf-8"))
    if found["python"] != VERSION:
        pytest.skip(f"the figures are those of Python {found['python']}")
    return found


def test_checking_takes_no_more_calls_than_it_did(committed: dict[str, object]) -> None:
    calls = measured(WORK)
    assert isinstance(calls, int)
    assert isinstance(committed["calls"], int)
    assert calls <= committed["calls"] * (1 + TOLERANCE), (
        "slower; if it must be: python tests/repository/test_cost_budget.py"
    )
    assert calls >= committed["calls"] * (1 - TOLERANCE), (
        "faster: keep it so with python tests/repository/test_cost_budget.py"
    )


def test_plain_run_imports_no_more_than_it_did(committed: dict[str, object]) -> None:
    assert measured(PLAIN, *ANEW) == committed["modules"], "if it must be: python tests/repository/test_cost_budget.py"


def test_run_over_a_known_template_imports_no_more_than_it_did(committed: dict[str, object]) -> None:
    assert measured(PLAIN) == committed["known"], "if it must be: python tests/repository/test_cost_budget.py"


if __name__ == "__main__":
    FIGURES.write_text(json.dumps(figures(), indent=1) + "\n", encoding="utf-8")
