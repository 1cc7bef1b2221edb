"""The health that Route 53 knows of a record: its own health check, or that of the target of an alias.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.logic.predicates import apply_test
from relint.model.aws.route53 import Record, alias_records, canonical_domain
from relint.resolve.value import ABSENT, Unknown, attribute_name, expression_of, literal_text, parts_of, references

if TYPE_CHECKING:
    from relint.model.view import View
    from relint.resolve.value import Expression, Located
    from relint.source.location import Path

CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2"
"""The hosted zone of every CloudFront distribution.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-route53-recordset-aliastarget.html
"""

_TARGET_HOSTS = (
    (".cloudfront.net", "cloudfront"),
    (".execute-api.", "idle"),
    ("s3-website", "idle"),
    (".vpce.", "idle"),
)
"""Texts in the DNS name of an alias, and what becomes of EvaluateTargetHealth there. Looked up on 2026-11-28.

`cloudfront`: Route 53 rejects it. `idle`: "provides no operational benefit", because the service counts as healthy.
"""

_TARGET_TYPES = {
    "AWS::CloudFront::Distribution": "cloudfront",
    "AWS::AppSync::DomainName": "cloudfront",
    "AWS::Cognito::UserPoolDomain": "cloudfront",
    "AWS::ApiGateway::DomainName": "idle",
    "AWS::ApiGateway::DomainNameV2": "idle",
    "AWS::ApiGatewayV2::DomainName": "idle",
    "AWS::EC2::VPCEndpoint": "idle",
    "AWS::S3::Bucket": "idle",
}
"""The same by the type of the resource that the alias names. AppSync and Cognito serve their domains by CloudFront."""

_EDGE_ATTRIBUTES = frozenset({"DistributionDomainName", "DistributionHostedZoneId"})
"""Attributes of an edge-optimized domain name of API Gateway, which is a CloudFront distribution."""

_OPAQUE_TYPES = ("AWS::CloudFormation::", "Custom::")


class MissingSignal(NamedTuple):
    """Why Route 53 takes a record for healthy, whatever happens to its endpoint, and the path to point to.

    `reason` is `default` (no health check), `alias` (EvaluateTargetHealth is off), `cloudfront` or `idle` (the target
    has no health to inherit), or `blind` (nor have the records to which the alias leads).
    """

    reason: str
    path: Path


def missing_signal(view: View, record: Record, template_records: list[Record]) -> MissingSignal | Unknown | None:
    """Return why a record has no health signal, None if it has one, or an Unknown that decides."""
    health_check = view.get(record.body, "HealthCheckId")
    if isinstance(health_check.value, Unknown) and health_check.value.optional:
        return health_check.value
    if health_check.value is not ABSENT:
        return None
    if view.get(record.body, "AliasTarget").value is ABSENT:
        return MissingSignal("default", health_check.path)
    evaluates_health = view.get(record.body, "AliasTarget", "EvaluateTargetHealth")
    truth = apply_test("equals", evaluates_health.value, operand=True)
    target = _alias_target(view, record)
    if isinstance(truth, Unknown):
        return truth
    if target == "cloudfront":
        return MissingSignal("cloudfront", health_check.path)
    if not truth:
        return MissingSignal("alias", evaluates_health.path)
    if target == "idle":
        return MissingSignal("idle", evaluates_health.path)
    return _signal_of_alias_records(view, record, template_records, evaluates_health)


def _signal_of_alias_records(
    view: View, record: Record, template_records: list[Record], evaluates_health: Located
) -> MissingSignal | Unknown | None:
    """Return `blind` if the alias leads to records of the template of which none has a health signal."""
    others = [other for other in template_records if other.body.path != record.body.path]
    targets = alias_records(view, record, others)
    signals = [missing_signal(view, target, others) for target in targets]
    if not targets or None in signals:
        return None
    unknown = next((signal for signal in signals if isinstance(signal, Unknown)), None)
    return unknown or MissingSignal("blind", evaluates_health.path)


def is_target_known(view: View, record: Record) -> bool:
    """Whether the template says to what kind of target the alias of a record leads."""
    zone = view.get(record.body, "AliasTarget", "HostedZoneId").value
    if not isinstance(zone, Unknown):
        return True
    expressions = _target_expressions(view, record)
    if any(_resource_types(view, expression) for expression in expressions):
        return True
    return bool(literal_text(expressions[0]))


def _alias_target(view: View, record: Record) -> str | None:
    """Return `cloudfront` or `idle` for a target whose health Route 53 does not evaluate, else None."""
    expressions = _target_expressions(view, record)
    if CLOUDFRONT_ZONE in expressions:
        return "cloudfront"
    host = literal_text(expressions[0])
    by_host = next((target for text, target in _TARGET_HOSTS if text in f"{host}."), None)
    if by_host:
        return by_host
    for expression in expressions:
        if any(attribute_name(part) in _EDGE_ATTRIBUTES for part in parts_of(expression)):
            return "cloudfront"
        for resource_type in _resource_types(view, expression):
            if resource_type in _TARGET_TYPES:
                return _TARGET_TYPES[resource_type]
    return None


def _target_expressions(view: View, record: Record) -> tuple[Expression, Expression]:
    """Return the DNS name and the hosted zone of an alias."""
    alias = view.get(record.body, "AliasTarget")
    return canonical_domain(view.get(alias, "DNSName").value), expression_of(view.get(alias, "HostedZoneId").value)


def _resource_types(view: View, expression: Expression) -> list[str]:
    """Return the types of the resources that an expression names, without those that return any value."""
    resources = view.template.resources
    types = [resources[name].type for name in sorted(references(expression)) if name in resources]
    return [resource_type for resource_type in types if not resource_type.startswith(_OPAQUE_TYPES)]
