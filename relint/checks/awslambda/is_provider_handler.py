"""Functions that only the framework of a custom resource calls, which reports their failures to CloudFormation.

https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.model.aws.lambda_functions import FUNCTION

if TYPE_CHECKING:
    from relint.model.references import Reference
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
    references = [
        reference
        for reference in view.template.references.incoming.get(resource.logical_id, ())
        if _may_invoke(view, reference)
    ]
    variables = {reference.property for reference in references if _is_framework(view, reference)}
    return bool(variables) and all(reference.property in variables for reference in references)


def _may_invoke(view: View, reference: Reference) -> bool:
    source = view.template.resources[reference.source]
    if reference.property[:1] == ("DependsOn",) or source.type.startswith(_SILENT_PREFIXES):
        return False
    return view.exists(source) and view.is_active(reference)


def _is_framework(view: View, reference: Reference) -> bool:
    source = view.template.resources[reference.source]
    is_variable = source.type == FUNCTION and reference.property[: len(_VARIABLES)] == _VARIABLES
    return is_variable and bool(view.referrers(source, (), ("Properties", "ServiceToken")))
