"""Policies in every form, and the verdicts that follow from the results by hand."""

from __future__ import annotations

import json

import pytest

import relint
from relint.assessment.policies.verdicts import worst_verdict
from tests.helpers.command_line import working_directory
from tests.helpers.project import Project

DATABASE = """\
Parameters: {Lag: {Type: Number}, Limit: {Type: Number, Default: 300}}
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: true, BackupRetentionPeriod: 7}
"""
# A standby takes over within 60 to 120 seconds, as AWS says typically, and loses nothing. Damaged data are those of the
# last five minutes, typically; the time of a restore depends on their size. The Region has no copy elsewhere.
CLASSIC = {
    "Software": {"rtoInSecs": 14400, "rpoInSecs": 300},
    "Hardware": {"rtoInSecs": 120, "rpoInSecs": 0},
    "AZ": {"rtoInSecs": 59, "rpoInSecs": 0},
}
CLASSIC_VERDICTS = {"Software": "undetermined", "Hardware": "met", "AZ": "breached", "Region": "not_judged"}
TEMPLATE = """\
Parameters: {Limit: {Type: Number, Default: 120}}
Resources:
  Objectives:
    Type: AWS::ResilienceHub::ResiliencyPolicy
    Properties:
      PolicyName: shop
      Tier: Important
      Policy:
        Software: {RtoInSecs: 14400, RpoInSecs: 300}
        Hardware: {RtoInSecs: !Ref Limit, RpoInSecs: 0}
        AZ: {RtoInSecs: 59, RpoInSecs: 0}
"""
NATIVE = """\
relint_policy: 1
targets:
  Software: {rto_s: 14400, rpo_s: 300}
  Hardware: {rto_s: 120, rpo_s: 0}
  AZ: {rto_s: 59, rpo_s: 0}
  Region: null
"""


def verdicts_of(project: Project, policy: str | None = None, **options: str) -> dict[str, str]:
    """The verdict on the one entry of the project, by the type of disruption."""
    with working_directory(project.folder):
        assessment = relint.assess("stack.yaml", policy=policy, config=None, parameters=options)
    assert assessment.failures == ()
    (entry,) = assessment.entries
    names = dict.fromkeys(verdict.disruption for verdict in entry.verdicts)
    return {name: worst_verdict(one for one in entry.verdicts if one.disruption == name) for name in names}


@pytest.mark.parametrize(
    ("file", "text"),
    [
        pytest.param("policy.json", json.dumps({"policy": {"policyName": "shop", "policy": CLASSIC}}), id="described"),
        pytest.param("policy.json", json.dumps({"policyName": "shop", "policy": CLASSIC}), id="request to create it"),
        pytest.param("policy.json", json.dumps(CLASSIC), id="the map alone"),
        pytest.param("policy.json", json.dumps({"resiliencyPolicies": [{"policy": CLASSIC}]}), id="a list of one"),
        pytest.param("policy.yaml", TEMPLATE, id="a template"),
        pytest.param("policy.yaml", TEMPLATE.replace("RtoInSecs", "rtoInSecs"), id="a template in the case of the API"),
        pytest.param("policy.yaml", NATIVE, id="the format of relint"),
    ],
)
def test_policy_gives_the_same_verdicts_in_each_form(file: str, text: str, project: Project) -> None:
    project.write("stack.yaml", DATABASE).write(file, text)

    assert verdicts_of(project, file) == CLASSIC_VERDICTS


def test_next_generation_counts_in_minutes_and_leaves_hardware_unjudged(project: Project) -> None:
    policy = {
        "name": "shop",
        "availabilitySlo": {"target": 99.9},
        "multiAz": {"rtoInMinutes": 2, "rpoInMinutes": 0, "disasterRecoveryApproach": "HOT_STANDBY"},
        "multiRegion": {"rtoInMinutes": 60, "rpoInMinutes": 60},
        "dataRecovery": {"timeBetweenBackupsInMinutes": 5},
    }
    project.write("stack.yaml", DATABASE).write("policy.json", json.dumps({"policy": policy}))

    verdicts = verdicts_of(project, "policy.json")
    verdicts.pop("availability")
    assert verdicts == {"Software": "met", "Hardware": "not_judged", "AZ": "met", "Region": "breached"}


def test_policy_in_the_templates_is_found_and_its_parameters_count(project: Project) -> None:
    policy = TEMPLATE.partition("Resources:\n")[2]
    project.write("stack.yaml", DATABASE + policy)

    assert verdicts_of(project)["Hardware"] == "met"  # the default allows 300 seconds
    assert verdicts_of(project, Limit="59")["Hardware"] == "breached"


def test_target_without_value_is_undetermined_with_its_reason(project: Project) -> None:
    policy = TEMPLATE.partition("Resources:\n")[2].replace("!Ref Limit", "!Ref Lag")
    project.write("stack.yaml", DATABASE + policy)
    done = project.run("assess", "stack.yaml", "--format", "json")

    rows = [row for row in json.loads(done.stdout)["verdicts"] if row["disruption"] == "Hardware"]
    (row,) = [row for row in rows if row["measure"] == "rto"]
    assert row["verdict"] == "undetermined"
    assert row["needs"] == ['the target: parameter "Lag" has no default']


@pytest.mark.parametrize(
    ("rule", "target", "code"),
    [
        pytest.param("pass", 90, 0, id="open targets pass"),
        pytest.param("warn", 90, 0, id="open targets are warned of"),
        pytest.param("fail", 90, 1, id="open targets fail"),
        pytest.param("pass", 59, 1, id="a breach fails whatever the policy says of open ones"),
        pytest.param("fail", 120, 0, id="all targets are met"),
    ],
)
def test_exit_code_follows_the_policy(rule: str, target: int, code: int, project: Project) -> None:
    policy = f"relint_policy: 1\ntargets: {{Hardware: {{rto_s: {target}}}}}\nundetermined: {rule}\n"
    project.write("stack.yaml", DATABASE).write("gold.yaml", policy)
    done = project.run("assess", "stack.yaml", "--policy", "gold.yaml")

    assert done.exit_code == code
    assert ("1 verdicts of 'gold.yaml' are undetermined" in done.stderr) == (rule == "warn")


def test_target_of_an_entry_wins_over_that_of_all(project: Project) -> None:
    policy = "relint_policy: 1\ntargets: {AZ: {rto_s: 59, rpo_s: 0}}\nentries: {Database: {AZ: {rto_s: 120}}, No: {}}\n"
    project.write("stack.yaml", DATABASE).write("gold.yaml", policy)

    assert verdicts_of(project, "gold.yaml")["AZ"] == "met"
    done = project.run("assess", "stack.yaml", "--policy", "gold.yaml")
    assert "'No' is no entry of these files, so its targets are not used" in done.stdout


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("relint_policy: 2\n", "gold.yaml:1:1: error: relint does not know version 2", id="version"),
        pytest.param(
            "relint_policy: 1\ntargets:\n  AZ: {rto: 60}\n",
            "gold.yaml:3:8: error: 'rto' is no key of a policy here; write rpo_s or rto_s",
            id="unknown key",
        ),
        pytest.param(
            "relint_policy: 1\ntargets: {Zone: {rto_s: 60}}\n",
            "'Zone' is no key of a policy here; write AZ, Hardware, Region or Software",
            id="unknown type of disruption",
        ),
        pytest.param(
            "relint_policy: 1\ntargets: {AZ: {rto_s: soon}}\n",
            "'rto_s' is 'soon'; write a whole number from 0 to 2,147,483,647",
            id="a word for a number",
        ),
        pytest.param("relint_policy: 1\ntargets: {AZ: {rto_s: -1}}\n", "'rto_s' is '-1'; write", id="negative"),
        pytest.param("relint_policy: 1\ntargets: {AZ: {rto_s: true}}\n", "'rto_s' is 'true'; write", id="a truth"),
        pytest.param("relint_policy: 1\nundetermined: no\n", "write pass, warn, fail", id="unknown choice"),
        pytest.param("relint_policy: 1\nentries: [Database]\n", "'entries' is not a mapping", id="a list of entries"),
        pytest.param("AZ: {RtoInSecs: 60}\n", "'AZ' has no rpoInSecs; write rtoInSecs and rpoInSecs", id="half"),
        pytest.param("Resources: {A: {Type: AWS::S3::Bucket}}\n", "there is no policy in this file", id="no policy"),
        pytest.param("hello\n", "there is no policy in this file", id="a text"),
        pytest.param("[1, 2]\n", "there is no policy in this file", id="a list"),
        pytest.param("a: [\n", "gold.yaml", id="no YAML"),
    ],
)
def test_bad_policy_is_one_sentence_with_its_place(text: str, message: str, project: Project) -> None:
    project.write("stack.yaml", DATABASE).write("gold.yaml", text)
    done = project.run("assess", "stack.yaml", "--policy", "gold.yaml")

    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert message in line
    assert done.stdout.startswith("DATA Database")


def test_missing_policy_file_is_an_error(project: Project) -> None:
    project.write("stack.yaml", DATABASE)

    assert "'gold.yaml' does not exist" in project.run("assess", "stack.yaml", "--policy", "gold.yaml").stderr


def test_name_behind_the_file_chooses_among_its_policies(project: Project) -> None:
    second = (
        TEMPLATE.partition("Resources:\n")[2].replace("Objectives", "Other").replace("RtoInSecs: 59", "RtoInSecs: 120")
    )
    project.write("stack.yaml", DATABASE).write("policies.yaml", TEMPLATE + second)

    assert verdicts_of(project, "policies.yaml#Objectives")["AZ"] == "breached"
    assert verdicts_of(project, "policies.yaml#Other")["AZ"] == "met"
    done = project.run("assess", "stack.yaml", "--policy", "policies.yaml", "--format", "json")
    (entry,) = json.loads(done.stdout)["entries"]
    assert entry["results"][2]["verdicts"] == {"Objectives": "breached", "Other": "met"}
    missing = project.run("assess", "stack.yaml", "--policy", "policies.yaml#Third")
    assert "there is no policy 'Third' in this file" in missing.stderr


def test_verdicts_stand_in_the_table(project: Project) -> None:
    project.write("stack.yaml", DATABASE).write("gold.yaml", NATIVE)
    lines = project.run("assess", "stack.yaml", "--policy", "gold.yaml").stdout.splitlines()

    assert lines[0] == "DATA Database  policy: gold.yaml"
    assert lines[1].endswith("verdict")
    assert next(line for line in lines if line.startswith("  Hardware")).endswith("MET (typical)")
    assert next(line for line in lines if line.startswith("  AZ")).endswith("BREACHED (rto 59 s)")
    assert next(line for line in lines if line.startswith("  Software")).endswith("UNDETERMINED")
    assert next(line for line in lines if line.startswith("  Region")).endswith("not judged")
    assert all(len(line) <= 100 for line in lines)


def test_number_of_policies_is_limited(project: Project) -> None:
    policy = "{Type: AWS::ResilienceHubV2::Policy, Properties: {Name: shop, MultiAz: {RtoInMinutes: 5}}}"
    project.write("stack.yaml", DATABASE + "".join(f"  P{number}: {policy}\n" for number in range(21)))
    done = project.run("assess", "stack.yaml")

    assert (done.exit_code, "There are more than 20 policies" in done.stderr) == (2, True)
    assert project.run("check", "stack.yaml", "--select", "SIM-801").exit_code == 0
    assert "verdict" in project.run("assess", "stack.yaml", "--policy", "stack.yaml#P7").stdout
