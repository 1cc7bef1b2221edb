"""The values that rules take for absent properties, against `tests/data/defaults.yaml`, the schemas and the API."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from relint.api import load_rules
from relint.catalog.jsonpath import Step
from relint.checks.autoscaling import instance_refresh_capacity
from relint.checks.awslambda import visibility_timeout
from relint.checks.ecs import health_check_timeout
from relint.checks.sqs.dead_letter_retention import _DEFAULT_VISIBILITY_TIMEOUT, DEFAULT_RETENTION, MAX_RETENTION
from relint.model.aws.data_lifecycle_manager import _DEFAULT_CREATE_INTERVAL_DAYS, _DEFAULT_POLICY_DAYS
from tests.helpers.resource_schemas import default_at, description_at, is_required, nodes_at
from tests.helpers.rule_clauses import ReadPath, read_paths
from tests.helpers.service_models import api_text, plain_text

FILE = Path(__file__).parents[1] / "data" / "defaults.yaml"
SOURCES = {"schema", "required", "says", "page", "neutral", "unsourced"}
UNSOURCED = 32
"""Defaults of which no source has been looked up yet. The number may only fall."""


class Default(NamedTuple):
    """One value that rules take for one absent property of one type."""

    type: str
    path: str
    value: str


def text_of(value: object) -> str:
    """The value as templates and files may write it: `false` and "false" are one."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def key_of(steps: tuple[Step, ...]) -> str:
    """A path as defaults.yaml writes it: `Rules.Status`, `Attributes[deletion_protection.enabled].Value`."""
    key = ""
    for step in steps[1:] if steps[0] == "Properties" else steps:
        if isinstance(step, str) and step != "*":
            key += f".{step}" if key else step
        elif isinstance(step, tuple | list):
            key += f"[{' '.join(value for _, value in step)}]"
    return key


def owners(read: ReadPath) -> Sequence[str]:
    """The types that have the property, or all types of the rule if no schema has it; "*" for attributes."""
    if read.steps[0] != "Properties":
        return ["*"]
    return [name for name in read.types if nodes_at(name, read.steps[1:])] or read.types


def defaults_of_rules() -> dict[Default, set[str]]:
    """The defaults of all rules, with the names of the rules. Texts of no property, such as "", are left out."""
    found: dict[Default, set[str]] = {}
    for rule in load_rules():
        for read in read_paths(rule):
            value = read.clause.get("default")
            if value in (None, "", []) or isinstance(value, dict) or read.steps[0] == "Metadata":
                continue
            for name in owners(read):
                found.setdefault(Default(name, key_of(read.steps), text_of(value)), set()).add(rule.name)
    return found


def rows() -> Iterator[tuple[Default, dict[str, Any]]]:
    """The rows of defaults.yaml."""
    for resource_type, paths in yaml.safe_load(FILE.read_text()).items():
        for path, entry in paths.items():
            for row in entry if isinstance(entry, list) else [entry]:
                yield Default(resource_type, path, text_of(row["value"])), row


ROWS = list(rows())
FROM_API = [(default, row) for default, row in ROWS if " " in row.get("in", "") and "::" not in row["in"]]


def test_every_default_of_a_rule_has_a_row() -> None:
    missing = {key: sorted(rules) for key, rules in defaults_of_rules().items() if key not in dict(ROWS)}
    assert missing == {}, "add each to tests/data/defaults.yaml with its source, or give the rule AWS's default"


def test_rows_without_a_rule_are_announced() -> None:
    used = defaults_of_rules()
    for default in (default for default, _ in ROWS if default not in used):
        warnings.warn(f"no rule takes {default} any more: delete it from {FILE.name}", stacklevel=1)


@pytest.mark.parametrize(
    ("default", "row"), ROWS, ids=lambda value: ".".join(value) if isinstance(value, Default) else ""
)
def test_row_has_one_source(default: Default, row: dict[str, Any]) -> None:
    assert len(SOURCES & row.keys()) == 1, "a row has one of: " + ", ".join(sorted(SOURCES))
    assert row.keys() <= SOURCES | {"value", "in", "looked_up"}
    if "page" in row:
        assert row["page"].startswith("https://") and isinstance(row["looked_up"], datetime.date)
        if datetime.date.today() - row["looked_up"] > datetime.timedelta(days=366):
            warnings.warn(f"{default}: looked up on {row['looked_up']}, look again at {row['page']}", stacklevel=1)


@pytest.mark.parametrize(
    ("default", "row"), ROWS, ids=lambda value: ".".join(value) if isinstance(value, Default) else ""
)
def test_schemas_agree(default: Default, row: dict[str, Any]) -> None:
    if "[" in default.path or default.type == "*":
        return
    steps = default.path.split(".")
    known = default_at(default.type, steps)
    assert not known or "neutral" in row or text_of(known[0]) == default.value
    assert "schema" not in row or known
    assert "required" not in row or is_required(default.type, steps)
    if "says" in row and row.get("in", "AWS::").startswith("AWS::"):
        owner, _, path = row.get("in", f"{default.type} {default.path}").partition(" ")
        assert plain_text(row["says"]) in plain_text(description_at(owner, path.split(".")))


def test_defaults_without_source_become_fewer() -> None:
    unsourced = [default for default, row in ROWS if "unsourced" in row]
    assert len(unsourced) == UNSOURCED, "lower UNSOURCED when you look one up; never raise it"


@pytest.mark.parametrize(
    ("default", "row"), FROM_API, ids=lambda value: ".".join(value) if isinstance(value, Default) else ""
)
def test_api_reference_contains_the_words(default: Default, row: dict[str, Any]) -> None:
    assert plain_text(row["says"]) in api_text(*row["in"].split(" "))


IN_CODE = {
    "sqs: retention": (
        DEFAULT_RETENTION,
        345_600,
        "AWS::SQS::Queue MessageRetentionPeriod",
        "345,600 seconds (4 days)",
    ),
    "sqs: longest retention": (
        MAX_RETENTION,
        1_209_600,
        "AWS::SQS::Queue MessageRetentionPeriod",
        "to 1,209,600 seconds",
    ),
    "sqs: visibility timeout": (
        *(_DEFAULT_VISIBILITY_TIMEOUT, 30, "AWS::SQS::Queue VisibilityTimeout"),
        "uses the default value of 30 seconds",
    ),
    "lambda: visibility timeout": (
        *(visibility_timeout._DEFAULT_VISIBILITY, 30, "AWS::SQS::Queue VisibilityTimeout"),
        "uses the default value of 30 seconds",
    ),
    "lambda: timeout": (
        *(visibility_timeout._DEFAULT_TIMEOUT, 3, "lambda CreateFunctionRequest.Timeout"),
        "The default is 3 seconds",
    ),
    "autoscaling: healthy percentage": (
        *(instance_refresh_capacity._DEFAULT_MINIMUM, 90, "autoscaling RefreshPreferences.MinHealthyPercentage"),
        "the default is 90 percent",
    ),
    "elb: interval": (
        *(health_check_timeout._DEFAULT_INTERVAL, 30, "elbv2 CreateTargetGroupInput.HealthCheckIntervalSeconds"),
        "QUIC, TCP_QUIC, HTTP or HTTPS, the default is 30 seconds",
    ),
    "elb: failures": (
        *(health_check_timeout._DEFAULT_FAILURES, 2, "elbv2 CreateTargetGroupInput.UnhealthyThresholdCount"),
        "QUIC, TCP_QUIC, HTTP or HTTPS, the default is 2",
    ),
    "dlm: days": (_DEFAULT_POLICY_DAYS, 7, "dlm CreateLifecyclePolicyRequest.RetainInterval", "the default is 7"),
    "dlm: interval": (
        *(_DEFAULT_CREATE_INTERVAL_DAYS, 1, "dlm CreateLifecyclePolicyRequest.CreateInterval"),
        "the default is 1",
    ),
}
"""Defaults and limits in code: the constant, AWS's value, where AWS says so, and its words."""


@pytest.mark.parametrize("name", IN_CODE)
def test_constants_are_defaults_of_aws(name: str) -> None:
    constant, value, place, words = IN_CODE[name]
    owner, path = place.split(" ")
    text = description_at(owner, path.split(".")) if "::" in owner else api_text(owner, path)
    assert constant == value
    assert plain_text(words) in plain_text(text)
