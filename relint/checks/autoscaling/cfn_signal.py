"""Boot scripts that signal CloudFormation.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-signal.html
"""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING
from relint.model.unresolved import unresolved_value
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_LAUNCH_TYPES = ("AWS::EC2::LaunchTemplate", "AWS::AutoScaling::LaunchConfiguration")
_SCRIPT_PATHS = (
    ("Properties", "UserData"),
    ("Properties", "LaunchTemplateData", "UserData"),
    ("Metadata", "AWS::CloudFormation::Init"),
)
# The patterns are compiled on first use, because many groups have no script in the template.
_SIGNAL = "(?i)cfn-signal|SignalResource"
_DOWNLOAD = "(?i)curl|wget|git clone|aws s3|Invoke-WebRequest|Read-S3Object|DownloadFile|ansible|chef|puppet"
_EXTERNAL_PART = r"Fn::Transform|Fn::ImportValue|Rain::|'Ref'|cfn-init|\$\{[A-Za-z0-9]*\}"
"""Functions and programs that may add a part of the script which the template does not contain."""


def fact(resource: Resource, view: View) -> str | Unknown:
    """Return whether the text of the boot scripts contains a signal to CloudFormation.

    "signals" for this logical ID; "unclear" for a signal to another one, or if an external script may send a signal;
    "never" otherwise. Unknown if the template contains no script.
    """
    holders = [resource, *view.referents(resource, _LAUNCH_TYPES, ("Properties",))]
    text = " ".join(repr(script) for holder in holders for script in _scripts(holder))
    if not text:
        return Unknown(("Script", resource.logical_id), "the script that it starts with is not in this template")
    if not re.search(_SIGNAL, text):
        is_complete = "\\n" in text and not re.search(_EXTERNAL_PART, text)  # a script, not the name of one
        return "never" if is_complete and not re.search(_DOWNLOAD, text) else "unclear"
    is_addressed = re.search(rf"--?resource[ =]+['\"]?{re.escape(resource.logical_id)}\b", text)
    return "signals" if is_addressed else "unclear"


def _scripts(holder: Resource) -> list[object]:
    scripts = (unresolved_value(holder, path) for path in _SCRIPT_PATHS)
    return [script for script in scripts if script is not None]
