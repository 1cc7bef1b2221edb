"""What the tools are measured on: files that are written below a folder, and a corpus that is copied there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from bench.templates import SMALL, of_conditions, of_megabytes, of_services, of_size

_LONG = 150
"""Seconds that a tool may take for a workload."""

_STEPS = (1, 2, 4, 8, 16)


class Workload(NamedTuple):
    """A name, the file or folder to hand to a tool, the bytes of all files and of the largest, a limit in seconds."""

    name: str
    path: Path
    size: int
    largest: int
    limit: int = _LONG


def write(folder: Path, name: str, contents: Iterable[bytes], suffix: str = ".yaml", limit: int = _LONG) -> Workload:
    """Writes templates below a folder; a single one is handed over as a file, several as their folder."""
    place = folder / name.replace(" ", "-").replace(",", "")
    place.mkdir(parents=True)
    files, sizes = [], []
    for number, content in enumerate(contents):
        file = place / f"t{number:04}{suffix}"
        sizes.append(file.write_bytes(content))
        files.append(file)
    return Workload(name, files[0] if len(files) == 1 else place, sum(sizes), max(sizes, default=0), limit)


def made(folder: Path, name: str, text: str, number: int = 1, limit: int = _LONG) -> Workload:
    """So many files of one text."""
    return write(folder, name, repeat(text.encode(), number), limit=limit)


def workloads(folder: Path, *, quick: bool) -> list[Workload]:
    """What is measured with every tool."""
    found = [
        made(folder, "small template", SMALL),
        made(folder, "25 KB template", of_size(25_000)),
        made(folder, "1,500 lines", of_services(1500 // 86)),
        made(folder, "40 conditions", of_conditions(40)),
    ]
    if not quick:
        found += [
            made(folder, "100 files", of_services(1), 100),
            made(folder, "1,000 files", of_services(1), 1000),
            made(folder, "4.8 MB template", of_megabytes(4.8), limit=60),
            made(folder, "10 MB template", of_megabytes(10), limit=60),
        ]
    return found


def curves(folder: Path) -> dict[str, dict[int, Workload]]:
    """What shows how the cost of relint grows: by files, resources and conditions, each doubled again and again."""
    return {
        "files": {50 * n: made(folder, f"growth, {50 * n} files", of_services(1), 50 * n) for n in _STEPS},
        "resources": {90 * n: made(folder, f"growth, {90 * n} resources", of_services(10 * n)) for n in _STEPS},
        "conditions": {10 * n: made(folder, f"growth, {10 * n} conditions", of_conditions(10 * n)) for n in _STEPS},
    }


def corpus(folder: Path, templates: Sequence[Path], megabytes: float) -> tuple[list[Workload], list[Workload]]:
    """Templates that people wrote: YAML and JSON apart, once and repeated to so many megabytes; and all repeated."""
    found, repeated = [], []
    for kind, suffixes in {"YAML": {".yaml", ".yml"}, "JSON": {".json"}}.items():
        contents = [template.read_bytes() for template in templates if template.suffix in suffixes]
        times = -(-int(megabytes * 1e6) // max(1, sum(map(len, contents))))
        suffix = f".{kind.lower()}"
        found.append(write(folder / "once", f"{kind} once", contents, suffix))
        repeated.append(write(folder / "repeated", f"{kind} repeated", contents * times, suffix))
    total, largest = sum(one.size for one in repeated), max(one.largest for one in repeated)
    return [*found, *repeated], [Workload("the corpus repeated", folder / "repeated", total, largest)]
