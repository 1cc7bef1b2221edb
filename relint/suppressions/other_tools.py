"""Suppressions written for other tools, in the places where those tools look for them.

https://github.com/aws-cloudformation/cfn-lint#metadata, https://github.com/aws-cloudformation/cloudformation-guard,
https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html,
https://github.com/stelligent/cfn_nag#per-resource-rule-suppression, https://github.com/cdklabs/cdk-nag#suppressing-a-rule
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.suppressions.entry import SuppressionEntry
from relint.suppressions.metadata import metadata_sections

if TYPE_CHECKING:
    from relint.model.template import Template
    from relint.source.location import Path

_CHECKOV_COMMENT = re.compile(r"#[ \t]*checkov:skip=(?P<id>\w+)(?::[ \t]*(?P<reason>[^\r\n]*))?")
_NAME_IN_CATALOG = {"cfn_nag": "cfn-nag"}
"""Tools that `equivalents` in rule files spell differently."""


class _MetadataSyntax(NamedTuple):
    """The path, below Metadata, of a tool's suppressions, and the keys of their fields."""

    path: tuple[str, ...]
    id_key: str
    reason_key: str


_SYNTAX = {
    "cfn-lint": _MetadataSyntax(("cfn-lint", "config", "ignore_checks"), "id", "reason"),
    "cfn-guard": _MetadataSyntax(("guard", "SuppressedRules"), "id", "reason"),
    "checkov": _MetadataSyntax(("checkov", "skip"), "id", "comment"),
    "cfn_nag": _MetadataSyntax(("cfn_nag", "rules_to_suppress"), "id", "reason"),
    "cdk-nag": _MetadataSyntax(("cdk_nag", "rules_to_suppress"), "id", "reason"),
}

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
"""Names of cdk-nag's rules by their numbers in the pack AwsSolutions; other packs use the names themselves.

https://github.com/cdklabs/cdk-nag/blob/main/RULES.md
"""


def other_tool_suppressions(template: Template, tools: Sequence[str]) -> Iterator[SuppressionEntry]:
    """Yield the suppressions in a template that are written for some tools, such as "checkov"."""
    document = template.document
    for section in metadata_sections(template):
        for tool in tools:
            for rule_id, reason, path in _suppressed_rules(tool, section.content):
                path = (*section.path, *path)
                yield SuppressionEntry(
                    selector=_cdk_nag_name(rule_id) if tool == "cdk-nag" else rule_id,
                    reason=reason or _default_reason(tool, rule_id),
                    path=path,
                    span=document.span_of(path),
                    path_prefix=section.owner_path,
                    logical_id=section.logical_id,
                    tool=_NAME_IN_CATALOG.get(tool, tool),
                )
    if "checkov" in tools:
        yield from _checkov_comments(template)


def _default_reason(tool: str, rule_id: str) -> str:
    return f"suppressed for {tool} as {rule_id}"


def _cdk_nag_name(rule_id: str) -> str:
    """Return the name of the rule in an id such as AwsSolutions-RDS3 or NIST.800.53.R5-RDSMultiAZSupport."""
    name = rule_id.rpartition("-")[2]
    return _AWS_SOLUTIONS.get(name, name)


def _suppressed_rules(tool: str, metadata: Mapping[str, Any]) -> Iterator[tuple[str, str, Path]]:
    """Yield rule id, reason and path of each suppression of a tool in Metadata."""
    syntax = _SYNTAX[tool]
    value: Any = metadata
    for key in syntax.path:
        value = value.get(key) if isinstance(value, dict) else None
    for index, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, str):
            yield item, "", (*syntax.path, index)
        elif isinstance(item, dict) and isinstance(item.get(syntax.id_key), str):
            reason = item.get(syntax.reason_key)
            yield item[syntax.id_key], reason if isinstance(reason, str) else "", (*syntax.path, index)


def _checkov_comments(template: Template) -> Iterator[SuppressionEntry]:
    """Yield the suppressions in comments, each for the resource that contains the comment."""
    document = template.document
    logical_ids = {resource.source_path: resource.logical_id for resource in template.resources.values()}
    start_lines = sorted((document.span_of(path).start.line, document.file_of(path), path) for path in logical_ids)
    lines = ((part.file, *line) for part in document.parts for line in enumerate(part.source.text.splitlines(), 1))
    for file, number, line in lines:
        match = _CHECKOV_COMMENT.search(line)
        if match is None:
            continue
        starts = ((start, path) for start, start_file, path in reversed(start_lines) if start_file == file)
        path = next((path for start, path in starts if start <= number), None)
        if path is not None:
            yield SuppressionEntry(
                selector=match["id"],
                reason=(match["reason"] or "").strip() or _default_reason("checkov", match["id"]),
                path=path,
                span=document.span_of(path),
                path_prefix=path,
                logical_id=logical_ids[path],
                tool="checkov",
            )
