"""Changes that a cached result depends on."""

from __future__ import annotations

import inspect
import os
import shutil
import sys
import time
from pathlib import Path

import pytest

from relint.run.code_version import code_digest, code_stamps
from relint.run.findings_cache import open_cache
from relint.settings.lint_config import build_lint_config
from relint.settings.options import OPTIONS
from tests.helpers.cached_folder import PARENT, RULE, TEMPLATE, cache_entries, changes_report, check
from tests.helpers.command_line import run_python
from tests.helpers.paths import ROOT

CHANGES = {
    "root": "root: true",
    "select": "select: [RDS-701]",
    "ignore": "ignore: [RDS-701]",
    "mandatory": "mandatory: [RDS-701]",
    "ruleset": "ruleset: core",
    "profile": "profile: dev",
    "severity": "severity: {RDS-701: note}",
    "fail-on": "fail-on: error",
    "fail-on-review": "fail-on-review: true",
    "parameters": "parameters: {Standby: 'true'}",
    "region": "region: eu-west-1",
    "thresholds": "thresholds: {backup_min_days: 2}",
    "honor": "honor: [checkov]",
    "suppressions": "suppressions: [{rule: RDS-701, reason: Rebuilt from the warehouse.}]",
    "report-unused": "report-unused: true",
    "exclude": "exclude: [stack.yaml]",
    "rules": "rules: [../acme]",
    "per-path": "per-path: {stack.yaml: {ruleset: core}}",
    "environments": "environments: {prod: {ruleset: core}}",
}
"""A configuration for each key, which changes the report."""
NO_CHANGE = {"preview", "gitignore"}
"""Keys about rules in preview and files that git ignores, of which the folder has none."""


def test_there_is_a_change_for_every_key() -> None:
    assert set(CHANGES) | NO_CHANGE == set(OPTIONS)


@pytest.mark.parametrize("key", CHANGES)
def test_settings_change_the_result(folder: Path, key: str) -> None:
    environment = "prod" if key == "environments" else None
    assert changes_report(
        lambda: (folder / "relint.yaml").write_text(CHANGES[key] + "\n", encoding="utf-8"), environment=environment
    )


def test_lint_config_depends_on_settings_rules_and_day_only() -> None:
    """Another parameter would have to be part of the cache key."""
    assert list(inspect.signature(build_lint_config).parameters) == ["settings", "all_rules", "today", "sources_digest"]


def test_content_changes_the_result(folder: Path) -> None:
    file = folder / "stack.yaml"
    assert changes_report(
        lambda: file.write_text(file.read_text("utf-8").replace("Database:", "Orders__:"), encoding="utf-8")
    )


def test_name_changes_the_result(folder: Path) -> None:
    """YAML that is not JSON cannot be read from a file that is named .json."""
    text = "{Resources: {Queue: {Type: AWS::SQS::Queue}}} # YAML\n"
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    (folder / "stack.json").write_text(text, encoding="utf-8")
    assert not check("stack.yaml", cache="../cache").failures
    assert check("stack.json", cache="../cache") == check("stack.json")
    assert check("stack.json", cache="../cache").failures


def test_options_change_the_result(folder: Path) -> None:
    cache = str(folder.parent / "cache")
    plain = check("stack.yaml", cache=cache)
    for arguments in ({"parameters": {"Standby": "true"}}, {"select": ["RDS-701"]}, {"ruleset": "core"}):
        assert check("stack.yaml", cache=cache, **arguments) == check("stack.yaml", **arguments) != plain


def test_rule_file_changes_the_result(folder: Path) -> None:
    (folder / "relint.yaml").write_text("rules: [../acme]\n", encoding="utf-8")
    rule = folder.parent / "acme" / "rule.yaml"
    assert changes_report(lambda: rule.write_text(RULE.replace("nobody", "no one"), encoding="utf-8"))


@pytest.mark.parametrize("where", ["template", "configuration"])
def test_date_changes_the_result(folder: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    if where == "template":
        text = (folder / "stack.yaml").read_text("utf-8")
        ignore = "  # relint: ignore[RDS-701] until: 2026-06-30 Rebuilt.\n  Database:"
        (folder / "stack.yaml").write_text(text.replace("  Database:", ignore), encoding="utf-8")
    else:
        entry = "suppressions: [{rule: RDS-701, reason: Rebuilt., until: 2026-06-30}]\n"
        (folder / "relint.yaml").write_text(entry, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782000000")  # 2026-06-21
    assert changes_report(lambda: monkeypatch.setenv("SOURCE_DATE_EPOCH", "1783000000"))  # 2026-07-02


def test_date_without_effect_keeps_the_entry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = str(folder.parent / "cache")
    check(cache=cache)
    before = [(file, file.stat().st_mtime_ns) for file in cache_entries(folder)]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1783000000")
    check(cache=cache)
    assert [(file, file.stat().st_mtime_ns) for file in cache_entries(folder)] == before != []


def test_path_of_a_suppression_is_relative_to_the_configuration(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "relint.yaml").write_text("suppressions: [{rule: RDS-701, path: sub/*, reason: x}]\n", encoding="utf-8")
    (folder / "sub").mkdir()
    shutil.copy(folder / "stack.yaml", folder / "sub" / "stack.yaml")
    cache = str(folder.parent / "cache")
    monkeypatch.chdir(folder)
    above = check("stack.yaml", cache=cache)
    monkeypatch.chdir(folder / "sub")
    assert check("stack.yaml", cache=cache) == check("stack.yaml") != above


def rewrite(source: Path, old: str, new: str) -> None:
    """Change a file, but neither its size nor its modification time, as unpacking an archive might."""
    status, text = source.stat(), source.read_text(encoding="utf-8")
    assert old in text
    source.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("checks/autoscaling/cfn_signal.py", "import", "Import", id="the code of a check"),
        pytest.param("_about.py", '__version__ = "2', '__version__ = "9', id="the version"),
    ],
)
def test_code_is_in_the_key(tmp_path: Path, file: str, old: str, new: str) -> None:
    package = tmp_path / "relint"
    shutil.copytree(ROOT / "relint", package, ignore=shutil.ignore_patterns("__pycache__"))
    before = code_digest(code_stamps(str(package)))
    assert code_digest(code_stamps(str(package))) == before
    rewrite(package / file, old, new)
    assert code_digest(code_stamps(str(package))) != before


@pytest.mark.parametrize("place", ["rules", "relint/rules"], ids=["of a checkout", "of a wheel"])
def test_rule_of_relint_changes_the_result(folder: Path, tmp_path: Path, place: str) -> None:
    site = tmp_path / "site"
    shutil.copytree(ROOT / "rules", site / place)
    (site / "relint").mkdir(exist_ok=True)
    for part in (ROOT / "relint").iterdir():
        (site / "relint" / part.name).symlink_to(part)

    def findings() -> str:
        environment = {"PYTHONPATH": str(site), "XDG_CACHE_HOME": str(tmp_path / "xdg")}
        return run_python("-m", "relint", "check", "stack.yaml", cwd=folder, **environment).stdout

    assert findings() == findings() != ""
    assert list((folder.parent / "xdg" / "relint" / "findings").iterdir())
    rewrite(site / place / "rds" / "rds-multi-az.yaml", "so it is down", "so it is DOWN")
    assert "so it is DOWN" in findings()


def test_cache_is_not_used_just_after_the_code_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = max(max(stamp[2:]) for stamp in code_stamps(str(ROOT / "relint")))
    assert open_cache(str(tmp_path)) is not None
    monkeypatch.setattr(time, "time_ns", lambda: newest)
    assert open_cache(str(tmp_path)) is None


def test_version_of_python_and_pyyaml_is_in_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "relint"
    package.mkdir()
    before = code_digest(code_stamps(str(package)))
    with monkeypatch.context() as other:
        other.setattr(sys, "version", "3.99")
        assert code_digest(code_stamps(str(package))) != before
    (tmp_path / "site" / "yaml").mkdir(parents=True)
    (tmp_path / "site" / "yaml" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert code_digest(code_stamps(str(package))) != before


def test_changed_parent_rechecks_its_cached_child(folder: Path) -> None:
    (folder / "child.yaml").write_text(TEMPLATE, encoding="utf-8")
    (folder / "parent.yaml").write_text(PARENT, encoding="utf-8")
    text = PARENT.replace("'true'", "'false'")
    assert changes_report(lambda: (folder / "parent.yaml").write_text(text, encoding="utf-8"))


def test_changed_child_is_rechecked_below_its_cached_parent(folder: Path) -> None:
    (folder / "child.yaml").write_text(TEMPLATE, encoding="utf-8")
    (folder / "parent.yaml").write_text(PARENT, encoding="utf-8")
    text = TEMPLATE.replace("MultiAZ: !Ref Standby", "MultiAZ: false")
    assert changes_report(lambda: (folder / "child.yaml").write_text(text, encoding="utf-8"))
