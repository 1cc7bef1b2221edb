"""Compiled rules are cached for each installation, and equal the rule files."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

from relint.catalog import loader as load
from relint.catalog.rule import LazyBody
from relint.catalog.thresholds import with_thresholds
from tests.helpers.command_line import run_python


def test_cached_rules_equal_compiled_rules(tmp_path: Path) -> None:
    compiled = load.load_builtin_rules(str(tmp_path))
    assert list((tmp_path / "rules").iterdir())
    cached = load.load_builtin_rules(str(tmp_path))
    assert type(cached.rules[0].body) is not type(compiled.rules[0].body)
    assert cached == compiled
    assert compiled == cached
    changed = compiled.rules[0]._replace(body=compiled.rules[0].read()._replace(fix="Something else."))
    assert cached.rules[0] != changed


def test_size_of_the_rules_cache_is_bounded(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    for number in range(1, 101):
        (folder / f"other-{number}").write_bytes(b"x" * 1_000_000)
        os.utime(folder / f"other-{number}", (number, number))
    load.load_builtin_rules(str(tmp_path))
    file_names = {file.name for file in folder.iterdir()}
    assert "other-100" in file_names
    assert len(file_names) < 11
    before = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    load.load_builtin_rules(str(tmp_path))
    assert {file: file.stat().st_mtime_ns for file in folder.iterdir()} == before


def test_two_installations_share_the_rules_cache(tmp_path: Path) -> None:
    """Two checkouts that take turns compile their rules once each."""
    load.load_builtin_rules(str(tmp_path))
    (cache_file,) = (tmp_path / "rules").iterdir()
    before = cache_file.stat().st_mtime_ns
    checkout = tmp_path / "checkout"
    package = Path(load.__file__).parents[1]
    shutil.copytree(package, checkout / "relint", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(load.builtin_rules_directory(), checkout / "rules")
    code = f"from relint.catalog.loader import load_builtin_rules; load_builtin_rules({str(tmp_path)!r})"
    assert run_python("-c", code, cwd=checkout, PYTHONPATH=str(checkout)).exit_code == 0
    assert len(list((tmp_path / "rules").iterdir())) == 2
    load.load_builtin_rules(str(tmp_path))
    assert cache_file.stat().st_mtime_ns == before


def test_cases_by_type_are_those_of_the_whole_body() -> None:
    for rule in load.load_rules():
        body = rule.read()
        lazy = LazyBody(LazyBody.encode(body))
        types = {name for case in body.cases for name in case.resources}
        for resource_type in (*sorted(types), "AWS::Other::Type"):
            assert lazy.cases_for(resource_type) == body.cases_for(resource_type), rule.id
        assert lazy.read() == body


def test_cases_are_adapted_in_whatever_order_they_are_decoded() -> None:
    body = next(rule for rule in load.load_rules() if rule.id == "CFN-804").read()
    lazy = LazyBody(LazyBody.encode(body)).adapted(lambda case: case._replace(message="adapted"))

    assert {case.message for case in lazy.cases_for("AWS::S3::Bucket")} == {"adapted"}
    assert {case.message for case in lazy.read().cases} == {"adapted"}
    assert len(lazy.read().cases) == len(body.cases)


def test_rules_with_thresholds_can_be_sent_to_other_processes(tmp_path: Path) -> None:
    load.load_builtin_rules(str(tmp_path))
    rules = with_thresholds(load.load_builtin_rules(str(tmp_path)).rules, {"min_azs": 3})
    assert pickle.loads(pickle.dumps(rules)) == rules
