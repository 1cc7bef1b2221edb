"""Buckets to which Amazon S3 delivers the access logs of buckets."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.s3 import is_omitted, refers_to_bucket

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View) -> bool:
    """Whether a bucket of the template, perhaps the bucket itself, sends its access logs to the bucket.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    """
    for bucket in view.resources("AWS::S3::Bucket"):
        logging = view.get(bucket, "Properties", "LoggingConfiguration")
        if is_omitted(logging.value):
            continue
        target = view.get(logging, "DestinationBucketName").value
        if bucket is resource if is_omitted(target) else refers_to_bucket(view, target, resource):
            return True
    return False
