"""A linter holds rules and settings, and gives the reports of the plain functions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import relint
from tests.helpers.paths import ROOT
from tests.helpers.project import Project

TEXTS = {str(file): file.read_text(encoding="utf-8") for file in sorted((ROOT / "fixtures").glob("*/template.*"))}


def test_linter_gives_the_reports_of_the_plain_functions(tmp_path: Path) -> None:
    project = Project(tmp_path).copy_fixtures()
    linter = relint.Linter(ruleset="all", config=None)

    assert linter.check(project.folder) == relint.check(project.folder, ruleset="all", config=None)
    for file, text in TEXTS.items():
        assert linter.check_text(text, file) == relint.check_text(text, file, ruleset="all")


def test_threads_may_share_a_linter() -> None:
    linter = relint.Linter(ruleset="all", config=None)
    expected = {file: relint.check_text(text, file, ruleset="all") for file, text in TEXTS.items()}

    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda file: (file, linter.check_text(TEXTS[file], file)), list(TEXTS) * 4))

    assert all(report == expected[file] for file, report in reports)


def test_threads_with_different_settings_do_not_disturb_one_another() -> None:
    file, text = next(iter(TEXTS.items()))
    rulesets = ["core", "recommended", "all"]
    expected = {ruleset: relint.check_text(text, file, ruleset=ruleset) for ruleset in rulesets}

    with ThreadPoolExecutor(8) as pool:
        reports = list(
            pool.map(lambda ruleset: (ruleset, relint.check_text(text, file, ruleset=ruleset)), rulesets * 9)
        )

    assert all(report == expected[ruleset] for ruleset, report in reports)


def test_linter_does_not_change_with_its_arguments() -> None:
    file, text = next(iter(TEXTS.items()))
    select = ["RDS"]
    linter = relint.Linter(select=select, config=None)
    report = linter.check_text(text, file)

    select.append("S3")

    assert linter.check_text(text, file) == report


def test_linter_cannot_be_given_further_attributes() -> None:
    with pytest.raises(AttributeError):
        relint.Linter().ruleset = "all"  # type: ignore[attr-defined]


def test_linter_reads_a_configuration_that_has_changed(tmp_path: Path) -> None:
    project = Project(tmp_path).copy_fixtures()
    linter = relint.Linter()
    assert linter.check(project.folder).findings

    project.configure("exclude: ['*']\n")

    assert linter.check(project.folder).findings == ()
