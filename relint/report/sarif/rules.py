"""SARIF descriptors of the rules, and the taxonomy of the best practices that they serve."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from relint._about import REPOSITORY, rule_page
from relint._typing import TYPE_CHECKING, Any
from relint.catalog.loader import is_builtin
from relint.catalog.well_architected import PILLAR
from relint.report.sarif.messages import build_message_strings, to_sentence

if TYPE_CHECKING:
    from relint.catalog.rule import Rule
    from relint.level import Level

RANKS: Mapping[Level, float] = {"error": 75.0, "warning": 50.0, "note": 20.0}
"""Importance of each level, from 0 to 100; GitLab derives the severity from the rank rather than from the level."""

_SEVERITIES = {"error": "error", "warning": "warning", "note": "recommendation"}
_MAX_DESCRIPTION_LENGTH = 1024
"""Characters that GitHub accepts in a description."""

_TAXONOMY = {"name": "AwsWellArchitectedReliability", "index": 0, "guid": "0b7b1c0e-6d0f-4c53-9a52-7f0f5a3e8d14"}


def build_rule_descriptor(
    rule: Rule, ids_with_links: frozenset[str], taxon_indexes: Mapping[str, int]
) -> dict[str, Any]:
    """Return the reportingDescriptor of a rule.

    `ids_with_links` are the ids of messages that findings use with links. `taxon_indexes` are the indexes of best
    practices in the taxonomy.
    """
    descriptor: dict[str, Any] = {
        "id": rule.id,
        "name": pascal_case(rule.name),
        "shortDescription": {"text": to_sentence(rule.title)},
        "fullDescription": {"text": _full_description(rule)},
        "help": {"text": _help_text(rule), "markdown": _help_markdown(rule)},
        "helpUri": help_uri(rule),
        "messageStrings": build_message_strings(rule.messages, ids_with_links),
        "defaultConfiguration": {"level": rule.level, "rank": RANKS[rule.level]},
    }
    if rule.aliases:
        descriptor["deprecatedIds"] = list(rule.aliases)
    practices = [practice for practice in rule.pillar if practice in taxon_indexes]
    if practices:
        descriptor["relationships"] = [
            {
                "target": {"id": practice, "index": taxon_indexes[practice], "toolComponent": _TAXONOMY},
                "kinds": ["superset"],
            }
            for practice in practices
        ]
    descriptor["properties"] = {
        "tags": ["reliability", rule.family.lower(), *practices][:10],
        "precision": "high",
        "problem.severity": _SEVERITIES[rule.level],
    }
    return descriptor


def help_uri(rule: Rule) -> str:
    """Return the URL of a page about a rule: relint's own, or the first reference of a rule of the user."""
    return rule_page(rule.id) if is_builtin(rule) else next(iter(rule.references), REPOSITORY)


def used_practices(rules: Iterable[Rule]) -> list[str]:
    """Return the ids of the best practices that rules refer to, sorted."""
    return sorted({practice for rule in rules for practice in rule.pillar if practice in PILLAR})


def build_supported_taxonomies() -> list[dict[str, Any]]:
    """Return the reference from the driver to the taxonomy."""
    return [_TAXONOMY]


def build_taxonomy(practices: Sequence[str]) -> dict[str, Any]:
    """Return the Reliability pillar as a taxonomy of some of its best practices."""
    return {
        "name": _TAXONOMY["name"],
        "guid": _TAXONOMY["guid"],
        "fullName": "AWS Well-Architected Framework, Reliability pillar",
        "organization": "Amazon Web Services",
        "version": "2024-11-06",
        "informationUri": "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/welcome.html",
        "shortDescription": {"text": "Best practices of the AWS Well-Architected Reliability pillar."},
        "taxa": [_build_taxon(practice) for practice in practices],
    }


def pascal_case(slug: str) -> str:
    """Return "RdsMultiAz" for "rds-multi-az"; a lower-case letter or a digit follows each capital."""
    name = "".join(word[:1].upper() + word[1:] for word in slug.split("-"))
    if len(name) < 2 or not name[0].isalpha():
        name = f"Rule{name}"
    name = re.sub("[A-Z]{2,}", lambda capitals: capitals[0].capitalize(), name)
    return name[:-1] + name[-1].lower()


def _build_taxon(practice: str) -> dict[str, Any]:
    title, url = PILLAR[practice]
    name = pascal_case(re.sub("[^a-z0-9]+", "-", title.lower()).strip("-"))
    return {"id": practice, "name": name, "shortDescription": {"text": to_sentence(title)}, "helpUri": url}


def _full_description(rule: Rule) -> str:
    text = " ".join(rule.rationale.split()) or to_sentence(rule.title)
    if len(text) <= _MAX_DESCRIPTION_LENGTH:
        return text
    text = text[: _MAX_DESCRIPTION_LENGTH - 3]
    end = text.rfind(". ")
    return text[: end + 1] if end > 0 else f"{text}..."


def _help_text(rule: Rule) -> str:
    return "\n\n".join(part for part in (rule.rationale.strip(), rule.fix.strip()) if part) or to_sentence(rule.title)


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
    """Return the text with a code fence around its indented lines, which are YAML to paste."""
    lines: list[str] = []
    in_fence = False
    for line in text.splitlines():
        is_code = line[0].isspace() if line.strip() else in_fence
        if is_code != in_fence:
            blank_lines = int(bool(lines) and not lines[-1].strip() and in_fence)  # they stay outside of the fence
            lines.insert(len(lines) - blank_lines, "```yaml" if is_code else "```")
            in_fence = is_code
        lines.append(line)
    return "\n".join([*lines, "```"] if in_fence else lines)
