"""Whether an instance signals CloudFormation, and whether anybody waits for it.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-signal.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_LAUNCH = ("AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration")
_SIGNAL = re.compile(r"cfn-signal|SignalResource", re.IGNORECASE)
_FETCHES = re.compile(
    r"curl|wget|git clone|aws s3|Invoke-WebRequest|Read-S3Object|DownloadFile|ansible|chef|puppet", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"Fn::Transform|Fn::ImportValue|Rain::|'Ref'|cfn-init|\$\{[A-Za-z0-9]*\}")
"""What may bring in a part of the script that is not written here."""


def fact(resource: Resource, view: View) -> str | Unknown:
    """What the boot scripts of an instance or of a group's instances do, as they are written:

    "signals" (for this logical id), "maybe" (a signal for something else, or a script from elsewhere that may send one)
    or "never"; an Unknown where there is no script in this template to look at.
    """
    holders = [resource, *view.referents(resource, _LAUNCH, ("Properties",))]
    written = " ".join(repr(part) for holder in holders for part in _scripts(holder))
    if not written:
        return Unknown(("Script", resource.logical_id), "the script that it starts with is not in this template")
    if not _SIGNAL.search(written):
        whole = "\\n" in written and not _ELSEWHERE.search(written)  # a script, not the name of one
        return "never" if whole and not _FETCHES.search(written) else "maybe"
    named = re.search(rf"--?resource[ =]+['\"]?{re.escape(resource.logical_id)}\b", written)
    return "signals" if named else "maybe"


def _scripts(holder: Resource) -> list[object]:
    properties = holder.body.get("Properties")
    own = properties if isinstance(properties, dict) else {}
    data = own.get("LaunchTemplateData")
    inner = data if isinstance(data, dict) else {}
    metadata = holder.body.get("Metadata")
    init = metadata.get("AWS::CloudFormation::Init") if isinstance(metadata, dict) else None
    return [part for part in (own.get("UserData"), inner.get("UserData"), init) if part is not None]
