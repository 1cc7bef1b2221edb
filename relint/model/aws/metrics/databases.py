"""Metrics of Amazon RDS and Aurora, DynamoDB and ElastiCache."""

from __future__ import annotations

from relint.model.aws.metrics.records import ANY, DIMENSION_SETS, Group, Namespace

_TABLE = ("TableName", "GlobalSecondaryIndexName, TableName")
_OPERATION = (
    "Operation, TableName",
    "Operation, TableName, Verb",
    "Operation, OperationType, TableName",
    "Operation, StreamLabel, TableName",
)
_CACHE = ("CacheClusterId", "CacheClusterId, CacheNodeId")
_REPLICATION_GROUP = (
    "ReplicationGroupId",
    "ReplicationGroupId, Role",
    "NodeGroupId, ReplicationGroupId",
    "NodeGroupId, ReplicationGroupId, Role",
)

_RDS = Namespace(
    sources=(
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/dimensions.html",
        "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html",
        DIMENSION_SETS,
    ),
    looked_up="2026-11-28",
    elsewhere={
        "MemoryUtilization": "FreeableMemory",
        "FreeMemory": "FreeableMemory",
        "DiskUtilization": "FreeStorageSpace",
        "DiskSpaceUtilization": "FreeStorageSpace",
        "StorageUtilization": "FreeStorageSpace",
        "FreeDiskSpace": "FreeStorageSpace",
        "UsedStorageSpace": "FreeStorageSpace",
    },
    further_dimensions=(
        "DBInstanceIdentifier",
        "DBClusterIdentifier",
        "DbClusterIdentifier",
        "Role",
        "EngineName",
        "DatabaseClass",
        "SourceRegion",
        "ProxyName",
        "EndpointName",
        "Target",
        "TargetGroup",
        "TargetRole",
    ),
    groups=(
        Group(
            metrics="CPUUtilization DatabaseConnections FreeableMemory FreeStorageSpace FreeLocalStorage"
            " SwapUsage CPUCreditBalance CPUCreditUsage CPUSurplusCreditBalance CPUSurplusCreditsCharged"
            " BurstBalance EBSByteBalance% EBSIOBalance% DBLoad DBLoadCPU DBLoadNonCPU DiskQueueDepth"
            " ReadIOPS WriteIOPS ReadLatency WriteLatency ReadThroughput WriteThroughput"
            " NetworkReceiveThroughput NetworkTransmitThroughput ReplicaLag AuroraReplicaLag"
            " AuroraReplicaLagMaximum AuroraReplicaLagMinimum ACUUtilization ServerlessDatabaseCapacity"
            " CommitLatency Deadlocks BufferCacheHitRatio VolumeBytesUsed AuroraVolumeBytesLeftTotal"
            " MaximumUsedTransactionIDs TransactionLogsDiskUsage OldestReplicationSlotLag"
            " AuroraGlobalDBReplicationLag AuroraGlobalDBRPOLag BinLogDiskUsage EngineUptime",
            dimensions=(ANY,),
            published="always",
        ),
    ),
)

_DYNAMODB = Namespace(
    sources=(
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html",
        DIMENSION_SETS,
    ),
    looked_up="2026-11-28",
    is_complete=True,
    only_with_dimensions=True,
    groups=(
        Group(
            metrics="ConsumedReadCapacityUnits ProvisionedReadCapacityUnits ProvisionedWriteCapacityUnits",
            dimensions=_TABLE,
            published="always",
        ),
        Group(
            metrics="ConsumedWriteCapacityUnits",
            dimensions=(*_TABLE, "Source, TableName", "GlobalSecondaryIndexName, Source, TableName"),
            published="always",
        ),
        Group(
            metrics="ReadThrottleEvents WriteThrottleEvents ReadAccountLimitThrottleEvents"
            " ReadKeyRangeThroughputThrottleEvents ReadMaxOnDemandThroughputThrottleEvents"
            " ReadProvisionedThroughputThrottleEvents WriteAccountLimitThrottleEvents"
            " WriteKeyRangeThroughputThrottleEvents WriteMaxOnDemandThroughputThrottleEvents"
            " WriteProvisionedThroughputThrottleEvents OnDemandMaxReadRequestUnits"
            " OnDemandMaxWriteRequestUnits OnlineIndexConsumedWriteCapacity"
            " OnlineIndexPercentageProgress OnlineIndexThrottleEvents",
            dimensions=_TABLE,
        ),
        Group(
            metrics="ConditionalCheckFailedRequests TimeToLiveDeletedItemCount TransactionConflict",
            dimensions=_TABLE,
        ),
        Group(
            metrics="SuccessfulRequestLatency SystemErrors ThrottledRequests ReturnedItemCount ReturnedBytes"
            " ReturnedRecordsCount FaultInjectionServiceInducedErrors",
            dimensions=_OPERATION,
        ),
        Group(
            metrics="AgeOfOldestUnreplicatedRecord ConsumedChangeDataCaptureUnits FailedToReplicateRecordCount"
            " ThrottledPutRecordCount",
            dimensions=("DelegatedOperation, TableName",),
        ),
        Group(metrics="ReplicationLatency PendingReplicationCount", dimensions=("ReceivingRegion, TableName",)),
        Group(
            metrics="UserErrors AccountMaxReads AccountMaxTableLevelReads AccountMaxTableLevelWrites"
            " AccountMaxWrites AccountProvisionedReadCapacityUtilization"
            " AccountProvisionedWriteCapacityUtilization MaxProvisionedTableReadCapacityUtilization"
            " MaxProvisionedTableWriteCapacityUtilization AccountProvisionedReadCapacityUnits"
            " AccountProvisionedWriteCapacityUnits TableCount",
            dimensions=("",),
        ),
    ),
)

_ELASTICACHE = Namespace(
    sources=(
        "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.html",
        "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoScaling-Scaling-Policies-Target.html",
        DIMENSION_SETS,
    ),
    looked_up="2026-11-28",
    elsewhere={
        "MemoryUtilization": "DatabaseMemoryUsagePercentage",
        "FreeStorageSpace": "FreeableMemory",
        "DatabaseConnections": "CurrConnections",
        "CurrentConnections": "CurrConnections",
    },
    groups=(
        Group(
            metrics="CPUUtilization FreeableMemory SwapUsage NetworkBytesIn NetworkBytesOut CPUCreditBalance"
            " CPUCreditUsage CurrConnections NewConnections CurrItems Evictions Reclaimed CacheHits"
            " CacheMisses CacheHitRate BytesUsedForCache DatabaseMemoryUsagePercentage ReplicationLag"
            " ReplicationBytes SaveInProgress MemoryFragmentationRatio AuthenticationFailures"
            " CommandAuthorizationFailures KeyAuthorizationFailures NetworkBandwidthInAllowanceExceeded"
            " NetworkBandwidthOutAllowanceExceeded NetworkConntrackAllowanceExceeded"
            " NetworkPacketsPerSecondAllowanceExceeded IsMaster MasterLinkHealthStatus UnusedMemory",
            dimensions=(*_CACHE, "clusterId"),
            published="unknown",
        ),
        Group(metrics="EngineCPUUtilization", dimensions=(*_CACHE, *_REPLICATION_GROUP)),
        Group(
            metrics="DatabaseCapacityUsageCountedForEvictPercentage"
            " DatabaseMemoryUsageCountedForEvictPercentage DatabaseCapacityUsagePercentage",
            dimensions=(*_CACHE, *_REPLICATION_GROUP),
        ),
    ),
)

NAMESPACES = {"AWS/RDS": _RDS, "AWS/DynamoDB": _DYNAMODB, "AWS/ElastiCache": _ELASTICACHE}
