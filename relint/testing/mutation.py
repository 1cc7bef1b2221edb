"""Mutation tests of rule files: which small changes of a rule its own examples do not notice."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any, NamedTuple
from relint.catalog.examples import read_examples
from relint.catalog.loader import read_rule_document
from relint.catalog.rule_fields import RuleFields
from relint.catalog.rule_parser import read_rule
from relint.errors import RuleError
from relint.testing.examples import example_errors
from relint.testing.rule_changes import list_changes

if TYPE_CHECKING:
    from relint.catalog.examples import Example
    from relint.catalog.rule import Rule
    from relint.source.document import Document
    from relint.source.location import Span
    from relint.testing.change import Change


class Mutation(NamedTuple):
    """A small change of a rule file: whether an example then fails, or why the rule means the same (`equivalent`)."""

    rule_id: str
    file: str
    span: Span
    change: str
    is_noticed: bool
    equivalent: str | None


def find_mutations(file: str, known: tuple[Rule, ...]) -> Iterator[Mutation]:
    """Yield each small change of a rule file that still is a rule, with what its examples say of it.

    `known` are further rules, which examples may name in suppressions. Raises RuleError for a rule file with a
    mistake, such as an entry of `equivalent` for a change that the file does not have or that an example notices.
    """
    document = read_rule_document(file)
    rule = read_rule(document)
    examples = sorted(read_examples(file), key=lambda example: (len(example.lines), len(example.template)))
    reasons = _read_equivalents(document)
    unused = dict(reasons)
    for change in list_changes(document.data):
        changed = _compile(document, change)
        if changed is None or changed == rule:
            continue
        is_noticed = _fails(changed, examples, known)
        reason = None if is_noticed else unused.pop(change.text, reasons.get(change.text))
        yield Mutation(rule.id, file, document.span_of(change.path), change.text, is_noticed, reason)
    for text in unused:
        index = [entry["change"] for entry in document.data["equivalent"]].index(text)
        message = "an example notices this change, or the file has no such change: remove the entry"
        raise RuleError(message, file, document.span_of(("equivalent", index)))


def _compile(document: Document, change: Change) -> Rule | None:
    """Return the rule after a change; None if relint rejects it."""
    try:
        return read_rule(document._replace(data=change.apply(document.data)))
    except RuleError:
        return None


def _fails(rule: Rule, examples: list[Example], known: tuple[Rule, ...]) -> bool:
    """Whether an example does not hold."""
    rules = (rule, *(other for other in known if other.id != rule.id))
    return any(next(example_errors(rule, example, rules), None) is not None for example in examples)


def _read_equivalents(document: Document) -> dict[str, str]:
    """Return the changes that the file declares to be without effect, each with its reason."""
    entries: Any = document.data.get("equivalent") or []
    fields = RuleFields(document, document.data)
    if not isinstance(entries, list):
        raise fields.error_at(("equivalent",), "'equivalent' is a list of mappings with change and because")
    reasons = {}
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict) or entry.keys() != {"change", "because"}:
            raise fields.error_at(("equivalent", index), "an equivalent change has 'change' and 'because'")
        part = RuleFields(document, entry, ("equivalent", index))
        reasons[part.text("change")] = part.text("because")
    return reasons
