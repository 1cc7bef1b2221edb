"""Replication between the S3 buckets of a template.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.s3 import refers_to_bucket
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

BUCKET = "AWS::S3::Bucket"
CONFIGURATION = ("Properties", "ReplicationConfiguration")
RULES = (*CONFIGURATION, "Rules", "*")


def replication_role(view: View, bucket: Resource) -> str | Unknown:
    """Return the role of a bucket in replication: "source", "destination" (of another bucket here) or "none".

    A bucket that is both is a source. Unknown if a macro may still add a replication configuration.
    """
    configuration = view.get(bucket, *CONFIGURATION).value
    if isinstance(configuration, Unknown) and configuration.optional:
        return configuration
    if configuration is not ABSENT:
        return "source"
    sources = (source for source in view.resources(BUCKET) if source is not bucket)
    is_destination = any(
        refers_to_bucket(view, view.get(rule, "Destination", "Bucket").value, bucket)
        for source in sources
        for rule in view.select(source, RULES)
    )
    return "destination" if is_destination else "none"
