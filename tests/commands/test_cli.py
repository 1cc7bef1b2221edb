"""The command line: arguments and files in, exit codes and text out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.helpers.command_line import run_python, run_relint, run_relint_process
from tests.helpers.paths import ROOT

BAD = """Resources:
  Database:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {Engine: mysql, BackupRetentionPeriod: 14, DeletionProtection: true}
"""
GOOD = BAD.replace("14,", "14, MultiAZ: true,")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_exit_code_of_a_clean_template_is_0(folder: Path) -> None:
    done = run_relint("check", "good.yaml", cwd=folder)
    assert (done.exit_code, done.stderr) == (0, "no findings in 1 template\n")


def test_exit_code_after_a_finding_is_1(folder: Path) -> None:
    done = run_relint("check", "bad.yaml", "--format", "concise", cwd=folder)
    assert done.exit_code == 1
    assert done.stdout.startswith("bad.yaml:2:3: warning RDS-701 'Database' has no standby")


@pytest.mark.parametrize(("fail_on", "code"), [("note", 1), ("warning", 1), ("error", 0), ("never", 0)])
def test_fail_on_sets_the_level_of_exit_code_1(folder: Path, fail_on: str, code: int) -> None:
    assert run_relint("check", "bad.yaml", "--fail-on", fail_on, cwd=folder).exit_code == code


def test_missing_file_gives_exit_code_2_and_other_files_are_checked(folder: Path) -> None:
    done = run_relint("check", "missing.yaml", "bad.yaml", "--format", "concise", cwd=folder)
    assert done.exit_code == 2
    assert "missing.yaml" in done.stdout
    assert "RDS-701" in done.stdout


def test_invalid_template_gives_exit_code_2_and_its_location(folder: Path) -> None:
    (folder / "broken.yaml").write_text("Resources:\n  A: [\n", encoding="utf-8")
    done = run_relint("check", "broken.yaml", "--format", "concise", cwd=folder)
    assert done.exit_code == 2
    assert done.stdout.startswith("broken.yaml:3:1: error ")


def test_run_without_a_template_gives_exit_code_2_unless_allowed(folder: Path) -> None:
    (folder / "values.yaml").write_text("a: 1\n", encoding="utf-8")
    assert run_relint("check", "values.yaml", cwd=folder).exit_code == 2
    assert run_relint("check", "values.yaml", "--allow-empty", cwd=folder).exit_code == 0


def test_other_yaml_is_skipped_and_listed_with_verbose(folder: Path) -> None:
    (folder / "values.yaml").write_text("a: 1\n", encoding="utf-8")
    assert "values.yaml" not in run_relint("check", ".", cwd=folder).stdout
    assert "values.yaml: skipped" in run_relint("check", ".", "-v", cwd=folder).stderr


def test_standard_input_has_the_given_name(folder: Path) -> None:
    done = run_relint("check", "-", "--stdin-filename", "orders.yaml", "--format", "concise", cwd=folder, stdin=BAD)
    assert done.exit_code == 1
    assert done.stdout.startswith("orders.yaml:2:3: ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--select", "RDS-999"], "there is no rule 'RDS-999'"),
        (["--select", "rds-multi-as"], "did you mean 'rds-multi-az'?"),
        (["--parameters", "none.json"], "'none.json' cannot be read"),
        (["--output", "xml=a"], "--output takes FORMAT=FILE"),
        (["--rules", "nowhere"], "there are no rule files"),
    ],
    ids=["unknown rule", "misspelt name", "missing parameter file", "unknown output format", "empty rule folder"],
)
def test_invalid_option_gives_exit_code_2_and_one_sentence(folder: Path, arguments: list[str], told: str) -> None:
    done = run_relint("check", "bad.yaml", *arguments, cwd=folder)
    assert done.exit_code == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_rules_are_selected_by_id_name_and_prefix(folder: Path) -> None:
    for word in ("RDS-701", "rds-multi-az", "RDS", "RDS-7", "rds-7"):
        assert "RDS-701" in run_relint("check", "bad.yaml", "--select", word, "--format", "concise", cwd=folder).stdout
    assert run_relint("check", "bad.yaml", "--ignore", "RDS-701", cwd=folder).exit_code == 0


SWITCH = """Parameters: {Standby: {Type: String, Default: "%s"}}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {MultiAZ: !Ref Standby}
"""


@pytest.mark.parametrize(
    "content",
    [
        '[{"ParameterKey": "Standby", "ParameterValue": "false"}]',
        '["Standby=false"]',
        '{"Parameters": {"Standby": "false"}, "Tags": {}}',
        "Standby: false\n",
    ],
    ids=["create-stack", "deploy", "CodePipeline", "plain YAML"],
)
def test_parameter_files_of_aws_tools_are_read(folder: Path, content: str) -> None:
    (folder / "switch.yaml").write_text(SWITCH % "true", encoding="utf-8")
    (folder / "values").write_text(content, encoding="utf-8")
    check = ["check", "switch.yaml", "--select", "RDS-701", "--format", "concise"]
    assert run_relint(*check, cwd=folder).exit_code == 0
    for values in ("values", "Standby=false"):
        done = run_relint(*check, "--parameters", values, cwd=folder)
        assert done.exit_code == 1
        assert done.stdout.startswith("switch.yaml:5:18: warning RDS-701 'Database' has no standby")


def test_undeclared_parameter_is_a_failure(folder: Path) -> None:
    done = run_relint("check", "good.yaml", "--parameters", "Stanby=true", cwd=folder)
    assert done.exit_code == 2
    assert "'Stanby'" in done.stdout


def test_disallowed_parameter_value_is_a_failure_with_its_location(folder: Path) -> None:
    text = SWITCH.replace('Default: "%s"', 'Default: "true", AllowedValues: ["true", "false"]')
    (folder / "switch.yaml").write_text(text, encoding="utf-8")
    done = run_relint("check", "switch.yaml", "--parameters", "Standby=yes", "--format", "concise", cwd=folder)
    assert done.exit_code == 2
    assert "switch.yaml:1:55: error RELINT Parameter 'Standby' was given 'yes'" in done.stdout


def test_sarif_goes_to_a_file_while_text_is_printed(folder: Path) -> None:
    done = run_relint("check", "bad.yaml", "--format", "text", "--output", "sarif=out.sarif", cwd=folder)
    log = json.loads((folder / "out.sarif").read_text(encoding="utf-8"))
    assert "RDS-701" in {result["ruleId"] for result in log["runs"][0]["results"]}
    assert "warning[RDS-701]" in done.stdout


def test_colour_is_used_only_on_terminals_or_on_request(folder: Path) -> None:
    assert "\x1b[" not in run_relint("check", "bad.yaml", "--format", "text", cwd=folder).stdout
    assert "\x1b[" in run_relint("check", "bad.yaml", "--format", "text", cwd=folder, FORCE_COLOR="1").stdout
    assert (
        "\x1b["
        not in run_relint("check", "bad.yaml", "--format", "text", cwd=folder, FORCE_COLOR="1", NO_COLOR="1").stdout
    )


def test_same_input_gives_the_same_bytes_for_any_hash_seed(folder: Path) -> None:
    for form in ("text", "sarif"):
        check = ["check", "fixtures", "--no-cache", "--format", form, "--ruleset", "all"]
        outputs = {run_relint_process(*check, cwd=ROOT, PYTHONHASHSEED=seed).stdout for seed in ("0", "1", "4711")}
        assert len(outputs) == 1


def test_run_does_not_import_heavy_packages(folder: Path) -> None:
    code = (
        "import sys, relint.cli\n"
        "try: relint.cli.main(['check', 'bad.yaml'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('jsonpath_ng', 'sarif_om', 'cfnlint') if name in sys.modules], file=sys.stderr)"
    )
    run_relint("check", "bad.yaml", cwd=folder)  # compiles the rules into the cache
    done = run_python("-c", code, cwd=folder)
    assert done.stderr.strip().splitlines()[-1] == "[]"


def test_rules_of_the_user_run_and_are_tested(folder: Path) -> None:
    rules = folder / "acme"
    rules.mkdir()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rule = next(block for block in readme.split("```yaml\n")[1:] if block.startswith("id: ACME-701")).split("```")[0]
    (rules / "lambda-has-dead-letter-queue.yaml").write_text(rule, encoding="utf-8")
    assert run_relint("test", "acme", cwd=folder).exit_code == 0
    worker = "Resources:\n  Worker:\n    Type: AWS::Lambda::Function\n    Properties: {}\n"
    (folder / "worker.yaml").write_text(worker, encoding="utf-8")
    done = run_relint("check", "worker.yaml", "--rules", "acme", "--select", "ACME", "--format", "concise", cwd=folder)
    assert done.stdout.startswith("worker.yaml:2:3: warning ACME-701")


def test_error_in_a_rule_file_names_the_line_and_the_remedy(folder: Path) -> None:
    (folder / "rule.yaml").write_text("id: ACME-701\nnmae: x\n", encoding="utf-8")
    done = run_relint("check", "good.yaml", "--rules", "rule.yaml", cwd=folder)
    assert done.exit_code == 2
    assert done.stderr.startswith("rule.yaml:2:1: error: 'nmae' is no part of a rule")


def test_failing_example_is_reported(folder: Path) -> None:
    rule = (ROOT / "rules" / "rds" / "rds-multi-az.yaml").read_text(encoding="utf-8")
    (folder / "rule.yaml").write_text(rule.replace("equals: true", "equals: false"), encoding="utf-8")
    done = run_relint("test", "rule.yaml", cwd=folder)
    assert done.exit_code == 1
    first, *_, last = done.stdout.splitlines()
    assert re.fullmatch(r"rule\.yaml:\d+:1: error: RDS-701 fail example '.+': .+", first)
    assert re.fullmatch(r"\d+ examples of 1 rule files: [1-9]\d* failed", last)


def test_explain_shows_demand_reason_and_remedy(folder: Path) -> None:
    by_id = run_relint("explain", "RDS-701", cwd=folder).stdout
    assert by_id == run_relint("explain", "rds-multi-az", cwd=folder).stdout
    for part in ("What it says", "Why it matters", "How to fix it", "References", "Example (fail)", "REL10-BP01"):
        assert part in by_id


def test_rules_are_listed_as_json(folder: Path) -> None:
    listed = json.loads(run_relint("rules", "--format", "json", cwd=folder).stdout)
    keys = {"id", "name", "title", "severity", "priority", "ruleset", "resources", "pillar", "equivalents"}
    keys |= {"since", "preview", "aliases"}
    assert all(set(rule) == keys for rule in listed)
    assert {rule["ruleset"] for rule in listed} <= {"core", "recommended", "all"}


def test_unusable_rules_cache_is_ignored(folder: Path) -> None:
    cache = folder / "cache"
    cache.write_text("a file where a folder should be", encoding="utf-8")
    assert "RDS-701" in run_relint("check", "bad.yaml", cwd=folder, XDG_CACHE_HOME=str(cache)).stdout
    cache.unlink()
    run_relint("check", "bad.yaml", cwd=folder, XDG_CACHE_HOME=str(cache))
    kept = [file for file in cache.rglob("*") if file.is_file()]
    assert kept
    for file in kept:
        file.write_bytes(file.read_bytes()[:-9])
    assert "RDS-701" in run_relint("check", "bad.yaml", cwd=folder, XDG_CACHE_HOME=str(cache)).stdout
