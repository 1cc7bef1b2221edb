"""Metrics of Amazon SQS, SNS, EventBridge, Step Functions, Kinesis Data Streams, Data Firehose and MSK."""

from __future__ import annotations

from relint.model.aws.metrics.records import ANY, DIMENSION_SETS, Group, Namespace

_RULE = ("RuleName", "EventBusName, RuleName", "EventBusName", "")
_STREAM = ("StreamName",)
_SHARD = ("StreamName", "ShardId, StreamName")
_CONSUMER = ("ConsumerName, StreamName",)
_DELIVERY = ("DeliveryStreamName", "DeliveryStreamName, SourcePartitionId")

# Both pages were read on 2026-11-28: every metric is there, and no other; QueueName is the only dimension.
_SQS = Namespace(
    sources=(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
        DIMENSION_SETS,
    ),
    looked_up="2026-11-28",
    is_complete=True,
    only_with_dimensions=True,
    elsewhere={
        "ApproximateNumberOfMessages": "ApproximateNumberOfMessagesVisible",
        "NumberOfMessagesPublished": "NumberOfMessagesSent",
        "QueueLength": "ApproximateNumberOfMessagesVisible",
        "QueueDepth": "ApproximateNumberOfMessagesVisible",
        "AgeOfOldestMessage": "ApproximateAgeOfOldestMessage",
    },
    groups=(
        Group(
            metrics="NumberOfMessagesSent NumberOfMessagesReceived NumberOfMessagesDeleted",
            dimensions=("QueueName",),
            published="active",
            is_sign_of_life=True,
        ),
        Group(
            metrics="ApproximateAgeOfOldestMessage ApproximateAgeOfOldestMessageInQuietGroups"
            " ApproximateNumberOfGroupsWithInflightMessages ApproximateNumberOfMessagesDelayed"
            " ApproximateNumberOfMessagesDelayedInQuietGroups ApproximateNumberOfMessagesNotVisible"
            " ApproximateNumberOfMessagesNotVisibleInQuietGroups ApproximateNumberOfMessagesVisible"
            " ApproximateNumberOfMessagesVisibleInQuietGroups ApproximateNumberOfNoisyGroups"
            " NumberOfDeduplicatedSentMessages NumberOfEmptyReceives SentMessageSize",
            dimensions=("QueueName",),
            published="active",
        ),
    ),
)

# Names were compared with a public list on 2026-11-28; text messages have further sets, so every combination passes.
_SNS = Namespace(
    sources=("https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    further_dimensions=("TopicName", "Application", "Platform", "PhoneNumber", "Country", "SMSType"),
    groups=(
        Group(
            metrics="NumberOfMessagesPublished NumberOfNotificationsDelivered",
            dimensions=(ANY,),
            published="active",
            is_sign_of_life=True,
        ),
        Group(
            metrics="NumberOfNotificationsFailed PublishSize NumberOfNotificationsFilteredOut"
            " NumberOfNotificationsFilteredOut-InvalidAttributes"
            " NumberOfNotificationsFilteredOut-InvalidMessageBody"
            " NumberOfNotificationsFilteredOut-MessageAttributes"
            " NumberOfNotificationsFilteredOut-MessageBody"
            " NumberOfNotificationsFilteredOut-NoMessageAttributes NumberOfNotificationsRedrivenToDlq"
            " NumberOfNotificationsFailedToRedriveToDlq",
            dimensions=(ANY,),
            published="active",
        ),
        Group(
            metrics="SMSMonthToDateSpentUSD SMSSuccessRate",
            dimensions=(ANY,),
        ),
    ),
)

# The sets of rules were read on DIMENSION_SETS on 2026-11-28. Event buses and sources have further metrics.
_EVENTS = Namespace(
    sources=("https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    elsewhere={
        "Errors": "FailedInvocations",
        "DeadLetterMessages": "InvocationsSentToDlq",
        "InvocationsFailed": "FailedInvocations",
    },
    groups=(
        Group(
            metrics="Invocations TriggeredRules MatchedEvents",
            dimensions=(*_RULE, "EventSourceName"),
            published="nonzero",
            is_sign_of_life=True,
        ),
        Group(
            metrics="FailedInvocations InvocationsFailedToBeSentToDlq InvocationsSentToDlq",
            dimensions=_RULE,
            published="nonzero",
        ),
        Group(metrics="DeadLetterInvocations ThrottledRules", dimensions=_RULE),
    ),
)

# Names were compared with a public list on 2026-11-28; the page was not read again on that day, so every set passes.
_STATES = Namespace(
    sources=("https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html",),
    looked_up="2026-11-28",
    elsewhere={
        "Errors": "ExecutionsFailed",
        "ExecutionFailed": "ExecutionsFailed",
        "FailedExecutions": "ExecutionsFailed",
    },
    further_dimensions=(
        "StateMachineArn",
        "Alias",
        "Version",
        "ActivityArn",
        "LambdaFunctionArn",
        "ServiceIntegrationResourceArn",
        "MapRunArn",
        "APIName",
        "ServiceMetric",
        "ServiceName",
    ),
    groups=(
        Group(
            metrics="ExecutionsStarted ExecutionsSucceeded",
            dimensions=(ANY,),
            published="active",
            is_sign_of_life=True,
        ),
        Group(
            metrics="ExecutionsFailed ExecutionsAborted ExecutionsTimedOut ExecutionThrottled ExecutionTime",
            dimensions=(ANY,),
            published="active",
        ),
        Group(
            metrics="ActivitiesFailed LambdaFunctionsFailed ServiceIntegrationsFailed ThrottledEvents",
            dimensions=(ANY,),
        ),
    ),
)

# The sets were read on DIMENSION_SETS on 2026-11-28.
_KINESIS = Namespace(
    sources=("https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    elsewhere={
        "IteratorAge": "GetRecords.IteratorAgeMilliseconds",
        "MillisBehindLatest": "GetRecords.IteratorAgeMilliseconds",
        "ProvisionedThroughputExceeded": "WriteProvisionedThroughputExceeded",
        "ThrottledRecords": "PutRecords.ThrottledRecords",
    },
    groups=(
        Group(
            metrics="IncomingBytes IncomingRecords",
            dimensions=_SHARD,
            published="active",
            is_sign_of_life=True,
        ),
        Group(
            metrics="GetRecords.Bytes GetRecords.IteratorAgeMilliseconds GetRecords.Latency GetRecords.Records"
            " GetRecords.Success PutRecord.Bytes PutRecord.Latency PutRecord.Success PutRecords.Bytes"
            " PutRecords.Latency PutRecords.Success PutRecords.TotalRecords PutRecords.SuccessfulRecords"
            " PutRecords.FailedRecords PutRecords.ThrottledRecords",
            dimensions=_STREAM,
        ),
        Group(
            metrics="ReadProvisionedThroughputExceeded WriteProvisionedThroughputExceeded",
            dimensions=_SHARD,
        ),
        Group(metrics="IteratorAgeMilliseconds OutgoingBytes OutgoingRecords", dimensions=("ShardId, StreamName",)),
        Group(
            metrics="SubscribeToShard.RateExceeded SubscribeToShard.Success SubscribeToShardEvent.Bytes"
            " SubscribeToShardEvent.MillisBehindLatest SubscribeToShardEvent.Records"
            " SubscribeToShardEvent.Success",
            dimensions=(*_CONSUMER, *_STREAM),
        ),
    ),
)

# The sets were read on DIMENSION_SETS on 2026-11-28. Tables of Iceberg have a dimension of their own.
_FIREHOSE = Namespace(
    sources=(
        "https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html",
        DIMENSION_SETS,
    ),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    groups=(
        Group(
            metrics="IncomingBytes IncomingRecords IncomingPutRequests",
            dimensions=_DELIVERY,
            published="active",
            is_sign_of_life=True,
        ),
        Group(
            metrics="DeliveryToS3.Records DeliveryToS3.Bytes",
            dimensions=_DELIVERY,
            published="active",
            is_sign_of_life=True,
        ),
        Group(
            metrics="DeliveryToS3.DataFreshness DeliveryToS3.Success BackupToS3.Success"
            " BackupToS3.DataFreshness DeliveryToRedshift.Success DeliveryToSplunk.Success"
            " DeliveryToSplunk.DataFreshness DeliveryToHttpEndpoint.Success"
            " DeliveryToHttpEndpoint.DataFreshness DeliveryToAmazonOpenSearchService.Success"
            " DeliveryToAmazonOpenSearchService.DataFreshness ExecuteProcessing.Success"
            " KinesisMillisBehindLatest ThrottledRecords ThrottledGetRecords FailedConversion.Records"
            " SucceedProcessing.Records KMSKeyAccessDenied",
            dimensions=_DELIVERY,
        ),
    ),
)

# Names and dimensions were compared with a public list on 2026-11-28; the page was not read again on that day.
_KAFKA = Namespace(
    sources=("https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html",),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    elsewhere={"DiskUsed": "KafkaDataLogsDiskUsed", "CPUUtilization": "CpuUser", "MemoryUtilization": "MemoryUsed"},
    groups=(
        Group(
            metrics="ActiveControllerCount GlobalPartitionCount GlobalTopicCount OfflinePartitionsCount"
            " ZooKeeperRequestLatencyMsMean",
            dimensions=("Cluster Name", "Broker ID, Cluster Name"),
            published="always",
        ),
        Group(
            metrics="CpuUser CpuSystem CpuIdle CpuIoWait KafkaDataLogsDiskUsed KafkaAppLogsDiskUsed"
            " RootDiskUsed MemoryUsed MemoryFree MemoryBuffered MemoryCached SwapUsed SwapFree"
            " HeapMemoryAfterGC UnderReplicatedPartitions UnderMinIsrPartitionCount LeaderCount"
            " PartitionCount",
            dimensions=("Broker ID, Cluster Name",),
            published="always",
        ),
    ),
)

NAMESPACES = {
    "AWS/SQS": _SQS,
    "AWS/SNS": _SNS,
    "AWS/Events": _EVENTS,
    "AWS/States": _STATES,
    "AWS/Kinesis": _KINESIS,
    "AWS/Firehose": _FIREHOSE,
    "AWS/Kafka": _KAFKA,
}
