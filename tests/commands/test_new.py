"""The skeleton of a rule file that `relint new` writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from relint import cli
from relint.catalog.loader import load_rule_files, load_rules
from relint.errors import OptionError
from relint.testing.mutation import find_mutations


def new_rule(folder: Path, *arguments: str) -> Path:
    assert cli.run(["new", *arguments, "--directory", str(folder)]) == 0
    return folder / f"{arguments[0]}.yaml"


def test_new_rule_passes_its_examples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = new_rule(tmp_path, "acme/queue-has-alarm", "--type", "AWS::SQS::Queue")

    (rule,) = load_rule_files([str(file)])

    assert (rule.id, rule.name, rule.resources) == ("ACME-701", "queue-has-alarm", ("AWS::SQS::Queue",))
    assert "3 examples of 1 rule files: none failed" in capsys.readouterr().out
    assert [mutation.change for mutation in find_mutations(str(file), ()) if not mutation.is_noticed] == []


def test_id_is_the_next_free_one_of_family_and_area(tmp_path: Path) -> None:
    taken = {rule.id for rule in load_rules()}

    (rule,) = load_rule_files([str(new_rule(tmp_path, "rds/first-rule", "--area", "6"))])
    (next_rule,) = load_rule_files([str(new_rule(tmp_path, "rds/second-rule", "--area", "6"))])

    assert rule.id == f"RDS-{max(int(key[4:]) for key in taken if key.startswith('RDS-6')) + 1}"
    assert int(next_rule.id[4:]) == int(rule.id[4:]) + 1


def test_resource_type_follows_from_a_known_service(tmp_path: Path) -> None:
    (rule,) = load_rule_files([str(new_rule(tmp_path, "rds/some-rule"))])

    assert rule.resources == ("AWS::RDS::DBInstance",)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["RDS/Some-Rule"], "SERVICE/NAME in lower case", id="capital letters"),
        pytest.param(["../rule"], "SERVICE/NAME in lower case", id="a path that leaves the folder"),
        pytest.param(["acme/some-rule"], "--type", id="a service that relint has no rules of"),
        pytest.param(["rds/rds-multi-az"], "already a rule 'rds-multi-az'", id="a name that is taken"),
        pytest.param(["7/some-rule", "--type", "AWS::SQS::Queue"], "cannot begin an id", id="a folder of digits"),
    ],
)
def test_invalid_argument_is_rejected(tmp_path: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        new_rule(tmp_path, *arguments)

    assert list(tmp_path.rglob("*.yaml")) == []
