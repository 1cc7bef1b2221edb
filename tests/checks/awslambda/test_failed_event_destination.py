"""Failure destinations hold for one qualifier: the function itself, a version or an alias.

https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html.
"""

from __future__ import annotations

from typing import Any

import pytest

from relint.checks.awslambda.failed_event_destination import check
from relint.resolve.value import Unknown
from tests.helpers.views import view_of

FUNCTION, ALIAS, VERSION = {"Fn::GetAtt": ["Worker", "Arn"]}, {"Ref": "Live"}, {"Ref": "First"}
TEXT, GIVEN = {"Fn::Sub": "${Worker.Arn}:live"}, {"Fn::Sub": "${Worker.Arn}:${Alias}"}
NUMBER = {"Fn::GetAtt": ["First", "Version"]}
OPEN = 'the qualifier of "Settings0" is not known'
LOST = "qualifier Subscription0"


def judged(invoked: list[Any], qualifiers: list[Any]) -> list[str]:
    """Return the message and the invoker of each problem of a function that topics invoke, and the reasons if open."""
    resources: dict[str, Any] = {
        "Worker": {"Type": "AWS::Lambda::Function"},
        "Live": {
            "Type": "AWS::Lambda::Alias",
            "Properties": {"Name": "live", "FunctionName": {"Ref": "Worker"}, "FunctionVersion": "7"},
        },
        "First": {"Type": "AWS::Lambda::Version", "Properties": {"FunctionName": {"Ref": "Worker"}}},
    }
    for number, endpoint in enumerate(invoked):
        resources[f"Subscription{number}"] = {
            "Type": "AWS::SNS::Subscription",
            "Properties": {"TopicArn": "arn:x", "Protocol": "lambda", "Endpoint": endpoint},
        }
    for number, qualifier in enumerate(qualifiers):
        resources[f"Settings{number}"] = {
            "Type": "AWS::Lambda::EventInvokeConfig",
            "Properties": {
                "FunctionName": {"Ref": "Worker"},
                "Qualifier": qualifier,
                "DestinationConfig": {"OnFailure": {"Destination": "arn:aws:sqs:eu-west-1:123456789012:failed"}},
            },
        }
    view = view_of(resources, Parameters={"Alias": {"Type": "String"}})
    found = check(view.template.resources["Worker"], view)
    return [each.reason if isinstance(each, Unknown) else f"{each.message} {each.values['invoker']}" for each in found]


@pytest.mark.parametrize(
    ("invoked", "qualifiers", "expected"),
    [
        pytest.param([FUNCTION], ["$LATEST"], [], id="the function itself"),
        pytest.param([ALIAS], ["live"], [], id="the alias by its name"),
        pytest.param([TEXT], ["live"], [], id="the alias as text"),
        pytest.param([VERSION], [NUMBER], [], id="the version by its number"),
        pytest.param([GIVEN], [{"Ref": "Alias"}], [], id="the alias of the same parameter"),
        pytest.param([FUNCTION], ["live"], [LOST], id="the function, kept for an alias"),
        pytest.param([FUNCTION], [NUMBER], [LOST], id="the function, kept for a version"),
        pytest.param([VERSION], ["$LATEST"], [LOST], id="a version, kept for the function"),
        pytest.param([TEXT], ["$LATEST"], [LOST], id="an alias as text, kept for the function"),
        pytest.param([TEXT], ["other"], [LOST], id="an alias, kept for another"),
        pytest.param([FUNCTION], [{"Ref": "Alias"}], [OPEN], id="the function, kept for a parameter"),
        pytest.param([TEXT], [{"Ref": "Alias"}], [OPEN], id="an alias, kept for a parameter"),
        pytest.param([GIVEN], ["live"], [OPEN], id="a parameter, kept for an alias"),
        pytest.param([GIVEN], ["$LATEST"], [OPEN], id="a parameter, kept for the function"),
        pytest.param([FUNCTION, TEXT], ["$LATEST", "live"], [], id="two, both kept"),
        pytest.param([FUNCTION, TEXT], ["$LATEST"], ["qualifier Subscription1"], id="two, the second lost"),
        pytest.param([FUNCTION, FUNCTION], ["live"], [LOST], id="two, both lost"),
        pytest.param([TEXT, FUNCTION], [{"Ref": "Alias"}, "$LATEST"], [OPEN], id="two, the first perhaps lost"),
        pytest.param([FUNCTION, FUNCTION], [], ["None Subscription0"], id="two, and no destination"),
    ],
)
def test_a_destination_serves_one_qualifier(invoked: list[Any], qualifiers: list[Any], expected: list[str]) -> None:
    assert judged(invoked, qualifiers) == expected
