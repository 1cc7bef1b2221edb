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
_TIER = ("CacheClusterId, Tier", "CacheClusterId, CacheNodeId, Tier")
_REPLICATION_GROUP = (
    "ReplicationGroupId",
    "ReplicationGroupId, Role",
    "NodeGroupId, ReplicationGroupId",
    "NodeGroupId, ReplicationGroupId, Role",
)

# The sets of instances and clusters were read on DIMENSION_SETS on 2026-11-28. A metric of RDS has other sets on other
# engines, so every combination passes.
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

# Both pages were read on 2026-11-28: every metric and every set is there, and no other metric.
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

# The sets were read on DIMENSION_SETS on 2026-11-28, Tier on the page on metrics for Valkey and Redis OSS. Application
# Auto Scaling has a predefined metric for the memory of a replication group, so its sets pass, too.
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
            " CPUCreditUsage CurrConnections NewConnections Evictions Reclaimed CacheHits CacheMisses"
            " CacheHitRate ReplicationLag"
            " ReplicationBytes SaveInProgress MemoryFragmentationRatio AuthenticationFailures"
            " CommandAuthorizationFailures KeyAuthorizationFailures NetworkBandwidthInAllowanceExceeded"
            " NetworkBandwidthOutAllowanceExceeded NetworkConntrackAllowanceExceeded"
            " NetworkPacketsPerSecondAllowanceExceeded IsMaster MasterLinkHealthStatus UnusedMemory",
            dimensions=(*_CACHE, "clusterId"),
            published="unknown",
        ),
        Group(metrics="BytesUsedForCache CurrItems", dimensions=(*_CACHE, *_TIER, "clusterId")),
        Group(metrics="EngineCPUUtilization", dimensions=(*_CACHE, *_REPLICATION_GROUP)),
        Group(
            metrics="DatabaseCapacityUsageCountedForEvictPercentage"
            " DatabaseMemoryUsageCountedForEvictPercentage DatabaseCapacityUsagePercentage"
            " DatabaseMemoryUsagePercentage",
            dimensions=(*_CACHE, *_REPLICATION_GROUP),
        ),
    ),
)

NAMESPACES = {"AWS/RDS": _RDS, "AWS/DynamoDB": _DYNAMODB, "AWS/ElastiCache": _ELASTICACHE}
