"""Rules are loaded once in a process, and again when one of their files changes."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import relint
from relint.catalog import loader
from relint.run import rule_cache
from relint.run.rule_cache import SHARED_RULES, RuleCache
from tests.helpers.paths import ROOT
from tests.helpers.rules import rule_text

TEMPLATE = "Resources: {Database: {Type: AWS::RDS::DBInstance}}\n"
ASSERT = "assert: [{path: $.Properties.MultiAZ, equals: true}]\n"


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of a few of relint's rules, which is used instead of them and has been unchanged for a minute."""
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "rules" / "rds", folder)
    make_old(folder)
    monkeypatch.setattr(loader, "builtin_rules_directory", lambda: str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    SHARED_RULES.clear()
    yield folder
    SHARED_RULES.clear()


@pytest.fixture
def stable_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that have just been written count as unchanged: nobody can set the time at which an entry changed."""
    monkeypatch.setattr(rule_cache, "is_stable", lambda stamps: True)


def make_old(folder: Path) -> None:
    for file in folder.rglob("*.yaml"):
        os.utime(file, (time.time() - 60, time.time() - 60))


def first_rule_file(folder: Path) -> Path:
    return min(folder.rglob("*.yaml"))


@pytest.mark.usefixtures("rules", "stable_files")
def test_rules_are_loaded_once() -> None:
    cache = RuleCache()

    assert cache.load() is cache.load()


@pytest.mark.usefixtures("stable_files")
def test_lock_files_of_an_editor_are_no_rules(rules: Path) -> None:
    """Emacs links .#name to no file while a changed file is open."""
    cache = RuleCache()
    count = len(cache.load().rules)

    (rules / ".#new-rule.yaml").symlink_to("ann@machine.4711")
    (rules / "lock").symlink_to("nowhere")

    assert [len(cache.load().rules) for _ in range(3)] == [count] * 3


@pytest.mark.usefixtures("stable_files")
def test_changed_rule_file_is_loaded_again(rules: Path) -> None:
    cache = RuleCache()
    before = cache.load()
    file = first_rule_file(rules)

    file.write_text(file.read_text(encoding="utf-8").replace("severity: ", "severity:  "), encoding="utf-8")

    assert cache.load() is not before


@pytest.mark.usefixtures("stable_files")
def test_plain_call_notices_an_edit_at_once(rules: Path) -> None:
    file = next(file for file in rules.rglob("*.yaml") if file.stem == "rds-multi-az")
    (before,) = relint.check_text(TEMPLATE, select=["RDS-701"]).findings

    file.write_text(file.read_text(encoding="utf-8").replace("severity: warning", "severity: error"), encoding="utf-8")

    (after,) = relint.check_text(TEMPLATE, select=["RDS-701"]).findings
    assert (before.level, after.level) == ("warning", "error")


def test_linter_keeps_the_rules_that_it_has_loaded(rules: Path) -> None:
    linter = relint.Linter(select=["RDS-701"], config=None)
    before = linter.check_text(TEMPLATE)

    shutil.rmtree(rules)

    assert linter.check_text(TEMPLATE) == before


@pytest.mark.usefixtures("stable_files")
def test_added_and_removed_rule_files_are_noticed(rules: Path) -> None:
    cache = RuleCache()
    count = len(cache.load().rules)

    (rules / "tested.yaml").write_text(rule_text(ASSERT), encoding="utf-8")
    assert len(cache.load().rules) == count + 1

    (rules / "tested.yaml").unlink()
    assert len(cache.load().rules) == count


@pytest.mark.usefixtures("stable_files")
def test_changed_compiler_makes_the_rules_stale(rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    shutil.copytree(ROOT / "relint" / "catalog", package / "catalog")
    monkeypatch.setattr(loader, "package_directory", lambda: str(package))
    cache = RuleCache()
    before = cache.load()
    on_disk = {file: file.read_bytes() for file in (tmp_path / "cache").rglob("*") if file.is_file()}

    (package / "catalog" / "loader.py").write_text("# changed\n", encoding="utf-8")
    after = cache.load()

    assert after.sources_digest != before.sources_digest
    assert {file: file.read_bytes() for file in on_disk} == on_disk, "rules that old code compiled are not stored"


@pytest.mark.usefixtures("rules")
def test_rule_files_that_have_just_changed_are_read_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second change within one tick of the clock leaves the stamp of a file as it is."""
    monkeypatch.setattr(rule_cache, "is_stable", lambda stamps: False)
    cache = RuleCache()

    assert cache.load() is not cache.load()


@pytest.mark.usefixtures("stable_files")
def test_rules_of_the_user_are_loaded_again_when_they_change(tmp_path: Path) -> None:
    cache = RuleCache()
    file = tmp_path / "rule.yaml"
    file.write_text(rule_text(ASSERT, title="First"), encoding="utf-8")
    before = cache.load(str(tmp_path))
    assert cache.load(str(tmp_path)) is before

    file.write_text(rule_text(ASSERT, title="Second title"), encoding="utf-8")

    assert [rule.title for rule in cache.load(str(tmp_path)).rules if rule.id == "TST-701"] == ["Second title"]


def test_folders_of_rules_are_kept_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        text = rule_text(ASSERT, id="TST-701" if name == "one" else "TST-702", name=f"rule-{name}")
        (tmp_path / name / "rule.yaml").write_text(text, encoding="utf-8")

    reports = [relint.check_text(TEMPLATE, rules=[tmp_path / name], select=["TST"]) for name in ("one", "two", "one")]

    assert [[finding.rule.id for finding in report.findings] for report in reports] == [
        ["TST-701"],
        ["TST-702"],
        ["TST-701"],
    ]


def test_relative_folder_of_rules_depends_on_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = []
    for name in ("one", "two"):
        (tmp_path / name / "acme").mkdir(parents=True)
        text = rule_text(ASSERT, id="TST-701" if name == "one" else "TST-702")
        (tmp_path / name / "acme" / "rule.yaml").write_text(text, encoding="utf-8")
        monkeypatch.chdir(tmp_path / name)
        ids += [rule.id for rule in SHARED_RULES.load("acme").rules if rule.id.startswith("TST")]

    assert ids == ["TST-701", "TST-702"]


def test_number_of_configurations_that_are_kept_is_bounded() -> None:
    SHARED_RULES.clear()
    for number in range(200):
        relint.check_text(TEMPLATE, parameters={"AWS::StackName": f"stack-{number}"})

    assert len(SHARED_RULES._rule_set(()).configs) <= 64
