"""The documentation of the rules, made from the rule files: a page for each rule and an index."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from relint.catalog.examples import VERDICTS, Example, read_examples
from relint.catalog.well_architected import PILLAR, UNCHECKED

if TYPE_CHECKING:
    from relint.catalog.rule import Rule

INDEX = "README.md"

NOTICE = "<!-- Made from the rule files by `relint rules --format markdown`; change those. -->"
_KINDS = {
    "fail": "Reported",
    "review": "To be reviewed: it fails in another deployment that the template allows",
    "open": "Open: these files cannot tell",
    "pass": "Accepted",
}


def render_pages(rules: Sequence[Rule]) -> dict[str, str]:
    """The text of every page by its file name: one for each rule, and the index."""
    return {INDEX: _index(rules), **{f"{rule.id}.md": f"{NOTICE}\n\n{render_page(rule)}" for rule in rules}}


def render_page(rule: Rule) -> str:
    """What a rule demands, why, how to satisfy it and its examples, as Markdown."""
    examples = read_examples(rule.file)
    parts = [
        f"# {rule.id} {rule.title}",
        f"`{rule.name}` · severity {rule.level} · rule set {rule.ruleset}",
        "Judges " + ", ".join(f"`{kind}`" for kind in rule.resources) + ".",
        "## What it says",
        "\n".join(f"- {_prose(message)}" for message in dict.fromkeys(rule.messages.values())),
        "## Why it matters",
        _prose(rule.rationale),
        "## How to fix it",
        _prose(rule.fix),
        f"To accept it instead, say why: `# relint: ignore[{rule.id}] the reason`.",
        "## Examples",
        *(part for kind in VERDICTS for part in _examples(kind, [one for one in examples if one.verdict == kind])),
        "## Best practices",
        "\n".join(f"- [{name} {PILLAR[name][0]}]({PILLAR[name][1]})" for name in rule.pillar),
        "## References",
        "\n".join(f"- <{url}>" for url in rule.references),
    ]
    if rule.equivalents:
        rows = (f"- {tool}: {', '.join(ids)}" for tool, ids in rule.equivalents.items())
        parts += ["## What answers to it in other tools", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def _examples(kind: str, examples: Sequence[Example]) -> Iterable[str]:
    if examples:
        yield f"### {_KINDS[kind]}"
    for example in examples:
        yield f"{_prose(example.name[:1].upper() + example.name[1:])}:"
        yield f"```yaml\n{example.template.rstrip()}\n```"


def _index(rules: Sequence[Rule]) -> str:
    services: dict[str, list[Rule]] = {}
    for rule in rules:
        services.setdefault(os.path.basename(os.path.dirname(rule.file)), []).append(rule)
    parts = [NOTICE, "# Rules", f"{len(rules)} rules, by service and by best practice.", "## By service"]
    for service in sorted(services):
        parts += [f"### {service}", _table(services[service])]
    parts.append("## By best practice of the Well-Architected Reliability pillar")
    for practice, (title, url) in PILLAR.items():
        serving = [f"[{rule.id}]({rule.id}.md)" for rule in rules if practice in rule.pillar]
        said = ", ".join(serving) if serving else f"No rule: {UNCHECKED.get(practice, 'none is written yet')}"
        parts.append(f"- [{practice} {title}]({url})  \n  {said}")
    return "\n\n".join(parts) + "\n"


def _table(rules: Iterable[Rule]) -> str:
    rows = (f"| [{one.id}]({one.id}.md) | {_prose(one.title)} | {one.level} | {one.ruleset} |" for one in rules)
    return "\n".join(["| rule | demands | severity | rule set |", "|---|---|---|---|", *rows])


def _prose(text: str) -> str:
    """Text in which no bare "<" is taken for HTML; code between backticks and indented code stay as they are."""
    lines = (line if line.startswith("    ") else _escaped(line) for line in text.strip().splitlines())
    return "\n".join(lines)


def _escaped(line: str) -> str:
    pieces = line.split("`")
    return "`".join(piece.replace("<", "&lt;") if index % 2 == 0 else piece for index, piece in enumerate(pieces))
