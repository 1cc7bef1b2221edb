"""Global secondary indexes of DynamoDB that do not scale although their table does."""

from __future__ import annotations

from collections.abc import Iterator

from relint._typing import TYPE_CHECKING, Any
from relint.checks.problem import Problem
from relint.logic.truth import Truth, any_of
from relint.model.aws.application_auto_scaling import scaling_registrations
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_OPERATIONS = {"ReadCapacityUnits": "reads", "WriteCapacityUnits": "writes"}


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """Yield a problem at each index that does not scale as its table does.

    Indexes have throughput of their own, which auto scaling of the table does not change.
    Message `default` if writes do not scale, else `reads`, with `what` and `index`; `nameless`, with `what`, for an
    index without a literal name. Unknown if a target may be registered for another table or index.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html
    """
    table_scales = {units: _is_scaled(view, resource, f"dynamodb:table:{units}") for units in _OPERATIONS}
    if not any(table_scales.values()):
        return
    for index in view.scenario.items(view.get(resource, "Properties", "GlobalSecondaryIndexes")):
        if isinstance(index.value, Unknown):
            yield index.value
            continue
        name = view.get(index, "IndexName").value
        index_scales = {
            units: _is_scaled(view, resource, f"dynamodb:index:{units}", name)
            for units in _OPERATIONS
            if table_scales[units]
        }
        missing = [
            _OPERATIONS[units]
            for units, is_scaled in index_scales.items()
            if is_scaled is False and table_scales[units] is True
        ]
        if missing:
            values = {"what": " and ".join(missing)}
            if name is ABSENT or isinstance(name, Unknown):
                yield Problem(index.path, values=values, message="nameless")
            else:
                message = None if "writes" in missing else "reads"
                yield Problem(index.path, values={**values, "index": scalar_text(name)}, message=message)
            continue
        for units, is_scaled in index_scales.items():
            truths = (is_scaled, table_scales[units]) if is_scaled is not True else ()
            unknown = next((truth for truth in truths if isinstance(truth, Unknown)), None)
            if unknown is not None:
                yield unknown
                break


def _is_scaled(view: View, table: Resource, dimension: str, index: Any = None) -> Truth:
    return any_of(target.applies for target in scaling_registrations(view, table, dimension, index))
