"""The zones of a system as symbols, and which of them are proven to be different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from relint._typing import TYPE_CHECKING, Literal
from relint.assessment.listed import ZoneRelation, ZoneToken
from relint.model.zone_names import describe_expression
from relint.resolve.value import Expression, arguments_of, function_name, is_call

if TYPE_CHECKING:
    from relint.assessment.zones import ZoneClasses

_MAX_UNKNOWN_RELATIONS = 500
"""Relations of zones that no part combines, beyond which they are left out."""


def zone_tokens(zones: ZoneClasses) -> list[ZoneToken]:
    """Return the classes of zones in the order of their numbers, each with a label of its own."""
    counts = Counter(zones.labels.values())
    numbers: Counter[str] = Counter()
    tokens = []
    for number in range(zones.count):
        label = zones.labels[number]
        numbers[label] += 1
        if counts[label] > 1:
            label = f"zone {numbers[label]} of {label.partition(' of ')[2]}"
        members = tuple(dict.fromkeys(member.label for member in zones.members_of(number)))
        tokens.append(ZoneToken(_canon_of_class(zones, number), label, members))
    return tokens


def zone_relations(
    zones: ZoneClasses, labels: Sequence[str], relevant: Collection[frozenset[int]]
) -> tuple[ZoneRelation, ...]:
    """Return the relations between classes of zones: those that differ, and those of which nobody knows.

    `relevant` are the pairs that a part combines, which are always among them.
    """
    return tuple(_relations(zones, labels, relevant))


def _relations(
    zones: ZoneClasses, labels: Sequence[str], relevant: Collection[frozenset[int]]
) -> Iterator[ZoneRelation]:
    remaining = _MAX_UNKNOWN_RELATIONS
    for left, right in combinations(range(zones.count), 2):
        pair = frozenset((left, right))
        proof = zones.distinct.get(pair)
        if proof is not None:
            basis: Literal["syntactic", "deployability", "assumed"] = "deployability" if proof.rule else "syntactic"
            basis = basis if proof.is_proven else "assumed"
            yield ZoneRelation(labels[left], labels[right], "NEQ", basis, proof.rule, proof.says)
        elif pair in relevant or remaining > 0:
            remaining -= pair not in relevant
            why = "nothing in these files says if they are one zone"
            yield ZoneRelation(labels[left], labels[right], "UNKNOWN", "assumed", "", why)


def _canon_of_class(zones: ZoneClasses, number: int) -> str:
    members = zones.members_of(number)
    return _canon(members[0].zone) if members else f"any({zones.labels[number].partition(' of ')[2]})"


def _canon(zone: Expression) -> str:
    """Return the canonical form of a zone: const, idx, param, elem, import, map, attr or any, with what it names."""
    name, arguments = function_name(zone), arguments_of(zone)
    if name == "Zone":
        return f"const({arguments[0]})"
    if name == "Anywhere":
        return f"any({arguments[0]})"
    if name == "Select":
        index, listed = arguments
        text = str(index) if isinstance(index, int) else describe_expression(index)
        if is_call(listed, "GetAZs"):
            return f"idx({describe_expression(arguments_of(listed)[0]) or 'AWS::Region'},{text})"
        return f"elem({describe_expression(listed)},{text})"
    forms = {"Ref": "param", "ImportValue": "import", "FindInMap": "map", "GetAtt": "attr"}
    text = describe_expression(arguments[0] if name in ("ImportValue",) else zone)
    return f"{forms.get(name, 'param')}({text})"
