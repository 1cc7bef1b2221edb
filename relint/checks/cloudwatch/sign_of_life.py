"""Alarms on metrics that end when nothing happens any more.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import apply_test
from relint.logic.truth import Truth, any_of
from relint.model.aws.alarms import metrics_of_alarm
from relint.model.aws.metrics import described_namespace
from relint.resolve.value import ABSENT, Located

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_MAX_LENGTH = 255
"""Length of a metric name up to which the pattern is applied; longer names do not exist."""


def fact(resource: Resource, view: View, pattern: str) -> Truth:
    """Whether the alarm watches a count of ordinary work, which ends instead of falling to zero.

    The count is a metric whose name matches `pattern`, in any namespace, or one of AWS that is published only while
    there is work. Metric math is left out, because it can fill gaps. Unknown if the name of the metric is unknown.
    """
    queries = view.scenario.items(view.get(resource, "Properties", "Metrics"))
    if any(view.get(query, "Expression").value is not ABSENT for query in queries):
        return False
    return any_of(_is_sign_of_life(view, metric, pattern) for metric in metrics_of_alarm(view, resource))


def _is_sign_of_life(view: View, metric: Located, pattern: str) -> Truth:
    name = view.get(metric, "MetricName").value
    namespace = view.get(metric, "Namespace").value
    description = described_namespace(namespace) if isinstance(namespace, str) else None
    groups = description.groups_of(name) if description and isinstance(name, str) else []
    if any(group.is_sign_of_life and group.published in ("active", "nonzero") for group in groups):
        return True
    return False if name is ABSENT else apply_test("matches", name, (pattern, _MAX_LENGTH))
