"""Results of all measurements, and the targets for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from bench.measure import Run, Times, ratios
from bench.tools import ALL, GUARD, LINT, RELINT, SARIF, TWO, YAML
from bench.workloads import Workload


class Figures(NamedTuple):
    """All measurements: workload -> tool -> runs for each kind of them.

    `growth` has the runs of relint: what grows -> how many of them -> runs. `log` and `library` have the results of
    each round: of writing a large SARIF log, and of a loop in one process (processor seconds of `yaml` and `relint`).
    """

    tools: Times
    throughput: Times
    processes: Times
    growth: dict[str, dict[int, list[Run]]]
    log: list[dict[str, float]]
    library: list[dict[str, float]]
    workloads: dict[str, Workload]


class Target(NamedTuple):
    """A bound for the median of the values of all rounds: at most the bound, or at least."""

    name: str
    bound: float
    values: Sequence[float]
    at_least: bool = False

    def is_met(self) -> bool:
        """Whether the median is within the bound; raises StatisticsError if nothing was measured."""
        value = median(self.values)
        return value >= self.bound if self.at_least else value <= self.bound


def targets(figures: Figures) -> Iterator[Target]:
    """Yield the targets in the order of the page; those that were not measured have no values."""
    cold = figures.tools.get("25 KB template", {})
    for output, tool in {"text": ALL, "SARIF": SARIF}.items():
        for reference, bound in {GUARD: 0.5, LINT: 0.05, YAML: 3.0}.items():
            yield Target(
                f"Cold start on 25 KB, all rules, {output}: time / {reference}", bound, ratios(cold, tool, reference)
            )
    for name, runs in figures.throughput.items():
        for tool in (RELINT, ALL):
            if name.startswith("YAML"):
                values = ratios(runs, tool, YAML, "processor")
                yield Target(f"{name}, one core, {tool}: processor time / {YAML}", 1, values)
            else:
                values = _speeds(figures, name, tool)
                yield Target(f"{name}, one core, {tool}: bytes a second / {YAML} on YAML", 5, values, at_least=True)
    for name, runs in figures.processes.items():
        yield Target(f"Two processes on {name}: speed / one process", 1.7, ratios(runs, RELINT, TWO), at_least=True)
    name = "A loop in one process over YAML once: processor time of yaml.load / relint.check_text"
    yield Target(name, 1, [round["yaml"] / round["relint"] for round in figures.library], at_least=True)
    yield Target("Peak memory / (60 MB + 20 times the largest file), at worst", 1, _memory(figures))
    yield Target("100,000 results as SARIF: seconds", 5, [round["seconds"] for round in figures.log])
    yield Target("100,000 results as SARIF: MB above the analysis", 50, [round["megabytes"] for round in figures.log])


def _speeds(figures: Figures, name: str, tool: str) -> list[float]:
    """Return the speed of relint on JSON divided by that of yaml.load on YAML, for each round.

    The ratio is one of processor times, because the two are not measured at the same time.
    """
    yaml_name = name.replace("JSON", "YAML")
    size_ratio = figures.workloads[name].size / figures.workloads[yaml_name].size
    runs = {tool: figures.throughput[name][tool], YAML: figures.throughput.get(yaml_name, {}).get(YAML, [])}
    return [size_ratio * ratio for ratio in ratios(runs, YAML, tool, "processor")]


def _memory(figures: Figures) -> list[float]:
    """Return the largest share of the memory limit, for each round."""
    shares = [
        [run.megabytes / (60 + 20 * figures.workloads[name].largest / 1e6) for run in runs[tool] if not run.trouble]
        for name, runs in figures.tools.items()
        for tool in (RELINT, ALL, SARIF)
    ]
    return max(filter(None, shares), key=median, default=[])
