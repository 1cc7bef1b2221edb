"""Documentation of a rule as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from relint._typing import TYPE_CHECKING
from relint.catalog.examples import VERDICTS, read_examples
from relint.catalog.well_architected import PILLAR
from relint.report.paragraphs import wrap_paragraphs
from relint.report.terminal import wrap

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.report.layout import Layout


_EFFECTS = {
    "none": "no interruption",
    "interrupts": "some interruption",
    "replaces": "another resource replaces this one",
    "varies": "it depends, see above",
}


def render_rule(rule: Rule, layout: Layout | None = None) -> str:
    """Return title, resource types, messages, rationale, fix, references and examples of a rule.

    Prose is wrapped to the columns of the layout; without one, as in an editor, it keeps the lines of the rule file.
    """

    def block(title: str, text: str, indent: str = "  ") -> list[str]:
        titles = [layout.paint(line, "heading") for line in wrap(title, layout.prose_columns)] if layout else [title]
        return [*titles, *(f"{indent}{line}".rstrip() for line in text.strip().splitlines()), ""]

    def prose(title: str, paragraphs: Iterable[str]) -> list[str]:
        return block(title, "\n".join(_wrapped(paragraphs, layout)))

    headings = [f"{rule.id} {rule.name}: {rule.title}"]
    subject = f"{rule.level}, rule set {rule.ruleset}{describe_release(rule)}, judges {', '.join(rule.resources)}"
    if layout:
        lines = list(wrap(headings[0], layout.prose_columns))
        headings = [layout.link(layout.paint(line, rule.level), rule) for line in lines]
        subject = "\n".join(wrap(subject, layout.prose_columns))
    parts = [
        *headings,
        subject,
        "",
        *prose("What it says", rule.messages.values()),
        *prose("Why it matters", [rule.rationale]),
        *prose("How to fix it", [rule.fix]),
        *(prose("What the update does", _update_lines(rule)) if rule.update else []),
        *prose("Best practice", (f"{name} {PILLAR[name][0]}\n  {PILLAR[name][1]}" for name in rule.pillar)),
        *block("References", "\n".join(rule.references)),
    ]
    if rule.equivalents:
        lines = [f"{tool}: {', '.join(ids)}" for tool, ids in rule.equivalents.items()]
        parts += prose("What answers to it in other tools", lines)
    examples = read_examples(rule.file)
    for verdict in VERDICTS:
        for example in examples:
            if example.verdict == verdict:
                if example.old is not None:
                    parts += block(f"Example ({verdict}): {example.name}, before", example.old, indent="    ")
                heading = f"Example ({verdict}): {example.name}" + (", after" if example.old is not None else "")
                parts += block(heading, example.template, indent="    ")
    parts += [f"To accept it: # relint: ignore[{rule.id}] the reason"]
    return "\n".join(parts)


def _update_lines(rule: Rule) -> list[str]:
    return [
        f"{name if resource_type == '*' else f'{resource_type} {name}'}: {_EFFECTS[effect]}"
        for resource_type, effects in rule.update.items()
        for name, effect in effects.items()
    ]


def _wrapped(paragraphs: Iterable[str], layout: Layout | None) -> list[str]:
    if layout is None:
        return list(paragraphs)
    return [line for text in paragraphs for line in wrap_paragraphs(text, layout.prose_columns - 2)]


def describe_release(rule: Rule) -> str:
    """Return the release of a rule and what it replaces, as they follow its rule set in a text; "" without them."""
    since = f", since {rule.since}" if rule.since else ""
    replaced = f", replaces {', '.join(rule.aliases)}" if rule.aliases else ""
    return f"{since}{', in preview' if rule.preview else ''}{replaced}"
