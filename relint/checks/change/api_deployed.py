"""REST APIs that change without a new deployment, so that their stages go on serving the old API."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.change.value_text import text_of_value
from relint.checks.problem import Problem
from relint.resolve.value import ABSENT, Expression, Unknown, expression_of

if TYPE_CHECKING:
    from relint.change.records import Comparison, ResourceChange
    from relint.model.resource import Resource
    from relint.model.view import View

_API = "AWS::ApiGateway::RestApi"
_DEPLOYMENT = "AWS::ApiGateway::Deployment"
_STAGE = "AWS::ApiGateway::Stage"
_PARTS = (
    "AWS::ApiGateway::Authorizer",
    "AWS::ApiGateway::GatewayResponse",
    "AWS::ApiGateway::Method",
    "AWS::ApiGateway::Model",
    "AWS::ApiGateway::RequestValidator",
    "AWS::ApiGateway::Resource",
)
_DEPLOYED = frozenset({"BinaryMediaTypes", "Body", "BodyS3Location", "MinimumCompressionSize", "Parameters", "Policy"})
"""Properties of an API that reach its callers with the next deployment.

https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html (2026-11-29)
"""
_HAPPENS = {"added": "is new", "removed": "is removed", "renamed": "is renamed"}
"""What a change does to a part of an API, unless it changes values of it."""


def check_change(change: ResourceChange, comparison: Comparison) -> Iterator[Problem | Unknown]:
    """Yield a problem at each deployment that serves an API as it was before the change of this part of the API.

    Of the parts of an API that change, the first has all problems. Message values: `deployment`, `part`, `happens`
    (such as "is new"), and `stage`, the stages that serve the deployment; without stages in the template the message is
    `unused`. Nothing for what SAM and the CDK deploy, because they give another logical id to the deployment of another
    API.
    """
    api = _changed_api(change, comparison)
    if api is None:
        return
    parts = _changed_parts(comparison)[api]
    certain = [part for part in parts if not _open_reason(part)]
    if change is not (certain or parts)[0]:
        return
    for deployment, stages in _old_deployments(api, comparison):
        if not certain:
            yield Unknown(("Change", change.logical_id), _open_reason(change))
            return
        yield Problem(
            ("New", *deployment.path),
            values={
                "deployment": deployment.logical_id,
                "part": change.logical_id,
                "happens": _HAPPENS.get(change.kind, "changes"),
                "stage": ", ".join(stages),
            },
            related=(((), f"This part of the API {_HAPPENS.get(change.kind, 'changes')}."),),
            message=None if stages else "unused",
        )


def _changed_parts(comparison: Comparison) -> dict[Expression, list[ResourceChange]]:
    """Return the changes of the parts of each API, computed once for a comparison."""
    cache = comparison.new.cache
    key = ("changed parts of APIs", "", "")
    if key not in cache:
        cache[key] = {}
        for change in comparison.changes:
            cache[key].setdefault(_changed_api(change, comparison), []).append(change)
    parts: dict[Expression, list[ResourceChange]] = cache[key]
    return parts


def _changed_api(change: ResourceChange, comparison: Comparison) -> Expression | None:
    """Return the API of which the change concerns a part that callers see; None for any other change."""
    resource = change.resource
    if change.kind == "retyped" or resource.generated_from or (change.kind == "modified" and not change.properties):
        return None
    if change.type == _API:
        is_deployed = any(not _DEPLOYED.isdisjoint(value.path[1:2]) for value in change.properties)
        return ("Ref", resource.logical_id) if is_deployed else None
    if change.type not in _PARTS:
        return None
    return _api_of(comparison.old if change.kind == "removed" else comparison.new, resource)


def _api_of(view: View, resource: Resource) -> Expression:
    return expression_of(view.get(resource, "Properties", "RestApiId").value)


def _open_reason(change: ResourceChange) -> str:
    """Return why the templates do not decide whether a resource changes; an empty text if it surely does."""
    reasons = [value.open_reason for value in change.properties]
    return reasons[0] if reasons and all(reasons) else ""


def _old_deployments(api: Expression, comparison: Comparison) -> Iterator[tuple[Resource, list[str]]]:
    """Yield the deployments of an API that are used and not new, each with the names of the stages that serve it.

    If no stage of the API is in the template, each deployment counts as used, unless one of them is new.
    """
    view = comparison.new
    deployments = [deployment for deployment in view.resources(_DEPLOYMENT) if _api_of(view, deployment) == api]
    new_ones = [deployment for deployment in deployments if _is_new(deployment, comparison)]
    renewed = {_own_stage(view, deployment) for deployment in new_ones}
    stages = [stage for stage in view.resources(_STAGE) if _api_of(view, stage) == api]
    has_stages = any((*stages, *(_own_stage(view, deployment) for deployment in deployments)))
    for deployment in deployments:
        own_stage = _own_stage(view, deployment)
        names = [stage.logical_id for stage in stages if _serves_as_before(stage, deployment, comparison)]
        names += [own_stage] if own_stage and own_stage not in renewed else []
        is_used = bool(names) if has_stages else not new_ones
        if is_used and deployment not in new_ones and not deployment.cdk_path:
            yield deployment, names


def _is_new(deployment: Resource, comparison: Comparison) -> bool:
    change = comparison.by_id().get(deployment.logical_id)
    return change is not None and (change.kind in ("added", "renamed") or change.effect == "replaces")


def _serves_as_before(stage: Resource, deployment: Resource, comparison: Comparison) -> bool:
    """Whether a stage serves a deployment, and served no other one of the old template before."""
    if _served(comparison.new, stage) != deployment:
        return False
    old_stage = comparison.old.template.resources.get(stage.logical_id)
    before = _served(comparison.old, old_stage) if old_stage else None
    return before is None or before.logical_id == deployment.logical_id


def _served(view: View, stage: Resource) -> Resource | None:
    return view.target(view.get(stage, "Properties", "DeploymentId"), _DEPLOYMENT)


def _own_stage(view: View, deployment: Resource) -> str:
    """Return the name of the stage that a deployment makes itself; an empty text if it makes none."""
    value = view.get(deployment, "Properties", "StageName").value
    return "" if value is ABSENT else text_of_value(value)
