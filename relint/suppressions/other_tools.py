"""Suppressions written for other tools, in the places where those tools look for them.

https://github.com/aws-cloudformation/cfn-lint#metadata, https://github.com/aws-cloudformation/cloudformation-guard,
https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html,
https://github.com/stelligent/cfn_nag#per-resource-rule-suppression, https://github.com/cdklabs/cdk-nag#suppressing-a-rule
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relint.suppressions.entry import SuppressionEntry

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.source.location import Path

_CHECKOV = re.compile(r"#[ \t]*checkov:skip=(?P<id>\w+)(?::[ \t]*(?P<reason>[^\r\n]*))?")
_CATALOGUE_NAME = {"cfn_nag": "cfn-nag"}


def other_tool_suppressions(template: Template, tools: Sequence[str]) -> Iterator[SuppressionEntry]:
    """What a template suppresses in the words of other tools; `word` is an id of theirs, `tool` the one it is of."""
    holders: dict[Path, tuple[Mapping[str, Any], str | None]] = {(): (template.document.data, None)}
    for resource in template.resources.values():
        holders.setdefault(resource.written_path, (resource.body, resource.logical_id))
    for scope, (holder, logical_id) in holders.items():
        metadata = holder.get("Metadata")
        if not isinstance(metadata, dict):
            continue
        for tool in tools:
            for word, reason, place in _suppressed(tool, metadata):
                path = (*scope, "Metadata", *place)
                span = template.document.span_of(path)
                yield _ignore(tool, word, reason, path, span)._replace(path_prefix=scope, logical_id=logical_id)
    if "checkov" in tools:
        yield from _checkov_comments(template, holders)


_AWS_SOLUTIONS = {
    "AS1": "AutoScalingGroupCooldownPeriod",
    "AS2": "AutoScalingGroupELBHealthCheckRequired",
    "AS3": "AutoScalingGroupScalingNotifications",
    "DDB3": "DynamoDBPITREnabled",
    "EC28": "EC2InstanceDetailedMonitoringEnabled",
    "EC29": "EC2InstanceTerminationProtection",
    "ECS4": "ECSClusterCloudWatchContainerInsights",
    "ECS7": "ECSTaskDefinitionContainerLogging",
    "ELB3": "CLBConnectionDraining",
    "RDS3": "RDSMultiAZSupport",
    "RDS10": "RDSInstanceDeletionProtectionEnabled",
    "RDS13": "RDSInstanceBackupEnabled",
    "RDS14": "AuroraMySQLBacktrack",
    "SQS3": "SQSQueueDLQ",
}
"""Rules of cdk-nag by the number that its pack AwsSolutions gives them; other packs use the names themselves.

https://github.com/cdklabs/cdk-nag/blob/main/RULES.md
"""


def _cdk_nag_name(word: str) -> str:
    """The name of the rule in an id such as AwsSolutions-RDS3 or NIST.800.53.R5-RDSMultiAZSupport."""
    name = word.rpartition("-")[2]
    return _AWS_SOLUTIONS.get(name, name)


def _ignore(tool: str, word: str, reason: str, path: Path, span: Any) -> SuppressionEntry:
    named = _cdk_nag_name(word) if tool == "cdk-nag" else word
    return SuppressionEntry(
        named, reason or f"suppressed for {tool} as {word}", path, span, tool=_CATALOGUE_NAME.get(tool, tool)
    )


def _suppressed(tool: str, metadata: Mapping[str, Any]) -> Iterator[tuple[str, str, Path]]:
    """Id, reason and place of every suppression of a tool in one Metadata."""
    place, id_key, reason_key = _PLACES[tool]
    found: Any = metadata
    for step in place:
        found = found.get(step) if isinstance(found, dict) else None
    for index, entry in enumerate(found if isinstance(found, list) else ()):
        if isinstance(entry, str):
            yield entry, "", (*place, index)
        elif isinstance(entry, dict) and isinstance(entry.get(id_key), str):
            reason = entry.get(reason_key)
            yield entry[id_key], reason if isinstance(reason, str) else "", (*place, index)


_PLACES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "cfn-lint": (("cfn-lint", "config", "ignore_checks"), "id", "reason"),
    "cfn-guard": (("guard", "SuppressedRules"), "id", "reason"),
    "checkov": (("checkov", "skip"), "id", "comment"),
    "cfn_nag": (("cfn_nag", "rules_to_suppress"), "id", "reason"),
    "cdk-nag": (("cdk_nag", "rules_to_suppress"), "id", "reason"),
}


def _checkov_comments(template: Template, holders: Mapping[Path, Any]) -> Iterator[SuppressionEntry]:
    """Comments count for the resource within which they stand."""
    lines = template.document.text.splitlines()
    starts = sorted((template.document.span_of(path).start.line, path) for path in holders if path)
    for number, line in enumerate(lines, 1):
        match = _CHECKOV.search(line)
        owner = next((path for start, path in reversed(starts) if start <= number), None) if match else None
        if match and owner is not None:
            reason = (match["reason"] or "").strip()
            yield _ignore("checkov", match["id"], reason, owner, template.document.span_of(owner))._replace(
                path_prefix=owner
            )
