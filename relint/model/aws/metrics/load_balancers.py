"""Metrics of Elastic Load Balancing."""

from __future__ import annotations

from relint.model.aws.metrics.records import DIMENSION_SETS, Group, Namespace

_GUIDE = "https://docs.aws.amazon.com/elasticloadbalancing/latest"
_BALANCER = ("LoadBalancer", "AvailabilityZone, LoadBalancer")
_TARGETS = ("LoadBalancer, TargetGroup", "AvailabilityZone, LoadBalancer, TargetGroup")
_TARGETS_ALONE = ("TargetGroup", "AvailabilityZone, TargetGroup")
_CLASSIC = ("LoadBalancerName", "AvailabilityZone, LoadBalancerName", "AvailabilityZone", "")

# Both pages were read on 2026-11-28 and name no other metric (StandardProcessedBytes is older). The first says of
# requests and of the codes of targets that they are reported if targets are registered, and of all metrics that none is
# reported without requests; so these have data while the load balancer works.
_APPLICATION = Namespace(
    sources=(f"{_GUIDE}/application/load-balancer-cloudwatch-metrics.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    is_complete=True,
    only_with_dimensions=True,
    groups=(
        Group(
            metrics="HealthyHostCount UnHealthyHostCount HealthyStateDNS HealthyStateRouting UnhealthyStateDNS"
            " UnhealthyStateRouting AnomalousHostCount MitigatedHostCount ActiveZonalShiftHostCount"
            " BYoIPUtilPercentage",
            dimensions=_TARGETS,
        ),
        Group(
            metrics="RequestCount HTTPCode_Target_2XX_Count",
            dimensions=(*_BALANCER, *_TARGETS),
            published="active",
            is_sign_of_life=True,
        ),
        Group(
            metrics="HTTPCode_Target_3XX_Count HTTPCode_Target_4XX_Count HTTPCode_Target_5XX_Count",
            dimensions=(*_BALANCER, *_TARGETS),
            published="active",
        ),
        Group(
            metrics="IPv6RequestCount TargetConnectionErrorCount TargetTLSNegotiationErrorCount TargetResponseTime",
            dimensions=(*_BALANCER, *_TARGETS),
            published="nonzero",
        ),
        Group(metrics="UnhealthyRoutingRequestCount", dimensions=(*_BALANCER, *_TARGETS)),
        Group(metrics="RequestCountPerTarget", dimensions=(*_TARGETS, *_TARGETS_ALONE)),
        Group(
            metrics="GrpcRequestCount",
            dimensions=(*_BALANCER, *_TARGETS, *_TARGETS_ALONE),
            published="nonzero",
            is_sign_of_life=True,
        ),
        Group(
            metrics="LambdaUserError LambdaInternalError",
            dimensions=("TargetGroup", "LoadBalancer, TargetGroup"),
            published="nonzero",
        ),
        Group(
            metrics="NewConnectionCount ProcessedBytes ActiveConnectionCount",
            dimensions=_BALANCER,
            published="nonzero",
            is_sign_of_life=True,
        ),
        Group(
            metrics="ClientTLSNegotiationErrorCount DesyncMitigationMode_NonCompliant_Request_Count"
            " DroppedInvalidHeaderRequestCount ELBAuthError"
            " ELBAuthFailure ELBAuthLatency ELBAuthRefreshTokenSuccess ELBAuthSuccess"
            " ELBAuthUserClaimsSizeExceeded HTTPCode_ELB_3XX_Count HTTPCode_ELB_4XX_Count"
            " HTTPCode_ELB_5XX_Count HTTPCode_ELB_500_Count HTTPCode_ELB_502_Count"
            " HTTPCode_ELB_503_Count HTTPCode_ELB_504_Count HTTP_Fixed_Response_Count"
            " HTTP_Redirect_Count HTTP_Redirect_Url_Limit_Exceeded_Count IPv6ProcessedBytes"
            " RejectedConnectionCount LowReputationPacketsDropped LowReputationRequestsDenied",
            dimensions=_BALANCER,
            published="nonzero",
        ),
        Group(
            metrics="TargetControlActiveChannelCount TargetControlChannelErrorCount"
            " TargetControlNewChannelCount TargetControlProcessedBytes TargetControlRequestCount"
            " TargetControlRequestRejectCount TargetControlWorkQueueLength",
            dimensions=(*_BALANCER, *_TARGETS),
        ),
        Group(
            metrics="ConsumedLCUs PeakLCUs ReservedLCUs RuleEvaluations LambdaTargetProcessedBytes"
            " StandardProcessedBytes AppCookieNonStickinessCount ExcessiveLowReputationPackets"
            " CapacityUtilization ForwardedInvalidHeaderRequestCount NonStickyRequestCount",
            dimensions=_BALANCER,
        ),
    ),
)

# The sets were read on DIMENSION_SETS on 2026-11-28, the circumstances of the active flows on the first page.
_NETWORK = Namespace(
    sources=(f"{_GUIDE}/network/load-balancer-cloudwatch-metrics.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    elsewhere={
        "RequestCount": "NewFlowCount",
        "TargetResponseTime": "",
        "HTTPCode_Target_5XX_Count": "",
        "HTTPCode_ELB_5XX_Count": "",
        "ActiveConnectionCount": "ActiveFlowCount",
        "NewConnectionCount": "NewFlowCount",
    },
    groups=(
        Group(metrics="HealthyHostCount UnHealthyHostCount ActiveZonalShiftHostCount", dimensions=_TARGETS),
        Group(metrics="ActiveFlowCount", dimensions=(*_BALANCER, *_TARGETS), published="always"),
        Group(
            metrics="ActiveFlowCount_TCP ActiveFlowCount_TLS ActiveFlowCount_UDP",
            dimensions=(*_BALANCER, *_TARGETS),
            published="nonzero",
        ),
        Group(
            metrics="NewFlowCount NewFlowCount_TCP NewFlowCount_TLS NewFlowCount_UDP",
            dimensions=(*_BALANCER, *_TARGETS),
        ),
        Group(
            metrics="ProcessedBytes ProcessedBytes_TCP ProcessedBytes_TLS ProcessedBytes_UDP ProcessedPackets"
            " PeakPacketsPerSecond TCP_Client_Reset_Count TCP_ELB_Reset_Count TCP_Target_Reset_Count"
            " PortAllocationErrorCount ConsumedLCUs ConsumedLCUs_TCP ConsumedLCUs_TLS ConsumedLCUs_UDP"
            " ClientTLSNegotiationErrorCount TargetTLSNegotiationErrorCount",
            dimensions=("*",),
        ),
    ),
)

# The sets were read on DIMENSION_SETS on 2026-11-28.
_GATEWAY = Namespace(
    sources=(f"{_GUIDE}/gateway/cloudwatch-metrics.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    groups=(
        Group(metrics="HealthyHostCount UnHealthyHostCount", dimensions=_TARGETS),
        Group(metrics="ActiveFlowCount NewFlowCount ProcessedBytes ConsumedLCUs", dimensions=("*",)),
    ),
)

# Names were compared with a public list on 2026-11-28; the pages were not read again on that day. AWS adds nothing to
# Classic Load Balancers any more, so the list is complete.
_CLASSIC_BALANCER = Namespace(
    sources=(f"{_GUIDE}/classic/elb-cloudwatch-metrics.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    is_complete=True,
    elsewhere={
        "HTTPCode_ELB_5XX_Count": "HTTPCode_ELB_5XX",
        "HTTPCode_ELB_4XX_Count": "HTTPCode_ELB_4XX",
        "HTTPCode_Target_5XX_Count": "HTTPCode_Backend_5XX",
        "HTTPCode_Target_4XX_Count": "HTTPCode_Backend_4XX",
        "TargetResponseTime": "Latency",
    },
    groups=(
        Group(metrics="HealthyHostCount UnHealthyHostCount", dimensions=_CLASSIC),
        Group(
            metrics="RequestCount HTTPCode_Backend_2XX", dimensions=_CLASSIC, published="nonzero", is_sign_of_life=True
        ),
        Group(
            metrics="BackendConnectionErrors DesyncMitigationMode_NonCompliant_Request_Count"
            " HTTPCode_Backend_3XX HTTPCode_Backend_4XX HTTPCode_Backend_5XX HTTPCode_ELB_4XX"
            " HTTPCode_ELB_5XX Latency SpilloverCount SurgeQueueLength",
            dimensions=_CLASSIC,
            published="nonzero",
        ),
        Group(
            metrics="EstimatedALBActiveConnectionCount EstimatedALBConsumedLCUs EstimatedALBNewConnectionCount"
            " EstimatedProcessedBytes",
            dimensions=_CLASSIC,
        ),
    ),
)

NAMESPACES = {
    "AWS/ApplicationELB": _APPLICATION,
    "AWS/NetworkELB": _NETWORK,
    "AWS/GatewayELB": _GATEWAY,
    "AWS/ELB": _CLASSIC_BALANCER,
}
