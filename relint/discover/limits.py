"""Size limit of a template, so that no file exhausts the machine."""

from __future__ import annotations

MAX_TEMPLATE_BYTES = 12_000_000
"""CloudFormation itself takes 1 MB; local templates that `package` shortens later may be larger.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
"""
