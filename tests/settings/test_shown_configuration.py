"""Settings and origins that `relint config` shows."""

from __future__ import annotations

import pytest

from tests.helpers.settings import ConfiguredProject

EVERY_KEY = """root: true
select: [RDS, CFN-601]
ignore: [RDS-602]
mandatory: RDS-701
ruleset: all
profile: critical
severity:
  RDS-701: note
  RDS-401: error
fail-on: never
parameters:
  Env: dev
  Count: 2
region: eu-west-1
thresholds: {backup_min_days: 8}
honor: [checkov]
suppressions:
  - {rule: RDS-701, reason: "small, and cheap"}
report-unused: true
exclude: [old/]
per-path:
  stacks/: {ruleset: core, thresholds: {min_azs: 4}}
environments:
  prod: {fail-on: error, parameters: {Env: prod}}
"""
SHOWN = """root = true                               # relint.yaml:1
select = ["RDS", "CFN-601"]               # relint.yaml:2
ignore = ["RDS-602"]                      # relint.yaml:3
mandatory = ["RDS-701"]                   # relint.yaml:4
ruleset = "core"                          # relint.yaml:22
preview = false                           # default
profile = "critical"                      # relint.yaml:6
severity.RDS-401 = "error"                # relint.yaml:7
severity.RDS-701 = "note"                 # relint.yaml:7
fail-on = "error"                         # relint.yaml:24
fail-on-review = false                    # default
parameters.Count = "2"                    # relint.yaml:11
parameters.Env = "prod"                   # relint.yaml:24
region = "eu-west-1"                      # relint.yaml:14
thresholds.min_azs = 4                    # relint.yaml:22
thresholds.backup_min_days = 8            # relint.yaml:15
thresholds.log_min_days = 14              # default
thresholds.max_retry_product = 30         # default
thresholds.max_sync_hops = 3              # default
thresholds.pool_size = 10                 # default
thresholds.surviving_percent = 50         # default
honor = ["checkov"]                       # relint.yaml:16
suppressions: RDS-701 (small, and cheap)  # relint.yaml:18
report-unused = true                      # relint.yaml:19
exclude = ["old/"]                        # relint.yaml:20
gitignore = true                          # default
rules = []                                # default
environments: prod
"""
DEFAULTS = """root = false                       # default
select = []                        # default
ignore = []                        # default
mandatory = []                     # default
ruleset = not set                  # default
preview = false                    # default
profile = "standard"               # default
severity = {}                      # default
fail-on = "warning"                # default
fail-on-review = false             # default
parameters = {}                    # default
region = not set                   # default
thresholds.min_azs = 2             # default
thresholds.backup_min_days = 7     # default
thresholds.log_min_days = 14       # default
thresholds.max_retry_product = 30  # default
thresholds.max_sync_hops = 3       # default
thresholds.pool_size = 10          # default
thresholds.surviving_percent = 50  # default
honor = []                         # default
report-unused = false              # default
exclude = []                       # default
gitignore = true                   # default
rules = []                         # default
"""


def test_whole_configuration_is_shown_with_origins(project: ConfiguredProject) -> None:
    project.write("relint.yaml", EVERY_KEY)
    done = project.run("config", "stacks", "--env", "prod")
    assert (done.exit_code, done.stdout, done.stderr) == (0, SHOWN, "")


def test_defaults_are_shown_without_a_configuration(project: ConfiguredProject) -> None:
    done = project.run("config", "--no-config")
    assert done.stdout == DEFAULTS


def test_values_of_a_profile_name_it_as_their_origin(project: ConfiguredProject) -> None:
    project.configure("profile: critical\n")
    rows = dict(line.split("  # ") for line in project.run("config").stdout.splitlines())
    origins = {assignment.rstrip(): origin for assignment, origin in rows.items() if origin == "profile critical"}
    assert list(origins) == ['ruleset = "all"', "thresholds.min_azs = 3", "thresholds.backup_min_days = 35"]


def test_long_value_is_shown_whole_and_moves_no_other_origin(project: ConfiguredProject) -> None:
    project.configure(f"exclude: [{'a' * 60}]\n")
    lines = project.run("config").stdout.splitlines()
    assert f'exclude = ["{"a" * 60}"]  # relint.yaml:2' in lines
    assert f"{'rules = []':48}  # default" in lines


def test_settings_of_a_template_are_shown_by_its_path(project: ConfiguredProject) -> None:
    project.configure("per-path: {stacks/a.yaml: {region: eu-west-3}}\n")
    assert 'region = "eu-west-3"' in project.run("config", "stacks/a.yaml").stdout
    assert "region = not set" in project.run("config", "stacks").stdout


@pytest.mark.parametrize(
    ("configuration", "arguments", "message"),
    [
        ("", ["--env", "prod"], "there is no environment 'prod'; name it in relint.yaml under 'environments'"),
        ("environments: {prod: {}}\n", ["--env", "prd"], "there is no environment 'prd'; did you mean 'prod'?"),
    ],
    ids=["none", "misspelt"],
)
def test_configuration_of_an_unknown_environment_is_not_shown(
    project: ConfiguredProject, configuration: str, arguments: list[str], message: str
) -> None:
    done = project.configure(configuration).run("config", *arguments)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"error: {message}\n")


def test_configuration_with_an_unknown_rule_is_not_shown(project: ConfiguredProject) -> None:
    done = project.configure("ignore: [RDZ-701]\n").run("config")
    message = "'ignore': there is no rule 'RDZ-701'; did you mean 'RDS-701'?"
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"relint.yaml:2:1: error: {message}\n")
