"""What the loss of the Region leaves, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.assessed import (
    BACKUP,
    BUCKET,
    DAY,
    FILES,
    RDS,
    TABLE,
    Bounds,
    result_of,
    rpo_of,
)

REPLICATED = (
    "ReplicationConfiguration: {Role: role, Rules: [{Status: Enabled, Destination: {Bucket: %s%s}}]}, "
    "VersioningConfiguration: {Status: Enabled}"
)
COPIED = "{RuleName: a, StartWindowMinutes: 60, CopyActions: [{DestinationBackupVaultArn: '%s'}]}"


@pytest.mark.parametrize(
    ("resources", "outcome", "rpo"),
    [
        pytest.param(TABLE, "data_loss_unrecoverable", "all", id="table"),
        pytest.param(
            "  Data:\n    Type: AWS::DynamoDB::GlobalTable\n"
            "    Properties: {Replicas: [{Region: eu-west-1}, {Region: us-east-1}]}\n",
            "outage_manual",
            (0, None),
            id="global table",
        ),
        pytest.param(BUCKET % (REPLICATED % ("'arn:aws:s3:::other'", "")), "unknown", "unknown", id="bucket somewhere"),
        # A bucket of the same stack is in the same Region.
        pytest.param(
            BUCKET % (REPLICATED % ("!GetAtt Copy.Arn", "")) + "  Copy: {Type: AWS::S3::Bucket}\n",
            "data_loss_unrecoverable",
            "all",
            id="bucket here",
        ),
        pytest.param(
            FILES % "ReplicationConfiguration: {Destinations: [{Region: us-west-2}]}",
            "outage_manual",
            (0, None),
            id="efs replication",
        ),
        pytest.param(
            FILES % "ReplicationConfiguration: {Destinations: [{Region: !Ref 'AWS::Region'}]}",
            "data_loss_unrecoverable",
            "all",
            id="efs replication here",
        ),
        # A copy of the daily backup; how long the copy takes has no bound.
        pytest.param(
            FILES % "" + BACKUP % (COPIED % "arn:aws:backup:us-west-2:111122223333:backup-vault:v"),
            "outage_manual",
            (DAY, None),
            id="backup copy",
        ),
        pytest.param(FILES % "" + BACKUP % "{RuleName: a}", "data_loss_unrecoverable", "all", id="backup without copy"),
        pytest.param(
            "  Data: {Type: AWS::Redshift::Cluster, Properties: {DestinationRegion: us-west-2}}\n",
            "outage_manual",
            (0, None),
            id="redshift snapshots",
        ),
        pytest.param(
            RDS % "BackupRetentionPeriod: 7, AutomaticBackupReplicationRegion: us-west-2",
            "outage_manual",
            (0, None),
            id="automated backups of rds",
        ),
        # A later cluster of a global database has no user of its own; of a first one, no second is in these files.
        pytest.param(
            "  Data: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: g}}\n",
            "outage_manual",
            (0, None),
            id="second cluster",
        ),
        pytest.param(
            "  Data:\n    Type: AWS::RDS::DBCluster\n    Properties: {Engine: aurora-mysql, "
            "GlobalClusterIdentifier: g, MasterUsername: u}\n",
            "unknown",
            "unknown",
            id="first cluster",
        ),
        pytest.param(
            RDS % "SourceDBInstanceIdentifier: 'arn:aws:rds:us-west-2:111122223333:db:first'",
            "outage_manual",
            (0, None),
            id="replica of another region",
        ),
    ],
)
def test_lost_region_leaves_copies_elsewhere(tmp_path: Path, resources: str, outcome: str, rpo: Bounds) -> None:
    result = result_of(tmp_path, resources, "Data", "Region")

    assert (result.outcome, rpo_of(result)) == (outcome, rpo)
