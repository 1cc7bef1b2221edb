"""Metrics of Amazon OpenSearch Service."""

from __future__ import annotations

from relint.model.aws.metrics.records import DIMENSION_SETS, Group, Namespace

_DOMAIN = ("ClientId, DomainName",)
_NODES = (*_DOMAIN, "ClientId, DomainName, NodeId", "ActiveAZ, ClientId, DomainName")

# Names and dimensions were compared with a public list on 2026-11-28; the pages were not read again on that day.
_OPENSEARCH = Namespace(
    sources=(
        "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-cloudwatchmetrics.html",
        DIMENSION_SETS,
    ),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    always_with=("ClientId",),
    elsewhere={
        "ClusterStatusRed": "ClusterStatus.red",
        "ClusterStatusYellow": "ClusterStatus.yellow",
        "MemoryUtilization": "SysMemoryUtilization",
    },
    groups=(
        Group(
            metrics="ClusterStatus.green ClusterStatus.yellow ClusterStatus.red ClusterIndexWritesBlocked"
            " ClusterUsedSpace AutomatedSnapshotFailure KMSKeyError KMSKeyInaccessible Nodes"
            " MasterReachableFromNode Shards.active Shards.unassigned OpenSearchRequests"
            " ElasticsearchRequests",
            dimensions=_DOMAIN,
        ),
        Group(
            metrics="CPUUtilization FreeStorageSpace JVMMemoryPressure OldGenJVMMemoryPressure"
            " SysMemoryUtilization MasterCPUUtilization MasterJVMMemoryPressure"
            " MasterOldGenJVMMemoryPressure MasterFreeStorageSpace ThreadpoolWriteQueue"
            " ThreadpoolWriteRejected ThreadpoolSearchQueue ThreadpoolSearchRejected ThreadpoolBulkQueue"
            " ThreadpoolIndexQueue ThreadpoolForce_mergeQueue SearchLatency SearchRate IndexingLatency"
            " IndexingRate",
            dimensions=_NODES,
        ),
    ),
)

NAMESPACES = {"AWS/ES": _OPENSEARCH}
