"""Suppressions written for other tools."""

from __future__ import annotations

import pytest

from tests.helpers.suppressions import SuppressionProject, database


@pytest.mark.parametrize(
    ("tool", "metadata", "reason"),
    [
        pytest.param(
            "checkov",
            "{checkov: {skip: [{id: CKV_AWS_157, comment: one zone will do}]}}",
            "one zone will do",
            id="checkov",
        ),
        pytest.param(
            "cfn-guard",
            "{guard: {SuppressedRules: [RDS_MULTI_AZ_SUPPORT]}}",
            "suppressed for cfn-guard as RDS_MULTI_AZ_SUPPORT",
            id="cfn-guard, without a reason",
        ),
        pytest.param(
            "cdk-nag",
            "{cdk_nag: {rules_to_suppress: [{id: AwsSolutions-RDS3, reason: one zone will do}]}}",
            "one zone will do",
            id="cdk-nag, by number",
        ),
        pytest.param(
            "cdk-nag",
            "{cdk_nag: {rules_to_suppress: [{id: NIST.800.53.R5-RDSMultiAZSupport, reason: one zone will do}]}}",
            "one zone will do",
            id="cdk-nag, by name",
        ),
    ],
)
def test_suppressions_of_other_tools_apply_on_request(
    project: SuppressionProject, tool: str, metadata: str, reason: str
) -> None:
    template = database(metadata=metadata)
    assert project.justifications(template) == [("RDS-701", None)]
    assert project.justifications(template, f"honor: [{tool}]\n") == [("RDS-701", reason)]
    assert project.justifications(template, "honor: [cfn-lint]\n") == [("RDS-701", None)]


def test_comment_of_checkov_applies_to_its_resource(project: SuppressionProject) -> None:
    template = database(body="    # checkov:skip=CKV_AWS_157: one zone will do\n")
    assert project.justifications(template, "honor: [checkov]\n") == [("RDS-701", "one zone will do")]
