"""A folder with a template whose results are cached beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import relint
from relint.run.findings_cache import open_cache
from tests.helpers.command_line import CommandResult, run_relint
from tests.helpers.rules import rule_text

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


RULE = rule_text(
    "assert: [{path: $.Properties.DBName, exists: true}]\n",
    id="ACME-701",
    message="'{resource}' has no name, so nobody finds it.",
)


@pytest.fixture(scope="module", autouse=True)
def usable_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Wait until relint trusts its cache, which takes two seconds after a change of its code."""
    wait_for_usable_cache(str(tmp_path_factory.mktemp("cache")))


def wait_for_usable_cache(folder: str) -> None:
    """Wait until relint trusts a cache in a folder."""
    while open_cache(folder) is None:
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


def changes_report(change: Callable[[], object], **arguments: Any) -> bool:
    """Whether a change alters the report; reports with and without the cache must be equal."""
    cache = os.path.abspath("../cache")
    before = check(cache=cache, **arguments)
    assert check(cache=cache, **arguments) == before == check(**arguments)
    change()
    after = check(**arguments)
    assert check(cache=cache, **arguments) == after
    assert check(cache=cache, **arguments) == after
    return after != before


def cache_entries(folder: Path) -> list[Path]:
    return sorted((folder.parent / "cache" / "findings").iterdir())


def run_cached(folder: Path, *arguments: str) -> CommandResult:
    """Run a command with a cache beside the folder."""
    return run_relint(*arguments, cwd=folder, XDG_CACHE_HOME=str(folder.parent / "xdg"))
