"""A fact with its source, date and mark, found by its id."""

from __future__ import annotations

from collections.abc import Iterator

from relint.assessment.agreements import agreements
from relint.assessment.facts import facts
from relint.assessment.zone_rules import ZONE_RULES
from relint.errors import OptionError
from relint.report.terminal import printable, wrap

_MARKS = {
    "C": "the text of AWS was read",
    "J": "our judgement",
    "S": "an older or a secondary text was read",
    "U": "not verified: it gives no number",
}
_COLUMNS = 100


def explain_fact(fact_id: str) -> str:
    """Return the sentence of a fact, its source, the day of its reading and its mark, as lines.

    Raises OptionError if no fact has this id, with the nearest one that exists.
    """
    texts = dict(_texts())
    text = texts.get(fact_id) or texts.get(fact_id.upper()) or texts.get(fact_id.lower())
    if text is None:
        from difflib import get_close_matches

        nearest = get_close_matches(fact_id.lower(), texts, 1)
        hint = f"did you mean '{nearest[0]}'?" if nearest else "the ids stand in brackets in the text of an assessment"
        raise OptionError(f"there is no fact '{fact_id}'; {hint}")
    return text


def _texts() -> Iterator[tuple[str, str]]:
    for fact in facts():
        yield fact.id, _text(fact.id, fact.says, fact.source, fact.as_of, fact.mark)
    for agreement in agreements():
        says = agreement.says
        if agreement.last_updated:
            says = f"{says} The agreement was last updated on {agreement.last_updated}."
        yield agreement.id, _text(agreement.id, says, agreement.source, agreement.as_of, agreement.mark)
    for rule in ZONE_RULES:
        yield rule.id, _text(rule.id, rule.says, rule.source, rule.as_of, rule.mark)


def _text(fact_id: str, says: str, source: str, as_of: str, mark: str) -> str:
    lines = [fact_id, *(f"  {line}" for line in wrap(printable(says), _COLUMNS - 2))]
    return "\n".join([*lines, f"  source: {source}", f"  read: {as_of}", f"  mark: {mark} ({_MARKS[mark]})"]) + "\n"
