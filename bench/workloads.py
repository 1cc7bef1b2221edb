"""Workloads: files that are generated below a folder, and copies of a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from pathlib import Path
from typing import NamedTuple

from bench.templates import SMALL, template_of_conditions, template_of_megabytes, template_of_services, template_of_size

_TIME_LIMIT = 150
"""Seconds that a run of a tool may take."""

_STEPS = (1, 2, 4, 8, 16)


class Workload(NamedTuple):
    """A name, a path, the bytes of all files and of the largest, a limit in seconds."""

    name: str
    path: Path
    size: int
    largest: int
    limit: int = _TIME_LIMIT


def write(
    folder: Path, name: str, contents: Iterable[bytes], suffix: str = ".yaml", limit: int = _TIME_LIMIT
) -> Workload:
    """Write templates below a folder. The path of the workload is the folder, or the file if there is only one."""
    workload_folder = folder / name.replace(" ", "-").replace(",", "")
    workload_folder.mkdir(parents=True)
    files, sizes = [], []
    for number, content in enumerate(contents):
        file = workload_folder / f"t{number:04}{suffix}"
        sizes.append(file.write_bytes(content))
        files.append(file)
    return Workload(name, files[0] if len(files) == 1 else workload_folder, sum(sizes), max(sizes, default=0), limit)


def repeat_template(folder: Path, name: str, text: str, number: int = 1, limit: int = _TIME_LIMIT) -> Workload:
    """Write a number of files with the same text."""
    return write(folder, name, repeat(text.encode(), number), limit=limit)


def workloads(folder: Path, *, quick: bool) -> list[Workload]:
    """Return the workloads on which every tool is measured."""
    all_workloads = [
        repeat_template(folder, "small template", SMALL),
        repeat_template(folder, "25 KB template", template_of_size(25_000)),
        repeat_template(folder, "1,500 lines", template_of_services(1500 // 86)),
        repeat_template(folder, "40 conditions", template_of_conditions(40)),
    ]
    if not quick:
        all_workloads += [
            repeat_template(folder, "100 files", template_of_services(1), 100),
            repeat_template(folder, "1,000 files", template_of_services(1), 1000),
            repeat_template(folder, "4.8 MB template", template_of_megabytes(4.8), limit=60),
            repeat_template(folder, "10 MB template", template_of_megabytes(10), limit=60),
        ]
    return all_workloads


def curves(folder: Path) -> dict[str, dict[int, Workload]]:
    """Return the workloads that show how the cost grows with files, resources and conditions."""
    points = {
        "files": {50 * step: (template_of_services(1), 50 * step) for step in _STEPS},
        "resources": {90 * step: (template_of_services(10 * step), 1) for step in _STEPS},
        "conditions": {10 * step: (template_of_conditions(10 * step), 1) for step in _STEPS},
    }
    return {
        name: {
            number: repeat_template(folder, f"growth, {number} {name}", text, copies)
            for number, (text, copies) in curve.items()
        }
        for name, curve in points.items()
    }


def corpus(folder: Path, templates: Sequence[Path], megabytes: float) -> tuple[list[Workload], list[Workload]]:
    """Return templates of a corpus: YAML and JSON apart, once and repeated to so many megabytes; and all repeated."""
    once, repeated = [], []
    for syntax, suffixes in {"YAML": {".yaml", ".yml"}, "JSON": {".json"}}.items():
        contents = [template.read_bytes() for template in templates if template.suffix in suffixes]
        times = -(-int(megabytes * 1e6) // max(1, sum(map(len, contents))))
        suffix = f".{syntax.lower()}"
        once.append(write(folder / "once", f"{syntax} once", contents, suffix))
        repeated.append(write(folder / "repeated", f"{syntax} repeated", contents * times, suffix))
    total, largest = sum(workload.size for workload in repeated), max(workload.largest for workload in repeated)
    return [*once, *repeated], [Workload("the corpus repeated", folder / "repeated", total, largest)]
