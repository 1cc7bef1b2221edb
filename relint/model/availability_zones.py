"""What a template proves about Availability Zones without knowing values.

Every entry of a list of subnets or zones gets a symbolic zone. Two zones are equal, distinct, or not known to be
either; a resource spans a number of zones between a lower bound (what is proved distinct) and an upper bound (what is
not known taken as distinct).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from relint.resolve.value import ABSENT, Expression, Located, Unknown, expression_of, split_parts
from relint.tuples import NamedTuple

if TYPE_CHECKING:
    from relint.model.template import Resource
    from relint.model.view import View

_ZONE_NAME = re.compile(r"[a-z]{2,3}(-[a-z]+)+-\d+(-[a-z]+-\d+)?[a-z]|[a-z]+\d-[a-z-]*az\d+")
_MANY = 6
"""Upper bound for a list of unknown length: no Region has more zones."""
_MAX_COMPARED = 60
"""How many different members of a list are compared pairwise; a longer list can only make a lower bound too low."""

_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"


class Entry(NamedTuple):
    """One member of a list of subnets or zones.

    `identity` is what was named (a subnet, a parameter, a zone), `zone` the canonical form of its zone, `label` the
    name for people. `many` marks a whole list of unknown length, `spans` one that is known to cover two zones or more.
    """

    identity: Expression
    zone: Expression
    label: str
    path: tuple[str | int, ...]
    many: bool = False
    spans: bool = False


class Zones(NamedTuple):
    """How many zones some entries span: at least `lower`, at most `upper`; `undecided` names the pair that decides."""

    entries: tuple[Entry, ...]
    lower: int
    upper: int
    undecided: str | None

    def number(self) -> int | Unknown:
        """The number of zones, or an Unknown between the bounds."""
        if self.lower == self.upper:
            return self.lower
        zones = ("Zones", *(entry.zone for entry in self.entries))
        return Unknown(zones, self.undecided or "its zones are not known", self.lower, self.upper)


def entries_of(view: View, lists: Iterable[Located]) -> list[Entry]:
    """The entries of lists of subnets or zones, in order; absent ones left out."""
    return [entry for value in lists for entry in _entries(view, value)]


def span(view: View, entries: Iterable[Entry]) -> Zones:
    """How many zones the entries span, with the facts that any successful deployment proves."""
    known = tuple(entries)
    zones = _bounds(known, frozenset(), frozenset())
    if zones.lower < 2 <= zones.upper:
        pairs, lists = _facts(view)
        zones = _bounds(known, pairs, lists)
    return zones


def zone_of(view: View, resource: Resource, followed: tuple[str, ...] = ()) -> Entry:
    """The zone of a placed resource: its AvailabilityZone, else that of its subnet, else somewhere.

    `followed` are the subnets on the way here: one that refers to itself lies nowhere in particular.
    """
    followed = (*followed, resource.logical_id)
    for name in ("AvailabilityZone", "AvailabilityZoneId"):
        value = view.get(resource, "Properties", name)
        if value.value is not ABSENT:
            return _with_identity(entry_of(view, value, followed), resource)
    for steps in (("SubnetId",), ("NetworkInterfaces", 0, "SubnetId")):
        value = view.get(resource, "Properties", *steps)
        if value.value is not ABSENT:
            return _with_identity(entry_of(view, value, followed), resource)
    somewhere = ("Anywhere", resource.logical_id)
    return Entry(("Ref", resource.logical_id), somewhere, resource.logical_id, resource.path)


def same(one: Entry, other: Entry) -> bool:
    """Whether two entries provably lie in one zone."""
    return not one.many and not other.many and one.zone == other.zone


def distinct(one: Entry, other: Entry) -> bool:
    """Whether two entries provably lie in different zones, by what is written alone."""
    if one.many or other.many or one.zone == other.zone:
        return False
    a, b = one.zone, other.zone
    if a[0] == "Zone" == b[0]:
        # A zone name and a zone id may mean the same zone; two of a kind that differ do not.
        return _is_id(a[1]) == _is_id(b[1])
    # Fn::Select over the zones of one Region: another index is another zone.
    return (
        a[0] == "Select" == b[0]
        and isinstance(a[1], int)
        and isinstance(b[1], int)
        and isinstance(a[2], tuple)
        and a[2][0] == "GetAZs"
        and a[2] == b[2]
    )


def _is_id(name: str) -> bool:
    return bool(re.search(r"az\d+$", name))


def _with_identity(entry: Entry, resource: Resource) -> Entry:
    return Entry(("Ref", resource.logical_id), entry.zone, resource.logical_id, resource.path)


def _entries(view: View, value: Located) -> list[Entry]:
    known = value.value
    if isinstance(known, Unknown):
        form = known.expression
        if _is_joined(form):
            parts = split_parts(form[1:], ",", known.reason)
            return [entry_of(view, Located(part, value.path)) for part in parts if part != ""]
        if isinstance(form, tuple) and form[0] == "Join":
            known = Unknown(form[2], known.reason)  # Fn::Join(",", list) is the list
        return [_whole_list(view, known, value.path)]
    if isinstance(known, str) and "," in known:
        return [entry_of(view, Located(part.strip(), value.path)) for part in known.split(",")]
    found: list[Entry] = []
    for item in view.scenario.items(value):
        nested = _is_list_expression(view, item.value)
        comma = isinstance(item.value, str) and "," in item.value
        found += _entries(view, item) if nested or comma else [entry_of(view, item)]
    return found


def _is_list_expression(view: View, value: Any) -> bool:
    if not isinstance(value, Unknown) or not isinstance(value.expression, tuple):
        return False
    form = value.expression
    if form[0] == "Ref":
        parameter = view.template.deployments.parameters.get(form[1])
        return bool(parameter and parameter.is_list)
    return form[0] in ("Split", "GetAZs", "Join") or _is_joined(form)


def _is_joined(form: Expression) -> bool:
    """Whether an expression is a text in which commas separate the members."""
    return (
        isinstance(form, tuple)
        and form[0] == "Concat"
        and any(isinstance(part, str) and "," in part for part in form[1:])
    )


def _whole_list(view: View, value: Unknown, path: tuple[str | int, ...]) -> Entry:
    form = value.expression
    parameter = view.template.deployments.parameters.get(form[1]) if form[0] == "Ref" else None
    if view.target(value) is not None or (parameter and not parameter.is_list):
        return entry_of(view, Located(value, path))  # CloudFormation takes one subnet for a list of one
    return Entry(form, ("List", form), describe(form), path, many=True, spans=form[0] == "GetAZs")


def entry_of(view: View, value: Located, followed: tuple[str, ...] = ()) -> Entry:
    """The entry of one subnet or zone; subnets that have been `followed` already are no longer looked into."""
    known = value.value
    form = expression_of(known)
    if isinstance(form, str):
        literal = _ZONE_NAME.fullmatch(form)
        return Entry(form, ("Zone", form) if literal else ("Id", form), form, value.path)
    subnet = view.target(known, "AWS::EC2::Subnet")
    if subnet is not None and subnet.logical_id not in followed:
        return zone_of(view, subnet, followed)._replace(path=value.path)
    return Entry(form, form, describe(form), value.path)


def describe(form: Expression) -> str:
    """An expression as people name it: a logical id, a parameter, or the function that makes it."""
    if isinstance(form, str):
        return form
    if not isinstance(form, tuple) or not form:
        return "?"
    head, *rest = form
    if head in ("Ref", "Items", "List", "Zone", "Id", "Anywhere"):
        return describe(rest[0]) if rest else head
    if head == "GetAtt":
        return f"{rest[0]}.{rest[1]}"
    if head == "Select":
        return f"item {rest[0]} of {describe(rest[1])}"
    if head == "GetAZs":
        return "the zones of the Region"
    if head == "ImportValue":
        return f"import {describe(rest[0])}"
    if head == "Concat":
        return "".join("${" + describe(part) + "}" if isinstance(part, tuple) else part for part in rest)
    return str(head)


Pairs = frozenset[frozenset[Expression]]


def _bounds(entries: tuple[Entry, ...], pairs: Pairs, lists: frozenset[Expression]) -> Zones:
    def apart(one: Entry, other: Entry) -> bool:
        if same(one, other):
            return False
        return (
            distinct(one, other)
            or frozenset((one.identity, other.identity)) in pairs
            or (frozenset((one.zone, other.zone)) in pairs)
        )

    whole = [entry for entry in entries if entry.many]
    single = list({(entry.identity, entry.zone): entry for entry in entries if not entry.many}.values())
    upper = len({entry.zone for entry in single})
    single = single[:_MAX_COMPARED]
    clique: list[Entry] = []
    for start in single:
        candidate = [start]
        for entry in single:
            if all(apart(entry, member) for member in candidate):
                candidate.append(entry)
        clique = max(clique, candidate, key=len)
    lower = max(len(clique), 1 if entries else 0)
    for entry in whole:
        upper = max(upper + _MANY, _MANY)
        if entry.spans or entry.identity in lists:
            lower = max(lower, 2)
    return Zones(entries, lower, max(upper, lower), _undecided(single, whole, apart))


def _undecided(single: list[Entry], whole: list[Entry], apart: Any) -> str | None:
    if whole:
        return f'the zones of "{whole[0].label}" are not known'
    for index, one in enumerate(single):
        for other in single[index + 1 :]:
            if not same(one, other) and not apart(one, other):
                return f'"{one.label}" and "{other.label}" may lie in the same zone'
    return None


def _facts(view: View) -> tuple[Pairs, frozenset[Expression]]:
    """Pairs of distinct subnets or zones, and lists that span two zones, true of any successful deployment.

    Application, Network and Classic Load Balancers take one subnet per zone (an Application Load Balancer two or more),
    a file system one mount target per zone, a DB subnet group at least two zones, and brokers one zone per subnet.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
    https://docs.aws.amazon.com/efs/latest/ug/manage-fs-access.html
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
    """
    pairs: set[frozenset[Expression]] = set()
    lists: set[Expression] = set()

    def add(entries: list[Entry], one_per_zone: bool, two_zones: bool) -> None:
        if two_zones and len(entries) == 1 and entries[0].many:
            lists.add(entries[0].identity)
        if one_per_zone or (two_zones and len(entries) == 2):
            for index, one in enumerate(entries[:_MAX_COMPARED]):
                for other in entries[index + 1 : _MAX_COMPARED]:
                    if not one.many and not other.many:
                        pairs.add(frozenset((one.identity, other.identity)))
                        pairs.add(frozenset((one.zone, other.zone)))

    for balancer in view.resources(_BALANCER):
        kind = view.get(balancer, "Properties", "Type").value
        subnets = view.get(balancer, "Properties", "Subnets")
        mapped = view.select(balancer, ("Properties", "SubnetMappings", "*", "SubnetId"))
        entries = entries_of(view, [subnets]) + [entry_of(view, subnet) for subnet in mapped]
        add(entries, True, kind in (ABSENT, "application"))
    for balancer in view.resources(_CLASSIC):
        add(entries_of(view, [view.get(balancer, "Properties", "Subnets")]), True, False)
    for group in view.resources("AWS::RDS::DBSubnetGroup", "AWS::DocDB::DBSubnetGroup", "AWS::Neptune::DBSubnetGroup"):
        add(entries_of(view, [view.get(group, "Properties", "SubnetIds")]), False, True)
    for cluster in view.resources("AWS::MSK::Cluster"):
        subnets = view.get(cluster, "Properties", "BrokerNodeGroupInfo", "ClientSubnets")
        add(entries_of(view, [subnets]), True, True)
    targets: dict[Expression, list[Entry]] = {}
    for target in view.resources("AWS::EFS::MountTarget"):
        system = expression_of(view.get(target, "Properties", "FileSystemId").value)
        targets.setdefault(system, []).append(entry_of(view, view.get(target, "Properties", "SubnetId")))
    for entries in targets.values():
        add(entries, True, False)
    return frozenset(pairs), frozenset(lists)
