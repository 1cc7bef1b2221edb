"""Metrics of Amazon EC2, EC2 Auto Scaling, Amazon ECS and AWS Lambda."""

from __future__ import annotations

from relint.model.aws.metrics.records import ANY, DIMENSION_SETS, Group, Namespace

_INSTANCE = ("InstanceId", "AutoScalingGroupName", "ImageId", "InstanceType", "")
_FUNCTION = ("FunctionName", "Resource", "FunctionName, Resource", "ExecutedVersion, FunctionName, Resource", "")
_CLUSTER = ("ClusterName",)
_SERVICE = ("ClusterName, ServiceName",)

# Metrics and sets were compared with both pages on 2026-11-28. Where the first says that a metric may be missing
# (disks of the host, credits, EBS on Nitro), it is of unknown circumstances.
_EC2 = Namespace(
    sources=(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html",
        DIMENSION_SETS,
    ),
    looked_up="2026-11-28",
    is_complete=True,
    elsewhere={
        "MemoryUtilization": "mem_used_percent of the agent, in CWAgent",
        "MemoryUsed": "mem_used of the agent, in CWAgent",
        "DiskSpaceUtilization": "disk_used_percent of the agent, in CWAgent",
        "DiskUtilization": "disk_used_percent of the agent, in CWAgent",
        "mem_used_percent": "mem_used_percent of the agent, in CWAgent",
        "disk_used_percent": "disk_used_percent of the agent, in CWAgent",
        "swap_used_percent": "swap_used_percent of the agent, in CWAgent",
        "GroupInServiceInstances": "GroupInServiceInstances, in AWS/AutoScaling",
    },
    groups=(
        Group(
            metrics="CPUUtilization NetworkIn NetworkOut NetworkPacketsIn NetworkPacketsOut StatusCheckFailed"
            " StatusCheckFailed_Instance StatusCheckFailed_System",
            dimensions=_INSTANCE,
            published="always",
        ),
        Group(
            metrics="CPUCreditBalance CPUCreditUsage CPUSurplusCreditBalance CPUSurplusCreditsCharged"
            " DiskReadBytes DiskReadOps DiskWriteBytes DiskWriteOps EBSByteBalance% EBSIOBalance%"
            " EBSReadBytes EBSReadOps EBSWriteBytes EBSWriteOps GPUPowerUtilization"
            " InstanceEBSIOPSExceededCheck InstanceEBSThroughputExceededCheck MetadataNoToken"
            " MetadataNoTokenRejected NetworkMirrorIn NetworkMirrorOut NetworkPacketsMirrorIn"
            " NetworkPacketsMirrorOut NetworkPacketsSkipMirrorIn NetworkPacketsSkipMirrorOut"
            " NetworkSkipMirrorIn NetworkSkipMirrorOut StatusCheckFailed_Application"
            " StatusCheckFailed_AttachedEBS",
            dimensions=_INSTANCE,
        ),
        Group(metrics="DedicatedHostCPUUtilization", dimensions=("HostId",)),
        Group(metrics="NetworkAddressUsage NetworkAddressUsagePeered", dimensions=("Per-VPC Metrics",)),
    ),
)

# Names were compared with a public list on 2026-11-28; the page was not read again on that day.
_AUTO_SCALING = Namespace(
    sources=("https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-metrics.html",),
    looked_up="2026-11-28",
    elsewhere={"CPUUtilization": "CPUUtilization, in AWS/EC2"},
    groups=(
        Group(
            metrics="GroupMinSize GroupMaxSize GroupDesiredCapacity GroupInServiceInstances"
            " GroupPendingInstances GroupStandbyInstances GroupTerminatingInstances GroupTotalInstances"
            " GroupInServiceCapacity GroupPendingCapacity GroupStandbyCapacity GroupTerminatingCapacity"
            " GroupTotalCapacity WarmPoolMinSize WarmPoolDesiredCapacity WarmPoolPendingCapacity"
            " WarmPoolTerminatingCapacity WarmPoolWarmedCapacity WarmPoolTotalCapacity"
            " GroupAndWarmPoolDesiredCapacity GroupAndWarmPoolTotalCapacity",
            dimensions=("AutoScalingGroupName",),
            published="always",
        ),
        Group(
            metrics="PredictiveScalingLoadForecast PredictiveScalingCapacityForecast"
            " PredictiveScalingMetricPairCorrelation",
            dimensions=("AutoScalingGroupName, PairIndex, PolicyName", ANY),
        ),
    ),
)

# The sets of EBSFilesystemUtilization are those of the alarms that CloudWatch recommends, read on 2026-11-28. Service
# Connect publishes further metrics with other dimensions, so the list is not complete.
_ECS = Namespace(
    sources=("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    elsewhere={
        "RunningTaskCount": "RunningTaskCount, in ECS/ContainerInsights",
        "DesiredTaskCount": "DesiredTaskCount, in ECS/ContainerInsights",
        "PendingTaskCount": "PendingTaskCount, in ECS/ContainerInsights",
        "TaskCount": "TaskCount, in ECS/ContainerInsights",
    },
    groups=(
        Group(metrics="CPUReservation GPUReservation MemoryReservation", dimensions=_CLUSTER, published="always"),
        Group(metrics="CPUUtilization MemoryUtilization", dimensions=(*_CLUSTER, *_SERVICE), published="always"),
        Group(metrics="EBSFilesystemUtilization", dimensions=_SERVICE),
    ),
)

# The sets of PendingTaskCount, RunningTaskCount, DesiredTaskCount, DeploymentCount and ContainerInstanceCount were read
# on 2026-11-28 on the page on enhanced observability.
_CONTAINER_INSIGHTS = Namespace(
    sources=(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html",
        DIMENSION_SETS,
    ),
    looked_up="2026-11-28",
    groups=(
        Group(
            metrics="RunningTaskCount PendingTaskCount DesiredTaskCount DeploymentCount TaskSetCount",
            dimensions=_SERVICE,
            published="always",
        ),
        Group(metrics="ContainerInstanceCount ServiceCount TaskCount", dimensions=_CLUSTER, published="always"),
    ),
)

# Names and sets were compared with both pages on 2026-11-28. AWS gives no dimensions for the metrics on errors of event
# source mappings (PollingErrorCount and the like), so they are not here.
_LAMBDA = Namespace(
    sources=("https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    elsewhere={
        "Timeouts": "Errors, which counts them, too",
        "MemoryUsed": "memory_utilization of Lambda Insights, in LambdaInsights",
        "MaxMemoryUsed": "memory_utilization of Lambda Insights, in LambdaInsights",
    },
    groups=(
        Group(metrics="Invocations", dimensions=_FUNCTION, published="active", is_sign_of_life=True),
        Group(metrics="Errors Duration", dimensions=_FUNCTION, published="active"),
        Group(
            metrics="Throttles ConcurrentExecutions DurableExecutionDuration DurableExecutionFailed"
            " DurableExecutionOperations DurableExecutionStarted DurableExecutionStopped"
            " DurableExecutionStorageWrittenBytes DurableExecutionSucceeded DurableExecutionTimedOut"
            " PostRuntimeExtensionsDuration ProvisionedConcurrencyInvocations"
            " ProvisionedConcurrencySpilloverInvocations ProvisionedConcurrencyUtilization"
            " ProvisionedConcurrentExecutions StreamedOutboundBytes StreamedOutboundThroughput"
            " TimeToFirstByteLatency TimeToLastByteLatency Url4xxCount Url5xxCount UrlRequestCount"
            " UrlRequestLatency AsyncEventAge AsyncEventsDropped AsyncEventsReceived CPUThrottles"
            " ConcurrencyThrottles DeadLetterErrors DestinationDeliveryFailures DiskThrottles"
            " MemoryThrottles RecursiveInvocationsDropped SignatureValidationErrors",
            dimensions=_FUNCTION,
            published="active",
        ),
        Group(
            metrics="IteratorAge OffsetLag",
            dimensions=(*_FUNCTION, "EventSourceMappingUUID", "EventSourceMappingUUID, FunctionName"),
        ),
        Group(metrics="UnreservedConcurrentExecutions ClaimedAccountConcurrency", dimensions=("",)),
        Group(
            metrics="CommittedEventCount DeletedEventCount DroppedEventCount EventPollerThroughputInBytes"
            " EventPollerUnit FailedInvokeEventCount FilteredOutEventCount InvokedEventCount"
            " MaxOffsetLag OnFailureDestinationDeliveredEventCount PolledEventCount ProvisionedPollers"
            " SumOffsetLag",
            dimensions=("EventSourceMappingUUID", "EventSourceMappingUUID, FunctionName"),
        ),
    ),
)

NAMESPACES = {
    "AWS/EC2": _EC2,
    "AWS/AutoScaling": _AUTO_SCALING,
    "AWS/ECS": _ECS,
    "ECS/ContainerInsights": _CONTAINER_INSIGHTS,
    "AWS/Lambda": _LAMBDA,
}
