"""Random changes of real templates: python fuzz/fuzz_changes.py FOLDER --pairs 300 --seed 1

Each pair is a template of the folder and a copy with some random edits, compared in both directions. A fault is a
crash, a comparison that takes longer than `--seconds`, or a template that differs from itself; its pair is kept in
`--keep`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from relint.discover.template_detection import has_template_shape
from relint.errors import RelintError
from relint.source.read import read_document
from tests.helpers.change_trials import compare_texts, faults_of_change
from tests.helpers.random_edits import edited, text_of_template


def main() -> int:
    """Compare the pairs, and return 1 if there is a fault."""
    options = _options()
    random = Random(options.seed)
    templates = list(_templates(Path(options.folder)))
    durations, kinds, faults = [], Counter[str](), 0
    for number in range(options.pairs):
        name, data = random.choice(templates)
        old, new = text_of_template(data), text_of_template(edited(data, random))
        began = time.process_time()
        try:
            found = list(faults_of_change(old, new, options.seconds))
        except Exception as error:  # a crash is what the script looks for
            found = [f"{type(error).__name__}: {error}"]
        durations.append(time.process_time() - began)
        if found:
            faults += 1
            print(f"pair {number} of {name}: {found[0]}")
            _keep(options.keep, number, old, new)
        else:
            kinds.update(_kinds(old, new))
    durations.sort()
    print(f"{len(durations)} pairs of {len(templates)} templates, seed {options.seed}: {faults} with a fault")
    print(f"processor time of a pair: median {durations[len(durations) // 2]:.2f} s, longest {durations[-1]:.2f} s")
    print(", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--keep", help="a folder for pairs with a fault")
    return parser.parse_args()


def _templates(folder: Path) -> Iterator[tuple[Path, Any]]:
    for file in sorted(path for path in folder.rglob("*") if path.suffix in (".json", ".yaml", ".yml", ".template")):
        try:
            data = read_document(file.read_bytes(), file.name).data
        except RelintError:
            continue
        if has_template_shape(data):
            yield file, data


def _kinds(old: str, new: str) -> Iterator[str]:
    result = compare_texts(old, new)
    yield from (change.kind for entry in result.comparisons for change in entry.comparison.changes)
    yield from (f"{finding.verdict} of {finding.rule.id}" for finding in result.report.results)
    yield from ("failure" for _ in result.report.failures)


def _keep(folder: str | None, number: int, old: str, new: str) -> None:
    for name, text in (("old", old), ("new", new)) if folder else ():
        file = Path(str(folder)) / f"{number}-{name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
