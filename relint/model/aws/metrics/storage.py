"""Metrics of Amazon S3, EFS, EBS and AWS Backup."""

from __future__ import annotations

from relint.model.aws.metrics.records import ANY, DIMENSION_SETS, Group, Namespace

_REQUESTS = ("BucketName, FilterId",)
_STORAGE = ("BucketName, StorageType",)
_REPLICATION = ("DestinationBucket, RuleId, SourceBucket",)
_FILE_SYSTEM = ("FileSystemId",)

# The sets were read on DIMENSION_SETS on 2026-11-28. Directory buckets have request metrics of their own, on a page
# that was not read, so the list is not complete. The guide of AWS names SelectBytesScanned and SelectBytesReturned.
_S3 = Namespace(
    sources=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    elsewhere={"4xxError": "4xxErrors", "5xxError": "5xxErrors", "Requests": "AllRequests", "Errors": "5xxErrors"},
    groups=(
        Group(
            metrics="AllRequests GetRequests PutRequests DeleteRequests HeadRequests PostRequests"
            " SelectRequests ListRequests BytesDownloaded BytesUploaded",
            dimensions=_REQUESTS,
            published="active",
            is_sign_of_life=True,
        ),
        Group(
            metrics="4xxErrors 5xxErrors FirstByteLatency TotalRequestLatency SelectBytesScanned SelectBytesReturned"
            " SelectScannedBytes SelectReturnedBytes",
            dimensions=_REQUESTS,
            published="active",
        ),
        Group(metrics="BucketSizeBytes NumberOfObjects", dimensions=(*_STORAGE, "BucketName, FilterId, StorageType")),
        Group(
            metrics="ReplicationLatency BytesPendingReplication OperationsPendingReplication"
            " OperationsFailedReplication",
            dimensions=_REPLICATION,
        ),
    ),
)

# Names were compared with a public list on 2026-11-28; the pages were not read again on that day.
_EFS = Namespace(
    sources=("https://docs.aws.amazon.com/efs/latest/ug/efs-metrics.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    elsewhere={"BurstBalance": "BurstCreditBalance", "FreeStorageSpace": "StorageBytes"},
    groups=(
        Group(
            metrics="BurstCreditBalance ClientConnections DataReadIOBytes DataWriteIOBytes MetadataIOBytes"
            " MeteredIOBytes PercentIOLimit PermittedThroughput TotalIOBytes",
            dimensions=_FILE_SYSTEM,
        ),
        Group(metrics="StorageBytes", dimensions=("FileSystemId, StorageClass",)),
        Group(metrics="TimeSinceLastSync", dimensions=("FileSystemId", "DestinationFileSystemId, FileSystemId")),
    ),
)

# The sets were read on DIMENSION_SETS on 2026-11-28.
_EBS = Namespace(
    sources=("https://docs.aws.amazon.com/ebs/latest/userguide/using_cloudwatch_ebs.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    elsewhere={"DiskSpaceUtilization": "disk_used_percent of the agent, in CWAgent"},
    groups=(
        Group(
            metrics="BurstBalance VolumeConsumedReadWriteOps VolumeIdleTime VolumeQueueLength VolumeReadBytes"
            " VolumeReadOps VolumeThroughputPercentage VolumeTotalReadTime VolumeTotalWriteTime"
            " VolumeWriteBytes VolumeWriteOps",
            dimensions=("VolumeId",),
        ),
        Group(
            metrics="VolumeStalledIOCheck VolumeAvgIOPS VolumeAvgReadLatency VolumeAvgThroughput"
            " VolumeAvgWriteLatency VolumeIOPSExceededCheck VolumeThroughputExceededCheck",
            dimensions=("InstanceId, VolumeId", "VolumeId"),
        ),
    ),
)

# Names and dimensions were compared with a public list on 2026-11-28; the page was not read again on that day.
_BACKUP = Namespace(
    sources=("https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html",),
    looked_up="2026-11-28",
    elsewhere={
        "BackupJobsFailed": "NumberOfBackupJobsFailed",
        "FailedBackupJobs": "NumberOfBackupJobsFailed",
    },
    groups=(
        Group(
            metrics="NumberOfBackupJobsCompleted NumberOfBackupJobsCreated NumberOfCopyJobsCompleted"
            " NumberOfCopyJobsCreated NumberOfRestoreJobsCompleted NumberOfRecoveryPointsCompleted",
            dimensions=("BackupVaultName", "ResourceType", "BackupVaultName, ResourceType", "", ANY),
            is_sign_of_life=True,
        ),
        Group(
            metrics="NumberOfBackupJobsAborted NumberOfBackupJobsExpired NumberOfBackupJobsFailed"
            " NumberOfBackupJobsPending NumberOfBackupJobsRunning NumberOfCopyJobsFailed"
            " NumberOfCopyJobsRunning NumberOfRecoveryPointsCold NumberOfRecoveryPointsDeleting"
            " NumberOfRecoveryPointsExpired NumberOfRecoveryPointsPartial NumberOfRestoreJobsFailed"
            " NumberOfRestoreJobsPending NumberOfRestoreJobsRunning",
            dimensions=("BackupVaultName", "ResourceType", ANY),
        ),
    ),
)

NAMESPACES = {"AWS/S3": _S3, "AWS/EFS": _EFS, "AWS/EBS": _EBS, "AWS/Backup": _BACKUP}
