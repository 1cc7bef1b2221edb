"""Records that describe the metrics of a namespace."""

from __future__ import annotations

import re
from collections.abc import Mapping

from relint._typing import Literal, NamedTuple

Published = Literal["always", "active", "nonzero", "unknown"]
"""When a metric has data: always, while something uses the resource, while its value is not zero, or undocumented.

While a resource is used, all its "active" metrics are published together, zeros included.
"""

DIMENSION_SETS = (
    "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/SupportedMetricsForResourceTagsForTelemetry.html"
)
"""The page on which AWS lists, for most services, which dimensions are published together."""

ANY = "*"
"""A dimension set that stands for every combination of the dimension names of the namespace."""


class Group(NamedTuple):
    """Metrics with the same dimension sets and the same circumstances of publication.

    `metrics` contains the names, separated by blanks. Each item of `dimensions` is a set, its names separated by ", ";
    the empty text is the metric without dimensions. `is_sign_of_life` is true for counts of ordinary work, such as
    requests: less of it means less work.
    """

    metrics: str
    dimensions: tuple[str, ...]
    published: Published = "unknown"
    is_sign_of_life: bool = False


class Namespace(NamedTuple):
    """The metrics of a namespace, as described on the pages `sources` on the day `looked_up`.

    `is_complete` is true if the service publishes no other metrics. `elsewhere` contains metrics that do not exist
    although alarms ask for them, each with the one that exists (empty if none does). `only_with_dimensions` is true if
    every metric without an empty dimension set belongs to a single resource. `always_with` contains the dimensions that
    all metrics have, and `further_dimensions` those of sets that are not listed.
    """

    sources: tuple[str, ...]
    looked_up: str
    groups: tuple[Group, ...]
    is_complete: bool = False
    only_with_dimensions: bool = False
    elsewhere: Mapping[str, str] = {}
    always_with: tuple[str, ...] = ()
    further_dimensions: tuple[str, ...] = ()

    def groups_of(self, metric: str) -> list[Group]:
        """Return the groups that contain a metric."""
        return [group for group in self.groups if metric in group.metrics.split()]

    def dimension_sets(self, metric: str) -> list[frozenset[str]]:
        """Return the dimension sets with which a metric is published; an item {ANY} allows every combination."""
        return [_names(names) for group in self.groups_of(metric) for names in group.dimensions]

    @property
    def dimension_names(self) -> frozenset[str]:
        """The names of all dimensions of the namespace."""
        sets = [_names(names) for group in self.groups for names in group.dimensions]
        return frozenset(self.further_dimensions).union(*sets) - {ANY}

    def similar_metric(self, metric: str) -> str | None:
        """Return the metric whose name differs only in case, punctuation or a final "s"."""
        wanted = _simplified(metric)
        return next(
            (name for group in self.groups for name in group.metrics.split() if _simplified(name) == wanted), None
        )


def _names(dimension_set: str) -> frozenset[str]:
    return frozenset(dimension_set.split(", ")) if dimension_set else frozenset()


def _simplified(metric: str) -> str:
    return re.sub("[^a-z0-9]", "", metric.lower()).removesuffix("s")
