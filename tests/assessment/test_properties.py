"""Properties of assessments of any system of a group, a database and a store of files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import relint
from relint.assessment.facts import OUTCOMES
from relint.assessment.result import EntryResult, Result

ZONES = ("us-east-1a", "us-east-1b", "us-east-1c")
SETTINGS = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
PROPERTIES = {
    "Group": {
        "MinSize": st.integers(1, 3),
        "AvailabilityZones": st.sets(st.sampled_from(ZONES), min_size=1).map(sorted),
    },
    "Store": {"MultiAZ": st.booleans(), "BackupRetentionPeriod": st.integers(0, 7)},
    "Table": {"PointInTimeRecoverySpecification": st.booleans().map(lambda on: {"PointInTimeRecoveryEnabled": on})},
    "Files": {"BackupPolicy": st.sampled_from(("ENABLED", "DISABLED")).map(lambda status: {"Status": status})},
}
"""Properties that decide outcomes, and their values."""
BACKUPS = {
    ("Store", "BackupRetentionPeriod"): 0,
    ("Table", "PointInTimeRecoverySpecification"): {"PointInTimeRecoveryEnabled": False},
    ("Files", "BackupPolicy"): {"Status": "DISABLED"},
}
"""The values without backups."""

systems = st.fixed_dictionaries({name: st.fixed_dictionaries(values) for name, values in PROPERTIES.items()})


def entry_of(folder: Path, values: dict[str, dict[str, Any]], parameters: dict[str, Any] | None = None) -> EntryResult:
    known = {"Fn::Sub": "${Store.Endpoint.Address} ${Table} ${Files}"}
    template = {
        "Parameters": parameters or {"Unused": {"Type": "String"}},
        "Resources": {
            "Front": {
                "Type": "AWS::ElasticLoadBalancing::LoadBalancer",
                "Properties": {"AvailabilityZones": list(ZONES), "Listeners": []},
            },
            "Group": {
                "Type": "AWS::AutoScaling::AutoScalingGroup",
                "Properties": {
                    **values["Group"],
                    "MaxSize": 4,
                    "LoadBalancerNames": [{"Ref": "Front"}],
                    "LaunchTemplate": {"LaunchTemplateId": {"Ref": "Launch"}, "Version": "1"},
                },
            },
            "Launch": {
                "Type": "AWS::EC2::LaunchTemplate",
                "Properties": {"LaunchTemplateData": {"UserData": known}},
            },
            "Store": {"Type": "AWS::RDS::DBInstance", "Properties": {"Engine": "mysql", **values["Store"]}},
            "Table": {"Type": "AWS::DynamoDB::Table", "Properties": values["Table"]},
            "Files": {"Type": "AWS::EFS::FileSystem", "Properties": values["Files"]},
        },
    }
    file = folder / "template.yaml"
    file.write_text(yaml.safe_dump(template), encoding="utf-8")
    return next(entry for entry in relint.assess(file, config=None).entries if entry.name == "Front")


def changed(values: dict[str, dict[str, Any]], resource: str, name: str, value: Any) -> dict[str, dict[str, Any]]:
    return {**values, resource: {**values[resource], name: value}}


def results_of(entry: EntryResult) -> dict[str, Result]:
    return {result.disruption: result for result in entry.results}


def badness(result: Result) -> int:
    return (*OUTCOMES, "unknown").index(result.outcome)


@SETTINGS
@given(values=systems, backup=st.sampled_from(sorted(BACKUPS)))
def test_removing_a_backup_never_improves_software(
    tmp_path: Path, values: dict[str, dict[str, Any]], backup: tuple[str, str]
) -> None:
    before = results_of(entry_of(tmp_path, values))
    after = results_of(entry_of(tmp_path, changed(values, *backup, BACKUPS[backup])))

    assert badness(after["Software"]) >= badness(before["Software"])
    assert after["Region"].outcome == before["Region"].outcome


@SETTINGS
@given(values=systems)
def test_adding_a_standby_or_an_instance_never_worsens_hardware_and_zone(
    tmp_path: Path, values: dict[str, dict[str, Any]]
) -> None:
    before = results_of(entry_of(tmp_path, values))
    larger = changed(values, "Store", "MultiAZ", True)
    larger["Group"] = {"MinSize": values["Group"]["MinSize"] + 1, "AvailabilityZones": list(ZONES)}
    after = results_of(entry_of(tmp_path, larger))

    for disruption in ("Hardware", "AZ"):
        assert OUTCOMES.index(after[disruption].worst_known) <= OUTCOMES.index(before[disruption].worst_known)


@SETTINGS
@given(
    values=systems,
    replaced=st.sampled_from([("Group", "MinSize"), ("Store", "MultiAZ"), ("Store", "BackupRetentionPeriod")]),
)
def test_parameter_without_value_only_opens_results(
    tmp_path: Path, values: dict[str, dict[str, Any]], replaced: tuple[str, str]
) -> None:
    is_number = replaced[1] != "MultiAZ"
    parameters = {"Open": {"Type": "Number" if is_number else "String"}}
    if not is_number:
        parameters["Open"]["AllowedValues"] = ["true", "false"]  # type: ignore[assignment]
    before = entry_of(tmp_path, values)
    after = entry_of(tmp_path, changed(values, *replaced, {"Ref": "Open"}), parameters)

    for disruption, result in results_of(after).items():
        assert result.outcome in (results_of(before)[disruption].outcome, "unknown")
    assert before.sla is not None and after.sla is not None
    assert after.sla.low is not None and before.sla.low is not None
    assert after.sla.high is not None and before.sla.high is not None
    assert after.sla.low <= before.sla.low <= before.sla.high <= after.sla.high


@SETTINGS
@given(values=systems)
def test_least_known_outcome_bounds_the_outcome(tmp_path: Path, values: dict[str, dict[str, Any]]) -> None:
    for result in entry_of(tmp_path, values).results:
        if result.outcome not in ("unknown", "not_applicable"):
            assert OUTCOMES.index(result.worst_known) <= OUTCOMES.index(result.outcome)
        if result.rto is not None and result.rto.hi is not None:
            assert result.rto.lo <= result.rto.hi


@pytest.mark.parametrize("number", range(3))
def test_names_of_resources_change_nothing(tmp_path: Path, number: int) -> None:
    text = """\
Resources:
  Alpha: {Type: AWS::Lambda::Url, Properties: {TargetFunctionArn: !GetAtt Beta.Arn, AuthType: NONE}}
  Beta: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {A: !Ref Gamma, B: !Ref Delta}}}}
  Gamma: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: true}}
  Delta: {Type: AWS::DynamoDB::Table}
"""
    names = ["Alpha", "Beta", "Gamma", "Delta"]
    renamed = text
    for name, other in zip(names, [f"New{(index * 3 + number) % 7}" for index in range(4)], strict=True):
        renamed = renamed.replace(name, other)
    found = []
    for index, template in enumerate((text, renamed)):
        file = tmp_path / f"{index}.yaml"
        file.write_text(template, encoding="utf-8")
        (entry,) = relint.assess(file, config=None).entries
        results = [(result.outcome, result.rto, result.rpo, result.confidence) for result in entry.results]
        found.append((results, entry.sla and (entry.sla.low, entry.sla.high, len(entry.sla.terms))))

    assert found[0] == found[1]
