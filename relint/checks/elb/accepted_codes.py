"""Status codes that a health check takes for health."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import Steps, View

_CODES = re.compile(r"\s*(\d+)\s*(?:-\s*(\d+)\s*)?")
_LOGIN_CODES = (401, 403)
"""Answers of an application that wants to know who asks, which are as good as a page."""


def fact(resource: Resource, view: View, path: Steps) -> str | Unknown:
    """Return which errors the matcher at `path` accepts, a text such as "200,302" or "200-499".

    "errors" for a range that contains client errors, and for server errors; "client-errors" for single ones, except
    those of a page that requires a login; "none" otherwise, and without a matcher.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
    """
    matcher = view.select(resource, path)[0].value
    if isinstance(matcher, Unknown):
        return matcher
    accepted = "none"
    for item in "" if matcher is ABSENT else scalar_text(matcher).split(","):
        codes = _CODES.fullmatch(item)
        if codes is None:
            continue
        first, last = int(codes[1]), int(codes[2] or codes[1])
        if last >= 500 or (first < last and last >= 400):
            return "errors"
        if first >= 400 and first not in _LOGIN_CODES:
            accepted = "client-errors"
    return accepted
