"""What is kept from run to run: never wrong, whatever changes, whoever writes at the same time, whatever is damaged."""

from __future__ import annotations

import inspect
import marshal
import os
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import relint
from relint.run.code_version import code, identity
from relint.run.findings_cache import folder_in, open_cache
from relint.settings.lint_config import build_lint_config
from relint.settings.options import OPTIONS
from relint.storage import file_store as store
from tests.helpers.paths import ROOT

FORMATS = ("text", "concise", "json", "sarif", "junit", "gitlab", "github", "markdown")
TEMPLATE = """Parameters:
  Standby: {Type: String, Default: 'false'}
Conditions:
  Abroad: !Not [!Equals [!Ref AWS::Region, eu-west-1]]
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: !Ref Standby, BackupRetentionPeriod: 3}
  Copies:
    Type: AWS::S3::Bucket
    Metadata:
      checkov: {skip: [{id: CKV_AWS_21, comment: "Filled anew."}]}
  Mirror:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: !If [Abroad, true, false]}
"""
SMALL = "Resources: {Queue: {Type: AWS::SQS::Queue}}\n"
PARENT = """Resources:
  Data:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: child.yaml, Parameters: {Standby: 'true'}}
Outputs:
  Name: {Value: x, Export: {Name: shared}}
"""
RULE = """id: ACME-701
name: acme-database
title: Call the database something
severity: warning
pillar: [REL10-BP01]
resources: [AWS::RDS::DBInstance]
assert: [{path: $.Properties.DBName, exists: true}]
message: "'{resource}' has no name, so nobody finds it."
rationale: Names are found.
fix: Give it a name.
references: [https://example.com/]
examples:
  fail: [{name: without, lines: [2], template: "Resources:\\n  A: {Type: AWS::RDS::DBInstance}\\n"}]
  pass: [{name: with, template: "Resources: {A: {Type: AWS::RDS::DBInstance, Properties: {DBName: a}}}"}]
"""
CHANGES = {
    "root": "root: true",
    "select": "select: [RDS-701]",
    "ignore": "ignore: [RDS-701]",
    "mandatory": "mandatory: [RDS-701]",
    "ruleset": "ruleset: core",
    "profile": "profile: dev",
    "severity": "severity: {RDS-701: note}",
    "fail-on": "fail-on: error",
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
"""A file of configuration for each key that changes what is found."""


@pytest.fixture(scope="module", autouse=True)
def settled(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whoever has just saved a file of relint waits for two seconds."""
    while open_cache(str(tmp_path_factory.mktemp("cache"))) is None:
        time.sleep(0.2)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "relint.yaml").write_text("root: true\nprofile: critical\n", encoding="utf-8")
    folder = tmp_path / "work"
    folder.mkdir()
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "rule.yaml").write_text(RULE, encoding="utf-8")
    ignore = "  # relint: ignore[CFN-801] There is no such finding here.\n"
    (folder / "stack.yaml").write_text(TEMPLATE.replace("  Copies:\n", ignore + "  Copies:\n"), encoding="utf-8")
    (folder / "relint.yaml").write_text("environments: {prod: {}}\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def check(*paths: str, **arguments: Any) -> relint.Report:
    return relint.check(*paths or ["."], **arguments)


def changed(change: Callable[[], object], **arguments: Any) -> bool:
    """Whether a change shows in the report; what comes from the cache must be what is found without one."""
    cache = os.path.abspath("../cache")
    before = check(cache=cache, **arguments)
    assert check(cache=cache, **arguments) == before == check(**arguments)
    change()
    after = check(**arguments)
    assert check(cache=cache, **arguments) == after
    assert check(cache=cache, **arguments) == after
    return after != before


def entries(folder: Path) -> list[Path]:
    return sorted((folder.parent / "cache" / "findings").iterdir())


def test_there_is_a_change_for_every_key() -> None:
    assert set(CHANGES) == set(OPTIONS)


@pytest.mark.parametrize("key", CHANGES)
def test_settings_change_the_result(folder: Path, key: str) -> None:
    environment = "prod" if key == "environments" else None
    assert changed(
        lambda: (folder / "relint.yaml").write_text(CHANGES[key] + "\n", encoding="utf-8"), environment=environment
    )


def test_lint_config_depends_on_settings_rules_and_day_only() -> None:
    """Another parameter would have to be part of the cache key."""
    assert list(inspect.signature(build_lint_config).parameters) == ["settings", "all_rules", "today", "sources_digest"]


def test_content_changes_the_result(folder: Path) -> None:
    file = folder / "stack.yaml"
    assert changed(lambda: file.write_text(file.read_text("utf-8").replace("Database:", "Orders__:"), encoding="utf-8"))


def test_name_changes_the_result(folder: Path) -> None:
    """What is YAML but no JSON cannot be read from a file that is named .json."""
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
    assert changed(lambda: rule.write_text(RULE.replace("nobody", "no one"), encoding="utf-8"))


@pytest.mark.parametrize("where", ["template", "configuration"])
def test_day_changes_the_result(folder: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    if where == "template":
        text = (folder / "stack.yaml").read_text("utf-8")
        ignore = "  # relint: ignore[RDS-701] until: 2026-06-30 Rebuilt.\n  Database:"
        (folder / "stack.yaml").write_text(text.replace("  Database:", ignore), encoding="utf-8")
    else:
        entry = "suppressions: [{rule: RDS-701, reason: Rebuilt., until: 2026-06-30}]\n"
        (folder / "relint.yaml").write_text(entry, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782000000")  # 2026-06-21
    assert changed(lambda: monkeypatch.setenv("SOURCE_DATE_EPOCH", "1783000000"))  # 2026-07-02


def test_day_that_decides_nothing_leaves_the_entry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = str(folder.parent / "cache")
    check(cache=cache)
    before = [(file, file.stat().st_mtime_ns) for file in entries(folder)]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1783000000")
    check(cache=cache)
    assert [(file, file.stat().st_mtime_ns) for file in entries(folder)] == before != []


def test_path_of_a_suppression_is_that_of_the_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "relint.yaml").write_text("suppressions: [{rule: RDS-701, path: sub/*, reason: x}]\n", encoding="utf-8")
    (folder / "sub").mkdir()
    shutil.copy(folder / "stack.yaml", folder / "sub" / "stack.yaml")
    cache = str(folder.parent / "cache")
    monkeypatch.chdir(folder)
    above = check("stack.yaml", cache=cache)
    monkeypatch.chdir(folder / "sub")
    assert check("stack.yaml", cache=cache) == check("stack.yaml") != above


def rewrite(source: Path, old: str, new: str) -> None:
    """Changes a file as unpacking an archive might: as many bytes as before, and the time of before."""
    status, text = source.stat(), source.read_text(encoding="utf-8")
    assert old in text
    source.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("checks/autoscaling/cfn_signal.py", "import", "Import", id="the code of a check"),
        pytest.param("_version.py", '__version__ = "0', '__version__ = "9', id="the version"),
    ],
)
def test_code_is_in_the_key(tmp_path: Path, file: str, old: str, new: str) -> None:
    package = tmp_path / "relint"
    shutil.copytree(ROOT / "relint", package, ignore=shutil.ignore_patterns("__pycache__"))
    before = identity(code(str(package)))
    assert identity(code(str(package))) == before
    rewrite(package / file, old, new)
    assert identity(code(str(package))) != before


@pytest.mark.parametrize("place", ["rules", "relint/rules"], ids=["of a checkout", "of a wheel"])
def test_rule_of_relint_changes_the_result(folder: Path, tmp_path: Path, place: str) -> None:
    site = tmp_path / "site"
    shutil.copytree(ROOT / "rules", site / place)
    (site / "relint").mkdir(exist_ok=True)
    for part in (ROOT / "relint").iterdir():
        (site / "relint" / part.name).symlink_to(part)

    def found() -> str:
        return run(folder, "check", "stack.yaml", site=site).stdout

    assert found() == found() != ""
    assert list((folder.parent / "xdg" / "relint" / "findings").iterdir())
    rewrite(site / place / "rds" / "rds-multi-az.yaml", "so it is down", "so it is DOWN")
    assert "so it is DOWN" in found()


def test_code_that_has_just_changed_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = max(max(stamp[2:]) for stamp in code(str(ROOT / "relint")))
    assert open_cache(str(tmp_path)) is not None
    monkeypatch.setattr(time, "time_ns", lambda: newest)
    assert open_cache(str(tmp_path)) is None


def test_python_and_its_reader_of_yaml_are_in_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "relint"
    package.mkdir()
    before = identity(code(str(package)))
    with monkeypatch.context() as other:
        other.setattr(sys, "version", "3.99")
        assert identity(code(str(package))) != before
    (tmp_path / "site" / "yaml").mkdir(parents=True)
    (tmp_path / "site" / "yaml" / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert identity(code(str(package))) != before


def run(cwd: Path, *arguments: str, site: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(site), "XDG_CACHE_HOME": str(cwd.parent / "xdg")}
    command = [sys.executable, "-m", "relint", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def everything(folder: Path) -> Path:
    """All that a run can meet."""
    for story in sorted((ROOT / "fixtures").iterdir()):
        shutil.copytree(story, folder / story.name)
    (folder / "child.yaml").write_text(TEMPLATE, encoding="utf-8")
    (folder / "parent.yaml").write_text(PARENT, encoding="utf-8")
    imports = PARENT.replace("TemplateURL: child.yaml", "TemplateURL: !ImportValue shared")
    (folder / "imports.yaml").write_text(imports, encoding="utf-8")
    (folder / "windows.yaml").write_bytes(TEMPLATE.replace("\n", "\r\n").encode("utf-16"))
    (folder / "broken.yaml").write_text("Resources: [", encoding="utf-8")
    (folder / "twice.yaml").write_text(TEMPLATE + "  Copies: {Type: AWS::S3::Bucket}\n", encoding="utf-8")
    (folder / "values.yaml").write_text("Resources: none", encoding="utf-8")
    entries = (
        "{rule: S3-601, reason: x}",
        "{rule: RDS-604, resource: Never, reason: x}",
        "{rule: CFN-504, reason: x, path: child.yaml}",
        "{rule: RDS-601, reason: x, until: 2020-01-01}",
    )
    text = f"ruleset: all\nreport-unused: true\nsuppressions: [{', '.join(entries)}]\n"
    (folder / "relint.yaml").write_text(text, encoding="utf-8")
    return folder


def test_every_format_has_the_same_bytes_from_the_cache(everything: Path) -> None:
    def outputs(*options: str) -> list[object]:
        files = [f"--output={name}=../{name}.out" for name in FORMATS]
        done = run(everything, "check", ".", "-v", "--format", "text", "--show-open", *files, *options)
        written = [(everything.parent / f"{name}.out").read_bytes() for name in FORMATS]
        return [done.returncode, done.stdout, done.stderr, *written]

    wanted = outputs("--no-cache")
    assert not (everything.parent / "xdg" / "relint" / "findings").exists()
    assert wanted[0] == 2
    for options in ([], [], ["--jobs", "2"]):
        assert outputs(*options) == wanted
    run(everything, "cache", "clear")
    for _ in ("cold", "warm"):
        assert outputs("--jobs", "2") == wanted


def test_known_template_is_not_even_parsed(folder: Path) -> None:
    program = (
        "import sys; from relint import cli; cli.run(['check', 'stack.yaml', '--config', '/dev/null', *sys.argv[1:]]);"
        "modules = ('yaml', 'relint.run.check_template', 'relint.evaluate', 'hashlib');"
        "print([name for name in modules if name in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder.parent / "xdg")}

    def imported(*options: str) -> str:
        command = [sys.executable, "-c", program, *options]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[-1]

    assert "relint.run.check_template" in imported()
    assert imported() == "[]"
    assert "relint.run.check_template" in imported("--no-cache")


def test_parent_decides_about_a_child_that_is_known(folder: Path) -> None:
    (folder / "child.yaml").write_text(TEMPLATE, encoding="utf-8")
    (folder / "parent.yaml").write_text(PARENT, encoding="utf-8")
    text = PARENT.replace("'true'", "'false'")
    assert changed(lambda: (folder / "parent.yaml").write_text(text, encoding="utf-8"))


def test_child_that_changes_is_judged_in_a_parent_that_is_known(folder: Path) -> None:
    (folder / "child.yaml").write_text(TEMPLATE, encoding="utf-8")
    (folder / "parent.yaml").write_text(PARENT, encoding="utf-8")
    text = TEMPLATE.replace("MultiAZ: !Ref Standby", "MultiAZ: false")
    assert changed(lambda: (folder / "child.yaml").write_text(text, encoding="utf-8"))


def test_suppression_of_the_configuration_stays_needed(folder: Path) -> None:
    text = "report-unused: true\nsuppressions: [{rule: RDS-701, reason: x}]\n"
    (folder / "relint.yaml").write_text(text, encoding="utf-8")
    wanted = check()
    assert "CFN-000" not in {finding.rule.id for finding in wanted.findings if finding.file == "relint.yaml"}
    assert check(cache="../cache") == check(cache="../cache") == wanted


class NoWorkers(Executor):
    """Whoever gives it work gets none done."""

    def submit(self, *work: Any, **more: Any) -> Any:
        raise AssertionError("there is nothing to do")


def test_workers_get_nothing_that_is_known(folder: Path) -> None:
    wanted = check(cache="../cache")
    assert check(cache="../cache", executor=NoWorkers()) == wanted


def test_day_decides_about_what_workers_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = "suppressions: [{rule: RDS-701, reason: Rebuilt., until: 2026-06-30}]\n"
    (folder / "relint.yaml").write_text(entry, encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782000000")  # 2026-06-21
    with ThreadPoolExecutor(1) as executor:
        before = check(cache="../cache", executor=executor)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1783000000")  # 2026-07-02
    assert check(cache="../cache") == check() != before


@pytest.mark.parametrize("known", ["a.yaml", "b.yaml"])
def test_order_in_which_settings_count_is_that_of_the_files(folder: Path, known: str) -> None:
    """Also where one file is known, and a worker judges the other."""
    by_path = "per-path: {a.yaml: {severity: {RDS-701: error}}, b.yaml: {severity: {RDS-701: note}}}\n"
    (folder / "relint.yaml").write_text(by_path, encoding="utf-8")
    for name in ("a.yaml", "b.yaml"):
        shutil.copy(folder / "stack.yaml", folder / name)
    check(known, cache="../cache")
    with ThreadPoolExecutor(1) as executor:
        assert check("a.yaml", "b.yaml", cache="../cache", executor=executor) == check("a.yaml", "b.yaml")


def test_failures_are_not_kept(folder: Path) -> None:
    (folder / "stack.yaml").write_text("Resources: [", encoding="utf-8")
    cache = str(folder.parent / "cache")
    assert check(cache=cache) == check(cache=cache) == check()
    assert check(cache=cache).failures
    assert entries(folder) == []


def test_library_keeps_nothing_unless_it_is_asked_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder.parent / "xdg"))
    check()
    assert not (folder.parent / "xdg" / "relint" / "findings").exists()


def spoilt(entry: bytes) -> dict[str, bytes]:
    key, data = entry[:20], entry[24:]
    plain = marshal.loads(data)
    finding = list(plain[6][0])

    def whole(content: object) -> bytes:
        made = marshal.dumps(content)
        return key + zlib.crc32(made, zlib.crc32(key)).to_bytes(4, "big") + made

    assert whole(plain)[:24] == key + zlib.crc32(marshal.dumps(plain), zlib.crc32(key)).to_bytes(4, "big")
    return {
        "nothing": b"",
        "half": entry[: len(entry) // 2],
        "without its end": entry[:-1],
        "one letter": entry.replace(b"standby", b"standbv"),
        "of another": bytes([key[0] ^ 1]) + entry[1:],
        "text": b"not an entry at all, but long enough to be one",
        "another shape": whole({"findings": []}),
        "too short": whole(plain[:-1]),
        "an unknown rule": whole((*plain[:3], "NO-101", *plain[4:])),
        "a finding of numbers": whole((*plain[:6], ((1,) * 15,), plain[7])),
        "a message that is none": whole((*plain[:6], ((*finding[:3], 7, *finding[4:]),), plain[7])),
        "half a finding": whole((*plain[:6], (tuple(finding[:9]),), plain[7])),
        "a verdict that is none": whole((*plain[:6], ((finding[0], "maybe", *finding[2:]),), plain[7])),
        "a place that is none": whole((*plain[:6], ((*finding[:7], (1, 2), *finding[8:]),), plain[7])),
        "a suppression that is none": whole((*plain[:4], (7,), *plain[5:])),
    }


def test_damaged_entry_is_judged_anew_and_mended(folder: Path) -> None:
    cache = str(folder.parent / "cache")
    wanted = check(cache=cache)
    (file,) = entries(folder)
    good = file.read_bytes()
    for name, content in spoilt(good).items():
        file.write_bytes(content)
        assert check(cache=cache) == wanted, name
        assert file.read_bytes() == good, name


def test_entry_under_the_name_of_another_is_not_taken(folder: Path) -> None:
    cache = str(folder.parent / "cache")
    check(cache=cache)
    (file,) = entries(folder)
    (folder / "stack.yaml").write_text(PARENT, encoding="utf-8")
    wanted = check(cache=cache)
    (other,) = set(entries(folder)) - {file}
    shutil.copy(file, other)
    assert check(cache=cache) == wanted


def one_run(number: int) -> tuple[relint.Report, int]:
    removed = store.evict(folder_in("../cache"), 0)[0] if number % 3 == 0 else 0
    return relint.check(".", cache="../cache"), removed


def test_runs_at_the_same_time_do_no_harm(folder: Path) -> None:
    for number in range(6):
        text = TEMPLATE.replace("Mirror:", f"Mirror{number}:")
        (folder / f"stack{number}.yaml").write_text(text, encoding="utf-8")
    wanted = check()
    with ProcessPoolExecutor(4) as executor:
        done = list(executor.map(one_run, range(12)))
    assert all(report == wanted for report, _ in done)
    assert any(removed for _, removed in done)
    assert all(len(file.name) == 40 for file in entries(folder)), "nothing half written is left"


def test_oldest_entries_go_first(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"{number}").write_bytes(b"x" * 100)
        os.utime(tmp_path / f"{number}", (number, number))
    assert store.disk_usage(str(tmp_path)) == (10, 1000)
    assert store.evict(str(tmp_path), 3 * 4096) == (7, 700)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["7", "8", "9"]


def test_size_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_BYTES", 20 * 4096)
    monkeypatch.setattr(store, "MAX_ENTRY_BYTES", 5 * 4096)  # so every fifth that is written looks
    for number in range(100):
        (folder / f"stack{number}.yaml").write_text(f"{SMALL}# {number}\n", encoding="utf-8")
    check(cache="../cache")
    assert 10 < len(entries(folder)) < 60


def test_entry_that_is_too_large_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MAX_ENTRY_BYTES", 100)
    assert check(cache="../cache") == check()
    assert entries(folder) == []


def test_folder_is_the_users_alone(folder: Path) -> None:
    check(cache="../cache")
    place = folder.parent / "cache" / "findings"
    assert place.stat().st_mode & 0o777 == 0o700
    assert [file.stat().st_mode & 0o777 for file in entries(folder)] == [0o600]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the platform has no owners of files")
def test_folder_that_others_can_write_to_is_not_used(folder: Path) -> None:
    place = folder.parent / "cache" / "findings"
    place.mkdir(parents=True)
    place.chmod(0o777)
    check(cache="../cache")
    assert entries(folder) == []
    place.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(place, 12345, 12345)
        check(cache="../cache")
        assert entries(folder) == []
        os.chown(place, 0, 0)
    check(cache="../cache")
    assert len(entries(folder)) == 1


def test_cache_that_cannot_be_written_is_none(folder: Path) -> None:
    (folder.parent / "file").write_text("", encoding="utf-8")
    assert check(cache=str(folder.parent / "file")) == check()
    assert run(folder, "check", ".").stdout == run(folder, "check", ".", "--no-cache").stdout != ""


def test_clear_says_what_it_removes(folder: Path) -> None:
    run(folder, "check", ".")
    place = folder.parent / "xdg" / "relint" / "findings"
    (entry,) = place.iterdir()
    said = f"1 entry, {entry.stat().st_size:,} bytes\n"
    assert run(folder, "cache", "show").stdout == f"{place}: {said}"
    assert run(folder, "cache", "clear").stdout == f"removed {said}"
    assert list(place.iterdir()) == []
    assert run(folder, "cache", "clear").stdout == "removed 0 entries, 0 bytes\n"
