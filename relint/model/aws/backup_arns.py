"""ARNs, perhaps with wildcards, by which backup selections name resources."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.logic.truth import Truth
from relint.model.aws.resource_names import stored_name
from relint.model.text.wildcards import matches_wildcards
from relint.resolve.value import (
    ABSENT,
    Expression,
    Located,
    Unknown,
    expression_of,
    is_call,
    is_concat,
    parts_of,
    references,
)

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


class _ArnFormat(NamedTuple):
    """The ARN of a resource type: its service, the beginning of the resource part, and the property with the name."""

    service: str
    resource_prefix: str
    name_property: str | None


_ARN_FORMATS = {
    "AWS::DocDB::DBCluster": _ArnFormat("rds", "cluster:", "DBClusterIdentifier"),
    "AWS::DynamoDB::GlobalTable": _ArnFormat("dynamodb", "table/", "TableName"),
    "AWS::DynamoDB::Table": _ArnFormat("dynamodb", "table/", "TableName"),
    "AWS::EC2::Instance": _ArnFormat("ec2", "instance/i-", None),
    "AWS::EC2::Volume": _ArnFormat("ec2", "volume/vol-", None),
    "AWS::EFS::FileSystem": _ArnFormat("elasticfilesystem", "file-system/fs-", None),
    "AWS::FSx::FileSystem": _ArnFormat("fsx", "file-system/fs-", None),
    "AWS::FSx::Volume": _ArnFormat("fsx", "volume/fs-", None),
    "AWS::Neptune::DBCluster": _ArnFormat("rds", "cluster:", "DBClusterIdentifier"),
    "AWS::RDS::DBCluster": _ArnFormat("rds", "cluster:", "DBClusterIdentifier"),
    "AWS::RDS::DBInstance": _ArnFormat("rds", "db:", "DBInstanceIdentifier"),
    "AWS::Redshift::Cluster": _ArnFormat("redshift", "cluster:", "ClusterIdentifier"),
    "AWS::S3::Bucket": _ArnFormat("s3", "", "BucketName"),
    "AWS::Timestream::Table": _ArnFormat("timestream", "database/", None),
}
"""https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html"""
_OTHER_FORMAT = _ArnFormat("", "", None)

_GENERATED_NAME = "\ue000"
"""The letter that represents a name that is generated when the resource is created."""


def is_arn_of(view: View, arn: Located, resource: Resource) -> Truth:
    """Return whether an ARN, perhaps with wildcards, is that of the resource."""
    expression = expression_of(arn.value)
    referenced_ids = references(expression) & set(view.template.resources)
    if referenced_ids:
        return resource.logical_id in referenced_ids
    if is_call(expression, "ImportValue", "GetStackOutput"):
        return False  # another stack exports only ARNs of its own resources
    if isinstance(arn.value, Unknown) and not isinstance(expression, str) and not is_concat(expression):
        return arn.value
    letters: dict[Expression, str] = {}
    arn_format = _ARN_FORMATS.get(resource.type, _OTHER_FORMAT)
    resource_part = arn_format.resource_prefix + _resource_name(view, resource, arn_format, letters)
    fields = _text_with_letters(expression, letters).split(":", 5)
    if len(fields) < 6:
        pattern = fields[-1]
        return pattern.endswith("*") and (len(fields) < 3 or matches_wildcards(arn_format.service, fields[2]))
    service_pattern, resource_pattern = fields[2], fields[5]
    if matches_wildcards(arn_format.service, service_pattern) and matches_wildcards(resource_part, resource_pattern):
        return True
    unknown = Unknown(expression, arn.value.reason if isinstance(arn.value, Unknown) else "its name is generated")
    may_be_service = service_pattern in (arn_format.service, "*")
    if _has_letter(service_pattern) or (may_be_service and _has_letter(resource_pattern)):
        return unknown
    may_match_generated_name = (
        _GENERATED_NAME in resource_part
        and service_pattern == arn_format.service
        and resource_pattern.startswith(arn_format.resource_prefix)
        and resource_pattern.endswith("*")
    )
    return unknown if may_match_generated_name else False


def _resource_name(view: View, resource: Resource, arn_format: _ArnFormat, letters: dict[Expression, str]) -> str:
    if arn_format.name_property is None:
        return _GENERATED_NAME
    name = view.get(resource, "Properties", arn_format.name_property).value
    if name is ABSENT:
        return _GENERATED_NAME
    return _text_with_letters(stored_name(resource.type, expression_of(name)), letters)


def _text_with_letters(expression: Expression, letters: dict[Expression, str]) -> str:
    """Return an expression as text with a letter of the private use area for each unknown part.

    Equal parts have the same letter; new ones are added to `letters`.
    """
    return "".join(
        part if isinstance(part, str) else letters.setdefault(part, chr(ord(_GENERATED_NAME) + 1 + len(letters)))
        for part in parts_of(expression)
    )


def _has_letter(text: str) -> bool:
    return re.search("[\ue001-\uf8ff]", text) is not None
