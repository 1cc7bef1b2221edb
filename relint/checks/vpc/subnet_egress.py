"""Tasks and functions in subnets without the route that they need.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html (2026-11-28)
https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html (2026-11-28)
https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html (2026-11-28)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, NamedTuple
from relint.checks.problem import Problem
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, all_of, any_of
from relint.model.aws.container_images import REPOSITORY, UNKNOWN_PART, containers_with_images, image_text
from relint.model.aws.ecs import effective_strategy, hosts_of_service, zones_of_host
from relint.model.system.routes import SUBNET, default_target, may_be_public, route_table_of
from relint.resolve.value import ABSENT, Expression, Located, Unknown, expression_of, references, text_with_markers

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_NETWORK = ("Properties", "NetworkConfiguration", "AwsvpcConfiguration")
_DEFINITION = "AWS::ECS::TaskDefinition"
_ENDPOINT = "AWS::EC2::VPCEndpoint"
_PROVIDERS = ["FARGATE", "FARGATE_SPOT"]
_REGISTRY = re.compile(r"\.dkr[.-]ecr(-fips)?\.")
"""In the host of a private registry of ECR, the only images that endpoints lead to."""

_OTHER_IMAGE = ("image",)

_WAYS = {
    "default": "It has no default route.",
    "public": "Its default route leads to an internet gateway.",
    "function": "Its default route leads to an internet gateway.",
}


class _Needs(NamedTuple):
    """Endpoints that tasks need without a default route, by the ends of their names; `unknown` if there may be more."""

    endpoints: tuple[str, ...]
    unknown: Unknown | None = None
    has_other_image: bool = False


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at the subnets of a service, or of a function, that lack a route.

    Message `default` for subnets without a default route and without the endpoints that tasks need, `public` for tasks
    without a public address behind an internet gateway, `image` if there are endpoints, but none leads to an image, and
    `function` for functions behind an internet gateway. Message values: `subnets`, `missing` (the endpoints).
    Unknown if a route table or an image is.
    """
    if resource.type == "AWS::Lambda::Function":
        subnets = view.get(resource, "Properties", "VpcConfig", "SubnetIds")
        items = [item for item in view.scenario.items(subnets) if may_be_public(view, item)]
        yield from _check(view, items, subnets, None, is_function=True)
        return
    subnets = view.get(resource, *_NETWORK, "Subnets")
    if subnets.value is ABSENT:
        return
    is_fargate = _runs_on_fargate(view, resource)
    if isinstance(is_fargate, Unknown):
        yield is_fargate
    elif is_fargate:
        yield from _check(view, view.scenario.items(subnets), subnets, resource)
    else:
        hosts = hosts_of_service(view, resource)
        places = [place for host in hosts.resources for place in zones_of_host(view, host)]
        if not places:
            yield Unknown(("Hosts", resource.logical_id), "the instances that run its tasks are not in these files")
        located = [Located(Unknown(place.identity, "its subnet is not in these files"), place.path) for place in places]
        yield from _check(view, located, subnets, resource, has_address=True)


def _check(
    view: View,
    items: list[Located],
    subnets: Located,
    service: Resource | None,
    *,
    is_function: bool = False,
    has_address: bool = False,
) -> Iterator[Problem | Unknown]:
    public: list[Located] = []
    isolated: list[Located] = []
    unknown: Unknown | None = None
    for item in items:
        target = default_target(view, item)
        if isinstance(target, Unknown):
            unknown = unknown or target
        elif target is None:
            isolated.append(item)
        elif target.kind == "internet":
            public.append(item)
    if is_function:
        if public:
            yield _problem(view, subnets, public, "function")
        return
    address = True if has_address or service is None else _has_address(view, service)
    if isinstance(address, Unknown) and public:
        unknown = unknown or address
    for lacking, message in ((isolated, "default"), (public if address is False else [], "public")):
        missing = _missing(view, service, lacking) if service and lacking else ()
        if isinstance(missing, Unknown):
            unknown = unknown or missing
        elif missing:
            yield _problem(view, subnets, lacking, message, missing)
            return
    if unknown is not None:
        yield unknown


def _problem(
    view: View, subnets: Located, lacking: list[Located], message: str, missing: tuple[str, ...] = ()
) -> Problem:
    resources = {subnet.logical_id: subnet for item in lacking if (subnet := view.target(item, SUBNET)) is not None}
    names = list(resources) or [text_with_markers(expression_of(item.value)).strip("\0") for item in lacking]
    return Problem(
        subnets.path,
        values={"subnets": names, "missing": list(missing)},
        related=tuple((subnet.path, _WAYS[message]) for subnet in resources.values()),
        message="image" if missing == _OTHER_IMAGE else message,
    )


def _has_address(view: View, service: Resource) -> Truth:
    value = view.get(service, *_NETWORK, "AssignPublicIp").value
    return False if value is ABSENT else apply_test("equals", value, "ENABLED")


def _runs_on_fargate(view: View, service: Resource) -> Truth:
    """Whether the tasks of a service run on Fargate, by its launch type, its strategy or its task definition."""
    launch_type = view.get(service, "Properties", "LaunchType").value
    if launch_type is not ABSENT:
        return apply_test("equals", launch_type, "FARGATE")
    definition = view.target(view.get(service, "Properties", "TaskDefinition"), _DEFINITION)
    modes = view.select(definition, ("Properties", "RequiresCompatibilities", "*")) if definition else []
    if modes and all_of(apply_test("equals", mode.value, "FARGATE") for mode in modes) is True:
        return True
    strategy = effective_strategy(view, service)
    if isinstance(strategy.value, Unknown):
        return strategy.value
    providers = view.select(strategy, ("*", "CapacityProvider")) if strategy.value is not ABSENT else []
    return any_of(apply_test("in", provider.value, _PROVIDERS) for provider in providers)


def _missing(view: View, service: Resource, subnets: list[Located]) -> tuple[str, ...] | Unknown:
    """Return the services for which tasks in one of the subnets lack an endpoint; none if nothing is missing."""
    needs = _needs(view, service)
    missing: dict[str, None] = {}
    for subnet in subnets:
        lacking = _lacking(view, subnet, needs)
        if isinstance(lacking, Unknown):
            return lacking
        missing.update(dict.fromkeys(lacking))
    return tuple(missing) or needs.unknown or (_OTHER_IMAGE if needs.has_other_image else ())


def _lacking(view: View, subnet: Located, needs: _Needs) -> list[str] | Unknown:
    resource = view.target(subnet, SUBNET)
    network = expression_of(view.get(resource, "Properties", "VpcId").value) if resource else ""
    table = route_table_of(view, subnet)
    there = [name for endpoint in view.resources(_ENDPOINT) for name in _served(view, endpoint, network, table)]
    lacking = [name for name in needs.endpoints if not any(text.endswith(f".{name}") for text in there)]
    is_here = resource is not None and view.target(view.get(resource, "Properties", "VpcId")) is not None
    if lacking and not is_here:
        return Unknown(("Endpoints", network), "the endpoints of the network are not in these files")
    return lacking


def _served(view: View, endpoint: Resource, network: Expression, table: Expression) -> Iterator[str]:
    """Yield the service name of an endpoint that the subnets of a network, with a route table, can use."""
    if expression_of(view.get(endpoint, "Properties", "VpcId").value) != network:
        return
    kind = view.get(endpoint, "Properties", "VpcEndpointType").value
    tables = [expression_of(item.value) for item in view.select(endpoint, ("Properties", "RouteTableIds", "*"))]
    is_gateway = kind in (ABSENT, "Gateway")
    if not is_gateway or table in tables or any(("Ref", table) == other for other in tables):
        yield text_with_markers(expression_of(view.get(endpoint, "Properties", "ServiceName").value))


def _needs(view: View, service: Resource) -> _Needs:
    """Return what the tasks of a service need: their images, and logs and secrets where the definition has some."""
    endpoints = ["ecr.api", "ecr.dkr", "s3"]
    definition = view.target(view.get(service, "Properties", "TaskDefinition"), _DEFINITION)
    if definition is None:
        return _Needs(tuple(endpoints), Unknown(("Images", service.logical_id), "its images are not in these files"))
    unknown: Unknown | None = None
    is_other = False
    for container, image in containers_with_images(view, definition):
        host = image_text(view, image).partition("/")[0]
        if UNKNOWN_PART in host and not _REGISTRY.search(host) and not _is_repository(view, image):
            unknown = unknown or Unknown(expression_of(image.value), "the registry of an image is not in these files")
        elif not _REGISTRY.search(host) and not _is_repository(view, image):
            is_other = True
        if view.get(container, "LogConfiguration", "LogDriver").value == "awslogs":
            endpoints.append("logs")
        for secret in view.select(container, ("Secrets", "*", "ValueFrom")):
            endpoints += _endpoints_of_secret(view, secret)
    return _Needs(tuple(dict.fromkeys(endpoints)), unknown, is_other)


def _endpoints_of_secret(view: View, secret: Located) -> list[str]:
    """Return the endpoint that a secret is fetched from, none if a template does not tell."""
    expression = expression_of(secret.value)
    if "secretsmanager" in text_with_markers(expression) or _refers_to(view, expression, "AWS::SecretsManager::Secret"):
        return ["secretsmanager"]
    return ["ssm"] if isinstance(expression, str) or _refers_to(view, expression, "AWS::SSM::Parameter") else []


def _is_repository(view: View, image: Located) -> bool:
    """Whether an image is written with the address of a repository of the template."""
    return _refers_to(view, expression_of(image.value), REPOSITORY)


def _refers_to(view: View, expression: Expression, resource_type: str) -> bool:
    resources = view.template.resources
    return any(name in resources and resources[name].type == resource_type for name in references(expression))
