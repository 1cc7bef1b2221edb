"""How many instances a rolling update leaves in service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from relint.checks.group_size import desired, whole
from relint.evaluate.problem import Problem
from relint.resolve.value import ABSENT, Unknown

if TYPE_CHECKING:
    from relint.model.template import Resource
    from relint.model.view import View

_UPDATE = ("UpdatePolicy", "AutoScalingRollingUpdate")


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """An error when MinInstancesInService is not below MaxSize, else a problem when fewer than half stay in service.

    Left out, MinInstancesInService is 0 and MaxBatchSize 1; of D instances max(MinInstancesInService, D - MaxBatchSize)
    stay in service.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
    """
    kept = view.get(resource, *_UPDATE, "MinInstancesInService")
    batch = view.get(resource, *_UPDATE, "MaxBatchSize")
    least, most = whole(kept, 0), whole(view.get(resource, "Properties", "MaxSize"))
    if not isinstance(least, Unknown) and not isinstance(most, Unknown) and least >= most:
        yield Problem(kept.path, {"value": least, "maximum": most}, (), "deadlock", "error")
        return
    size, step = desired(resource, view), whole(batch, 1)
    for value in (least, size, step):
        if isinstance(value, Unknown):
            yield value
            return
    left = max(least, size - step)
    if size > 0 and left < max(1, -(-size // 2)):
        place = kept if kept.value is not ABSENT or batch.value is ABSENT else batch
        yield Problem(place.path, {"left": max(left, 0), "desired": size})
