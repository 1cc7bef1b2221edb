"""Templates against the CloudFormation schemas that cfn-lint ships."""

from __future__ import annotations

from functools import cache
from typing import Any

DELIBERATE = {
    *("E1020", "E2531", "E2533", "E3016", "E3022", "E3035", "E3036", "E3046"),
    *("E3059", "E3060", "E3502", "E3505", "E3680", "E3682", "E3689", "E3690", "E3710"),
}
"""Rules of cfn-lint about defects that failing examples show: policies, roles, subnets, queues, runtimes, timeouts."""
EMPTY_DEFAULTS = ("E1154", "{'Ref': ")
"""The rule of cfn-lint about ids, and the value of a parameter: some examples have empty defaults as placeholders."""
NEWER = {"MonitoringConfiguration", "Hooks"}
"""Properties and a section that CloudFormation documents and cfn-lint lacks: AWS::EMR::Cluster has the first.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-emr-cluster-monitoringconfiguration.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/blue-green.html
"""


@cache
def _cfn_lint_rules() -> Any:
    """The errors of cfn-lint, loaded once in each process."""
    from cfnlint.core import get_rules

    return get_rules([], ["I", "W"], [])


@cache
def schema_errors(template: str) -> list[str]:
    """Return the errors of cfn-lint in a template, except for deliberate ones."""
    from cfnlint.api import ManualArgs, lint

    return [
        f"{match.rule.id} {match.message}"
        for match in lint(template, rules=_cfn_lint_rules(), config=ManualArgs(regions=["us-east-1"]))
        if match.rule.id.startswith("E") and match.rule.id not in DELIBERATE
        if match.rule.id != EMPTY_DEFAULTS[0] or not match.message.startswith(EMPTY_DEFAULTS[1])
        if not any(f"'{name}' was unexpected" in match.message for name in NEWER)
    ]
