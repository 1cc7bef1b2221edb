"""The way of a request from a domain name to what answers: records, distributions, accelerators and their endpoints.

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-problems.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.model.aws.route53 import RECORD_SET, Record, all_records, canonical_domain
from relint.model.system.circles import find_circles
from relint.model.zone_names import describe_expression
from relint.resolve.value import ABSENT, Expression, is_call, references

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View
    from relint.resolve.value import Located
    from relint.source.location import Path

DISTRIBUTION, ACCELERATOR = "AWS::CloudFront::Distribution", "AWS::GlobalAccelerator::Accelerator"
_LISTENER, _GROUP = "AWS::GlobalAccelerator::Listener", "AWS::GlobalAccelerator::EndpointGroup"
_OPAQUE_TYPES = ("AWS::CloudFormation::", "Custom::")
_ADDRESS_TYPES = frozenset({"A", "AAAA", "CNAME"})


class Place(NamedTuple):
    """A station of a request.

    `kind` is `name` (records of the template answer for it), `resource` (a resource of the template), `host` (a literal
    name or address) or `outside` (a value that the deployment decides). `identity` tells places of one kind apart, and
    `label` names it in messages.
    """

    kind: str
    identity: Expression
    label: str


class Step(NamedTuple):
    """A property, at `path` in `owner`, that leads a request on to another place."""

    owner: Resource
    path: Path
    target: Place


class NameResolution:
    """The steps that the records, distributions and accelerators of a scenario make."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.records = all_records(view)
        self._by_name: dict[Expression, list[Record]] = {}
        for record in self.records:
            self._by_name.setdefault(record.key.name, []).append(record)
        self._steps: dict[Place, tuple[Step, ...]] = {}
        self._circles: list[list[Step]] | None = None

    @property
    def circles(self) -> list[list[Step]]:
        """The ways that lead back to where they begin: one of each circle, from its first resource in the template."""
        if self._circles is None:
            distributions = (resource.logical_id for resource in self._view.resources(DISTRIBUTION))
            starts = [place for record in self.records for place in self.names_of(record)]
            starts += [Place("resource", logical_id, logical_id) for logical_id in distributions]
            groups = find_circles(starts, lambda place: [step.target for step in self.steps(place)])
            self._circles = [self._way_round(group) for group in groups]
        return self._circles

    def _way_round(self, circle: frozenset[Place]) -> list[Step]:
        """Return a shortest way from the earliest step inside of a circle back to the place where it begins."""
        order = {logical_id: index for index, logical_id in enumerate(self._view.template.resources)}
        inside = [(step, place) for place in circle for step in self.steps(place) if step.target in circle]
        first, begin = min(inside, key=lambda pair: (order[pair[0].owner.logical_id], repr(pair[0].path)))
        previous: dict[Place, Step] = {}
        origin: dict[Place, Place] = {}
        waiting = [first.target]
        for place in waiting:
            if place == begin:
                break
            for step in self.steps(place):
                if step.target in circle and step.target != first.target and step.target not in previous:
                    previous[step.target], origin[step.target] = step, place
                    waiting.append(step.target)
        way: list[Step] = []
        place = begin
        while place != first.target:
            way.append(previous[place])
            place = origin[place]
        return [first, *reversed(way)]

    def steps(self, place: Place) -> tuple[Step, ...]:
        """Return the steps from a place; none from where requests end."""
        if place not in self._steps:
            self._steps[place] = tuple(self._find_steps(place))
        return self._steps[place]

    def steps_of_record(self, record: Record) -> Iterator[Step]:
        """Yield the steps of a record: its alias, or the value of a CNAME; addresses are places, too."""
        alias = self._view.get(record.body, "AliasTarget", "DNSName")
        if alias.value is not ABSENT:
            yield Step(record.resource, alias.path, self._place(alias.value, record))
            return
        for item in self._view.scenario.items(self._view.get(record.body, "ResourceRecords")):
            yield Step(record.resource, item.path, self.place_of(item.value))

    def place_of(self, value: Any) -> Place:
        """Return the place that a domain name, an address or a reference means."""
        return self._place(value, None)

    def names_of(self, record: Record) -> frozenset[Place]:
        """Return the places that the name of a record is, for queries of its type and for those of clients."""
        label = describe_expression(record.key.name)
        return frozenset(Place("name", key, label) for key in (record.key, record.key._replace(type="*")))

    def _place(self, value: Any, alias: Record | None) -> Place:
        """Return the place of a value; in an alias, only records of the same zone and type are meant."""
        expression = canonical_domain(value)
        named = self._named_records(expression)
        if alias is not None:
            named = [other for other in named if other.key.zone == alias.key.zone]
        elif len({other.key.zone for other in named}) > 1:
            named = []  # a public and a private zone with one name: which of them answers depends on who asks
        if named:
            record_type = alias.key.type if alias is not None else "*"
            return Place("name", named[0].key._replace(type=record_type), describe_expression(named[0].key.name))
        resources = self._view.template.resources
        known = [resources[name] for name in sorted(references(expression)) if name in resources]
        if len(known) == 1 and not known[0].type.startswith(_OPAQUE_TYPES):
            return Place("resource", known[0].logical_id, known[0].logical_id)
        if isinstance(expression, str):
            return Place("host", expression, expression)
        return Place("outside", expression, describe_expression(expression))

    def _named_records(self, expression: Expression) -> list[Record]:
        """Return the records with a name; Ref of a record set returns its name."""
        if is_call(expression, "Ref"):
            resource = self._view.template.resources.get(expression[1])
            if resource is not None and resource.type == RECORD_SET:
                return [record for record in self.records if record.resource is resource]
        return self._by_name.get(expression, [])

    def _find_steps(self, place: Place) -> Iterator[Step]:
        if place.kind == "name":
            zone, name, wanted = place.identity
            for record in self._by_name.get(name, ()):
                record_type = record.key.type
                is_meant = record_type in (wanted, "CNAME") or (wanted == "*" and record_type in _ADDRESS_TYPES)
                if record.key.zone == zone and is_meant:
                    yield from self.steps_of_record(record)
        elif place.kind == "resource":
            yield from self._steps_of_resource(self._view.template.resources[place.label])

    def _steps_of_resource(self, resource: Resource) -> Iterator[Step]:
        """Yield the steps of a distribution to its origins, and of an accelerator to its endpoints."""
        if resource.type == DISTRIBUTION:
            for origin in self._view.select(resource, ("Properties", "DistributionConfig", "Origins", "*")):
                yield self.step_of_origin(resource, origin)
        elif resource.type == ACCELERATOR:
            for listener in self._view.referrers(resource, (_LISTENER,), ("Properties", "AcceleratorArn")):
                for group in self._view.referrers(listener, (_GROUP,), ("Properties", "ListenerArn")):
                    for endpoint in self._view.select(
                        group, ("Properties", "EndpointConfigurations", "*", "EndpointId")
                    ):
                        yield Step(group, endpoint.path, self.place_of(endpoint.value))

    def step_of_origin(self, distribution: Resource, origin: Located) -> Step:
        """Return the step to an origin of a distribution."""
        domain = self._view.get(origin, "DomainName")
        return Step(distribution, domain.path, self.place_of(domain.value))

    def reached(self, starts: Iterable[Place]) -> Mapping[Place, Step | None]:
        """Return the places to which requests come from some places, each with the step that first leads there."""
        reached: dict[Place, Step | None] = dict.fromkeys(starts)
        waiting = list(reached)
        for place in waiting:
            for step in self.steps(place):
                if step.target not in reached:
                    reached[step.target] = step
                    waiting.append(step.target)
        return reached

    def ends(self, reached: Iterable[Place]) -> frozenset[Place]:
        """Return the places that make no further step, such as load balancers and addresses."""
        return frozenset(place for place in reached if not self.steps(place))


def name_resolution(view: View) -> NameResolution:
    """Return the name resolution of a scenario, built once for it."""
    key = ("name_resolution", "", "")
    if key not in view.cache:
        view.cache[key] = NameResolution(view)
    resolution: NameResolution = view.cache[key]
    return resolution
