"""References to S3 buckets by name, ARN, domain name or URL."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING, Any
from relint.resolve.value import ABSENT, Unknown, expression_of, references, text_with_markers

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def is_omitted(value: Any) -> bool:
    """Whether the template contains no value, even if a macro may add one."""
    return value is ABSENT or (isinstance(value, Unknown) and value.optional)


def refers_to_bucket(view: View, value: Any, bucket: Resource) -> bool:
    """Whether a value (a name, an ARN, a domain name or a URL) certainly refers to the bucket."""
    expression = expression_of(value)
    if bucket.logical_id in references(expression):
        return True
    name = view.get(bucket, "Properties", "BucketName").value
    if is_omitted(name):
        return False
    name_text = re.escape(text_with_markers(expression_of(name)))
    return re.search(rf"(?:^|[:/]){name_text}(?:$|[/.:])", text_with_markers(expression)) is not None
