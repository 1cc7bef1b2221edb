"""Rules as SARIF describes them, and the taxonomy that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relint.catalog.well_architected import PILLAR
from relint.report.sarif.messages import message_strings, sentence

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.level import Level

HOME = "https://pypi.org/project/relint/"
RANKS: Mapping[Level, float] = {"error": 75.0, "warning": 50.0, "note": 20.0}
"""How important a level is, from 0 to 100: GitLab reads the severity here before it looks at the level."""

_SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}
_LONGEST = 1024
"""GitHub's limit for a description."""

_TAXONOMY = {"name": "AwsWellArchitectedReliability", "index": 0, "guid": "0b7b1c0e-6d0f-4c53-9a52-7f0f5a3e8d14"}


def descriptor(rule: Rule, related: frozenset[str], taxa: Mapping[str, int]) -> dict[str, Any]:
    """The reportingDescriptor of a rule.

    `related` are the message ids that its findings use with links, `taxa` the places of best practices in `taxonomy`.
    """
    found: dict[str, Any] = {
        "id": rule.id,
        "name": pascal_case(rule.name),
        "shortDescription": {"text": sentence(rule.title)},
        "fullDescription": {"text": _description(rule)},
        "help": {"text": _help(rule), "markdown": _help_markdown(rule)},
        "helpUri": help_uri(rule),
        "messageStrings": message_strings(rule.messages, related),
        "defaultConfiguration": {"level": rule.level, "rank": RANKS[rule.level]},
    }
    practices = [practice for practice in rule.pillar if practice in taxa]
    if practices:
        found["relationships"] = [
            {"target": {"id": practice, "index": taxa[practice], "toolComponent": _TAXONOMY}, "kinds": ["superset"]}
            for practice in practices
        ]
    found["properties"] = {
        "tags": ["reliability", rule.family.lower(), *practices][:10],
        "precision": "high",
        "problem.severity": _SEVERITIES[rule.level],
    }
    return found


def help_uri(rule: Rule) -> str:
    """The page to read about a rule: the first of its references."""
    return next(iter(rule.references), HOME)


def used_practices(rules: Iterable[Rule]) -> list[str]:
    """The best practices that rules refer to, sorted."""
    return sorted({practice for rule in rules for practice in rule.pillar if practice in PILLAR})


def supported_taxonomies() -> list[dict[str, Any]]:
    """The reference from the driver to the taxonomy."""
    return [_TAXONOMY]


def taxonomy(practices: Sequence[str]) -> dict[str, Any]:
    """The Reliability pillar as a taxonomy, with no more best practices than are used."""
    return {
        "name": _TAXONOMY["name"],
        "guid": _TAXONOMY["guid"],
        "fullName": "AWS Well-Architected Framework, Reliability pillar",
        "organization": "Amazon Web Services",
        "version": "2024-11-06",
        "informationUri": "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/welcome.html",
        "shortDescription": {"text": "Best practices of the AWS Well-Architected Reliability pillar."},
        "taxa": [_taxon(practice) for practice in practices],
    }


def pascal_case(slug: str) -> str:
    """A name such as "RdsMultiAz" made of "rds-multi-az": each capital is followed by a small letter or a digit."""
    name = "".join(word[:1].upper() + word[1:] for word in slug.split("-"))
    if len(name) < 2 or not name[0].isalpha():
        name = f"Rule{name}"
    name = re.sub("[A-Z]{2,}", lambda run: run[0].capitalize(), name)
    return name[:-1] + name[-1].lower()


def _taxon(practice: str) -> dict[str, Any]:
    title, url = PILLAR[practice]
    name = pascal_case(re.sub("[^a-z0-9]+", "-", title.lower()).strip("-"))
    return {"id": practice, "name": name, "shortDescription": {"text": sentence(title)}, "helpUri": url}


def _description(rule: Rule) -> str:
    text = " ".join(rule.rationale.split()) or sentence(rule.title)
    if len(text) <= _LONGEST:
        return text
    text = text[: _LONGEST - 3]
    end = text.rfind(". ")
    return text[: end + 1] if end > 0 else f"{text}..."


def _help(rule: Rule) -> str:
    return "\n\n".join(part for part in (rule.rationale.strip(), rule.fix.strip()) if part) or sentence(rule.title)


def _help_markdown(rule: Rule) -> str:
    links = [
        f"- [{practice} {PILLAR[practice][0]}]({PILLAR[practice][1]})" for practice in rule.pillar if practice in PILLAR
    ]
    links += [f"- <{url}>" for url in rule.references]
    parts = (
        ("Why it matters", rule.rationale.strip()),
        ("How to fix it", _fenced(rule.fix.strip("\n"))),
        ("References", "\n".join(links)),
    )
    return "\n\n".join(f"### {title}\n\n{text}" for title, text in parts if text) + "\n"


def _fenced(text: str) -> str:
    """The text with a fence around its indented lines, which are YAML to paste."""
    lines: list[str] = []
    inside = False
    for line in text.splitlines():
        code = line[0].isspace() if line.strip() else inside
        if code != inside:
            blank = bool(lines) and not lines[-1].strip() and inside
            lines.insert(len(lines) - blank, "```yaml" if code else "```")
            inside = code
        lines.append(line)
    return "\n".join([*lines, "```"] if inside else lines)
