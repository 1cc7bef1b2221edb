"""Documentation of a rule as plain text for a terminal."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.catalog.examples import VERDICTS, read_examples
from relint.catalog.well_architected import PILLAR

if TYPE_CHECKING:
    from relint.catalog.rule import Rule


_EFFECTS = {
    "none": "no interruption",
    "interrupts": "some interruption",
    "replaces": "another resource replaces this one",
    "varies": "it depends, see above",
}


def render_rule(rule: Rule) -> str:
    """Return title, resource types, messages, rationale, fix, references and examples of a rule."""
    parts = [
        f"{rule.id} {rule.name}: {rule.title}",
        f"{rule.level}, rule set {rule.ruleset}, judges {', '.join(rule.resources)}",
        "",
        *_block("What it says", "\n".join(rule.messages.values())),
        *_block("Why it matters", rule.rationale),
        *_block("How to fix it", rule.fix),
        *_render_update(rule),
        *_block("Best practice", "\n".join(f"{name} {PILLAR[name][0]}\n  {PILLAR[name][1]}" for name in rule.pillar)),
        *_block("References", "\n".join(rule.references)),
    ]
    if rule.equivalents:
        lines = [f"{tool}: {', '.join(ids)}" for tool, ids in rule.equivalents.items()]
        parts += _block("What answers to it in other tools", "\n".join(lines))
    examples = read_examples(rule.file)
    for verdict in VERDICTS:
        for example in examples:
            if example.verdict == verdict:
                parts += _block(f"Example ({verdict}): {example.name}", example.template)
    parts += [f"To accept it: # relint: ignore[{rule.id}] the reason"]
    return "\n".join(parts)


def _render_update(rule: Rule) -> list[str]:
    lines = [
        f"{name if resource_type == '*' else f'{resource_type} {name}'}: {_EFFECTS[effect]}"
        for resource_type, effects in rule.update.items()
        for name, effect in effects.items()
    ]
    return _block("What the update does", "\n".join(lines)) if lines else []


def _block(title: str, text: str) -> list[str]:
    return [title, *(f"  {line}".rstrip() for line in text.strip().splitlines()), ""]
