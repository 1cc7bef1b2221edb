"""Regions, Availability Zones and accounts that are written out where a template should let the deployment decide.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint._named_tuple import NamedTuple
from relint.checks.problem import Problem

if TYPE_CHECKING:
    from relint.level import Level
    from relint.model.resource import Resource
    from relint.model.view import View

_REGION = r"[a-z]{2}(?:-gov|-iso[a-z]?)?-(?:central|(?:north|south)(?:east|west)?|east|west)-\d"
_ARN = r"arn:(?:aws[a-z-]*|\$\{[^${}]*\}):"
_PARTS = ("-east-", "-west-", "-north", "-south", "-central-", "-az")
"""Parts of the names of Regions and zones: to look for plain text takes a twentieth of what a pattern takes."""
_ACCOUNT_FIELD = r":\d{12}:"
_ZONE = rf"({_REGION})[a-z](?:\s*,\s*{_REGION}[a-z])*|[a-z]{{3,4}}\d-az\d"
_IN_TEXT = (
    rf"{_ARN}[a-z0-9-]+:(?P<arn>{_REGION}):"
    rf"|\bcom\.amazonaws\.(?:vpce\.)?(?P<service>{_REGION})\."
    rf"|[.-](?P<host>{_REGION})\.(?:[a-z]+\.)?amazonaws\.com"
)
_IN_SCRIPT = rf"(?:--region[ =]|\bregion(?:_name)?['\"]?\s*[:=]\s*|\bAWS_(?:DEFAULT_)?REGION\s*=\s*)['\"]?({_REGION})\b"
_ACCOUNT = rf"{_ARN}[a-z0-9-]*:[^:]*:(\d{{12}}):(?!layer:)"
"""Patterns as texts: compiled, which takes milliseconds, only if a template has something to match."""

_OWN_REGION = frozenset({"region", "regionname", "awsregion", "awsdefaultregion", "awslogsregion", "defaultregion"})
"""Names, in small letters, by which software is told the Region that it runs in."""

_ELSEWHERE = (
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
"""Beginnings of types that are global or whose business it is to name Regions."""

_CERTIFICATE_IN_VIRGINIA = ("AWS::ApiGateway::", "AWS::AppSync::DomainName", "AWS::Cognito::UserPoolDomain")
"""Beginnings of types behind which CloudFront may stand, whose certificates have to be in us-east-1."""

_CHOOSES_REGION = ("AWS::CloudFormation::", "AWS::CodePipeline::Pipeline", "Custom::")
"""Types in which `Region` says where something else is done."""

_SKIPPED = frozenset(
    {
        *("Comment", "Condition", "Description", "Ref", "Fn::FindInMap", "Fn::GetAtt", "Tags"),
        *("CopyActions", "CrossRegionCopy", "CrossRegionCopyRules", "CrossRegionCopyTargets", "EmailConfiguration"),
        *("Replicas", "ReplicaRegions", "ReplicationConfiguration", "ReplicationSourceIdentifier", "Route53"),
        *("SourceDBClusterIdentifier", "SourceDBInstanceAutomatedBackupsArn", "SourceDBInstanceIdentifier"),
    }
)
"""Keys below which there is prose, or something that is meant to be in another Region or account."""

_ANYWHERE = (":bedrock:", ":event-bus/", ":serverlessrepo:", ":wafv2:us-east-1:", "AmazonIpSpaceChanged")
"""Parts of ARNs of what lies, or is offered, in certain Regions only."""

_CODE = frozenset({"Fn::Base64", "UserData", "ZipFile"})
_VIRGINIAN = ("acm", "billing", "budgets", "cloudfront", "pricing", "route53", "waf")
"""What a script calls in us-east-1 wherever it runs."""


class _Text(NamedTuple):
    """A text of a template, the keys on the way to it, and the mapping in which it stands."""

    value: str
    path: tuple[str | int, ...]
    holder: Any


def check(resource: Resource, view: View) -> Iterator[Problem]:
    """The first place in a resource at which it names

    a zone, a Region in an ARN, the name of a host or of a service, or as the Region of software (`region`), a
    Region in a script (`script`, a note), an account in an ARN (`account`, a note).
    What a condition on AWS::Region chooses is left alone; once the Region of the stack is known, so are the others.
    """
    if not view.cached("mentions a place", _mentions_any) or resource.type.startswith(_ELSEWHERE):
        return
    if resource.path == resource.generated_from and resource.path[-1] != resource.logical_id:
        return  # SAM makes it of a resource that is looked at itself
    region = view.template.deployments.parameters["AWS::Region"]
    known = region.choices[0] if region.is_given else ""
    seen: set[str] = set()
    for text in _texts(resource):
        found = _judge(resource, text)
        if found is None or found[0] in seen or (found[0] != "account" and known and known not in found[1]):
            continue
        kind, literal = found
        if _is_taken(view, resource, text.path):
            seen.add(kind)
            level: Level | None = "note" if kind in ("script", "account") else None
            yield Problem(text.path, {"literal": literal}, (), None if kind == "zone" else kind, level)


def _mentions_any(view: View) -> bool:
    """Whether a template has anything at all of what is sought; most have not."""
    text = view.template.document.text
    return any(part in text for part in _PARTS) or re.search(_ACCOUNT_FIELD, text) is not None


def _texts(resource: Resource) -> Iterator[_Text]:
    """The texts of a resource in the order in which they are written, those that cannot matter left out."""
    stack: list[tuple[Any, Any, Any]] = [(resource.body.get("Properties"), None, None)]
    while stack:
        node, trail, holder = stack.pop()
        if node.__class__ is dict:
            inner = [(node[key], (trail, key), node) for key in reversed(node) if key not in _SKIPPED]
            stack += [one for one in inner if one[0].__class__ is not str or _may_matter(one[0])]
        elif node.__class__ is list:
            backwards = range(len(node) - 1, -1, -1)
            stack += [(node[index], (trail, index), holder) for index in backwards]
        elif node.__class__ is str and _may_matter(node):
            steps: list[str | int] = []
            while trail is not None:
                trail, step = trail
                steps.append(step)
            yield _Text(node, (*resource.path, "Properties", *reversed(steps)), holder)


def _may_matter(text: str) -> bool:
    if "-" in text and (
        "-east-" in text or "-west-" in text or "-north" in text or "-south" in text or "-central-" in text
    ):
        return True
    return "arn:" in text or "-az" in text


def _judge(resource: Resource, text: _Text) -> tuple[str, str] | None:
    """What kind of place a text names, and which."""
    key = next((step for step in reversed(text.path) if isinstance(step, str)), "")
    if re.fullmatch(_ZONE, text.value):
        return "zone", text.value
    if re.fullmatch(_REGION, text.value):
        if key == "Fn::GetAZs":
            return "zone", text.value
        return ("region", text.value) if _tells_own_region(resource, text, key) else None
    script = "\n" in text.value or not _CODE.isdisjoint(text.path)
    match = re.search(_IN_TEXT, text.value)
    if match and not _is_elsewhere(resource, text.value):
        return ("script" if script else "region"), str(match[match.lastgroup or 0])
    if script:
        return _in_script(text.value)
    account = re.search(_ACCOUNT, text.value)
    return ("account", account[1]) if account and not match and not _is_other_account(text) else None


def _tells_own_region(resource: Resource, text: _Text, key: str) -> bool:
    """Whether a Region stands where software is told its own: AWS_REGION: ..., {Name: AWS_REGION, Value: ...}."""
    name = text.holder.get("Name") if key == "Value" and isinstance(text.holder, dict) else key
    plain = str(name).replace("-", "").replace("_", "").lower()
    return plain in _OWN_REGION and not resource.type.startswith(_CHOOSES_REGION)


def _is_elsewhere(resource: Resource, text: str) -> bool:
    if any(part in text for part in _ANYWHERE):
        return True
    return ":acm:us-east-1:" in text and resource.type.startswith(_CERTIFICATE_IN_VIRGINIA)


def _in_script(text: str) -> tuple[str, str] | None:
    match = re.search(_IN_SCRIPT, text)
    if match is None or (match[1] == "us-east-1" and any(word in text.lower() for word in _VIRGINIAN)):
        return None
    return "script", match[1]


def _is_other_account(text: _Text) -> bool:
    """Whether an ARN is one of a principal, or of a role of another account that may be assumed."""
    action = text.holder.get("Action") if isinstance(text.holder, dict) else None
    return "Principal" in text.path or "NotPrincipal" in text.path or "sts:AssumeRole" in str(action)


def _is_taken(view: View, resource: Resource, path: tuple[str | int, ...]) -> bool:
    """Whether the branches of Fn::If that lead to a place are taken, and AWS::Region decides about none of them."""
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
