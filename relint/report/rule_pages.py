"""Documentation of the rules in Markdown: a page for each rule and an index."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from relint._typing import TYPE_CHECKING
from relint.catalog.examples import VERDICTS, Example, read_examples
from relint.catalog.well_architected import PILLAR, UNCHECKED
from relint.report.rule_text import describe_release

if TYPE_CHECKING:
    from relint.catalog.rule import Rule

INDEX = "README.md"

NOTICE = "<!-- Made from the rule files by `relint rules --format markdown`; change those. -->"
_EXAMPLE_HEADINGS = {
    "fail": "Reported",
    "review": "To be reviewed: it fails in another deployment that the template allows",
    "open": "Open: these files cannot tell",
    "pass": "Accepted",
}

_CATALOGUES = (
    (
        "aws-config",
        "rule of AWS Config",
        "https://docs.aws.amazon.com/config/latest/developerguide/managed-rules-by-aws-config.html",
    ),
    (
        "security-hub",
        "control of AWS Security Hub",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-controls-reference.html",
    ),
    (
        "trusted-advisor",
        "check of AWS Trusted Advisor",
        "https://docs.aws.amazon.com/awssupport/latest/user/fault-tolerance-checks.html",
    ),
)
"""Tools of AWS with the word for what they have, and the page that describes their ids (looked up 2026-11-28)."""


def render_pages(rules: Sequence[Rule]) -> dict[str, str]:
    """Return the text of every page by its file name: one for each rule, and the index."""
    return {INDEX: _render_index(rules), **{f"{rule.id}.md": f"{NOTICE}\n\n{render_page(rule)}" for rule in rules}}


def render_page(rule: Rule) -> str:
    """Return the page of a rule: title, resource types, messages, rationale, fix, examples and references."""
    examples = read_examples(rule.file)
    parts = [
        f"# {rule.id} {_escape_html(rule.title)}",
        f"`{rule.name}` · severity {rule.level} · rule set {rule.ruleset}{describe_release(rule)}",
        "Judges " + ", ".join(f"`{resource_type}`" for resource_type in rule.resources) + ".",
        "## What it says",
        "\n".join(f"- {_escape_html(message)}" for message in dict.fromkeys(rule.messages.values())),
        "## Why it matters",
        _escape_html(rule.rationale),
        "## How to fix it",
        _escape_html(rule.fix),
        f"To accept it instead, say why: `# relint: ignore[{rule.id}] the reason`.",
        "## Examples",
        *(part for verdict in VERDICTS for part in _render_examples(verdict, examples)),
        "## Best practices",
        "\n".join(f"- [{name} {PILLAR[name][0]}]({PILLAR[name][1]})" for name in rule.pillar),
        "## References",
        "\n".join(f"- <{url}>" for url in rule.references),
    ]
    if rule.equivalents:
        rows = (f"- {tool}: {', '.join(ids)}" for tool, ids in rule.equivalents.items())
        parts += ["## What answers to it in other tools", "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def _render_examples(verdict: str, examples: Sequence[Example]) -> Iterable[str]:
    """Yield a heading and the examples of a verdict, or nothing if there are none."""
    examples = [example for example in examples if example.verdict == verdict]
    if examples:
        yield f"### {_EXAMPLE_HEADINGS[verdict]}"
    for example in examples:
        yield f"{_escape_html(example.name[:1].upper() + example.name[1:])}:"
        if example.old is not None:
            yield f"before:\n\n```yaml\n{example.old.rstrip()}\n```\n\nafter:"
        yield f"```yaml\n{example.template.rstrip()}\n```"


def _render_index(rules: Sequence[Rule]) -> str:
    services: dict[str, list[Rule]] = {}
    for rule in rules:
        services.setdefault(os.path.basename(os.path.dirname(rule.file)), []).append(rule)
    parts = [NOTICE, "# Rules", f"{len(rules)} rules, by service and by best practice.", "## By service"]
    for service in sorted(services):
        parts += [f"### {service}", _render_table(services[service])]
    parts.append("## By best practice of the Well-Architected Reliability pillar")
    for practice, (title, url) in PILLAR.items():
        links = [f"[{rule.id}]({rule.id}.md)" for rule in rules if practice in rule.pillar]
        coverage = ", ".join(links) if links else f"No rule: {UNCHECKED.get(practice, 'none is written yet')}"
        parts.append(f"- [{practice} {title}]({url})  \n  {coverage}")
    for tool, heading, source in _CATALOGUES:
        parts += [f"## By {heading}", f"Their meaning: <{source}>.", _render_equivalents(rules, tool)]
    return "\n\n".join(parts) + "\n"


def _render_equivalents(rules: Sequence[Rule], tool: str) -> str:
    """Return a list of the ids in a tool, sorted, with the rules that answer to each."""
    rules_by_id: dict[str, list[Rule]] = {}
    for rule in rules:
        for name in rule.equivalents.get(tool, ()):
            rules_by_id.setdefault(name, []).append(rule)
    entries = (
        f"- {name}: {', '.join(f'[{rule.id}]({rule.id}.md)' for rule in rules_by_id[name])}"
        for name in sorted(rules_by_id, key=_by_number)
    )
    return "\n".join(entries)


def _by_number(name: str) -> tuple[str, int]:
    """Return the key that puts RDS.5 before RDS.13."""
    service, _, number = name.rpartition(".")
    return (service.lower(), int(number)) if number.isdigit() else (name.lower(), 0)


def _render_table(rules: Iterable[Rule]) -> str:
    rows = (
        f"| [{rule.id}]({rule.id}.md) | {_escape_html(rule.title)} | {rule.level} | {rule.ruleset} |" for rule in rules
    )
    return "\n".join(["| rule | demands | severity | rule set |", "|---|---|---|---|", *rows])


def _escape_html(text: str) -> str:
    """Return the text with "<" escaped outside of code, so that Markdown readers do not take it for HTML."""
    lines = (line if line.startswith("    ") else _escape_html_in_line(line) for line in text.strip().splitlines())
    return "\n".join(lines)


def _escape_html_in_line(line: str) -> str:
    pieces = line.split("`")
    return "`".join(piece.replace("<", "&lt;") if index % 2 == 0 else piece for index, piece in enumerate(pieces))
