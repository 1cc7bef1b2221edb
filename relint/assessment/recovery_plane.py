"""Recovery dependencies: needs of a part that is started again, which it does not have while it serves.

Control planes change resources, and are more complex and more likely to fail than the data planes that serve:
https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/control-planes-and-data-planes.html
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.assessment.boot_scripts import fetches_of_init, fetches_of_script, text_of
from relint.assessment.records import RecoveryDependency
from relint.model.aws.container_images import UNKNOWN_PART, containers_with_images, image_text

if TYPE_CHECKING:
    from relint.assessment.parts import Part, Parts
    from relint.source.location import Path

_CONTROL_PLANES = {
    "AWS::AutoScaling::AutoScalingGroup": "the control planes of EC2 Auto Scaling and EC2",
    "AWS::EC2::Instance": "the control plane of EC2",
    "AWS::ECS::Service": "the control plane of ECS",
    "AWS::EKS::Nodegroup": "the control planes of EKS, EC2 Auto Scaling and EC2",
    "AWS::ElasticBeanstalk::Environment": "the control planes of EC2 Auto Scaling and EC2",
}
"""What starts the units of a type, or takes part in starting them."""

_GATEWAYS = {
    "AWS::EC2::NatGateway": "NAT gateway",
    "AWS::EC2::InternetGateway": "internet gateway",
    "AWS::EC2::EgressOnlyInternetGateway": "egress-only internet gateway",
    "AWS::EC2::TransitGateway": "transit gateway",
    "AWS::EC2::VPCEndpoint": "endpoint",
    "AWS::EC2::VPCPeeringConnection": "peering connection",
    "AWS::EC2::Instance": "instance as a gateway",
    "AWS::EC2::NetworkInterface": "network interface as a gateway",
}
_IMAGES = (("Properties", "ImageId"), ("Properties", "LaunchTemplateData", "ImageId"))
_SCRIPTS = (("Properties", "UserData"), ("Properties", "LaunchTemplateData", "UserData"))
_INIT = ("Metadata", "AWS::CloudFormation::Init")
_BOOT_PATHS = (*_SCRIPTS, _INIT)
_TASK = "AWS::ECS::TaskDefinition"
_HUB = "docker.io"


def recovery_dependencies(parts: Parts, names: Iterable[str]) -> tuple[RecoveryDependency, ...]:
    """Return what the parts of an entry need to start again, without repetitions, by part."""
    found: dict[tuple[str, str], RecoveryDependency] = {}
    for name in sorted(names):
        part = parts.parts[name]
        if part.resource.type in _CONTROL_PLANES:
            for need in _needs(parts, part):
                found.setdefault((need.resource, need.needs), need)
    return tuple(found.values())


def _needs(parts: Parts, part: Part) -> Iterator[RecoveryDependency]:
    yield RecoveryDependency(
        part.name, _CONTROL_PLANES[part.resource.type], "control-plane", _place(part, part.resource.path)
    )
    described_by = [part, *_descriptions(parts, part)]
    for one in described_by:
        yield from _images(part, one)
        yield from _fetches(part, one)
        yield from _data(parts, part, one)
    yield from _gateways(parts, part)


def _descriptions(parts: Parts, part: Part) -> Iterator[Part]:
    """Yield the launch template, launch configuration or task definition of a part."""
    for dependency in parts.outgoing.get(part.id, ()):
        if dependency.relation is not None and dependency.relation.kind == "part":
            yield parts.parts[dependency.target]


def _images(part: Part, described: Part) -> Iterator[RecoveryDependency]:
    for path in _IMAGES:
        image = _at(described, path)
        if image is not None:
            place = _place(described, (*described.resource.path, *path))
            yield RecoveryDependency(part.name, f"the image {_image_name(described, image)}", "image", place)
    if described.resource.type == _TASK:
        view = described.view()
        for _, image in containers_with_images(view, described.resource):
            text = image_text(view, image)
            registry = _registry(text)
            shown = text.replace(UNKNOWN_PART, "...")
            needs = f"the registry {registry} for the image {shown}" if registry else f"the registry of {shown}"
            is_rated = ".dkr.ecr." in registry
            place = _place(described, image.path)
            if is_rated:
                yield RecoveryDependency(part.name, needs, "image", place)
            else:
                yield RecoveryDependency(part.name, f"{needs} (unrated)", "host", place)


def _image_name(described: Part, image: Any) -> str:
    """Return the id of an image, or the parameter from which CloudFormation takes it."""
    if isinstance(image, dict) and isinstance(image.get("Ref"), str):
        declared = described.template.document.data.get("Parameters")
        parameter = declared.get(image["Ref"]) if isinstance(declared, dict) else None
        if isinstance(parameter, dict) and str(parameter.get("Type", "")).startswith("AWS::SSM::Parameter::Value"):
            return f"that the SSM parameter {parameter.get('Default', image['Ref'])} named at the last update"
        return f"that the parameter {image['Ref']} names"
    steps = image.get("Fn::FindInMap") if isinstance(image, dict) else None
    if isinstance(steps, list) and steps:
        return f"that the mapping {text_of(steps[0])} names"
    return text_of(image) or "that a function returns"


def _registry(image: str) -> str:
    """Return the host of the registry of an image, Docker Hub without one; "" if it is not known."""
    first, slash, _ = image.partition("/")
    if UNKNOWN_PART in first:
        return ""
    return first if slash and ("." in first or ":" in first or first == "localhost") else _HUB


def _fetches(part: Part, described: Part) -> Iterator[RecoveryDependency]:
    path = described.resource.path
    scripts = [fetch for steps in _SCRIPTS for fetch in fetches_of_script(_at(described, steps) or "", (*path, *steps))]
    for fetch in (*scripts, *fetches_of_init(_at(described, _INIT), (*path, *_INIT))):
        needs = f"the repositories of {fetch.name}" if fetch.is_manager else f"the host {fetch.name}"
        yield RecoveryDependency(part.name, f"{needs} (unrated)", "host", _place(described, fetch.path))


def _data(parts: Parts, part: Part, described: Part) -> Iterator[RecoveryDependency]:
    """Yield the data whose address a boot script knows."""
    for dependency in parts.outgoing.get(described.id, ()):
        relation = dependency.relation
        if relation is not None and any(relation.path[: len(path)] == path for path in _BOOT_PATHS):
            place = _place(described, (*described.resource.path, *relation.path))
            yield RecoveryDependency(part.name, parts.parts[dependency.target].name, "data", place)


def _gateways(parts: Parts, part: Part) -> Iterator[RecoveryDependency]:
    """Yield the gateways to which the routes of the subnets of a part lead, with these subnets."""
    subnets: dict[str, list[str]] = {}
    for dependency in parts.outgoing.get(part.id, ()):
        if parts.parts[dependency.target].resource.type == "AWS::EC2::Subnet":
            for gateway in _reached(parts, dependency.target):
                subnets.setdefault(gateway, []).append(parts.parts[dependency.target].name)
    for gateway, names in subnets.items():
        target = parts.parts[gateway]
        needs = f"{target.name} ({_GATEWAYS[target.resource.type]} of {', '.join(dict.fromkeys(names))})"
        yield RecoveryDependency(part.name, needs, "network", _place(target, target.resource.path))


def _reached(parts: Parts, subnet: str) -> Iterator[str]:
    """Yield the gateways behind the route table of a subnet."""
    seen, queue = {subnet}, deque([subnet])
    while queue:
        for dependency in parts.outgoing.get(queue.popleft(), ()):
            relation, target = dependency.relation, dependency.target
            if relation is not None and relation.kind == "network" and target not in seen:
                seen.add(target)
                if parts.parts[target].resource.type in _GATEWAYS:
                    yield target
                else:
                    queue.append(target)


def _at(part: Part, steps: tuple[str, ...]) -> Any:
    """Return the node at a path below a resource as it is written, or None."""
    node: Any = part.resource.body
    for step in steps:
        node = node.get(step) if isinstance(node, dict) else None
    return node


def _place(part: Part, path: Path) -> str:
    """Return the file and the line of a path of the template of a part."""
    template = part.template
    written = template.written_path(template.source_path(path))
    document, _ = template.document.origin(written)
    return f"{document.file}:{template.document.span_of(written).start.line}"
