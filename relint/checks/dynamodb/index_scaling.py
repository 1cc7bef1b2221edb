"""Whether the global secondary indexes of a DynamoDB table scale where the table does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from relint.checks.appautoscaling.scales_dimension import fact as scaled
from relint.checks.problem import Problem
from relint.logic.truth import any_of
from relint.model.aws.application_auto_scaling import targets
from relint.resolve.value import ABSENT, Unknown, scalar_text

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View

_WORK = {"ReadCapacityUnits": "reads", "WriteCapacityUnits": "writes"}


def check(resource: Resource, view: View) -> Iterator[Problem | Unknown]:
    """A problem for each index that has no target of its own for reads or writes of which the table has one.

    Auto scaling of a table says nothing of its indexes, which have throughput of their own.
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html
    """
    table = {units: scaled(resource, view, f"dynamodb:table:{units}") for units in _WORK}
    if not any(table.values()):
        return
    for index in view.scenario.items(view.get(resource, "Properties", "GlobalSecondaryIndexes")):
        if isinstance(index.value, Unknown):
            yield index.value
            continue
        name = view.get(index, "IndexName").value
        answers = {units: _scaled(view, resource, units, name) for units in _WORK if table[units]}
        missing = [_WORK[units] for units, answer in answers.items() if answer is False and table[units] is True]
        if missing:
            values = {"what": " and ".join(missing)}
            if name is ABSENT or isinstance(name, Unknown):
                yield Problem(index.path, values, (), "nameless")
            else:
                kind = None if "writes" in missing else "reads"
                yield Problem(index.path, {**values, "index": scalar_text(name)}, (), kind)
            continue
        doubts = [doubt for units, answer in answers.items() if answer is not True for doubt in (answer, table[units])]
        unknown = next((doubt for doubt in doubts if isinstance(doubt, Unknown)), None)
        if unknown is not None:
            yield unknown


def _scaled(view: View, table: Resource, units: str, index: Any) -> bool | Unknown:
    return any_of(target.sure for target in targets(view, table, f"dynamodb:index:{units}", index))
