"""Number of event source mappings that read a queue, or that invoke a function."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING
from relint.logic.predicates import is_equal
from relint.model.aws.lambda_functions import event_source_mappings_of
from relint.model.aws.sqs import QUEUE, mappings_of_queue
from relint.resolve.value import Unknown

if TYPE_CHECKING:
    from relint.model.resource import Resource
    from relint.model.view import View


def fact(resource: Resource, view: View, *, disabled: bool = True) -> int:
    """Return the number of mappings that read the queue, or that invoke the function, an alias or a version.

    `disabled` counts mappings that are switched off, too.
    """
    is_queue = resource.type == QUEUE
    mappings = mappings_of_queue(view, resource) if is_queue else event_source_mappings_of(view, resource)
    return sum(disabled or not _is_disabled(view, mapping) for mapping in mappings)


def _is_disabled(view: View, mapping: Resource) -> bool:
    value = view.get(mapping, "Properties", "Enabled").value
    return not isinstance(value, Unknown) and is_equal(value, right=False)
