"""Errors in files of configuration."""

from __future__ import annotations

import pytest

import relint
from tests.helpers.settings import ConfiguredProject


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("rulset: core", 2, "did you mean 'ruleset'"),
        ("ruleset: croe", 2, "did you mean 'core'"),
        ("ignore: [RDZ-701]", 2, "there is no rule 'RDZ-701'; did you mean"),
        ("ignore: {RDS-701: true}", 2, "'ignore' is a list of texts"),
        ("report-unused: maybe", 2, "'report-unused' is true or false"),
        ("region: [eu-west-1]", 2, "'region' is one text"),
        ("severity: {RDS-701: fatal}", 2, "cannot be 'fatal'"),
        ("severity: RDS-701", 2, "a mapping of rules and levels"),
        ("thresholds: {min_az: 3}", 2, "did you mean 'min_azs'"),
        ("thresholds: {min_azs: none}", 2, "a whole number"),
        ("environments: dev", 2, "'environments' is a mapping of mappings"),
        ("environments:\n  dev: core", 3, "'dev' is a mapping of keys"),
        ("environments:\n  dev: {exclude: [a]}", 3, "stands at the top of the file only"),
        ("suppressions: RDS-701", 2, "'suppressions' is a list"),
        ("suppressions:\n  - {rule: RDS-701}", 3, "has no 'reason'"),
        ("suppressions:\n  - {rule: RDS-701, reason: x, until: soon}", 3, "a day such as 2027-03-01"),
        ("suppressions:\n  - {rule: RDS-701, why: x}", 3, "a suppression has no 'why'"),
        ("honor: [checkow]", 2, "did you mean 'checkov'"),
        ("ignore: [RDS-701", 3, "close the list that '[' opens on line 2"),
        ("parameters: [17]", 2, "a mapping of values, or a file of them"),
        ("parameters: missing.json", None, "cannot be read"),
    ],
)
def test_configuration_error_names_the_line_and_the_remedy(
    project: ConfiguredProject, text: str, line: int | None, message: str
) -> None:
    project.configure(text + "\n")
    with pytest.raises(relint.OptionError) as error:
        project.check()
    assert message in error.value.message
    if line is not None:
        assert error.value.file == "relint.yaml"
        assert error.value.span is not None
        assert error.value.span.start.line == line
