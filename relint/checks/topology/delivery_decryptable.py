"""Encrypted queues and topics whose key the services that deliver to them may not use.

https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Literal
from relint.checks.problem import Problem
from relint.logic.truth import Truth, all_of
from relint.model.aws.deliveries.delivery import Delivery, deliveries_to
from relint.model.aws.deliveries.permission import unless_added_by_macro, unless_idle
from relint.model.aws.deliveries.services import SERVICES
from relint.model.aws.policies.arns import arn_of
from relint.model.aws.policies.evaluation import Request, evaluate
from relint.model.aws.policies.resource_policies import KEYS, policies_of
from relint.resolve.value import ABSENT, Located, Unknown, expression_of, literal_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_KEY_PROPERTY = ("Properties", "KmsMasterKeyId")
_MOST_RELATED = 5
"""How many of the deliveries are shown."""
_ACTIONS = ("kms:GenerateDataKey", "kms:Decrypt")
_ENCRYPTION_CONTEXT = ("kms:encryptioncontext:aws:sns:topicarn", "kms:encryptioncontext:aws:sqs:arn")
_AWS_MANAGED = ("aws/sqs", "aws/sns")


def check(resource: Resource, view: View, targets: Literal["alarm topics", "others"]) -> Iterator[Problem | Unknown]:
    """Yield a problem at the key of a queue or topic if a service that delivers to it may not use the key.

    `targets` are the topics to which alarms publish, or all other queues and topics. A delivery with a role is left
    out, because roles of the account may use the keys of AWS. The message is `aws-managed` for such a key, else the
    default one; targets that one key policy shuts off are reported at the first. Message values: `services`,
    `principals`, `sources`, `key`. Unknown for a key outside the template.
    """
    incoming = _incoming(view, resource)
    is_alarm_topic = any(delivery.service == "cloudwatch" for delivery in incoming)
    key_id = view.get(resource, *_KEY_PROPERTY)
    if not incoming or key_id.value in (ABSENT, "") or is_alarm_topic != (targets == "alarm topics"):
        return
    key = _key(view, key_id)
    if isinstance(key, Unknown):
        yield key
        return
    if key is None:
        enabled = [delivery for delivery in incoming if delivery.enabled is True]
        if enabled:
            yield Problem(key_id.path, _values(enabled, key_id), tuple(_related(enabled)), message="aws-managed")
        else:
            yield from (delivery.enabled for delivery in incoming[:1] if isinstance(delivery.enabled, Unknown))
        return
    refused = []
    for delivery, truth in _uses(view, key, incoming):
        if isinstance(truth, Unknown):
            yield truth
        elif truth is False:
            refused.append(delivery)
    if refused and not _is_reported_before(view, resource, key, refused):
        document = view.get(key, "Properties", "KeyPolicy")
        values = {**_values(refused, key_id), "key": key.logical_id}
        sentence = f"This policy does not admit {values['principals']}."
        yield Problem(key_id.path, values, (*_related(refused), (document.path, sentence)))


def _key(view: View, key_id: Located) -> Resource | Unknown | None:
    """Return the key of the template; None for a key that AWS manages for the service."""
    if literal_text(expression_of(key_id.value)).endswith(_AWS_MANAGED):
        return None
    key = view.target(key_id, *KEYS)
    if key is not None:
        return key
    for alias in view.resources("AWS::KMS::Alias"):
        name = view.get(alias, "Properties", "AliasName").value
        names_alias = view.target(key_id) is alias or expression_of(name) == expression_of(key_id.value)
        key = view.target(view.get(alias, "Properties", "TargetKeyId"), *KEYS)
        if names_alias and key is not None:
            return key
    if isinstance(key_id.value, Unknown):
        return key_id.value
    return Unknown(expression_of(key_id.value), "the policy of the key is not in the template")


def _uses(view: View, key: Resource, incoming: list[Delivery]) -> Iterator[tuple[Delivery, Truth]]:
    """Yield deliveries, and whether the key policy lets their service use the key; the default one is for the account.

    A delivery with a role is left out.
    """
    statements = [statement for policy in policies_of(view, key, ()) for statement in policy.statements]
    for delivery in incoming:
        context = {**delivery.context, **dict.fromkeys(_ENCRYPTION_CONTEXT, delivery.target_arn)}
        truth = all_of(
            evaluate(view, statements, Request(delivery.service, action, arn_of(view, key), context)).truth
            for action in _ACTIONS
        )
        yield delivery, unless_idle(delivery, unless_added_by_macro(view, truth))


def _incoming(view: View, target: Resource) -> list[Delivery]:
    return [delivery for delivery in deliveries_to(view, target) if delivery.role.value is ABSENT]


def _is_reported_before(view: View, target: Resource, key: Resource, refused: list[Delivery]) -> bool:
    """Whether an earlier target is reported because the same services meet the same key."""
    services = {delivery.service for delivery in refused}
    for other in view.resources("AWS::SQS::Queue", "AWS::SNS::Topic"):
        if other is target:
            break
        if _key(view, view.get(other, *_KEY_PROPERTY)) is key:
            services -= {d.service for d, truth in _uses(view, key, _incoming(view, other)) if truth is False}
    return not services


def _values(refused: list[Delivery], key_id: Located) -> dict[str, str]:
    services = dict.fromkeys(f"{delivery.service}.amazonaws.com" for delivery in refused)
    sources = list(dict.fromkeys(delivery.source.logical_id for delivery in refused))
    others = len(sources) - _MOST_RELATED
    titles = dict.fromkeys(SERVICES[delivery.service].title for delivery in refused)
    return {
        "services": " and ".join(titles),
        "principals": " and ".join(services),
        "sources": ", ".join(sources[:_MOST_RELATED]) + (f" and {others} more" if others > 0 else ""),
        "key": literal_text(expression_of(key_id.value)),
    }


def _related(refused: list[Delivery]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    paths = {delivery.source.logical_id: delivery.path for delivery in reversed(refused)}
    for name, path in list(reversed(paths.items()))[:_MOST_RELATED]:
        yield path, f'"{name}" delivers here.'
