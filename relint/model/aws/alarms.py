"""Metrics that a CloudWatch alarm watches.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html
"""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING
from relint.resolve.value import ABSENT, Located, expression_of

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def metrics_of_alarm(view: View, alarm: Resource) -> Iterator[Located]:
    """Yield what contains Namespace, MetricName and Dimensions: the alarm itself, and the metrics of its metric math.

    Metrics that another account may have are left out, because the template does not create what they measure.
    """
    properties = view.get(alarm, "Properties")
    if view.get(properties, "MetricName").value is not ABSENT:
        yield properties
    for query in view.scenario.items(view.get(properties, "Metrics")):
        metric = view.get(query, "MetricStat", "Metric")
        account = view.get(query, "AccountId").value
        is_own = account is ABSENT or expression_of(account) == ("Ref", "AWS::AccountId")
        if isinstance(metric.value, dict) and is_own:
            yield metric


def is_of_other_account(view: View, query: Located) -> bool:
    """Whether an item of Metrics reads another account, as each account that is written out is taken for another."""
    return isinstance(view.get(query, "AccountId").value, str)


def literal_text_of(view: View, metric: Located, name: str) -> str | None:
    """Return the property of a metric if it is a literal text, else None."""
    value = view.get(metric, name).value
    return value if isinstance(value, str) else None


def dimensions_of(view: View, metric: Located) -> list[tuple[str | None, Located, Located]]:
    """Return the dimensions of a metric: the name (None unless it is a literal), and where name and value are."""
    items = view.scenario.items(view.get(metric, "Dimensions"))
    names = [(view.get(item, "Name"), view.get(item, "Value")) for item in items]
    return [(name.value if isinstance(name.value, str) else None, name, value) for name, value in names]


def has_no_dimensions(view: View, metric: Located) -> bool:
    """Whether a metric is written without dimensions."""
    return view.get(metric, "Dimensions").value in (ABSENT, [])
