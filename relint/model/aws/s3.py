"""References to S3 buckets by name, ARN, domain name or URL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from relint.resolve.value import ABSENT, Unknown, expression_of, references, text_with_markers

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def is_omitted(value: Any) -> bool:
    """Whether nothing was written, even though a macro may yet add it."""
    return value is ABSENT or (isinstance(value, Unknown) and value.optional)


def refers_to_bucket(view: View, value: Any, bucket: Resource) -> bool:
    """Whether a value (a name, an ARN, a domain name or a URL) certainly means the bucket."""
    form = expression_of(value)
    if bucket.logical_id in references(form):
        return True
    name = view.get(bucket, "Properties", "BucketName").value
    if is_omitted(name):
        return False
    return (
        re.search(rf"(?:^|[:/]){re.escape(text_with_markers(expression_of(name)))}(?:$|[/.:])", text_with_markers(form))
        is not None
    )
