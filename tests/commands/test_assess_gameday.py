"""`relint assess --gameday`: the files beside each format, and one sentence for what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from relint.report.assessment import ASSESSMENT_FORMATS
from tests.commands.test_assess import TABLE
from tests.helpers.project import Project


@pytest.mark.parametrize("format", ASSESSMENT_FORMATS)
def test_game_day_is_written_beside_the_report(format: str, tmp_path: Path) -> None:
    project = Project(tmp_path).write("template.yaml", TABLE)

    alone = project.run("assess", "template.yaml", "--format", format)
    result = project.run("assess", "template.yaml", "--format", format, "--gameday", "days/first")

    assert (result.exit_code, result.stdout) == (alone.exit_code, alone.stdout)
    assert result.stderr == "days/first: 3 files of a game day; begin with README.md\n"
    assert sorted(path.name for path in (tmp_path / "days/first").iterdir()) == [
        "01-data-Orders.md",
        "02-region.md",
        "README.md",
    ]


def test_system_without_events_has_no_game_day(tmp_path: Path) -> None:
    project = Project(tmp_path).write("template.yaml", "Resources: {Topic: {Type: AWS::SNS::Topic}}")

    result = project.run("assess", "template.yaml", "--gameday", "day")

    assert (result.exit_code, result.stderr) == (0, "no game day: there is no event to try\n")
    assert not (tmp_path / "day").exists()


@pytest.mark.parametrize(
    ("folder", "sentence"),
    [
        ("", "--gameday takes the folder into which the game day is written, as in --gameday game-day"),
        ("template.yaml", "'template.yaml' cannot be written (File exists)"),
        ("template.yaml/day", "'template.yaml/day' cannot be written (Not a directory)"),
    ],
)
def test_folder_that_cannot_be_is_one_sentence(folder: str, sentence: str, tmp_path: Path) -> None:
    project = Project(tmp_path).write("template.yaml", TABLE)

    result = project.run("assess", "template.yaml", "--gameday", folder)

    assert (result.exit_code, result.stderr) == (2, f"error: {sentence}\n")
