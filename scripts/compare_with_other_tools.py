"""Compares relint with the expectations of other tools' own tests.

    python scripts/compare_with_other_tools.py FOLDER [EQUIVALENTS.csv]

FOLDER holds cases.jsonl, one object a line: peer, rule, resource (a logical id, or null for the whole template), expect
(PASS, FAIL or SKIP) and file, a template below the folder. The rules that answer to a peer's rule are those whose
`equivalents` name it. With a table of equivalents (columns tier and peer_ids) only rules of the tier "core" count.
A peer knows no third answer: where relint cannot tell, it does not complain, which agrees with PASS. Every disagreement
must have its line in docs/comparison.md; the exit code is 1 if one has none.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import relint
from relint.finding import Report

COMPARED = Path(__file__).parent.parent / "docs" / "comparison.md"
ROW = re.compile(
    r"^\| (?P<peer>[\w-]+) (?P<rule>\w+) \| (?P<expect>PASS|FAIL|SKIP) \| (?P<cases>[^|]+) \| (?P<why>[^|]+) \|$"
)


class Case(NamedTuple):
    """Expectation of another tool about one resource."""

    peer: str
    rule: str
    resource: str | None
    expect: str
    file: str


def main(folder: Path, equivalents: Path | None) -> int:
    """Prints the agreement and what is not explained; returns 1 if there is such a disagreement."""
    answering: dict[tuple[str, str], set[str]] = {}
    for rule in relint.load_rules():
        for peer, names in rule.equivalents.items():
            for name in names:
                answering.setdefault((peer, name), set()).add(rule.id)
    core = core_rules(equivalents) if equivalents else None
    explained = {(row["peer"], row["rule"], row["expect"]): row["cases"].strip() for row in explanations()}
    reports: dict[str, Report] = {}
    count: Counter[str] = Counter()
    unanswered: Counter[str] = Counter()
    unused = set(explained)
    for case in cases(folder):
        if core is not None and (case.peer, case.rule) not in core:
            continue
        ids = answering.get((case.peer, case.rule))
        if not ids:
            unanswered[f"{case.peer} {case.rule}"] += 1
            continue
        if case.file not in reports:
            reports[case.file] = relint.check(str(folder / case.file), ruleset="all", allow_empty=True)
        said = verdict(reports[case.file], ids, case.resource)
        key = (case.peer, case.rule, case.expect)
        if (said == "FAIL") == (case.expect == "FAIL"):
            count["agree"] += 1
        elif key in explained and (explained[key] == "all" or Path(case.file).stem in explained[key]):
            count["explained"] += 1
            unused.discard(key)
        else:
            count["unexplained"] += 1
            print(f"{case.peer} {case.rule} expects {case.expect} of {case.resource} in {case.file}, {ids} say {said}")
    total = sum(count.values())
    for word in ("agree", "explained", "unexplained"):
        print(f"{word}: {count[word]} of {total} ({100 * count[word] / max(total, 1):.1f} %)")
    print("answered by no rule: " + (", ".join(f"{name} ({n})" for name, n in sorted(unanswered.items())) or "none"))
    for key in sorted(unused):
        print("explained in vain: " + " ".join(key))
    return int(count["unexplained"] > 0)


def cases(folder: Path) -> Iterator[Case]:
    """The cases in the order of the file."""
    with (folder / "cases.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Case(**{name: row[name] for name in Case._fields})


def core_rules(table: Path) -> set[tuple[str, str]]:
    """The peers' rules of the tier core, as (peer, rule)."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["tier"] == "core"]
    return {
        (peer, name) for row in rows for peer, _, name in (one.partition(":") for one in row["peer_ids"].split(";"))
    }


def explanations() -> Iterator[dict[str, str]]:
    """The rows of docs/comparison.md that explain disagreements."""
    for line in COMPARED.read_text(encoding="utf-8").splitlines() if COMPARED.exists() else ():
        if row := ROW.match(line):
            yield row.groupdict()


def verdict(report: Report, rules: set[str], resource: str | None) -> str:
    """FAIL if one of the rules reports the resource, OPEN if one cannot tell, else PASS.

    A finding is about the resource where it stands and about those that it names as related.
    """
    verdicts = {
        finding.verdict
        for finding in report.findings
        if finding.rule.id in rules
        and resource in (None, finding.logical_id, *(place.logical_id for place in finding.related))
    }
    return "FAIL" if verdicts & {"fail", "review"} else "OPEN" if "open" in verdicts else "PASS"


if __name__ == "__main__":
    arguments = [Path(argument) for argument in sys.argv[1:]]
    sys.exit(main(arguments[0], arguments[1] if arguments[1:] else None))
