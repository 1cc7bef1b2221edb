"""Metrics of Amazon API Gateway, CloudFront, Route 53, and of connections between networks."""

from __future__ import annotations

from relint.model.aws.metrics.records import ANY, DIMENSION_SETS, Group, Namespace

_API_GUIDE = "https://docs.aws.amazon.com/apigateway/latest/developerguide"
_REST = ("ApiName", "ApiName, Stage", "ApiName, Method, Resource, Stage")
_HTTP = ("ApiId", "ApiId, Stage", "ApiId, Method, Resource, Stage", "ApiId, Route, Stage", "ApiId, Method, Stage")
_WEBSOCKET = ("ApiId", "ApiId, Stage", "ApiId, Route, Stage", "ApiId, Route")
_DISTRIBUTION = ("DistributionId, Region",)
_NAT = ("NatGatewayId", "AvailabilityZone, NatGatewayId")
_HEALTH_CHECK = ("HealthCheckId", "HealthCheckId, Region")

# Names and sets were read on 2026-11-28: those of REST APIs on the first page, those of HTTP and WebSocket APIs on
# DIMENSION_SETS, where the sets of a stage alone are missing that the alarms recommended by CloudWatch use.
_API_GATEWAY = Namespace(
    sources=(
        f"{_API_GUIDE}/api-gateway-metrics-and-dimensions.html",
        f"{_API_GUIDE}/http-api-metrics.html",
        f"{_API_GUIDE}/apigateway-websocket-api-logging.html",
        DIMENSION_SETS,
    ),
    looked_up="2026-11-28",
    is_complete=True,
    elsewhere={
        "Errors": "5XXError",
        "5XXErrors": "5XXError",
        "4XXErrors": "4XXError",
        "Invocations": "Count",
        "RequestCount": "Count",
        "Requests": "Count",
        "Duration": "Latency",
    },
    groups=(
        Group(metrics="4XXError 5XXError CacheHitCount CacheMissCount", dimensions=_REST, published="active"),
        Group(metrics="4xx 5xx DataProcessed", dimensions=_HTTP, published="active"),
        Group(metrics="Count", dimensions=(*_REST, *_HTTP), published="active", is_sign_of_life=True),
        Group(metrics="Latency", dimensions=(*_REST, *_HTTP), published="active"),
        Group(metrics="IntegrationLatency", dimensions=(*_REST, *_HTTP, *_WEBSOCKET), published="active"),
        Group(
            metrics="ConnectCount MessageCount",
            dimensions=_WEBSOCKET,
            published="active",
            is_sign_of_life=True,
        ),
        Group(metrics="ClientError ExecutionError IntegrationError", dimensions=_WEBSOCKET, published="active"),
    ),
)

# The sets were read on DIMENSION_SETS on 2026-11-28; those of the additional metrics (CacheHitRate, OriginLatency and
# the rates of single codes) and of Lambda@Edge are not on it.
_CLOUDFRONT = Namespace(
    sources=(
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html",
        DIMENSION_SETS,
    ),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    elsewhere={
        "5xxErrors": "5xxErrorRate",
        "4xxErrors": "4xxErrorRate",
        "5XXError": "5xxErrorRate",
        "4XXError": "4xxErrorRate",
        "HTTPCode_ELB_5XX_Count": "5xxErrorRate",
        "RequestCount": "Requests",
    },
    groups=(
        Group(metrics="Requests", dimensions=_DISTRIBUTION, is_sign_of_life=True),
        Group(
            metrics="4xxErrorRate 5xxErrorRate TotalErrorRate BytesDownloaded BytesUploaded CacheHitRate"
            " OriginLatency 401ErrorRate 403ErrorRate 404ErrorRate 502ErrorRate 503ErrorRate"
            " 504ErrorRate",
            dimensions=_DISTRIBUTION,
        ),
        Group(
            metrics="FunctionInvocations FunctionValidationErrors FunctionExecutionErrors"
            " FunctionComputeUtilization FunctionThrottles KvsReadErrors KvsReadRequests",
            dimensions=("FunctionName, Region", "DistributionId, FunctionName, Region"),
        ),
        Group(
            metrics="LambdaExecutionError LambdaValidationError LambdaLimitExceededErrors",
            dimensions=(ANY,),
        ),
    ),
)

# The sets of health checks were read on DIMENSION_SETS on 2026-11-28; that of DNSQueries is not on it.
_ROUTE53 = Namespace(
    sources=(
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html",
        "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-hosted-zones-with-cloudwatch.html",
        DIMENSION_SETS,
    ),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    groups=(
        Group(
            metrics="HealthCheckStatus HealthCheckPercentageHealthy ChildHealthCheckHealthyCount ConnectionTime"
            " SSLHandshakeTime TimeToFirstByte",
            dimensions=_HEALTH_CHECK,
            published="always",
        ),
        Group(metrics="DNSQueries", dimensions=("HostedZoneId",)),
    ),
)

# DIMENSION_SETS lists these metrics and no other, each with these two sets: read on 2026-11-28.
_NAT_GATEWAY = Namespace(
    sources=("https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    is_complete=True,
    only_with_dimensions=True,
    groups=(
        Group(
            metrics="ActiveConnectionCount BytesInFromDestination BytesInFromSource BytesOutToDestination"
            " BytesOutToSource ConnectionAttemptCount ConnectionEstablishedCount ErrorPortAllocation"
            " IdleTimeoutCount PacketsDropCount PacketsInFromDestination PacketsInFromSource"
            " PacketsOutToDestination PacketsOutToSource PeakBytesPerSecond PeakPacketsPerSecond",
            dimensions=_NAT,
            published="always",
        ),
    ),
)

# Names were compared with a public list on 2026-11-28; the pages were not read again on that day.
_VPN = Namespace(
    sources=("https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-cloudwatch-vpn.html", DIMENSION_SETS),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    groups=(
        Group(
            metrics="TunnelState TunnelDataIn TunnelDataOut",
            dimensions=("VpnId", "TunnelIpAddress", "TunnelIpAddress, VpnId"),
            published="always",
        ),
    ),
)

# Names and dimensions were compared with a public list on 2026-11-28; the page was not read again on that day.
_DIRECT_CONNECT = Namespace(
    sources=("https://docs.aws.amazon.com/directconnect/latest/UserGuide/monitoring-cloudwatch.html",),
    looked_up="2026-11-28",
    only_with_dimensions=True,
    groups=(
        Group(
            metrics="ConnectionState",
            dimensions=("ConnectionId", "ConnectionId, OpticalLaneNumber"),
            published="always",
        ),
        Group(metrics="VirtualInterfaceBpsEgress VirtualInterfaceBpsIngress", dimensions=("VirtualInterfaceId", ANY)),
    ),
)

NAMESPACES = {
    "AWS/ApiGateway": _API_GATEWAY,
    "AWS/CloudFront": _CLOUDFRONT,
    "AWS/Route53": _ROUTE53,
    "AWS/NATGateway": _NAT_GATEWAY,
    "AWS/VPN": _VPN,
    "AWS/DX": _DIRECT_CONNECT,
}
