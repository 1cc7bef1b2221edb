"""Nested stacks have the verdicts of one template with all their resources."""

from __future__ import annotations

import json
import shutil

from relint.finding import Report
from tests.helpers.flat_templates import SEPARATOR, flatten
from tests.helpers.nested_stacks import StackProject
from tests.helpers.paths import ROOT

SHOP = ROOT / "tests/data/stacks/shop"
"""A shop in eight stacks: network, security groups and key, load balancer, cluster, data, application, alarms."""

DIFFERENT_VERDICTS = {
    # The listener is in a nested stack that is complete before the service is created.
    ("ECS-705", f"App{SEPARATOR}Service"): ("pass", "fail"),
}
"""The verdicts that differ: by rule and resource those on the nested stacks and on the flat template."""


def verdicts(report: Report, *, are_nested: bool) -> dict[tuple[str, str], str]:
    """Return the verdicts other than pass, by rule and by the logical id in the flat template."""
    assert not report.failures
    prefixes = {f"{name.lower()}.yaml": name + SEPARATOR for name in STACKS} if are_nested else {}
    return {
        (finding.rule.id, prefixes.get(finding.file, "") + finding.logical_id): finding.verdict
        for finding in report.results
    }


STACKS = ("Network", "Security", "Lb", "Cluster", "Data", "App", "Watch")


def test_nested_stacks_have_the_verdicts_of_one_template(stacks: StackProject) -> None:
    shutil.copytree(SHOP, stacks.folder, dirs_exist_ok=True)
    stacks.configure("ruleset: all\n")
    nested = verdicts(stacks.check("root.yaml"), are_nested=True)
    stacks.write("flat.json", json.dumps(flatten(SHOP / "root.yaml")))
    flat = verdicts(stacks.check("flat.json"), are_nested=False)
    assert {
        key: (nested.get(key, "pass"), flat.get(key, "pass"))
        for key in nested.keys() | flat.keys()
        if nested.get(key) != flat.get(key)
    } == DIFFERENT_VERDICTS
    assert {rule for rule, _ in flat} >= {"KMS-602", "LAM-705", "ECS-304", "KIN-401"}  # each needs two of the stacks
