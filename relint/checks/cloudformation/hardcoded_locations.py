"""Regions, Availability Zones and accounts as literals where the deployment should decide.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.checks.problem import Problem

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_REGION = r"[a-z]{2}(?:-gov|-iso[a-z]?)?-(?:central|(?:north|south)(?:east|west)?|east|west)-\d"
_ARN = r"arn:(?:aws[a-z-]*|\$\{[^${}]*\}):"
_KEYWORDS = ("-east-", "-west-", "-north", "-south", "-central-", "-az")
"""Parts of the names of Regions and zones; a search for text takes a twentieth of the time of a regular expression."""
_ACCOUNT_FIELD = r":\d{12}:"
_ZONE = rf"({_REGION})[a-z](?:\s*,\s*{_REGION}[a-z])*|[a-z]{{3,4}}\d-az\d"
_REGION_IN_TEXT = (
    rf"{_ARN}[a-z0-9-]+:(?P<arn>{_REGION}):"
    rf"|\bcom\.amazonaws\.(?:vpce\.)?(?P<service>{_REGION})\."
    rf"|[.-](?P<host>{_REGION})\.(?:[a-z]+\.)?amazonaws\.com"
)
_REGION_IN_SCRIPT = (
    rf"(?:--region[ =]|\bregion(?:_name)?['\"]?\s*[:=]\s*|\bAWS_(?:DEFAULT_)?REGION\s*=\s*)['\"]?({_REGION})\b"
)
_ACCOUNT_IN_ARN = rf"{_ARN}[a-z0-9-]*:[^:]*:(\d{{12}}):(?!layer:)"
"""Regular expressions as texts: compiling takes milliseconds, and most templates contain nothing to match."""

_REGION_SETTINGS = frozenset(
    {"region", "regionname", "awsregion", "awsdefaultregion", "awslogsregion", "defaultregion"}
)
"""Settings, in lower case and without separators, by which software receives the Region that it runs in."""

_MULTI_REGION_TYPES = (
    "AWS::ARCRegionSwitch::",
    "AWS::CloudFormation::StackSet",
    "AWS::CloudFront::",
    "AWS::CloudWatch::Dashboard",
    "AWS::Config::ConfigurationAggregator",
    "AWS::CUR::",
    "AWS::EC2::IPAM",
    "AWS::ECR::ReplicationConfiguration",
    "AWS::Events::Endpoint",
    "AWS::GlobalAccelerator::",
    "AWS::KMS::ReplicaKey",
    "AWS::NetworkManager::",
    "AWS::Organizations::",
    "AWS::Route53::",
    "AWS::Route53Recovery",
    "AWS::S3::MultiRegionAccessPoint",
    "AWS::SecurityHub::FindingAggregator",
    "AWS::SSMIncidents::",
)
"""Prefixes of types that are global or whose purpose is to name Regions."""

_CLOUDFRONT_TYPES = ("AWS::ApiGateway::", "AWS::AppSync::DomainName", "AWS::Cognito::UserPoolDomain")
"""Prefixes of types that may use CloudFront, whose certificates must be in us-east-1."""

_TYPES_WITH_OTHER_REGION = ("AWS::CloudFormation::", "AWS::CodePipeline::Pipeline", "Custom::")
"""Prefixes of types whose `Region` is that of another stack or action."""

_SKIPPED_KEYS = frozenset(
    {
        *("Comment", "Condition", "Description", "Ref", "Fn::FindInMap", "Fn::GetAtt", "Fn::GetStackOutput", "Tags"),
        *("CopyActions", "CrossRegionCopy", "CrossRegionCopyRules", "CrossRegionCopyTargets", "EmailConfiguration"),
        *("Replicas", "ReplicaRegions", "ReplicationConfiguration", "ReplicationSourceIdentifier", "Route53"),
        *("SourceDBClusterIdentifier", "SourceDBInstanceAutomatedBackupsArn", "SourceDBInstanceIdentifier"),
    }
)
"""Keys of prose, and of values that are meant to be in another Region or account."""

_SINGLE_REGION_ARNS = (":bedrock:", ":event-bus/", ":serverlessrepo:", ":wafv2:us-east-1:", "AmazonIpSpaceChanged")
"""Parts of ARNs of resources that exist in certain Regions only."""

_REGIONS_OF_NAMESPACES = {
    "AWS/Billing": "us-east-1",
    "AWS/CloudFront": "us-east-1",
    "AWS/Route53": "us-east-1",
}
"""Namespaces of CloudWatch whose metrics exist in one Region only, wherever the stack is (looked up 2026-11-28).

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/monitor_estimated_charges_with_cloudwatch.html
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-cloudwatch.html
"""

_SCRIPT_KEYS = frozenset({"Fn::Base64", "UserData", "ZipFile"})
_GLOBAL_SERVICES = ("acm", "billing", "budgets", "cloudfront", "pricing", "route53", "waf")
"""Services that a script calls in us-east-1 wherever it runs."""


class _Text(NamedTuple):
    """A text of a template with its path and the mapping that contains it."""

    value: str
    path: tuple[str | int, ...]
    holder: Any


class _Location(NamedTuple):
    """A literal zone, Region or account: `kind` is "zone", "region", "script" (a Region in a script) or "account"."""

    kind: str
    literal: str


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """Yield a problem at the first literal of each kind in a resource.

    Message `default` for a zone; `region` for a Region in an ARN, in the name of a host or a service, or as the Region
    of software; `script` (a note) for a Region in a script; `account` (a note) for an account in an ARN.
    Message value: `literal`. Values that a condition on AWS::Region chooses are left out, and Regions other than that
    of the stack if that one is given.
    """
    if not view.cached("may contain a location", _contains_keyword) or resource.type.startswith(_MULTI_REGION_TYPES):
        return
    if resource.path == resource.generated_from and resource.path[-1] != resource.logical_id:
        return  # a resource that SAM generates has the literals of its source, which is checked itself
    region = view.template.deployments.parameters["AWS::Region"]
    given_region = region.choices[0] if region.is_given else ""
    reported_kinds: set[str] = set()
    for text in _texts(resource):
        location = _find_location(resource, text)
        if location is None or location.kind in reported_kinds:
            continue
        if location.kind != "account" and given_region and given_region not in location.literal:
            continue
        if location.kind != "account" and _is_meant(view, resource, text, location.literal):
            continue
        if _is_taken(view, resource, text.path):
            reported_kinds.add(location.kind)
            message = None if location.kind == "zone" else location.kind
            level: Level | None = "note" if location.kind in ("script", "account") else None
            yield Problem(text.path, values={"literal": location.literal}, message=message, level=level)


def _contains_keyword(view: View) -> bool:
    """Whether the text of a template can contain a location; most templates contain none."""
    text = view.template.document.text
    return any(keyword in text for keyword in _KEYWORDS) or re.search(_ACCOUNT_FIELD, text) is not None


def _texts(resource: Resource) -> Iterator[_Text]:
    """Yield the texts of a resource that may contain a location, in order."""
    properties = resource.body.get("Properties")
    stack: list[tuple[Any, Any, Any]] = [(properties, None, None)] if isinstance(properties, dict) else []
    while stack:
        node, trail, holder = stack.pop()
        if node.__class__ is dict:
            members = [(node[key], (trail, key), node) for key in reversed(node) if key not in _SKIPPED_KEYS]
            stack += [member for member in members if member[0].__class__ is not str or _may_match(member[0])]
        elif node.__class__ is list:
            backwards = range(len(node) - 1, -1, -1)
            stack += [(node[index], (trail, index), holder) for index in backwards]
        elif node.__class__ is str and _may_match(node):
            steps: list[str | int] = []
            while trail is not None:
                trail, step = trail
                steps.append(step)
            path = (*resource.path, "Properties", *reversed(steps))
            yield _Text(value=_whole_text(node, holder), path=path, holder=holder)


def _whole_text(text: str, holder: Any) -> str:
    """Return the text of the Fn::Join that a Region is an item of, with `${}` for unknown items; else the text."""
    join = holder.get("Fn::Join") if isinstance(holder, dict) else None
    if not isinstance(join, list) or len(join) != 2 or not isinstance(join[1], list) or not re.fullmatch(_REGION, text):
        return text
    return str(join[0]).join(item if isinstance(item, str) else "${}" for item in join[1])


def _may_match(text: str) -> bool:
    if "-" in text and (
        "-east-" in text or "-west-" in text or "-north" in text or "-south" in text or "-central-" in text
    ):
        return True
    return "arn:" in text or "-az" in text


def _find_location(resource: Resource, text: _Text) -> _Location | None:
    key = next((step for step in reversed(text.path) if isinstance(step, str)), "")
    if re.fullmatch(_ZONE, text.value):
        return _Location("zone", text.value)
    if re.fullmatch(_REGION, text.value):
        if key == "Fn::GetAZs":
            return _Location("zone", text.value)
        return _Location("region", text.value) if _is_region_setting(resource, text, key) else None
    is_script = "\n" in text.value or not _SCRIPT_KEYS.isdisjoint(text.path)
    match = re.search(_REGION_IN_TEXT, text.value)
    if match and not _is_single_region_service(resource, text.value):
        return _Location("script" if is_script else "region", str(match[match.lastgroup or 0]))
    if is_script:
        return _find_region_in_script(text.value)
    account = re.search(_ACCOUNT_IN_ARN, text.value)
    return _Location("account", account[1]) if account and not match and not _is_other_account(text) else None


def _is_meant(view: View, resource: Resource, text: _Text, literal: str) -> bool:
    """Whether the template says that something in that Region is meant, so that AWS::Region in its place is wrong."""
    property_name = text.path[len(resource.path) + 1]
    properties = resource.body["Properties"]
    if resource.type == "AWS::SNS::Subscription":  # its Region is that of the topic, perhaps of another account
        return property_name in ("Region", "TopicArn") and "Region" in properties
    if resource.type == "AWS::EC2::VPCEndpoint":
        service_region = properties.get("ServiceRegion", {"Ref": "AWS::Region"})
        return property_name in ("ServiceName", "ServiceRegion") and service_region != {"Ref": "AWS::Region"}
    if resource.type == "AWS::CloudWatch::Alarm":
        regions = _regions_of_metrics(view, resource)
        return literal in regions or (bool(regions) and property_name in ("Dimensions", "Metrics"))
    if resource.type == "AWS::WAFv2::LoggingConfiguration":
        return literal == "us-east-1" and _is_of_cloudfront(view, resource)
    return False


def _is_of_cloudfront(view: View, logging: Resource) -> bool:
    """Whether a web ACL is for CloudFront, so that it and the destination of its logs are in us-east-1.

    https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    """
    arn = view.get(logging, "Properties", "ResourceArn").value
    web_acl = view.target(arn)
    scope = None if web_acl is None else view.get(web_acl, "Properties", "Scope").value
    return scope == "CLOUDFRONT" or (isinstance(arn, str) and ":global/webacl/" in arn)


def _regions_of_metrics(view: View, alarm: Resource) -> set[str]:
    """Return the Regions of those metrics of an alarm that exist in one Region only."""
    paths = (("Properties", "Namespace"), ("Properties", "Metrics", "*", "MetricStat", "Metric", "Namespace"))
    namespaces = [str(namespace.value) for path in paths for namespace in view.select(alarm, path)]
    return {_REGIONS_OF_NAMESPACES[namespace] for namespace in namespaces if namespace in _REGIONS_OF_NAMESPACES}


def _is_region_setting(resource: Resource, text: _Text, key: str) -> bool:
    """Whether a Region is the value of a setting: AWS_REGION: ..., {Name: AWS_REGION, Value: ...}."""
    name = text.holder.get("Name") if key == "Value" and isinstance(text.holder, dict) else key
    setting = str(name).replace("-", "").replace("_", "").lower()
    return setting in _REGION_SETTINGS and not resource.type.startswith(_TYPES_WITH_OTHER_REGION)


def _is_single_region_service(resource: Resource, text: str) -> bool:
    if any(part in text for part in _SINGLE_REGION_ARNS):
        return True
    return ":acm:us-east-1:" in text and resource.type.startswith(_CLOUDFRONT_TYPES)


def _find_region_in_script(text: str) -> _Location | None:
    match = re.search(_REGION_IN_SCRIPT, text)
    if match is None or (match[1] == "us-east-1" and any(service in text.lower() for service in _GLOBAL_SERVICES)):
        return None
    return _Location("script", match[1])


def _is_other_account(text: _Text) -> bool:
    """Whether an ARN is that of a principal, or of a role to assume."""
    action = text.holder.get("Action") if isinstance(text.holder, dict) else None
    return "Principal" in text.path or "NotPrincipal" in text.path or "sts:AssumeRole" in str(action)


def _is_taken(view: View, resource: Resource, path: tuple[str | int, ...]) -> bool:
    """Whether the Fn::If branches on a path are taken, whatever the Region."""
    conditions = [resource.body.get("Condition")]
    node: Any = resource.body
    for index, step in enumerate(path[len(resource.path) :], len(resource.path)):
        node = node[step]
        if step == "Fn::If" and isinstance(node, list) and node:
            conditions.append(node[0])
            if isinstance(node[0], str) and view.scenario.condition_value(node[0]) != (path[index + 1] == 1):
                return False
    names = (name for name in conditions if isinstance(name, str))
    return not any("AWS::Region" in view.template.deployments.parameters_of(name) for name in names)
