"""The loss of damaged data by the copies that a template keeps, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.assessed import (
    BACKUP,
    BUCKET,
    DAY,
    FILES,
    HOUR,
    POLICY,
    RDS,
    TABLE,
    VOLUME,
    Bounds,
    result_of,
    rpo_of,
)


@pytest.mark.parametrize(
    ("resources", "rpo"),
    [
        # AWS: logs every 5 minutes; one day of retention is the default of CloudFormation.
        pytest.param(RDS % "MultiAZ: true", (300, 300), id="rds"),
        pytest.param(RDS % "BackupRetentionPeriod: 0", "all", id="rds without retention"),
        # AWS: 5 minutes before the current time, however many days are kept.
        pytest.param(
            "  Data: {Type: AWS::DynamoDB::Table, Properties: {PointInTimeRecoverySpecification: "
            "{PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 2}}}\n",
            (300, 300),
            id="dynamodb",
        ),
        pytest.param(TABLE, "all", id="dynamodb without recovery"),
        pytest.param(BUCKET % "VersioningConfiguration: {Status: Enabled}", (0, 0), id="versions"),
        pytest.param(BUCKET % "VersioningConfiguration: {Status: Suspended}", "all", id="no versions"),
        # Daily, and a start within 8 hours.
        pytest.param(FILES % "BackupPolicy: {Status: ENABLED}", (DAY, DAY + 8 * HOUR), id="efs"),
        pytest.param(FILES % "Encrypted: true", "all", id="efs without policy"),
        # A volume: every 12 hours, a start within one.
        pytest.param(VOLUME + POLICY, (12 * HOUR, 13 * HOUR), id="dlm"),
        pytest.param(VOLUME, "all", id="volume"),
        pytest.param("  Data: {Type: AWS::OpenSearchService::Domain}\n", (HOUR, None), id="opensearch"),
        pytest.param("  Data: {Type: AWS::Redshift::Cluster}\n", (0, 8 * HOUR), id="redshift"),
        pytest.param(
            "  Data: {Type: AWS::Redshift::Cluster, Properties: {AutomatedSnapshotRetentionPeriod: 0}}\n",
            "all",
            id="redshift without snapshots",
        ),
        pytest.param("  Data: {Type: AWS::DocDB::DBCluster}\n", (300, 300), id="documentdb"),
        pytest.param("  Data: {Type: AWS::Neptune::DBCluster}\n", (300, 300), id="neptune"),
        pytest.param(
            "  Data: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: WINDOWS}}\n",
            (DAY, None),
            id="fsx windows",
        ),
        pytest.param(
            "  Data: {Type: AWS::FSx::FileSystem, Properties: {FileSystemType: LUSTRE}}\n", "all", id="fsx lustre"
        ),
        pytest.param(
            "  Data: {Type: AWS::MemoryDB::Cluster, Properties: {SnapshotRetentionLimit: 1}}\n",
            (DAY, None),
            id="memorydb",
        ),
    ],
)
def test_damaged_data_are_restored_from_the_last_copy(tmp_path: Path, resources: str, rpo: Bounds) -> None:
    result = result_of(tmp_path, resources, "Data", "Software")

    assert rpo_of(result) == rpo
    assert result.outcome == ("data_loss_unrecoverable" if rpo == "all" else "outage_manual")


@pytest.mark.parametrize(
    ("rules", "rpo"),
    [
        pytest.param("{RuleName: a, TargetBackupVault: v}", (DAY, DAY + 8 * HOUR), id="daily by default"),
        pytest.param(
            '{RuleName: a, ScheduleExpression: "cron(0 5 ? * * *)", StartWindowMinutes: 60}',
            (DAY, DAY + HOUR),
            id="daily",
        ),
        pytest.param(
            '{RuleName: a, ScheduleExpression: "cron(0 0/12 ? * * *)", StartWindowMinutes: 60}',
            (12 * HOUR, 13 * HOUR),
            id="twice a day",
        ),
        pytest.param(
            '{RuleName: a, ScheduleExpression: "cron(30 6,9 ? * MON-FRI *)", StartWindowMinutes: 60}',
            # From Friday at 9:30 to Monday at 6:30.
            (69 * HOUR, 70 * HOUR),
            id="working days",
        ),
        pytest.param('{RuleName: a, ScheduleExpression: "rate(6 hours)"}', (6 * HOUR, 14 * HOUR), id="rate"),
        pytest.param(
            '{RuleName: a, ScheduleExpression: "cron(0 5 ? * 1 *)"}, {RuleName: b, StartWindowMinutes: 120}',
            (DAY, DAY + 2 * HOUR),
            id="the most frequent rule",
        ),
        pytest.param('{RuleName: a, ScheduleExpression: !Ref "AWS::StackName"}', (0, None), id="unknown schedule"),
        # AWS Backup makes no continuous backups of EFS, but one a day.
        pytest.param("{RuleName: a, EnableContinuousBackup: true}", (DAY, DAY + 8 * HOUR), id="continuous efs"),
    ],
)
def test_backup_plan_loses_its_period_and_its_start_window(tmp_path: Path, rules: str, rpo: Bounds) -> None:
    result = result_of(tmp_path, FILES % "Encrypted: true" + BACKUP % rules, "Data", "Software")

    assert rpo_of(result) == rpo


def test_continuous_backup_of_a_database_replaces_its_own(tmp_path: Path) -> None:
    resources = RDS % "BackupRetentionPeriod: 0" + BACKUP % "{RuleName: a, EnableContinuousBackup: true}"
    resources = resources.replace("!GetAtt Data.Arn", "!GetAtt Data.DBInstanceArn")

    assert rpo_of(result_of(tmp_path, resources, "Data", "Software")) == (300, 300)


def test_custom_resource_may_turn_backups_on(tmp_path: Path) -> None:
    custom = "  Enable: {Type: Custom::Backups, Properties: {ServiceToken: arn, Table: !Ref Data}}\n"
    result = result_of(tmp_path, TABLE + custom, "Data", "Software")

    assert result.outcome == "unknown"
    assert "Enable" in result.unknowns[0].needs
