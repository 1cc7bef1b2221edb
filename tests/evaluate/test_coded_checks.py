"""Coded checks and facts that rule files name."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.helpers.check_rule import check_one
from tests.helpers.rules import load_rule

DATABASE = "Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n"


def failures_of(tmp_path: Path, body: str) -> list[str]:
    return [failure.message for failure in check_one(DATABASE, load_rule(tmp_path, body), {}).failures]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("problem", id="a module beside the folders of checks"),
        pytest.param("rds/engine_support/check", id="three parts"),
        pytest.param("../storage/file_store", id="a relative path"),
        pytest.param("rds.engine_support", id="a dotted module"),
        pytest.param("rds/engine_support.os", id="a dotted module in a folder"),
        pytest.param("rds/__init__", id="a name with double underscores"),
        pytest.param("RDS/engine_support", id="capital letters"),
        pytest.param("rds/engine_support\n", id="a line break at the end"),
        pytest.param("", id="an empty name"),
    ],
)
@pytest.mark.parametrize("function_name", ["check", "fact"])
def test_name_that_is_not_a_folder_and_a_module_is_refused(tmp_path: Path, name: str, function_name: str) -> None:
    quoted = json.dumps(name)
    body = f"check: {quoted}\n" if function_name == "check" else f"assert:\n  - {{fact: {quoted}, equals: true}}\n"

    (message,) = failures_of(tmp_path, body)

    assert f"is not the name of a coded {function_name}: write a folder and a module" in message
    assert "such as rds/engine_support" in message


@pytest.mark.parametrize("name", ["rds/no_such_check", "nosuchservice/engine_support"])
def test_name_of_a_missing_check_is_reported_with_its_file(tmp_path: Path, name: str) -> None:
    (message,) = failures_of(tmp_path, f"check: {name}\n")

    assert f"there is no check '{name}': relint/checks/{name}.py has none" in message


def test_refused_name_imports_no_module(tmp_path: Path) -> None:
    sys.modules.pop("relint.checks.this", None)
    before = set(sys.modules)

    failures_of(tmp_path, "check: this\n")

    assert not {name for name in set(sys.modules) - before if name.endswith("this")}
