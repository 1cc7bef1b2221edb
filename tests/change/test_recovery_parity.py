"""A primary template beside its recovery template, or one template with the values of two sites."""

from __future__ import annotations

from typing import Any

import pytest

import relint
from relint.change.recovery.site_values import is_same_but_for_the_site, times_smaller
from relint.change.recovery.sites import site_neutral_name
from relint.discover.candidate import Candidate
from relint.errors import OptionError
from relint.finding import Finding

DATABASE = """\
Parameters:
  Version: {Type: String, Default: '16.3'}
  Class: {Type: String, Default: db.r6g.2xlarge}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, EngineVersion: !Ref Version, DBInstanceClass: !Ref Class, BackupRetentionPeriod: 7}
"""
QUEUE = "  Jobs: {Type: AWS::SQS::Queue}\n"


def compared(primary: str, recovery: str | None = None, **settings: Any) -> list[Finding]:
    """The findings about two sites, of all rule sets."""
    old = Candidate("primary.yaml", primary, is_explicit=True)
    new = None if recovery is None else Candidate("recovery.yaml", recovery, is_explicit=True)
    report = relint.diff(old, new, recovery=True, config=None, ruleset="all", **settings).report
    assert report.failures == ()
    return [finding for finding in report.results if finding.suppression is None]


def test_one_template_has_the_values_of_two_sites() -> None:
    findings = compared(DATABASE, recovery_parameters={"Version": "14.9", "Class": "db.r6g.large"})
    assert [(finding.rule.id, finding.level, finding.message.partition(" of ")[0]) for finding in findings] == [
        ("DR-801", "error", "'EngineVersion'"),
        ("DR-801", "note", "'DBInstanceClass'"),
    ]


def test_values_of_the_command_line_are_those_of_the_primary() -> None:
    (finding,) = compared(DATABASE, parameters={"Version": "16.9"}, recovery_parameters={"Class": "db.r6g.2xlarge"})
    assert "'16.3' in the recovery template and '16.9' in the primary" in finding.message


def test_value_of_an_undeclared_parameter_is_a_failure() -> None:
    primary = Candidate("primary.yaml", DATABASE, is_explicit=True)
    values = {"Verison": "14.9", "AWS::Region": "eu-west-3"}
    report = relint.diff(primary, recovery=True, recovery_parameters=values, config=None).report
    assert [failure.message for failure in report.failures] == [
        "Parameter 'Verison' was given a value, but no recovery template declares it."
    ]


def test_values_count_on_both_sites_without_others_for_the_recovery_site() -> None:
    assert compared(DATABASE, DATABASE.replace("'16.3'", "'14.9'"), parameters={"Version": "16.3"}) == []


def test_each_site_has_its_own_defaults() -> None:
    (finding,) = compared(DATABASE, DATABASE.replace("'16.3'", "'14.9'"))
    assert (finding.file, finding.span.start.line, finding.related[0].file) == ("recovery.yaml", 7, "primary.yaml")


def test_missing_resource_stands_in_the_primary() -> None:
    (finding,) = compared(DATABASE + QUEUE, DATABASE)
    assert (finding.file, finding.span.start.line, finding.level) == ("primary.yaml", 8, "warning")


def test_reason_in_either_template_declares_a_difference() -> None:
    reason = "Metadata: {relint: {ignore: {DR-801: the failover runbook does it}}}"
    assert compared(DATABASE + QUEUE.replace("Queue", f"Queue, {reason}"), DATABASE) == []
    declared = DATABASE.replace("    Properties:", f"    {reason}\n    Properties:")
    assert compared(DATABASE, declared.replace("16.3", "14.9")) == []


def test_alarms_on_one_metric_stand_for_each_other() -> None:
    alarm = """\
  {name}:
    Type: AWS::CloudWatch::Alarm
    Properties: {{Namespace: Shop, MetricName: {metric}, AlarmActions: [arn:aws:sns:eu-west-1:111122223333:operators]}}
"""
    primary = DATABASE + alarm.format(name="Slow", metric="Latency") + alarm.format(name="Full", metric="Space")
    recovery = DATABASE + alarm.format(name="LatencyHigh", metric="Latency") + alarm.format(name="Lag", metric="Age")
    (finding,) = compared(primary, recovery)
    assert "no alarm like 'Full'" in finding.message


def test_rules_about_changes_judge_no_sites() -> None:
    assert compared(DATABASE + "  Table: {Type: AWS::DynamoDB::GlobalTable}\n", DATABASE, select=["CHG"]) == []


def test_rule_about_recovery_judges_no_change() -> None:
    texts = {"old.yaml": DATABASE + QUEUE, "new.yaml": DATABASE}
    pair = (Candidate(name, text, is_explicit=True) for name, text in texts.items())
    assert [finding.rule.id for finding in relint.diff(*pair, config=None).report.results] == ["CHG-502"]


def test_missing_resource_is_not_reported_again_by_the_rules_that_need_it() -> None:
    source = "  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn}}}\n"
    alarm = """\
  DeadAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions: [{Name: QueueName, Value: !GetAtt Dead.QueueName}]
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:operators]
"""
    recovery = f"Resources:\n  Dead: {{Type: AWS::SQS::Queue}}\n{source}"
    (finding,) = compared(recovery + alarm, recovery)
    assert "no alarm like 'DeadAlarm'" in finding.message


def test_recovery_needs_a_second_template_or_other_values() -> None:
    with pytest.raises(OptionError, match="name the recovery template"):
        compared(DATABASE)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("PrimaryOrders", "OrdersDr"),
        ("OrdersUsEast1", "OrdersEuWest1"),
        ("TableCD117FA1", "Table8A3B2C1D"),
        ("DRQueue", "Queue"),
    ],
)
def test_logical_ids_match_without_words_for_a_site(left: str, right: str) -> None:
    assert site_neutral_name(left) == site_neutral_name(right)


def test_logical_ids_with_other_words_differ() -> None:
    assert site_neutral_name("OrdersTable") != site_neutral_name("PricesTable")


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        ("ami-0123456789abcdef0", "ami-0fedcba9876543210", True),
        ("16", "16.3", True),
        ("16.3", "16.30", False),
        ("1.2", "1.20", False),
        ("jobs:16", "jobs:17", False),
        (
            "arn:aws:lambda:us-gov-west-1:111122223333:a:1",
            "arn:aws:lambda:eu-west-1:444455556666:a:1",
            True,
        ),
    ],
)
def test_parts_of_a_region_make_no_difference(old: str, new: str, is_same: bool) -> None:
    assert is_same_but_for_the_site(old, new) is is_same


@pytest.mark.parametrize(
    ("old", "new", "times"),
    [
        ("6", 2, 3),
        ("2", "6", None),
        ("db.r6g.4xlarge", "db.r6g.large", 8),
        ("db.t4g.large", "db.t4g.micro", 8),
        ("m6g.xlarge", "m7g.xlarge", None),
        ("db.serverless", "db.r6g.large", None),
        (3, 0, float("inf")),
    ],
)
def test_sizes_are_compared_by_number_or_class(old: Any, new: Any, times: float | None) -> None:
    assert times_smaller(old, new) == times
