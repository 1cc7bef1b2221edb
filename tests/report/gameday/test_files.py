"""Files of a game day: where they are written, what is left alone, and what names and texts become in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import relint
from relint.assessment.gameday.plan import plan_game_day
from relint.report.gameday.files import render_game_day, write_files
from relint.report.gameday.names import LogicalIds
from relint.report.gameday.yaml_text import Ref, Sub, yaml_lines
from tests.helpers.paths import ROOT

TEXTS = {"README.md": "<!-- relint game day 8d9f6a2bb0a4d9b2 -->\n"}
HOSTILE = """\
Resources:
  "../../etc/x`|<script>alert(1)</script>\\n# Heading":
    Type: AWS::DynamoDB::Table
  "no":
    Type: AWS::RDS::DBInstance
    Properties: {MultiAZ: true, Engine: mysql}
  "n-o":
    Type: AWS::RDS::DBInstance
    Properties: {MultiAZ: true, Engine: mysql}
  "${AWS::AccountId}":
    Type: AWS::RDS::DBInstance
    Properties: {MultiAZ: true, Engine: mysql}
"""


def assessed(path: Path) -> relint.Assessment:
    return relint.assess(path, config=None)


def texts_of(path: Path) -> dict[str, str]:
    return render_game_day(plan_game_day(assessed(path)))


def test_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        relint.write_game_day(assessed(ROOT / "fixtures/available-web"), tmp_path / folder)

    files = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("first", "second")]
    assert files[0] == files[1]


def test_folder_is_made_and_the_files_are_named(tmp_path: Path) -> None:
    names = relint.write_game_day(assessed(ROOT / "fixtures/available-web"), tmp_path / "new" / "day")

    assert names == sorted(path.name for path in (tmp_path / "new" / "day").iterdir())
    assert {"README.md", "experiments.yaml", "01-host-WebServers.md", "07-region.md"} <= set(names)


def test_second_run_replaces_the_files_and_removes_those_of_former_events(tmp_path: Path) -> None:
    relint.write_game_day(assessed(ROOT / "fixtures/fragile-web"), tmp_path)
    names = relint.write_game_day(assessed(ROOT / "fixtures/serverless-orders"), tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == names


@pytest.mark.parametrize("name", ["README.md", "01-host-WebServers.md", "experiments.yaml"])
def test_file_that_somebody_wrote_or_changed_is_left_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    relint.write_game_day(assessed(ROOT / "fixtures/available-web"), tmp_path)
    with (tmp_path / name).open("a", encoding="utf-8") as stream:
        stream.write("observed: 90 s\n")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    with pytest.raises(relint.OptionError, match=f"{name}' was changed or is not of relint, and is left as it is"):
        relint.write_game_day(assessed(ROOT / "fixtures/available-web"), tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("ours", encoding="utf-8")
    (tmp_path / "99-our-own.md").write_text("ours", encoding="utf-8")

    relint.write_game_day(assessed(ROOT / "fixtures/available-web"), tmp_path)

    assert (tmp_path / "notes.md").read_text(encoding="utf-8") == "ours"
    assert (tmp_path / "99-our-own.md").read_text(encoding="utf-8") == "ours"


def test_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target.md"
    folder = tmp_path / "day"
    folder.mkdir()
    (folder / "README.md").symlink_to(target)

    with pytest.raises(relint.OptionError, match=r"README\.md"):
        write_files(str(folder), TEXTS)

    assert not target.exists()


def test_folder_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "day").write_text("", encoding="utf-8")

    with pytest.raises(relint.OptionError, match=r"day' cannot be written \(File exists\)"):
        write_files(str(tmp_path / "day"), TEXTS)


def test_hostile_names_are_neither_paths_nor_markup_nor_functions(tmp_path: Path) -> None:
    template = tmp_path / "template.yaml"
    template.write_text(HOSTILE, encoding="utf-8")

    texts = texts_of(template)

    assert all(name.isascii() and "/" not in name and " " not in name for name in texts)
    pages = "".join(text for name, text in texts.items() if name.endswith(".md"))
    assert "<script>" not in pages
    assert "\n# Heading" not in pages
    parameters = re.findall(r"^  (\w+Id):$", texts["experiments.yaml"].partition("\nRules:")[0], re.MULTILINE)
    assert parameters == ["AWSAccountIdId", "NOId", "NoId", "ZoneAWSAccountId"]


def test_logical_ids_are_unique_and_the_same_for_the_same_words() -> None:
    ids = LogicalIds()

    assert ids.get("web-server") == "WebServer"
    assert ids.get("web.server") == "WebServer2"
    assert ids.get("web-server") == "WebServer"
    assert ids.get("\u65e5\u672c") == "Unnamed"


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "1.0",
        "2026-11-29",
        "a: b",
        "- x",
        "",
        "null",
        "\u00e9\n#",
        "!Ref X",
        "*",
        "\U0001f600",
        "\x85",
        "\u2028",
        "\x7f",
    ],
)
def test_yaml_text_is_read_as_the_same_text(text: str) -> None:
    assert yaml.safe_load("\n".join(yaml_lines({"key": [text, {text: text}]}))) == {"key": [text, {text: text}]}


def test_yaml_functions_are_tags() -> None:
    lines = list(yaml_lines({"A": Ref("B"), "C": [Sub("${D}: x")], "E": {}, "F": [], "G": True, "H": 2}))

    assert lines == ["A: !Ref B", "C:", '  - !Sub "${D}: x"', "E: {}", "F: []", "G: true", "H: 2"]
