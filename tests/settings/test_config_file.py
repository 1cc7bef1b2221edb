"""Errors in files of configuration: place, cause and remedy."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import relint
from relint.errors import OptionError
from relint.settings.config_file import read_layer
from relint.settings.options import OPTIONS
from tests.helpers.settings import ConfiguredProject

NESTABLE = (
    "select, ignore, mandatory, ruleset, preview, profile, severity, fail-on, fail-on-review, "
    "parameters, region, thresholds, honor, suppressions, report-unused"
)
PARAMETERS = "'parameters' is a mapping of values, or a file of them, or a list of both"


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("rulset: core", 2, 1, "there is no key 'rulset' here; did you mean 'ruleset'?"),
        ("report_unused: true", 2, 1, "there is no key 'report_unused' here; did you mean 'report-unused'?"),
        ("ruleset: croe", 2, 1, "'ruleset' cannot be 'croe'; did you mean 'core'?"),
        ("ruleset: [core]", 2, 1, "'ruleset' cannot be 'this'; known are core, recommended, all"),
        ("ruleset: {a: core}", 2, 1, "'ruleset' cannot be 'this'; known are core, recommended, all"),
        ("ruleset: 7", 2, 1, "'ruleset' cannot be '7'; known are core, recommended, all"),
        ("profile: prod", 2, 1, "'profile' cannot be 'prod'; known are dev, standard, critical"),
        ("fail-on: info", 2, 1, "'fail-on' cannot be 'info'; known are note, warning, error, never"),
        ("ignore: [RDZ-701]", 2, 1, "'ignore': there is no rule 'RDZ-701'; did you mean 'RDS-701'?"),
        ("select: nothing", 2, 1, "'select': there is no rule 'nothing'; 'relint rules' lists them all"),
        ("mandatory: [RDZ-701]", 2, 1, "'mandatory': there is no rule 'RDZ-701'; did you mean 'RDS-701'?"),
        ("severity: {RDZ-701: error}", 2, 1, "'severity': there is no rule 'RDZ-701'; did you mean 'RDS-701'?"),
        ("ignore: {RDS-701: true}", 2, 1, "'ignore' is a list of texts"),
        ("ignore: [RDS-701, 7]", 2, 1, "'ignore' is a list of texts"),
        ("ignore: [RDS-701, '']", 2, 1, "'ignore' is a list of texts"),
        ("exclude: 7", 2, 1, "'exclude' is a list of texts"),
        ("report-unused: maybe", 2, 1, "'report-unused' is true or false"),
        ("region: [eu-west-1]", 2, 1, "'region' is one text"),
        ("region: {a: eu-west-1}", 2, 1, "'region' is one text"),
        (
            "environments: {dev: {}, all: {}}",
            2,
            25,
            "'all' cannot name an environment, because --env all checks every one",
        ),
        (
            "environments: {'a,b': {}}",
            2,
            16,
            "'a,b' cannot name an environment, because --env separates names by commas",
        ),
        ("region: ''", 2, 1, "'region' is one text"),
        ("region: ~", 2, 1, "'region' is one text"),
        (
            "severity: {RDS-701: fatal}",
            2,
            12,
            "'severity of RDS-701' cannot be 'fatal'; known are note, warning, error",
        ),
        ("severity: RDS-701", 2, 1, "'severity' is a mapping of rules and levels, such as RDS-701: error"),
        ("thresholds: {min_az: 3}", 2, 14, "there is no threshold 'min_az'; did you mean 'min_azs'?"),
        ("thresholds: {min_azs: none}", 2, 14, "'min_azs' is a whole number of 1 or more"),
        ("thresholds: {min_azs: 0}", 2, 14, "'min_azs' is a whole number of 1 or more"),
        ("thresholds: {min_azs: true}", 2, 14, "'min_azs' is a whole number of 1 or more"),
        ("thresholds: 3", 2, 1, "'thresholds' is a mapping of names and numbers, such as min_azs: 3"),
        ("environments: dev", 2, 1, "'environments' is a mapping of mappings"),
        ("per-path: [a]", 2, 1, "'per-path' is a mapping of mappings"),
        ("environments:\n  dev: core", 3, 3, "'dev' is a mapping of keys such as ruleset and parameters"),
        (
            "environments:\n  dev: {exclude: [a]}",
            3,
            9,
            f"there is no key 'exclude' here; known are {NESTABLE}; 'exclude' stands at the top of the file only",
        ),
        ("environments:\n  dev: {rulset: core}", 3, 9, "there is no key 'rulset' here; did you mean 'ruleset'?"),
        (
            "per-path:\n  stacks/: {root: true}",
            3,
            13,
            f"there is no key 'root' here; known are {NESTABLE}; 'root' stands at the top of the file only",
        ),
        ("suppressions: RDS-701", 2, 1, "'suppressions' is a list"),
        (
            "suppressions: [RDS-701]",
            2,
            16,
            "'suppressions' is a mapping of rule, reason and perhaps resource, property, path, until, owner",
        ),
        ("suppressions:\n  - {rule: RDS-701}", 3, 5, "the suppression has no 'reason'"),
        ("suppressions:\n  - {reason: x}", 3, 5, "the suppression has no 'rule'"),
        ("suppressions:\n  - {rule: RDS-701, reason: ''}", 3, 21, "'reason' is one text"),
        ("suppressions:\n  - {rule: RDS-701, reason: x, resource: [A]}", 3, 32, "'resource' is one text"),
        (
            "suppressions:\n  - {rule: RDS-701, reason: x, until: soon}",
            3,
            5,
            "'until' is a day such as 2027-03-01, not 'soon'",
        ),
        (
            "suppressions:\n  - {rule: RDS-701, reason: x, until: 2027-02-30}",
            3,
            5,
            "'until' is a day such as 2027-03-01, not '2027-02-30'",
        ),
        ("suppressions:\n  - {rule: RDS-701, paht: x}", 3, 21, "a suppression has no 'paht'; did you mean 'path'?"),
        ("honor: [cfn-lint, checkow]", 2, 19, "'honor' cannot be 'checkow'; did you mean 'checkov'?"),
        ("honor: checkow", 2, 1, "'honor' cannot be 'checkow'; did you mean 'checkov'?"),
        ("parameters: [17]", 2, 1, PARAMETERS),
        ("parameters: 17", 2, 1, PARAMETERS),
        ("parameters: ''", 2, 1, PARAMETERS),
        ("parameters: {Env: {a: b}}", 2, 14, "'Env' is one text"),
        ("parameters: {Env: [a, {b: c}]}", 2, 14, "'Env' is one text"),
        ("parameters: {Env: ~}", 2, 14, "'Env' is one text"),
        ("ruleset: core\nruleset: all", 3, 1, "'ruleset' stands twice; remove one"),
        (
            "ignore: [RDS-701",
            3,
            1,
            "the configuration cannot be read: A ',' or ']' is missing here; close the list that '[' opens on line 2.",
        ),
    ],
)
def test_configuration_error_names_the_place_and_the_remedy(
    project: ConfiguredProject, text: str, line: int, column: int, message: str
) -> None:
    project.configure(text + "\n")
    assert error_in(project) == (f"relint.yaml:{line}:{column}", message)


@pytest.mark.parametrize("text", ["- core\n", "core\n", "7\n"], ids=["list", "text", "number"])
def test_configuration_of_another_type_is_rejected(project: ConfiguredProject, text: str) -> None:
    project.write("relint.yaml", text)
    assert error_in(project) == ("relint.yaml:1:1", "a configuration is a mapping, such as 'ruleset: core'")


@pytest.mark.parametrize("text", ["", " \n", "# nothing is set\n", "~\n"])
def test_empty_configuration_sets_nothing(project: ConfiguredProject, text: str) -> None:
    project.write("relint.yaml", text)
    assert project.findings() == [("RDS-701", "review", "warning")]


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        pytest.param("\n\n[tool.relint]\nignor = ['A']\n", ":4:1", "there is no key 'ignor' here", id="key"),
        pytest.param("[tool.relint]\nregion = 'ignor'\nignor = 1\n", ":2:11", "there is no key", id="first mention"),
        pytest.param(
            "[tool.a]\nignor = 1\n[tool.relint]\nxignor = 1\nx-ignor = 1\n  ignor = 1\n",
            ":4:1",
            "there is no key 'xignor' here; did you mean 'ignore'?",
            id="parts of words",
        ),
        pytest.param(
            "[tool.relint.environments.dev]\nexclude = ['a']\n", ":2:1", "there is no key 'exclude' here", id="nested"
        ),
        pytest.param(
            "[[tool.relint.suppressions]]\nrule = 'RDS-701'\n", ":1:15", "the suppression has no 'reason'", id="item"
        ),
        pytest.param("tool.relint = 7\n", ":1:1", "'tool.relint' is a table, such as [tool.relint]", id="no table"),
        pytest.param(
            "[tool]\nrelint = 7\n", ":2:1", "'tool.relint' is a table, such as [tool.relint]", id="value in tool"
        ),
        pytest.param("[tool.relint\n", "", "the file is no TOML: Expected ']'", id="no TOML"),
        pytest.param("# tool.relint \xff\n", "", "the file is no TOML: 'utf-8' codec", id="not UTF-8"),
    ],
)
def test_error_in_pyproject_names_the_probable_place(
    project: ConfiguredProject, text: str, place: str, message: str
) -> None:
    (project.folder / "relint.yaml").unlink()
    (project.folder / "pyproject.toml").write_bytes(text.encode("latin-1"))
    where, what = error_in(project)
    assert where == f"pyproject.toml{place}"
    assert what.startswith(message)


@pytest.mark.parametrize(
    "text", ["[tool.other]\nignor = 1\n", "# tool.relint\ntool = 7\n", "# tool.relint\n[tool.a]\n", "[project]\n"]
)
def test_pyproject_without_the_table_configures_nothing(project: ConfiguredProject, text: str) -> None:
    (project.folder / "relint.yaml").unlink()
    project.write("pyproject.toml", text)
    project.configure("ignore: [RDS-701]\n")
    (project.folder / "stacks" / "pyproject.toml").write_text(text, encoding="utf-8")
    assert project.findings() == []


def test_dates_in_pyproject_are_texts(project: ConfiguredProject) -> None:
    (project.folder / "relint.yaml").unlink()
    entry = "{rule = 'RDS-701', reason = 'later', until = 2999-01-01}"
    project.write("pyproject.toml", f"[tool.relint]\nroot = true\nsuppressions = [{entry}]\n")
    (finding,) = project.check().findings
    assert finding.suppression is not None
    assert finding.suppression.justification.startswith("later")


@pytest.mark.parametrize("name", ["relint.yaml", "pyproject.toml"])
@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_unreadable_configuration_is_reported(project: ConfiguredProject, name: str) -> None:
    (project.folder / "relint.yaml").unlink()
    project.write(name, "[tool.relint]\n").folder.joinpath(name).chmod(0)
    assert error_in(project) == (name, "the configuration cannot be read (Permission denied)")


def error_in(project: ConfiguredProject) -> tuple[str, str]:
    """Return place and message of the error that ends a check."""
    with pytest.raises(relint.OptionError) as raised:
        project.check()
    error = raised.value
    start = error.span.start if error.span else None
    return f"{error.file}:{start.line}:{start.column}" if start else str(error.file), error.message


WRONG_VALUES = (
    "3 true null [] {} [1] {a: 1} [[1]] {1: 2} 1.5 2027-01-01 nope [null] {a: null} {a: [1]} {a: {b: 1}} [{}]"
)


@pytest.mark.parametrize("place", ["{}: {}", "per-path: {{'*': {{{}: {}}}}}", "environments: {{e: {{{}: {}}}}}"])
@pytest.mark.parametrize("name", OPTIONS)
def test_value_of_the_wrong_type_is_one_sentence_with_its_place(tmp_path: Path, name: str, place: str) -> None:
    file = tmp_path / "relint.yaml"
    rejected = 0
    for value in re.split(r" (?![^\[{]*[\]}])", WRONG_VALUES):
        file.write_text(place.format(name, value) + "\n")
        try:
            read_layer(str(file))
        except OptionError as error:
            rejected += 1
            assert error.span and error.message and "\n" not in error.message
    assert rejected
