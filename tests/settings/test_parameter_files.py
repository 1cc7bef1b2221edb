"""Files of parameter values: every shape that AWS tools accept, and what is wrong with the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from relint.errors import OptionError
from relint.settings.parameter_files import read_parameter_file, read_parameter_options
from relint.settings.setting import Origin
from relint.source.location import Position, Span
from tests.helpers.command_line import working_directory
from tests.helpers.settings import ConfiguredProject


@pytest.mark.parametrize(
    "text",
    [
        '[{"ParameterKey": "Name", "ParameterValue": "a=b"}, {"ParameterKey": "Ids", "ParameterValue": "x,y"}]',
        '["Name=a=b", "Ids=x,y"]',
        '[{"ParameterKey": "Name", "ParameterValue": "a=b"}, "Ids=x,y"]',
        '{"Parameters": {"Name": "a=b", "Ids": ["x", "y"]}}',
        '{"Parameters": [{"ParameterKey": "Name", "ParameterValue": "a=b"}, "Ids=x,y"], "Tags": {}}',
        "Name: a=b\nIds: [x, y]\n",
    ],
    ids=["create-stack", "deploy", "both", "CodePipeline", "list in a mapping", "YAML"],
)
def test_shape_of_an_aws_tool_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "values").write_text(text, encoding="utf-8")
    assert read_parameter_file(str(tmp_path / "values")) == {"Name": "a=b", "Ids": "x,y"}


def test_values_are_texts_as_in_a_template(tmp_path: Path) -> None:
    (tmp_path / "values").write_text("A: 1\nB: true\nC: ''\nD: []\nE: [1, true]\nParameters: x\n", encoding="utf-8")
    expected = {"A": "1", "B": "true", "C": "", "D": "", "E": "1,true", "Parameters": "x"}
    assert read_parameter_file(str(tmp_path / "values")) == expected


def test_later_options_override_earlier_ones(tmp_path: Path) -> None:
    (tmp_path / "values").write_text("A: file\nB: file\n", encoding="utf-8")
    (tmp_path / "A=b").write_text("D: named like an option\n", encoding="utf-8")
    with working_directory(tmp_path):
        values = read_parameter_options(["A=1", "C=x=y", "values", "B=2", "A=b"])
    assert values == {"A": "file", "B": "2", "C": "x=y", "D": "named like an option"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("7", "parameter file 'values' is neither a mapping nor a list of ParameterKey and ParameterValue"),
        ("[7]", "an entry of 'values' is not {ParameterKey: ..., ParameterValue: ...}"),
        ("[Name]", "an entry of 'values' is not {ParameterKey: ..., ParameterValue: ...}"),
        ("[{Key: A}]", "an entry of 'values' is not {ParameterKey: ..., ParameterValue: ...}"),
        ("[{ParameterKey: 7}]", "an entry of 'values' is not {ParameterKey: ..., ParameterValue: ...}"),
        (
            "[{ParameterKey: A, UsePreviousValue: true}]",
            "parameter 'A' in 'values' has no ParameterValue; relint cannot know the previous one",
        ),
        ("A: {B: c}", "parameter 'A' in 'values' is a mapping; give a text, a number or a list"),
        (
            "[{ParameterKey: A, ParameterValue: {B: c}}]",
            "parameter 'A' in 'values' is a mapping; give a text, a number or a list",
        ),
    ],
)
def test_other_shape_is_rejected(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "values").write_text(text, encoding="utf-8")
    with working_directory(tmp_path), pytest.raises(OptionError) as error:
        read_parameter_file("values")
    assert (error.value.message, error.value.file) == (message, "values")


@pytest.mark.parametrize(
    ("named_in", "hint"),
    [
        (None, "give a file or Name=value"),
        (Origin("relint.yaml", Span(Position(4, 3), Position(4, 9))), "it is named in relint.yaml:4"),
    ],
    ids=["on the command line", "in a configuration"],
)
def test_missing_file_is_rejected_with_a_hint(tmp_path: Path, named_in: Origin | None, hint: str) -> None:
    with working_directory(tmp_path), pytest.raises(OptionError) as error:
        read_parameter_file("values", named_in)
    assert error.value.message == f"parameter file 'values' cannot be read (No such file or directory); {hint}"
    assert error.value.file == "values"


def test_invalid_file_is_rejected_with_the_place(tmp_path: Path) -> None:
    (tmp_path / "values.json").write_text('{"A": }', encoding="utf-8")
    with working_directory(tmp_path), pytest.raises(OptionError) as error:
        read_parameter_file("values.json")
    assert error.value.message.startswith("parameter file: ")
    assert error.value.file == "values.json"
    assert error.value.span is not None
    assert (error.value.span.start.line, error.value.span.start.column) == (1, 7)


@pytest.mark.parametrize("folder", [".", "stacks"])
def test_file_that_a_configuration_names_is_reported_with_its_shown_path(
    project: ConfiguredProject, folder: str
) -> None:
    project.write(f"{folder}/relint.yaml", "root: true\nparameters: values/missing.json\n")
    file = os.path.normpath(f"{folder}/values/missing.json")
    with pytest.raises(OptionError) as error:
        project.check("stacks")
    origin = os.path.normpath(f"{folder}/relint.yaml")
    hint = f"it is named in {origin}:2"
    assert error.value.message == f"parameter file '{file}' cannot be read (No such file or directory); {hint}"
    assert error.value.file == file


SAMCONFIG = """version = 0.1
[default.global.parameters]
parameter_overrides = "Name=global"
[default.deploy.parameters]
stack_name = "orders"
parameter_overrides = %s
[prod.deploy.parameters]
parameter_overrides = ["Name=p"]
"""


@pytest.mark.parametrize(
    "overrides",
    [
        '"Name=\\"a b\\" Ids=x,y"',
        '\'Name="a b" Ids="x,y"\'',
        '["Name=a b", "Ids=x,y"]',
        "['Name=\"a b\"', 'Ids=x,y']",
        "'ParameterKey=Name,ParameterValue=\"a b\" ParameterKey=Ids,ParameterValue=x,y'",
        '{Name = "a b", Ids = ["x", "y"]}',
    ],
)
def test_samconfig_gives_its_overrides_in_every_shape(tmp_path: Path, overrides: str) -> None:
    (tmp_path / "samconfig.toml").write_text(SAMCONFIG % overrides, encoding="utf-8")
    with working_directory(tmp_path):
        assert read_parameter_file("samconfig.toml") == {"Name": "a b", "Ids": "x,y"}
        assert read_parameter_options(["samconfig.toml:prod"]) == {"Name": "p"}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("samconfig.yaml", "version: 0.1\nprod: {deploy: {parameters: {parameter_overrides: [Name=a]}}}\n"),
        ("deployment.yaml", "template-file-path: t.yaml\nparameters: {Name: a}\ntags: {team: shop}\n"),
        ("values.toml", "Name = 'a'\n"),
    ],
    ids=["SAM in YAML with one environment", "Git sync", "TOML"],
)
def test_files_of_other_tools_give_their_values(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    with working_directory(tmp_path):
        assert read_parameter_file(file) == {"Name": "a"}


@pytest.mark.parametrize(
    ("file", "overrides", "message"),
    [
        (
            "samconfig.toml:prd",
            "'A=1'",
            "'samconfig.toml' has no environment 'prd'; did you mean 'prod'?",
        ),
        ("samconfig.toml", "'A'", "parameter_overrides of 'samconfig.toml' has 'A', which is not Name=value"),
        (
            "samconfig.toml",
            "'A=\"1'",
            "parameter_overrides of 'samconfig.toml' is no text of Name=\"value\" (No closing quotation)",
        ),
        (
            "samconfig.toml",
            "'file://v.yaml'",
            "parameter_overrides of 'samconfig.toml' names file://v.yaml; give that file with --parameters",
        ),
        ("values.toml:prod", "1", "'values.toml' is no samconfig.toml, so it has no environment 'prod'"),
    ],
)
def test_wrong_samconfig_is_rejected_with_one_sentence(tmp_path: Path, file: str, overrides: str, message: str) -> None:
    (tmp_path / "samconfig.toml").write_text(SAMCONFIG % overrides, encoding="utf-8")
    (tmp_path / "values.toml").write_text("A = 1\n", encoding="utf-8")
    with working_directory(tmp_path), pytest.raises(OptionError) as error:
        read_parameter_file(file)
    assert error.value.message == message
