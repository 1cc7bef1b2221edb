"""relint.yaml and [tool.relint]: real folders, real runs."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import relint
from relint.catalog.json_schema import rule_schema
from relint.settings.glob import matches_pattern
from relint.settings.json_schema import configuration_schema
from tests.helpers.command_line import run_relint
from tests.helpers.paths import ROOT

DATABASE = """Parameters: {Env: {Type: String, Default: prod, AllowedValues: [dev, prod]}}
Conditions: {IsProd: !Equals [!Ref Env, prod]}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties:
      Engine: mysql
      BackupRetentionPeriod: 8
      DeletionProtection: true
      MultiAZ: !If [IsProd, true, false]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write("stacks/a.yaml", DATABASE)
    write("relint.yaml", "root: true\n")
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def configure(text: str, name: str = "relint.yaml") -> None:
    write(name, "root: true\n" + text)


def found(*paths: str, **options: object) -> list[tuple[str, str, str]]:
    report = relint.check(*(paths or (".",)), **options)  # type: ignore[arg-type]
    assert not report.failures
    return [(one.rule.id, one.verdict, one.level) for one in report.findings]


def test_defaults_apply_without_a_configuration(folder: Path) -> None:
    assert found() == [("RDS-701", "review", "warning")]


def test_options_override_the_configuration(folder: Path) -> None:
    configure("ignore: [RDS-701]\n")
    assert found() == []
    assert found(ignore=["RDS-602"]) == [("RDS-701", "review", "warning")]


def test_library_can_ignore_the_configuration(folder: Path) -> None:
    configure("ignore: [RDS-701]\n")
    assert found(config=None) == [("RDS-701", "review", "warning")]
    assert [one.rule.id for one in relint.check_text(DATABASE, "stacks/a.yaml").findings] == ["RDS-701"]
    assert not relint.check_text(DATABASE, "stacks/a.yaml", config="find").findings


def test_nearest_file_wins_key_by_key(folder: Path) -> None:
    configure("severity: {RDS-701: error}\nparameters: {Env: dev}\n")
    write("stacks/relint.yaml", "severity: {RDS-602: note}\nparameters: {Env: prod}\n")
    assert found() == []
    write("b.yaml", DATABASE)
    assert found() == [("RDS-701", "fail", "error")]


def test_root_ends_the_search(folder: Path) -> None:
    configure("ignore: [RDS-701]\n")
    configure("", "stacks/relint.yaml")
    assert found() == [("RDS-701", "review", "warning")]


def test_pyproject_is_read_like_relint_yaml(folder: Path) -> None:
    Path("relint.yaml").unlink()
    write("pyproject.toml", '[tool.relint]\nroot = true\nignore = ["RDS-701"]\n')
    assert found() == []
    write("pyproject.toml", "[tool.relint]\nroot = true\nignor = ['RDS-701']\n")
    with pytest.raises(relint.OptionError, match="did you mean 'ignore'") as error:
        relint.check(".")
    assert error.value.file == "pyproject.toml"
    assert error.value.span is not None
    assert error.value.span.start.line == 3


def test_paths_may_have_their_own_keys(folder: Path) -> None:
    write("stacks/dev/b.yaml", DATABASE)
    configure("parameters: {Env: dev}\nper-path:\n  stacks/dev: {severity: {RDS-701: error}}\n")
    assert found() == [("RDS-701", "fail", "warning"), ("RDS-701", "fail", "error")]


def test_excluded_files_are_skipped_even_when_they_are_named(folder: Path) -> None:
    configure("exclude: [stacks/]\n")
    report = relint.check("stacks/a.yaml")
    assert not report.failures
    assert report.skipped == {"stacks/a.yaml": "excluded by relint.yaml"}


def test_threshold_changes_the_required_value(folder: Path) -> None:
    configure("thresholds: {backup_min_days: 30}\nparameters: {Env: prod}\n")
    assert found() == [("RDS-602", "fail", "warning")]


def test_threshold_can_require_more_zones(folder: Path) -> None:
    place = "VpcId: !Ref Net, AvailabilityZone: eu-west-1%s, CidrBlock: 10.0.%s.0/24"
    subnet = f"{{Type: AWS::EC2::Subnet, Properties: {{{place}}}}}"
    write(
        "stacks/a.yaml",
        "Resources:\n  Net: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
        f"  A: {subnet % ('a', 1)}\n  B: {subnet % ('b', 2)}\n",
    )
    assert found(select=["NET-205"]) == []
    configure("thresholds: {min_azs: 3}\n")
    assert found(select=["NET-205"]) == [("NET-205", "fail", "warning")]


def test_profile_dev_lowers_availability_but_not_durability(folder: Path) -> None:
    write("stacks/a.yaml", DATABASE.replace("Period: 8", "Period: 2"))
    configure("profile: dev\nparameters: {Env: dev}\n")
    assert found() == [("RDS-602", "fail", "warning"), ("RDS-701", "fail", "note")]


def test_profile_critical_raises_thresholds(folder: Path) -> None:
    configure("profile: critical\nparameters: {Env: prod}\n")
    assert ("RDS-602", "fail", "warning") in found()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("rulset: core", 2, "did you mean 'ruleset'"),
        ("ruleset: croe", 2, "did you mean 'core'"),
        ("ignore: [RDZ-701]", 2, "there is no rule 'RDZ-701'; did you mean"),
        ("severity: {RDS-701: fatal}", 2, "cannot be 'fatal'"),
        ("thresholds: {min_az: 3}", 2, "did you mean 'min_azs'"),
        ("thresholds: {min_azs: none}", 2, "a whole number"),
        ("environments:\n  dev: {exclude: [a]}", 3, "stands at the top of the file only"),
        ("suppressions:\n  - {rule: RDS-701}", 3, "has no 'reason'"),
        ("suppressions:\n  - {rule: RDS-701, reason: x, until: soon}", 3, "a day such as 2027-03-01"),
        ("honor: [checkow]", 2, "did you mean 'checkov'"),
        ("ignore: [RDS-701", 3, "close the list that '[' opens on line 2"),
        ("parameters: missing.json", None, "cannot be read"),
    ],
)
def test_configuration_error_names_the_line_and_the_remedy(
    folder: Path, text: str, line: int | None, message: str
) -> None:
    configure(text + "\n")
    with pytest.raises(relint.OptionError) as error:
        relint.check(".")
    assert message in error.value.message
    if line is not None:
        assert error.value.file == "relint.yaml"
        assert error.value.span is not None
        assert error.value.span.start.line == line


def test_every_setting_is_shown_with_its_origin(folder: Path) -> None:
    configure("ruleset: core\nenvironments:\n  prod: {region: eu-west-1}\n")
    shown = {
        line.split("#")[0].strip(): line.split("#")[1].strip()
        for line in run_relint("config", "--show", "stacks", "--env", "prod").stdout.splitlines()
        if "#" in line
    }
    assert shown['ruleset = "core"'] == "relint.yaml:2"
    assert shown['region = "eu-west-1"'] == "relint.yaml:4"
    assert shown["thresholds.min_azs = 2"] == "default"


def test_environment_sets_parameters_and_fail_on(folder: Path) -> None:
    write("prod.json", json.dumps({"Parameters": {"Env": "prod"}}))
    configure("environments:\n  dev: {parameters: {Env: dev}, fail-on: never}\n  prod: {parameters: prod.json}\n")
    assert found(environment="dev") == [("RDS-701", "fail", "warning")]
    assert found(environment="prod") == []
    assert run_relint("check", ".", "--env", "dev").exit_code == 0
    assert run_relint("check", ".", "--env", "dev", "--fail-on", "warning").exit_code == 1


def test_all_environments_make_a_table(folder: Path) -> None:
    configure("environments:\n  dev: {parameters: {Env: dev}, fail-on: never}\n  prod: {parameters: {Env: prod}}\n")
    done = run_relint("check", ".", "--env", "all", "--output", "sarif=out-{env}.sarif")
    assert done.exit_code == 0
    rows = [line.split() for line in done.stdout.splitlines() if line]
    assert rows[0] == ["rule", "dev", "prod"]
    assert rows[1] == ["RDS-701", "rds-multi-az", "1W", "-"]
    assert Path("out-dev.sarif").exists()
    assert Path("out-prod.sarif").exists()
    configure("environments:\n  dev: {parameters: {Env: dev}}\n  prod: {parameters: {Env: prod}}\n")
    assert run_relint("check", ".", "--env", "all").exit_code == 1


def test_unknown_environment_is_reported(folder: Path) -> None:
    configure("environments:\n  prod: {region: eu-west-1}\n")
    done = run_relint("check", ".", "--env", "prd")
    assert done.exit_code == 2
    assert "did you mean 'prod'" in done.stderr


def test_mandatory_rules_run_and_cannot_be_suppressed(folder: Path) -> None:
    configure("parameters: {Env: dev}\nmandatory: [RDS-701]\nignore: [RDS-701]\n")
    write("stacks/a.yaml", DATABASE.replace("  Database:\n", "  Database: # relint: ignore[RDS-701] we accept it\n"))
    assert sorted(found()) == [("CFN-000", "fail", "warning"), ("RDS-701", "fail", "warning")]


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.gen.yaml", "a/b/x.gen.yaml", True),
        ("stacks/", "stacks/dev/a.yaml", True),
        ("stacks", "other/stacks/a.yaml", True),
        ("/stacks", "other/stacks/a.yaml", False),
        ("stacks/*.yaml", "stacks/dev/a.yaml", False),
        ("stacks/**/a.yaml", "stacks/a.yaml", True),
        ("stacks/**", "stacks/dev/a.yaml", True),
        ("?.yaml", "ab.yaml", False),
    ],
)
def test_patterns_are_those_of_gitignore(pattern: str, path: str, expected: bool) -> None:
    assert matches_pattern(pattern, path) is expected


def test_schemas_and_relint_accept_the_same_files() -> None:
    from relint.source.read import read_document

    schema = jsonschema.Draft7Validator(configuration_schema())
    schema.validate({"ruleset": "core", "environments": {"dev": {"parameters": ["dev.json", {"A": 1}]}}})
    assert list(schema.iter_errors({"rulset": "core"}))
    assert list(schema.iter_errors({"environments": {"dev": {"exclude": []}}}))
    rules = jsonschema.Draft7Validator(rule_schema())
    for file in sorted((ROOT / "rules").rglob("*.yaml")):
        assert not [error.message for error in rules.iter_errors(read_document(file.read_bytes(), str(file)).data)], (
            file
        )
    assert list(rules.iter_errors({"id": "X"}))
