"""The evidence for what a picture shows: the places in the files, and the facts with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from relint._typing import TYPE_CHECKING
from relint.assessment.facts import Fact
from relint.assessment.scene.records import PartState

if TYPE_CHECKING:
    from relint.assessment.scene.records import SceneEvent, ScenePart, SceneZone
    from relint.report.assessment.html.layout import Placed

_SPREADS = {
    "proven": "proven for every successful deployment",
    "expected": "expected, because AWS balances them, and not proven",
    "unknown": "not known",
}
_MAX_NAMES = 20


def evidence_of(placed: Placed, event: SceneEvent, facts: Mapping[str, Fact], where: str) -> str:
    """Return the evidence for a box in an event: where the part is, in which zone, and the facts that say its fate."""
    parts = placed.group.parts
    if len(parts) > 1:
        names = [f"{part.name} ({place(part)})" for part in parts[:_MAX_NAMES]]
        rest = len(parts) - len(names)
        return "; ".join(names) + (f"; and {rest} more" if rest else "")
    part = parts[0]
    sentences = [f"{part.name}, {part.type}, {place(part)}."]
    if placed.group.is_backup:
        return " ".join((*sentences, restore_evidence(part)))
    if where and len(part.units) > 1:
        sentences.append(f"{where}; that its units lie in different zones is {_SPREADS[part.spread]}.")
    elif where:
        sentences.append(f"{where}.")
    state = event.states.get(part.id, PartState("up"))
    used = [facts[fact] for fact in state.facts if fact in facts] if event.disruption else []
    sentences += (source(fact) for fact in used)
    if event.disruption and not used and state.condition == "up":
        regional = next((fact for fact in part.facts if fact.case == "regional"), None)
        sentences += [source(regional)] if regional is not None and event.disruption in ("AZ", "Hardware") else []
    return " ".join(sentences)


def place(part: ScenePart) -> str:
    """Return the file and line of a part."""
    return f"{part.file}:{part.line}"


def source(fact: Fact) -> str:
    """Return what a fact says, with its id, its source and its day."""
    judged = "" if fact.mark == "C" else " Our judgement." if fact.mark == "J" else " Not verified."
    return f"{fact.says}{judged} [{fact.id}, {fact.source}, {fact.as_of}]"


def restore_evidence(part: ScenePart) -> str:
    """Return what says from which state damaged data are restored."""
    if isinstance(part.restore, Fact):
        return source(part.restore)
    if part.restore is None:
        return "These files keep no earlier state of the data; another stack or the account may."
    return f"Unknown: {part.restore}."


def zone_evidence(zone: SceneZone, others: Sequence[SceneZone]) -> str:
    """Return the token of a zone, and from which other zones it is proven to differ."""
    different = [f"{other.title}: {zone.distinct[other.number]}" for other in others if other.number in zone.distinct]
    unclear = [other.title for other in others if other.number != zone.number and other.number not in zone.distinct]
    return " ".join(_zone_sentences(zone, different, unclear))


def _zone_sentences(zone: SceneZone, different: Sequence[str], unclear: Sequence[str]) -> Iterator[str]:
    yield f"{zone.title}, {zone.token} in these files."
    if different:
        yield f"Another zone than {'; '.join(different)}."
    if unclear:
        yield f"These files leave open if it is another zone than {', '.join(unclear)}."
