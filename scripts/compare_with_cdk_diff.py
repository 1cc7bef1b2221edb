"""Compares the replacements that relint announces with those of @aws-cdk/cloudformation-diff.

    python scripts/compare_with_cdk_diff.py [--package FOLDER]

The pairs of templates are the examples of the rules about changes, and copies of the fixtures and of all other examples
in which one property of a resource has another value. The package comes from npm into a temporary folder, unless FOLDER
has it already; it gets the templates alone, without a change set. Every disagreement must have its line in
docs/comparison.md; the exit code is 1 if one has none.
"""

from __future__ import annotations

import argparse
import copy
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from relint.api import load_rules
from relint.catalog.examples import read_examples
from relint.change.compare import compare
from relint.change.records import ResourceChange
from relint.discover.template_detection import has_template_shape
from relint.errors import TemplateError
from relint.source.document import Document
from relint.source.read import read_document

ROOT = Path(__file__).resolve().parent.parent
COMPARED = ROOT / "docs" / "comparison.md"
PACKAGE = "@aws-cdk/cloudformation-diff"
IMPACTS = """
const { fullDiff } = require('@aws-cdk/cloudformation-diff');
const pairs = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(pairs.map(([before, after]) => {
  const impacts = {};
  fullDiff(before, after).resources.forEachDifference((id, change) => {
    const updates = Object.entries(change.propertyUpdates);
    const causes = updates.filter(([, update]) => update.changeImpact.includes('REPLACE'));
    impacts[id] = [change.changeImpact, causes.map(([name]) => name)];
  });
  return impacts;
})));
"""
ROW = r"^\| (`.+?`|[a-z][^|]+) \| (\w[\w ]*) \| (\w[\w ]*) \| .+ \|$"
"""Row of the document: subjects, both words, and the explanation."""
WORDS = {"WILL_REPLACE": "replaced", "MAY_REPLACE": "perhaps replaced"}
"""Words for what the package says; all other impacts leave the resource where it is, or are no replacement."""


Impacts = dict[str, tuple[str, list[str]]]
"""The impact on each changed resource, by logical id, and the properties that replace it."""


class Pair(NamedTuple):
    """Two templates; `label` names the type and the property that differs, or the example."""

    label: str
    old: Document
    new: Document


class Verdict(NamedTuple):
    """A kind of change, and the words of the package and of relint for it."""

    subject: str
    theirs: str
    ours: str


def main() -> int:
    """Print the agreement and what is not explained; return 1 if there is such a disagreement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", type=Path, help="a folder in which npm has installed the package")
    options = parser.parse_args()
    pairs = list({pair.label: pair for pair in (*example_pairs(), *edited_pairs())}.values())
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.package or install(Path(temporary))
        all_impacts = impacts_of(pairs, folder)
    verdicts = [
        verdict for pair, impacts in zip(pairs, all_impacts, strict=True) for verdict in compared(pair, impacts)
    ]
    explained = set(explanations())
    disagreements = {verdict for verdict in verdicts if verdict.theirs != verdict.ours}
    unexplained = disagreements - explained
    for subject, theirs, ours in sorted(unexplained):
        print(f"unexplained: {subject}: the package says {theirs}, relint {ours}")
    for subject, theirs, ours in sorted(explained - disagreements):
        print(f"explained in vain: {subject}: {theirs}, {ours}")
    agreeing = sum(verdict.theirs == verdict.ours for verdict in verdicts)
    print(f"{len(pairs)} pairs, {len(verdicts)} replacements by either, of which both name {agreeing} alike")
    print(f"{len(disagreements)} kinds of disagreement, {len(unexplained)} unexplained")
    return int(bool(unexplained))


def install(folder: Path) -> Path:
    """Return the folder in which npm has installed the package."""
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", PACKAGE], cwd=folder, check=True)
    return folder


def impacts_of(pairs: list[Pair], folder: Path) -> list[Impacts]:
    """Return the impacts that the package announces in each pair."""
    templates = json.dumps([[pair.old.data, pair.new.data] for pair in pairs])
    command = ["node", "-e", IMPACTS]
    done = subprocess.run(command, cwd=folder, input=templates, capture_output=True, text=True, check=True)
    impacts: list[Impacts] = json.loads(done.stdout)
    return impacts


def compared(pair: Pair, impacts: Impacts) -> Iterator[Verdict]:
    """Yield what both say about each resource of which at least one says that it is replaced, or perhaps replaced."""
    changes = {change.logical_id: change for change in compare(pair.old, pair.new).changes}
    for name in sorted({*impacts, *changes}):
        impact, causes = impacts.get(name, ("", []))
        theirs = WORDS.get(impact, "stays")
        change = changes.get(name)
        ours = word_of(change) if change else "stays"
        if (theirs, ours) != ("stays", "stays"):
            yield Verdict(subject_of(change, causes), theirs, ours)


def word_of(change: ResourceChange) -> str:
    """Return the word of relint for what happens to a resource."""
    if change.kind == "retyped":
        return "refused"
    if change.kind != "modified":
        return "stays"
    if change.effect == "replaces":
        return "replaced"
    is_open = any(value.effect in ("varies", "replaces") and not value.fact.stays for value in change.properties)
    return "perhaps replaced" if is_open else "stays"


def subject_of(change: ResourceChange | None, causes: list[str]) -> str:
    """Return the kind of a change about which both may disagree: how values differ, or the type and the properties.

    `causes` are the properties because of which the package announces a replacement.
    """
    if change is not None and change.kind == "retyped":
        return "another type"
    values = change.properties if change else ()
    values = tuple(value for value in values if not causes or value.path[1] in causes)
    if change is None or not values:
        return "values that are the same"
    gravest = [value for value in values if value.effect == change.possible_effect] or values
    if any(value.open_reason for value in gravest):
        return "values that the deployment decides"
    if any(value.replaced or value.renewed for value in gravest):
        return "references to a replaced resource"
    return " ".join((change.type, *dict.fromkeys(value.property for value in gravest)))


def documents() -> Iterator[tuple[str, Document, Document | None]]:
    """Yield the name and the template of fixtures and examples, and the old template of examples about changes."""
    for file in sorted((ROOT / "fixtures").rglob("template.*")):
        yield file.parent.name, read_document(file.read_text(encoding="utf-8"), file.name), None
    for rule in load_rules():
        examples = read_examples(rule.file) if rule.scope != "recovery" else ()  # two sites are no update
        for example in examples:
            try:
                old = read_document(example.old, "old") if example.old is not None else None
                new = read_document(example.template, "new")
            except TemplateError:
                continue
            if has_template_shape(new.data):
                yield f"{rule.id} {example.name}", new, old


def example_pairs() -> Iterator[Pair]:
    """Yield the examples of rules about changes."""
    yield from (Pair(name, old, new) for name, new, old in documents() if old is not None)


def edited_pairs() -> Iterator[Pair]:
    """Yield copies of templates in which one property differs; the first template with a property counts."""
    labels: set[str] = set()
    for _, document, old in documents():
        if old is not None or "Fn::ForEach" in document.text or "Transform" in document.data:
            continue
        for logical_id, resource in document.data["Resources"].items():
            properties = resource.get("Properties") if isinstance(resource, dict) else None
            for name in properties if isinstance(properties, dict) else ():
                label = f"{resource.get('Type')} {name}"
                if label not in labels and not name.startswith("Fn::"):
                    labels.add(label)
                    before, after = two_values(properties[name])
                    yield Pair(
                        label,
                        with_value(document, logical_id, name, before),
                        with_value(document, logical_id, name, after),
                    )


def with_value(document: Document, logical_id: str, name: str, value: Any) -> Document:
    """Return a template in which a property has a value."""
    data = copy.deepcopy(document.data)
    data["Resources"][logical_id]["Properties"][name] = value
    return document._replace(data=data)


def two_values(value: Any) -> tuple[Any, Any]:
    """Return two values of the same kind that differ in the first text or number within them, never a function."""
    if isinstance(value, bool):
        return value, not value
    if isinstance(value, int | float):
        return value, value + 1
    if isinstance(value, list) and value:
        before, after = two_values(value[0])
        return [before, *value[1:]], [after, *value[1:]]
    if isinstance(value, dict) and value:
        key = next(iter(value))
        if key not in ("Ref", "Condition") and not key.startswith("Fn::"):
            before, after = two_values(value[key])
            return {**value, key: before}, {**value, key: after}
    return (value, f"{value}-2") if isinstance(value, str) else ("one", "two")


def explanations() -> Iterator[Verdict]:
    """Yield the disagreements that the document explains."""
    section = COMPARED.read_text(encoding="utf-8").partition("## Replacements")[2].partition("|---|")[2]
    for subjects, theirs, ours in re.findall(ROW, section, re.MULTILINE):
        for subject in subjects.strip("`").split("`, `"):
            yield Verdict(subject, theirs, ours)


if __name__ == "__main__":
    sys.exit(main())
