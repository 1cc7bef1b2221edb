"""Functions that only the framework of a custom resource calls, which reports their failures to CloudFormation.

https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.lambda_functions import FUNCTION

if TYPE_CHECKING:
    from relint.model.graph import Edge
    from relint.model.resource import Resource
    from relint.model.view import View

_VARIABLES = ("Properties", "Environment", "Variables")
_SILENT_PREFIXES = ("AWS::IAM::", "AWS::Logs::LogGroup", "AWS::Lambda::Permission")
"""Resource types that name a function without invoking it."""


def fact(resource: Resource, view: View) -> bool:
    """Whether all that invokes a function is a framework that has the ARN of the function in a variable.

    A framework is the service token of a custom resource. Functions with the same variable as the framework belong to
    it: they wait for the end of what the function has begun.
    """
    edges = [edge for edge in view.template.graph.incoming.get(resource.logical_id, ()) if _may_invoke(view, edge)]
    variables = {edge.property for edge in edges if _is_framework(view, edge)}
    return bool(variables) and all(edge.property in variables for edge in edges)


def _may_invoke(view: View, edge: Edge) -> bool:
    source = view.template.resources[edge.source]
    if edge.property[:1] == ("DependsOn",) or source.type.startswith(_SILENT_PREFIXES):
        return False
    return view.exists(source) and view.is_active(edge)


def _is_framework(view: View, edge: Edge) -> bool:
    source = view.template.resources[edge.source]
    is_variable = source.type == FUNCTION and edge.property[: len(_VARIABLES)] == _VARIABLES
    return is_variable and bool(view.referrers(source, (), ("Properties", "ServiceToken")))
