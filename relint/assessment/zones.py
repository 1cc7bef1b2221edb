"""Classes of zones: the zones in which the units of parts lie, as symbols, and which of them are never the same."""

from __future__ import annotations

from itertools import combinations

from relint._typing import TYPE_CHECKING
from relint.model.availability_zones import are_proven_distinct, proof_of_distinctness
from relint.model.zone_facts import ZoneFacts, ZoneProof, proven_facts
from relint.model.zone_members import subnet_of, zone_of_resource
from relint.resolve.value import is_call

if TYPE_CHECKING:
    from relint.assessment.parts import Part
    from relint.model.template import Template
    from relint.model.zone_members import ZoneMember


class ZoneClasses:
    """The classes of zones of a system, with a number for each, and the pairs that are never the same zone.

    `keys` say which class is which, in this and in another instance; classes of units whose zones are not known one by
    one share that of their part.
    """

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._members: dict[int, list[ZoneMember]] = {}
        self._templates: dict[int, Template] = {}
        self._facts: dict[int, ZoneFacts] = {}
        self.labels: dict[int, str] = {}
        self.keys: dict[int, object] = {}
        self._named_by_subnets: set[int] = set()
        self.distinct: dict[frozenset[int], ZoneProof] = {}

    @property
    def count(self) -> int:
        """The number of classes."""
        return len(self._numbers)

    def place(self, part: Part, number: int) -> list[int]:
        """Return the classes of zones in which a number of units of a part lie.

        Units lie in the subnets or zones of the part in turn. If those are not known one by one, or if they are more
        than the units, each unit lies in a class of its own, of which as many are different zones as is proven.
        """
        redundancy = part.redundancy
        singles = [member for member in redundancy.places if not member.is_list]
        known = list(dict.fromkeys(self._number_of(part, member) for member in singles))
        at_least = redundancy.zones.lower
        if part.resource.type.endswith("::DBCluster") and known:
            at_least = 1  # AWS chooses zones for instances, and does not say that they are different ones
        if known and len(singles) == len(redundancy.places) and len(known) <= max(number, 1):
            if at_least >= len(known):
                self._separate(known, part)
            return [known[index % len(known)] for index in range(number)]
        most = redundancy.zones.upper
        count = number if most is None else min(number, max(most, 1))
        floating = [self._add((part.id, index), f"a zone of {part.name}") for index in range(count)]
        self.keys.update(dict.fromkeys(floating, part.id))
        self._separate(floating[:at_least], part)
        return [floating[index % count] for index in range(number)] if count else []

    def place_mount_target(self, part: Part) -> int:
        """Return the class of the zone of the subnet of a mount target."""
        return self._number_of(part, zone_of_resource(part.view(), part.resource))

    def _number_of(self, part: Part, member: ZoneMember) -> int:
        """Return the class of the zone of a member; the name of a zone means the same in all stacks."""
        scope = "" if is_call(member.zone, "Zone") else part.id.rpartition(":")[0] + part.template.document.file
        key = (scope, member.zone)
        number = self._numbers.get(key)
        if number is None:
            number = self._add(key, _label(member))
        if subnet_of(part.view(), member) is not None and number not in self._named_by_subnets:
            self._named_by_subnets.add(number)  # a gateway or an instance names a zone only if no subnet does
            self.labels[number] = _label(member)
        self._templates.setdefault(number, part.template)
        members = self._members.setdefault(number, [])
        if all(member.identity != other.identity for other in members):
            for other, others in self._members.items():
                proof = self._proof(part, number, other, member, others) if other != number else None
                if proof is not None:
                    self.distinct[frozenset((number, other))] = proof
            members.append(member)
        return number

    def _proof(
        self, part: Part, number: int, other: int, member: ZoneMember, others: list[ZoneMember]
    ) -> ZoneProof | None:
        """Return the reason why a class is not that of a member, unless none or another one is known."""
        if frozenset((number, other)) in self.distinct:
            return None
        both_named = is_call(member.zone, "Zone") and all(is_call(one.zone, "Zone") for one in others)
        if self._templates.get(other) is not part.template and not both_named:
            return None
        facts = self._facts.get(id(part.template))
        if facts is None:
            facts = self._facts[id(part.template)] = proven_facts(part.view())
        distinct = next((one for one in others if are_proven_distinct(member, one, facts)), None)
        return None if distinct is None else proof_of_distinctness(member, distinct, facts)

    def _add(self, key: object, label: str) -> int:
        number = self._numbers.setdefault(key, len(self._numbers))
        self.labels.setdefault(number, label)
        self.keys.setdefault(number, key)
        return number

    def _separate(self, numbers: list[int], part: Part) -> None:
        """Take the classes of a part for different zones, whose number the part proves or is expected to use."""
        count, is_proven = part.redundancy.zones.lower, part.redundancy.spread != "expected"
        is_standby = part.resource.type == "AWS::RDS::DBInstance"
        says = f"{part.name} lies in {count} zones or more" if is_proven else f"{part.name} spreads its units"
        proof = (
            ZoneProof("D8", f"the standby of {part.name} lies in another zone") if is_standby else ZoneProof("", says)
        )
        for pair in combinations(dict.fromkeys(numbers), 2):
            self.distinct.setdefault(frozenset(pair), proof._replace(is_proven=is_proven))

    def members_of(self, number: int) -> tuple[ZoneMember, ...]:
        """Return the subnets, zones and resources that lie in a class; none if it is some zone of a part."""
        return tuple(self._members.get(number, ()))


def _label(member: ZoneMember) -> str:
    return f"zone {member.label}" if member.identity == member.label else f"zone of {member.label}"
